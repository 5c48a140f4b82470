import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import type { PointView } from '#modules/repair/crew-api.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PlainTable } from '../../../ui/PlainTable.tsx';
import { messages } from '../crew-messages.ts';
import { useNewVehicle, useVehicleState } from '../crew-queries.ts';
import styles from './PointPage.module.css';

const MINUTE = 60_000;
const KINDS = ['van', 'pickup', 'bucket', 'crane', 'generator'] as const;

type Vehicle = PointView['vehicles'][number];

export function VehiclesPart({ view }: { view: PointView }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const columns = [
    { title: t('vehicles.plate'), cell: (row: Vehicle) => row.plate },
    { title: t('vehicles.kind'), cell: (row: Vehicle) => t(`vehicle.${row.kind}`) },
    {
      title: t('col.ready'),
      cell: ({ outSince }: Vehicle) =>
        outSince === null
          ? t('vehicles.ready')
          : t('vehicles.out', { since: formatDateTime(outSince, now, language) }),
    },
    ...(view.mayManage ? [{ title: t('vehicles.change'), cell: changeOf }] : []),
  ];
  return (
    <section aria-labelledby="vehicles">
      <h2 id="vehicles">{t('vehicles.title')}</h2>
      {view.vehicles.length === 0 ? (
        <p>{t('vehicles.none')}</p>
      ) : (
        <PlainTable rows={view.vehicles} columns={columns} />
      )}
      {view.mayManage && (
        <details className={styles['fold']}>
          <summary>{t('vehicles.add')}</summary>
          <VehicleForm gridPointId={view.point.id} />
        </details>
      )}
    </section>
  );
}

function changeOf(vehicle: Vehicle) {
  return <StateButton vehicle={vehicle} />;
}

function StateButton({ vehicle }: { vehicle: Vehicle }) {
  const t = useT(messages);
  const state = useVehicleState();
  const { id, plate, outSince } = vehicle;
  const act = t(outSince === null ? 'vehicles.toOut' : 'vehicles.toReady');
  return (
    <>
      <Button
        size="small"
        aria-label={t('vehicles.stateNamed', { plate, act })}
        loading={state.isPending}
        onClick={() => state.mutate({ id, state: outSince === null ? 'out' : 'ready' })}
      >
        {act}
      </Button>
      {state.error && <ErrorPanel error={state.error} kept />}
    </>
  );
}

function VehicleForm({ gridPointId }: { gridPointId: string }) {
  const t = useT(messages);
  const adding = useNewVehicle(gridPointId);
  const [plate, setPlate] = useState('');
  const [kind, setKind] = useState<(typeof KINDS)[number]>('van');
  return (
    <div className={styles['form']}>
      <label>
        <span>{t('vehicles.plate')} *</span>
        <Input
          aria-label={t('vehicles.plate')}
          maxLength={12}
          value={plate}
          onChange={(event) => setPlate(event.target.value)}
        />
      </label>
      <label>
        <span>{t('vehicles.kind')} *</span>
        <Select<(typeof KINDS)[number]>
          aria-label={t('vehicles.kind')}
          value={kind}
          options={KINDS.map((value) => ({ value, label: t(`vehicle.${value}`) }))}
          onChange={setKind}
        />
      </label>
      <Button
        type="primary"
        disabled={plate.trim().length < 4}
        loading={adding.isPending}
        onClick={() => adding.mutate({ plate: plate.trim(), kind }, { onSuccess: () => setPlate('') })}
      >
        {t('vehicles.add')}
      </Button>
      {adding.error && <ErrorPanel error={adding.error} kept />}
    </div>
  );
}
