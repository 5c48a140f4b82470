import { useQuery } from '@tanstack/react-query';
import { Button, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { DAY } from '#kernel/instant.ts';
import type { SupplyView } from '#modules/case/supply-api.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { useMay } from '../../../lib/session.ts';
import { DevicePicker } from '../../../ui/DevicePicker.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { fieldMessages } from '../field-messages.ts';
import { supplyQuery, useAddGroup, useRecordSupply } from '../supply-queries.ts';
import styles from './CasePage.module.css';

const WAYS = ['repair', 'transfer', 'generator'] as const;

/** Customers who get their supply back apart from others: energised since when, supplied again since when. */
export function SupplyGroups({ orderId }: { orderId: string }) {
  const t = useT(fieldMessages);
  const supply = useQuery(supplyQuery(orderId));
  if (supply.error) return <ErrorPanel error={supply.error} onRetry={() => void supply.refetch()} />;
  if (supply.data === undefined) return null;
  const { groups, mayRecord } = supply.data;
  if (groups.length === 0 && !mayRecord) return null;
  return (
    <section>
      <h2>{t('supply.title')}</h2>
      <p className={styles['small']}>{t(groups.length === 0 ? 'supply.none' : 'supply.rule')}</p>
      {groups.map((group) => (
        <Group key={group.id} orderId={orderId} group={group} mayRecord={mayRecord} />
      ))}
      {mayRecord && <AddGroup orderId={orderId} />}
    </section>
  );
}

function Group(props: { orderId: string; group: SupplyView['groups'][number]; mayRecord: boolean }) {
  const t = useT(fieldMessages);
  const { group, mayRecord } = props;
  return (
    <div className={styles['form']}>
      <h3>
        {group.label} · {t('supply.households', { count: group.households })}
        {group.way !== null && ` · ${t(`supply.way.${group.way}`)}`}
      </h3>
      {group.otherwiseSupplied > 0 && (
        <p className={styles['small']}>{t('supply.dual', { count: group.otherwiseSupplied })}</p>
      )}
      <div className={styles['fields']}>
        <div>
          <span>{t('supply.energised')}</span>
          <Moment {...props} what="energised" at={group.energisedAt} open={mayRecord} />
        </div>
        <div>
          <span>{t('supply.resupplied')}</span>
          <Moment
            {...props}
            what="resupplied"
            at={group.resuppliedAt}
            open={mayRecord && group.energisedAt !== null}
          />
        </div>
      </div>
    </div>
  );
}

function Moment(props: {
  orderId: string;
  group: SupplyView['groups'][number];
  what: 'energised' | 'resupplied';
  at: number | null;
  open: boolean;
}) {
  const t = useT(fieldMessages);
  const { language } = useLanguage();
  const now = useNow(DAY / 24);
  const recording = useRecordSupply(props.orderId);
  const [said, setSaid] = useState('');
  const [way, setWay] = useState<NonNullable<SupplyView['groups'][number]['way']>>('repair');
  const { group, what, at } = props;
  if (at !== null) return <p>{formatDateTime(at, now, language)}</p>;
  if (!props.open) return <p className={styles['small']}>{t('supply.notYet')}</p>;
  const label = `${group.label} ${t(`supply.${what}`)}`;
  return (
    <>
      <div className={styles['buttons']}>
        <Input
          type="datetime-local"
          aria-label={label}
          value={said}
          onChange={(event) => setSaid(event.target.value)}
        />
        {what === 'energised' && (
          <Select
            aria-label={`${group.label} ${t('supply.way')}`}
            value={way}
            onChange={setWay}
            options={WAYS.map((value) => ({ value, label: t(`supply.way.${value}`) }))}
          />
        )}
        <Button
          disabled={said === ''}
          loading={recording.isPending}
          onClick={() =>
            recording.mutate({
              groupId: group.id,
              what,
              at: Date.parse(`${said}+08:00`),
              ...(what === 'energised' ? { way } : {}),
            })
          }
        >
          {t('supply.record')}
        </Button>
      </div>
      {recording.error && <ErrorPanel error={recording.error} kept />}
    </>
  );
}

function AddGroup({ orderId }: { orderId: string }) {
  const t = useT(fieldMessages);
  const adding = useAddGroup(orderId);
  const [label, setLabel] = useState('');
  const [households, setHouseholds] = useState<number | null>(null);
  const [deviceId, setDeviceId] = useState<string | null>(null);
  const mayLook = useMay('network.read');
  const named = label.trim() === '' ? {} : { label: label.trim() };
  const counted = households === null || label.trim() === '' ? null : { ...named, households };
  const group = deviceId === null ? counted : { ...named, deviceId };
  const send = () => {
    if (group === null) return;
    adding.mutate(group, {
      onSuccess: () => {
        setLabel('');
        setHouseholds(null);
        setDeviceId(null);
      },
    });
  };
  return (
    <details className={styles['fold']}>
      <summary>{t('supply.add')}</summary>
      <div className={styles['fields']}>
        {mayLook && (
          <label>
            <span>{t('supply.device')}</span>
            <DevicePicker label={t('supply.deviceFind')} value={deviceId} onChange={setDeviceId} />
          </label>
        )}
        <label>
          <span>{t('supply.group')}</span>
          <Input maxLength={60} value={label} onChange={(event) => setLabel(event.target.value)} />
        </label>
        <label>
          <span>{t('supply.count')}</span>
          <InputNumber
            min={1}
            max={1_000_000}
            precision={0}
            value={households}
            disabled={deviceId !== null}
            onChange={(value) => setHouseholds(value)}
          />
        </label>
      </div>
      <Button disabled={group === null} loading={adding.isPending} onClick={send}>
        {t('supply.do')}
      </Button>
      {adding.error && <ErrorPanel error={adding.error} kept />}
    </details>
  );
}
