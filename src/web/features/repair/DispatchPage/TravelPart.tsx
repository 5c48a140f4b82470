import type { DispatchView, TravelFitView } from '#modules/repair/dispatch-api.ts';
import { formatNumber } from '../../../lib/format.ts';
import { useT } from '../../../lib/i18n.ts';
import { PlainTable } from '../../../ui/PlainTable.tsx';
import { messages } from '../dispatch-messages.ts';
import styles from './DispatchPage.module.css';

type Zone = TravelFitView['zones'][number];

/** By whom ways are known, what was learnt of them from own arrivals, and how far off it is. */
export function TravelPart({ view: { travel, waysBy } }: { view: DispatchView }) {
  const t = useT(messages);
  const paceOf = (zone: Zone) =>
    zone.fitted
      ? t('travel.pace', { access: Math.round(zone.accessMinutes), kmh: Math.round(zone.kmPerHour) })
      : t('travel.usual');
  return (
    <section aria-labelledby="travel">
      <h2 id="travel">{t('travel.title')}</h2>
      <p>{t(`travel.by.${waysBy}`)}</p>
      {travel === null ? (
        <p className={styles['small']}>{t('travel.none')}</p>
      ) : (
        <PlainTable
          rows={travel.zones.map((zone) => ({ ...zone, id: zone.zone }))}
          columns={[
            { title: t('travel.zone'), cell: (row) => t(`travel.${row.zone}`) },
            { title: t('travel.drives'), cell: (row) => formatNumber(row.drives) },
            { title: t('travel.how'), cell: paceOf },
            {
              title: t('travel.off'),
              cell: (row) => row.drives > 0 && t('travel.error', { n: Math.round(row.medianError) }),
            },
          ]}
        />
      )}
    </section>
  );
}
