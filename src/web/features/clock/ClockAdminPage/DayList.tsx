import type { YearView } from '#modules/clock/clock-change-api.ts';
import { formatDate } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { messages } from '../messages.ts';
import styles from './ClockAdminPage.module.css';

/** Each day with its weekday, as a notice names them. */
export function DayList({ days }: { days: YearView['days'] }) {
  const t = useT(messages);
  const { language } = useLanguage();
  return (
    <ul className={styles['days']}>
      {days
        .toSorted((a, b) => (a.date < b.date ? -1 : 1))
        .map(({ date, name, isOffDay }) => {
          const noon = Date.parse(`${date}T12:00:00+08:00`);
          return (
            <li key={date}>
              {formatDate(noon, noon, language)} · {t(isOffDay ? 'years.off' : 'years.work')} · {name}
            </li>
          );
        })}
    </ul>
  );
}
