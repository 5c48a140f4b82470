import type { DeskClock } from '#modules/voice/voice-api.ts';
import { MINUTE } from '#kernel/instant.ts';
import { useNames, useT } from '../../lib/i18n.ts';
import { useNow } from '../../lib/server-clock.ts';
import { type Deadline, timeStage, usedShare } from '../../lib/time-left.ts';
import { TimeLeft } from '../../ui/TimeLeft.tsx';
import { limitWords } from './limit-words.ts';
import styles from './LimitBars.module.css';
import { messages } from './messages.ts';

/** Contact and answer limits side by side: how much of each is used, and what is left in words. */
export function LimitBars({ clocks, named = false }: { clocks: readonly DeskClock[]; named?: boolean }) {
  const t = useT(messages);
  const name = useNames();
  const now = useNow(MINUTE);
  return (
    <ul className={styles['bars']}>
      {clocks.map((clock) => {
        const deadline = deadlineOf(clock);
        const stage = timeStage(deadline, now);
        const end = clock.stoppedAt ?? now;
        const share = Math.round(usedShare(deadline, end) * 100);
        const head = `${named ? name(clock.name) : t(`role.${clock.role}`)} ${limitWords(t, clock.limit)}`;
        return (
          <li key={clock.clock} className={styles['bar']} title={name(clock.name)}>
            <span className={named ? styles['whole'] : styles['head']}>
              {head}
              {named && ` · ${t(`role.${clock.role}`)}`}
            </span>
            <div className={styles['track']} aria-hidden="true">
              <div className={`${styles['used']} ${styles[stage] ?? ''}`} style={{ width: `${share}%` }} />
            </div>
            <TimeLeft deadline={deadline} />
          </li>
        );
      })}
    </ul>
  );
}

function deadlineOf(clock: DeskClock): Deadline {
  return {
    dueAt: clock.dueAt,
    startedAt: clock.startedAt,
    metAt: clock.stoppedAt,
    paused: clock.state === 'paused',
    ...(clock.warnAt === null ? {} : { warnAt: clock.warnAt }),
  };
}
