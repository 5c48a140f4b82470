import type { ReactNode } from 'react';
import { DAY, HOUR, type Instant } from '#kernel/instant.ts';
import { formatDate, formatTime } from '../lib/format.ts';
import { useLanguage } from '../lib/i18n.ts';
import { useNow } from '../lib/server-clock.ts';
import styles from './Timeline.module.css';

export type TimelineEntry = {
  readonly id: string;
  readonly at: Instant;
  /** Who did it: a person with post, a unit, the customer, the program. */
  readonly actor: string;
  readonly title: ReactNode;
  readonly body?: ReactNode;
  readonly icon?: ReactNode;
  /** Came in live just now: marks itself for two seconds. */
  readonly fresh?: boolean;
};

/** What happened, newest first, by day. */
export function Timeline({ label, entries }: { label: string; entries: readonly TimelineEntry[] }) {
  const { language } = useLanguage();
  const now = useNow(DAY / 24);
  return (
    <div className={styles['timeline']}>
      {byDay(entries).map((day) => (
        <section key={day.day} aria-label={`${label} ${formatDate(day.at, now, language)}`}>
          <h3 className={styles['day']}>{formatDate(day.at, now, language)}</h3>
          <ol>
            {day.entries.map((entry) => (
              <li key={entry.id} className={styles['entry']} data-fresh={entry.fresh === true}>
                <time className={styles['time']} dateTime={new Date(entry.at).toISOString()}>
                  {formatTime(entry.at)}
                </time>
                <span className={styles['icon']} aria-hidden="true">
                  {entry.icon}
                </span>
                <div className={styles['what']}>
                  <span>{entry.title}</span> <span className={styles['actor']}>{entry.actor}</span>
                  {entry.body !== undefined && <div className={styles['body']}>{entry.body}</div>}
                </div>
              </li>
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

/** Days of Asia/Shanghai (UTC+8). */
function byDay(entries: readonly TimelineEntry[]) {
  const days = new Map<number, TimelineEntry[]>();
  for (const entry of entries.toSorted((a, b) => b.at - a.at)) {
    const day = Math.floor((entry.at + 8 * HOUR) / DAY);
    days.set(day, [...(days.get(day) ?? []), entry]);
  }
  return [...days].map(([day, list]) => ({ day, at: list[0]?.at ?? 0, entries: list }));
}
