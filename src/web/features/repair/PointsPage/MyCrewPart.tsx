import { useQuery } from '@tanstack/react-query';
import type { MyCrew } from '#modules/repair/dispatch-api.ts';
import { formatTime } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useLive } from '../../../lib/live.ts';
import { CaseLink } from '../../../ui/CaseLink.tsx';
import { messages } from '../crew-messages.ts';
import { DISPATCH_KEY, myCrewQuery } from '../dispatch-queries.ts';
import styles from './PointsPage.module.css';

/** Whoever stands on a shift sees first what his crew has to do, and what is arranged behind it. */
export function MyCrewPart() {
  const { data } = useQuery(myCrewQuery);
  useLive(['work'], DISPATCH_KEY);
  return data === undefined || data.crew === null ? null : <Mine crew={data.crew} />;
}

function Mine({ crew }: { crew: NonNullable<MyCrew['crew']> }) {
  const t = useT(messages);
  const { language } = useLanguage();
  return (
    <section className={styles['mine']} aria-labelledby="mine">
      <h2 id="mine">{t('mine.title', { name: crew.name })}</h2>
      <p className={styles['small']}>
        {t(`shift.${crew.kind}`)} {t('points.until', { time: formatTime(crew.until) })}
      </p>
      {crew.standBy !== null && (
        <p>
          <b>
            {t('mine.standBy', { point: crew.standBy.point.name, time: formatTime(crew.standBy.expectedAt) })}
          </b>
        </p>
      )}
      <p>
        {t('mine.now')}{' '}
        {crew.current === null ? (
          t('mine.nothing')
        ) : (
          <CaseLink caseId={crew.current.caseId} number={crew.current.no} />
        )}
      </p>
      {crew.arranged.length > 0 && (
        <>
          <p className={styles['small']}>{t('mine.next')}</p>
          <ol>
            {crew.arranged.map((job) => (
              <li key={job.orderId}>
                {t('mine.line', {
                  no: job.no,
                  village: job.village ?? '',
                  card: job.card?.name[language] ?? '',
                  time: formatTime(job.arrivesAt),
                })}
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  );
}
