import { useQuery } from '@tanstack/react-query';
import { Button, Popconfirm, Select } from 'antd';
import { useState } from 'react';
import type { IncidentView, NamedDevice } from '#modules/outage/incident-api.ts';
import { useT } from '../../../lib/i18n.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { kindOf, type T, whatOf } from '../incident-words.ts';
import { messages } from '../messages.ts';
import { incidentsQuery, useMerge, useMove, useSplit, useWord } from '../outage-queries.ts';
import styles from './IncidentPage.module.css';

type Part = 'move' | 'split' | 'merge';

/** The dispatcher's word: it is evidence, and what he looked at must still be so. */
export function Decide({ view }: { view: IncidentView }) {
  const t = useT(messages);
  const word = useWord(view.id);
  const [part, setPart] = useState<Part | null>(null);
  const { version, device } = view;
  if (view.state === 'restored' || view.state === 'closed')
    return <p className={styles['quiet']}>{t('decide.over')}</p>;
  const hasLine = view.above.length + view.below.length > 0;
  return (
    <section>
      <h2>{t('decide.title')}</h2>
      <div className={styles['buttons']}>
        {device !== null && view.word === null && (
          <Button
            type="primary"
            loading={word.isPending && word.variables?.word === 'confirm'}
            onClick={() => word.mutate({ version, word: 'confirm' })}
          >
            {t('decide.confirm')}
          </Button>
        )}
        {hasLine && <Button onClick={() => setPart('move')}>{t('decide.move')}</Button>}
        {device !== null && view.below.length > 1 && (
          <Button onClick={() => setPart('split')}>{t('decide.split')}</Button>
        )}
        <Button onClick={() => setPart('merge')}>{t('decide.merge')}</Button>
        <Popconfirm
          title={t('decide.falseAlarmSure')}
          okText={t('decide.do')}
          cancelText={t('decide.cancel')}
          onConfirm={() => word.mutate({ version, word: 'false-alarm' })}
        >
          <Button loading={word.isPending && word.variables?.word === 'false-alarm'}>
            {t('decide.falseAlarm')}
          </Button>
        </Popconfirm>
      </div>
      {word.error && <ErrorPanel error={word.error} kept />}
      {part === 'move' && <Move view={view} onEnd={() => setPart(null)} />}
      {part === 'split' && <Split view={view} onEnd={() => setPart(null)} />}
      {part === 'merge' && <Merge view={view} onEnd={() => setPart(null)} />}
    </section>
  );
}

type PartProps = { readonly view: IncidentView; readonly onEnd: () => void };

function Move({ view, onEnd }: PartProps) {
  const t = useT(messages);
  const move = useMove(view.id);
  const [deviceId, setDeviceId] = useState<string | null>(null);
  return (
    <PartForm
      error={move.error}
      busy={move.isPending}
      ready={deviceId !== null}
      onEnd={onEnd}
      onSend={() => {
        if (deviceId !== null) move.mutate({ version: view.version, deviceId }, { onSuccess: onEnd });
      }}
    >
      <Select
        showSearch={{ optionFilterProp: 'label' }}
        className={styles['choice'] ?? ''}
        aria-label={t('decide.moveTo')}
        placeholder={t('decide.moveTo')}
        value={deviceId}
        onChange={setDeviceId}
        options={[
          { label: t('decide.above'), options: view.above.map((one) => optionOf(one, t)) },
          { label: t('decide.below'), options: view.below.map((one) => optionOf(one, t)) },
        ]}
      />
    </PartForm>
  );
}

function Split({ view, onEnd }: PartProps) {
  const t = useT(messages);
  const split = useSplit(view.id);
  const [deviceIds, setDeviceIds] = useState<string[]>([]);
  return (
    <PartForm
      error={split.error}
      busy={split.isPending}
      ready={deviceIds.length > 1}
      onEnd={onEnd}
      onSend={() => split.mutate({ version: view.version, deviceIds }, { onSuccess: onEnd })}
    >
      <Select
        mode="multiple"
        showSearch={{ optionFilterProp: 'label' }}
        className={styles['choice'] ?? ''}
        aria-label={t('decide.splitOver')}
        placeholder={t('decide.splitOver')}
        value={deviceIds}
        onChange={setDeviceIds}
        options={view.below.map((one) => optionOf(one, t))}
      />
    </PartForm>
  );
}

function Merge({ view, onEnd }: PartProps) {
  const t = useT(messages);
  const merge = useMerge(view.id);
  const open = useQuery(incidentsQuery);
  const [otherId, setOtherId] = useState<string | null>(null);
  const others = (open.data ?? []).filter(
    (one) => one.id !== view.id && one.hazard === null && one.state !== 'restored',
  );
  const other = others.find(({ id }) => id === otherId);
  // Those of the same feeder come first: one fault seldom has two.
  const near = others.toSorted(
    (a, b) => Number(b.feeder?.id === view.feeder?.id) - Number(a.feeder?.id === view.feeder?.id),
  );
  return (
    <PartForm
      error={merge.error ?? open.error}
      busy={merge.isPending}
      ready={other !== undefined}
      onEnd={onEnd}
      onSend={() => {
        if (other === undefined) return;
        const body = { version: view.version, otherId: other.id, otherVersion: other.version };
        merge.mutate(body, { onSuccess: onEnd });
      }}
    >
      <Select
        showSearch={{ optionFilterProp: 'label' }}
        className={styles['choice'] ?? ''}
        aria-label={t('decide.mergeWith')}
        placeholder={t('decide.mergeWith')}
        value={otherId}
        onChange={setOtherId}
        options={near.map((one) => ({
          value: one.id,
          label: `${whatOf(one, t)}${one.feeder === null ? '' : ` · ${one.feeder.name}`}`,
        }))}
      />
    </PartForm>
  );
}

function PartForm(props: {
  readonly error: Error | null;
  readonly busy: boolean;
  readonly ready: boolean;
  readonly onEnd: () => void;
  readonly onSend: () => void;
  readonly children: React.ReactNode;
}) {
  const t = useT(messages);
  return (
    <div className={styles['part']}>
      {props.children}
      <Button type="primary" disabled={!props.ready} loading={props.busy} onClick={props.onSend}>
        {t('decide.do')}
      </Button>
      <Button onClick={props.onEnd}>{t('decide.cancel')}</Button>
      {props.error && <ErrorPanel error={props.error} kept />}
    </div>
  );
}

function optionOf({ id, name, kind }: NamedDevice, t: T) {
  return { value: id, label: `${name} · ${kindOf(kind, t)}` };
}
