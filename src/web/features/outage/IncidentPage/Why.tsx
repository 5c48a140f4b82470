import type { IncidentView } from '#modules/outage/incident-api.ts';
import { formatNumber } from '../../../lib/format.ts';
import { useT } from '../../../lib/i18n.ts';
import { kindOf } from '../../../ui/incident/incident-words.ts';
import { incidentMessages } from '../../../ui/incident/messages.ts';
import type { T } from '../incident-words.ts';
import { messages } from '../messages.ts';
import styles from './IncidentPage.module.css';

/** Which reports and which silence speak for the device, as the engine weighed them. */
export function Why({ view }: { view: IncidentView }) {
  const t = useT(messages);
  const kind = useT(incidentMessages);
  return (
    <section>
      <h2>{t('why.title')}</h2>
      {view.word !== null && <p>{t('why.word')}</p>}
      <Reasons view={view} t={t} />
      {view.nested.length > 0 && (
        <>
          <h3>{t('why.nested')}</h3>
          <ul>
            {view.nested.map((device) => (
              <li key={device.id}>
                {device.name} <span className={styles['quiet']}>{kindOf(device.kind, kind)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Reasons({ view, t }: { view: IncidentView; t: T }) {
  if (view.hazard !== null) return <p>{t('why.hazard')}</p>;
  if (view.device === null) return <p>{t('why.own')}</p>;
  if (view.explained === null) return view.word === null ? <p>{t('why.none')}</p> : null;
  const { parts, counts } = view.explained;
  const lines: readonly { text: string; nats: number; shown: boolean }[] = [
    {
      text: t('why.callers', { n: formatNumber(counts.callers) }),
      nats: parts.calls,
      shown: counts.callers > 0,
    },
    {
      text: t('why.gaspers', { n: formatNumber(counts.gaspers) }),
      nats: parts.lastGasps,
      shown: counts.gaspers > 0,
    },
    { text: t('why.pings'), nats: parts.pings, shown: parts.pings !== 0 },
    {
      text: t('why.silentCustomers', { n: formatNumber(counts.silentCustomers) }),
      nats: parts.silentCustomers,
      shown: counts.silentCustomers > 0,
    },
    {
      text: t('why.silentMeters', { n: formatNumber(counts.silentMeters) }),
      nats: parts.silentMeters,
      shown: counts.silentMeters > 0,
    },
    { text: t('why.rarity'), nats: parts.rarity, shown: true },
  ];
  return (
    <>
      <ul className={styles['why']}>
        {lines
          .filter(({ shown }) => shown)
          .map(({ text, nats }) => (
            <li key={text}>
              <span>{text}</span>
              <span className={styles['nats']}>
                {t(nats >= 0 ? 'why.for' : 'why.against', { n: Math.abs(nats).toFixed(1) })}
              </span>
            </li>
          ))}
      </ul>
      <p className={styles['quiet']}>{t('why.scale')}</p>
    </>
  );
}
