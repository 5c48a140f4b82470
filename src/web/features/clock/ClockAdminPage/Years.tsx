import { useQuery } from '@tanstack/react-query';
import type { YearView } from '#modules/clock/clock-change-api.ts';
import { useT } from '../../../lib/i18n.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { RowsSkeleton } from '../../../ui/Skeletons.tsx';
import { yearsQuery } from '../clock-queries.ts';
import { messages } from '../messages.ts';
import styles from './ClockAdminPage.module.css';
import { DayList } from './DayList.tsx';

/** The years that count, newest first; one that is needed and not known stands on top as a warning. */
export function Years() {
  const t = useT(messages);
  const years = useQuery(yearsQuery);
  if (years.error) return <ErrorPanel error={years.error} onRetry={() => void years.refetch()} />;
  if (!years.data) return <RowsSkeleton />;
  return (
    <section>
      <h2>{t('years.title')}</h2>
      {years.data
        .filter((one) => one.wanted)
        .map((one) => (
          <p key={one.year} role="alert" className={styles['warning']}>
            {t('years.wanted', { year: one.year, basis: t(`basis.${one.basis}`) })}
          </p>
        ))}
      <table className={`${styles['table']} ${styles['years']}`}>
        <thead>
          <tr>
            <th scope="col">{t('years.year')}</th>
            <th scope="col">{t('years.basis')}</th>
            <th scope="col">{t('years.days')}</th>
          </tr>
        </thead>
        <tbody>
          {years.data.map((one) => (
            <Year key={one.year} one={one} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Year({ one }: { one: YearView }) {
  const t = useT(messages);
  const off = one.days.filter((day) => day.isOffDay).length;
  return (
    <tr>
      <td>{one.year}</td>
      <td>
        {t(`basis.${one.basis}`)}
        <div className={styles['small']}>{[t(`origin.${one.origin}`), ...one.papers].join(' · ')}</div>
      </td>
      <td>
        {one.days.length > 0 && (
          <details>
            <summary>{t('years.count', { off, work: one.days.length - off })}</summary>
            <DayList days={one.days} />
          </details>
        )}
      </td>
    </tr>
  );
}
