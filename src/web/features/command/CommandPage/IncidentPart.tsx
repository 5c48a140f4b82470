import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { IncidentView } from '#modules/outage/incident-api.ts';
import { formatNumber } from '../../../lib/format.ts';
import { useT } from '../../../lib/i18n.ts';
import { useMay } from '../../../lib/session.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { IncidentWord } from '../../../ui/incident/IncidentWord.tsx';
import { SupplyLosses } from '../../../ui/incident/SupplyLosses.tsx';
import { COMMAND_KEY, incidentQuery } from '../command-queries.ts';
import { messages } from '../messages.ts';
import styles from './OrderPanel.module.css';

const STALE = [COMMAND_KEY];

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
      <SupplyLosses losses={data.losses} />
      {mayDecide && open && data.hazard === null && <IncidentWord view={data} stale={STALE} />}
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
