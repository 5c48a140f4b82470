import { type QueryKey, useQuery } from '@tanstack/react-query';
import { Button, Popconfirm, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import type { IncidentView, NamedDevice, OpenIncident } from '#modules/outage/incident-api.ts';
import { type Translate, useT } from '../../lib/i18n.ts';
import { useKeys } from '../../lib/keys.ts';
import { ErrorPanel } from '../ErrorPanel.tsx';
import { kindOf } from './incident-words.ts';
import { incidentsQuery, OUTAGE_KEY, useMerge, useMove, useSplit, useWord } from './incident-queries.ts';
import styles from './IncidentWord.module.css';
import { incidentMessages as messages } from './messages.ts';

type T = Translate<keyof (typeof messages)['zh']>;
type Part = 'move' | 'split' | 'merge';

/**
 * The dispatcher's word about an outage: it is evidence, and what he looked at must still be so. The same keys on every page: C confirms,
 * M moves, X splits, G joins it with another.
 */
export function IncidentWord({ view, stale }: { view: IncidentView; stale: readonly QueryKey[] }) {
  const t = useT(messages);
  const all = [OUTAGE_KEY, ...stale];
  const word = useWord(view.id, all);
  const [part, setPart] = useState<Part | null>(null);
  const { version, device, above, below } = view;
  const open = view.state === 'suspected' || view.state === 'confirmed';
  const may = {
    confirm: open && device !== null && view.word === null,
    move: open && above.length + below.length > 0,
    split: open && device !== null && below.length > 1,
    merge: open,
  };
  const confirm = () => word.mutate({ version, word: 'confirm' });
  useKeys(t('keys.incident'), [
    { key: 'c', label: t('decide.confirm'), run: confirm, disabled: !may.confirm || word.isPending },
    { key: 'm', label: t('decide.move'), run: () => setPart('move'), disabled: !may.move },
    { key: 'x', label: t('decide.split'), run: () => setPart('split'), disabled: !may.split },
    { key: 'g', label: t('decide.merge'), run: () => setPart('merge'), disabled: !may.merge },
  ]);
  if (!open) return <p className={styles['quiet']}>{t('decide.over')}</p>;
  const props = { view, stale: all, onEnd: () => setPart(null) };
  return (
    <>
      <div className={styles['buttons']}>
        {may.confirm && (
          <Button loading={word.isPending && word.variables?.word === 'confirm'} onClick={confirm}>
            {t('decide.confirm')} <kbd>C</kbd>
          </Button>
        )}
        {may.move && (
          <Button onClick={() => setPart('move')}>
            {t('decide.move')} <kbd>M</kbd>
          </Button>
        )}
        {may.split && (
          <Button onClick={() => setPart('split')}>
            {t('decide.split')} <kbd>X</kbd>
          </Button>
        )}
        <Button onClick={() => setPart('merge')}>
          {t('decide.merge')} <kbd>G</kbd>
        </Button>
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
      {part === 'move' && <Move {...props} />}
      {part === 'split' && <Split {...props} />}
      {part === 'merge' && <Merge {...props} />}
    </>
  );
}

type PartProps = {
  readonly view: IncidentView;
  readonly stale: readonly QueryKey[];
  readonly onEnd: () => void;
};

function Move({ view, stale, onEnd }: PartProps) {
  const t = useT(messages);
  const move = useMove(view.id, stale);
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
        autoFocus
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

function Split({ view, stale, onEnd }: PartProps) {
  const t = useT(messages);
  const split = useSplit(view.id, stale);
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
        autoFocus
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

function Merge({ view, stale, onEnd }: PartProps) {
  const t = useT(messages);
  const merge = useMerge(view.id, stale);
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
        autoFocus
        showSearch={{ optionFilterProp: 'label' }}
        className={styles['choice'] ?? ''}
        aria-label={t('decide.mergeWith')}
        placeholder={t('decide.mergeWith')}
        value={otherId}
        onChange={setOtherId}
        options={near.map((one) => ({ value: one.id, label: nameOf(one, t) }))}
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
  readonly children: ReactNode;
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

function nameOf({ device, place, feeder }: OpenIncident, t: T): string {
  const own = place === null ? t('decide.own') : t('decide.ownAt', { place });
  return [device?.name ?? own, feeder?.name].filter((one) => one !== undefined).join(' · ');
}
