import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Select } from 'antd';
import { useState } from 'react';
import type { IncidentView } from '#modules/outage/incident-api.ts';
import { formatNumber } from '../../../lib/format.ts';
import { useT } from '../../../lib/i18n.ts';
import { useKeys } from '../../../lib/keys.ts';
import { useMay } from '../../../lib/session.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { incidentQuery, useConfirm, useMove } from '../command-queries.ts';
import { messages } from '../messages.ts';
import styles from './OrderPanel.module.css';

/** Which device is believed to be open, on whose word; the dispatcher confirms or moves it. */
export function IncidentPart({ id }: { id: string }) {
  const t = useT(messages);
  const { data, error, refetch } = useQuery(incidentQuery(id));
  const mayDecide = useMay('outage.decide');
  if (error) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
  if (!data) return null;
  const open = data.state === 'suspected' || data.state === 'confirmed';
  return (
    <section>
      <h3>{t('why.title')}</h3>
      <Why view={data} />
      {mayDecide && open && <Decide view={data} />}
      <Link to="/outages/$id" params={{ id }} className={styles['link'] ?? ''}>
        {t('why.more')}
      </Link>
    </section>
  );
}

function Why({ view }: { view: IncidentView }) {
  const t = useT(messages);
  const { device, explained, posterior, word, hazard } = view;
  if (hazard !== null) return <p>{t('why.hazard')}</p>;
  if (device === null) return <p>{t('why.own')}</p>;
  const counts = explained?.counts;
  return (
    <>
      <p>{t('why.believed', { device: device.name, percent: Math.round(posterior * 100) })}</p>
      {word !== null && <p>{t('why.word')}</p>}
      <p className={styles['minor']}>
        {counts === undefined
          ? word === null && t('why.none')
          : t('why.reports', {
              callers: formatNumber(counts.callers),
              gaspers: formatNumber(counts.gaspers),
              silent: formatNumber(counts.silentCustomers),
              meters: formatNumber(counts.silentMeters),
            })}
      </p>
    </>
  );
}

function Decide({ view }: { view: IncidentView }) {
  const t = useT(messages);
  const confirming = useConfirm(view.id);
  const [moving, setMoving] = useState(false);
  const { version, device, word, above, below } = view;
  const mayConfirm = device !== null && word === null;
  const mayMove = above.length + below.length > 0;
  const confirm = () => confirming.mutate({ version });
  useKeys(t('keys.panel'), [
    { key: 'c', label: t('keys.confirm'), run: confirm, disabled: !mayConfirm || confirming.isPending },
    { key: 'm', label: t('keys.move'), run: () => setMoving(true), disabled: !mayMove },
  ]);
  return (
    <>
      <div className={styles['do']}>
        {mayConfirm && (
          <Button loading={confirming.isPending} onClick={confirm}>
            {t('decide.confirm')} <kbd>C</kbd>
          </Button>
        )}
        {mayMove && !moving && (
          <Button onClick={() => setMoving(true)}>
            {t('decide.move')} <kbd>M</kbd>
          </Button>
        )}
      </div>
      {confirming.error && <ErrorPanel error={confirming.error} kept />}
      {moving && <Move view={view} onEnd={() => setMoving(false)} />}
    </>
  );
}

function Move({ view, onEnd }: { view: IncidentView; onEnd: () => void }) {
  const t = useT(messages);
  const move = useMove(view.id);
  const [deviceId, setDeviceId] = useState<string | null>(null);
  return (
    <>
      <div className={styles['do']}>
        <Select
          autoFocus
          showSearch={{ optionFilterProp: 'label' }}
          className={styles['choice'] ?? ''}
          aria-label={t('decide.moveTo')}
          placeholder={t('decide.moveTo')}
          value={deviceId}
          onChange={setDeviceId}
          options={[
            { label: t('decide.above'), options: optionsOf(view.above) },
            { label: t('decide.below'), options: optionsOf(view.below) },
          ]}
        />
        <Button
          disabled={deviceId === null}
          loading={move.isPending}
          onClick={() =>
            deviceId !== null && move.mutate({ version: view.version, deviceId }, { onSuccess: onEnd })
          }
        >
          {t('decide.do')}
        </Button>
      </div>
      {move.error && <ErrorPanel error={move.error} kept />}
    </>
  );
}

function optionsOf(devices: IncidentView['above']) {
  return devices.map(({ id, name }) => ({ value: id, label: name }));
}
