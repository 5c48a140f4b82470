import type { ReactNode } from 'react';
import { MINUTE, type Instant } from '#kernel/instant.ts';
import { formatDate, formatTime } from '../lib/format.ts';
import { useLanguage, useT } from '../lib/i18n.ts';
import { useNow } from '../lib/server-clock.ts';
import { uiMessages } from '../ui/messages.ts';
import styles from './WallFrame.module.css';

/** After this long without an answer a wall says how old its figures are, in plain sight. */
const STALE_AFTER = 2 * MINUTE;

/** No chrome, large type, a clock, and the time of the data. `dataAt`: when the figures shown were true (server time). */
export function WallFrame(props: {
  title: string;
  dataAt: Instant | null;
  /** Beside the title: what whoever hangs the screen up must see. */
  aside?: ReactNode;
  children: ReactNode;
}) {
  const t = useT(uiMessages);
  const { language } = useLanguage();
  const now = useNow();
  const time = props.dataAt === null ? null : formatTime(props.dataAt);
  const stale = props.dataAt !== null && now - props.dataAt > STALE_AFTER;
  return (
    <div className={styles['wall']}>
      <header className={styles['head']}>
        <h1>{props.title}</h1>
        {props.aside}
        {time !== null && (
          <p role="status" className={stale ? styles['stale'] : styles['asOf']}>
            {t(stale ? 'wall.lost' : 'wall.asOf', { time })}
          </p>
        )}
        <p className={styles['clock']}>
          {formatDate(now, now, language)} <time>{formatTime(now)}</time>
        </p>
      </header>
      <main className={styles['body']}>{props.children}</main>
    </div>
  );
}
