import { useQuery } from '@tanstack/react-query';
import { Button, Input, InputNumber } from 'antd';
import { useState } from 'react';
import { DAY } from '#kernel/instant.ts';
import type { SupplyView } from '#modules/case/supply-api.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { fieldMessages } from '../field-messages.ts';
import { supplyQuery, useAddGroup, useRecordSupply } from '../supply-queries.ts';
import styles from './CasePage.module.css';

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
      </h3>
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
        <Button
          disabled={said === ''}
          loading={recording.isPending}
          onClick={() => recording.mutate({ groupId: group.id, what, at: Date.parse(`${said}+08:00`) })}
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
  const send = () => {
    if (households === null) return;
    adding.mutate(
      { label: label.trim(), households },
      {
        onSuccess: () => {
          setLabel('');
          setHouseholds(null);
        },
      },
    );
  };
  return (
    <details className={styles['fold']}>
      <summary>{t('supply.add')}</summary>
      <div className={styles['fields']}>
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
            onChange={(value) => setHouseholds(value)}
          />
        </label>
      </div>
      <Button disabled={label.trim() === '' || households === null} loading={adding.isPending} onClick={send}>
        {t('supply.do')}
      </Button>
      {adding.error && <ErrorPanel error={adding.error} kept />}
    </details>
  );
}
