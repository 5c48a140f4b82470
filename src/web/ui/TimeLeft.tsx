import { MINUTE } from '#kernel/instant.ts';
import { formatDue, formatTimeLeft } from '../lib/format.ts';
import { useLanguage, useT } from '../lib/i18n.ts';
import { useNow } from '../lib/server-clock.ts';
import { type Deadline, type TimeStage, timeStage, usedShare } from '../lib/time-left.ts';
import { uiMessages } from './messages.ts';
import styles from './TimeLeft.module.css';

/** The only coloured thing on a page: what is left of a promise, by colour, by shape, and in words. */
export function TimeLeft({ deadline }: { deadline: Deadline }) {
  const t = useT(uiMessages);
  const { language } = useLanguage();
  // Minutes are written, so once a minute is enough; the last minute before the limit is not left out.
  const now = useNow(MINUTE / 6);
  const stage = timeStage(deadline, now);
  const { dueAt } = deadline;

  if (stage === 'none') return <span className={styles['time']}>{t('time.none')}</span>;
  const words = {
    met: t('time.met'),
    paused: t('time.paused'),
  }[stage as string];
  const title = dueAt === null ? undefined : t('time.due', { time: formatDue(dueAt, now, language) });
  const end = deadline.metAt ?? now;
  return (
    <span className={`${styles['time']} ${styles[stage] ?? ''}`} title={title}>
      <Shape stage={stage} share={usedShare(deadline, now)} />
      {words ?? (dueAt === null ? '' : formatTimeLeft(dueAt, end, language))}
    </span>
  );
}

/** A filling ring while time is left, a triangle from 70 %, a filled square when over: told apart without colour. */
function Shape({ stage, share }: { stage: TimeStage; share: number }) {
  return (
    <svg className={styles['shape']} viewBox="0 0 16 16" aria-hidden="true" fill="none" stroke="currentColor">
      {stage === 'over' && (
        <rect x="1" y="1" width="14" height="14" rx="2" fill="currentColor" stroke="none" />
      )}
      {stage === 'over' && (
        <path d="M8 4v5M8 11v1.5" stroke="var(--ant-color-bg-container)" strokeWidth="2" />
      )}
      {stage === 'soon' && <path d="M8 2 15 14H1Z" strokeWidth="2" strokeLinejoin="round" />}
      {stage === 'paused' && <path d="M5 2v12M11 2v12" strokeWidth="3" />}
      {stage === 'met' && <path d="m2 8 4 5 8-10" strokeWidth="2.5" />}
      {(stage === 'far' || stage === 'onway') && (
        <circle cx="8" cy="8" r="6.5" strokeWidth="1.5" opacity="0.5" />
      )}
      {(stage === 'far' || stage === 'onway') && (
        <circle
          cx="8"
          cy="8"
          r="6.5"
          strokeWidth="3"
          pathLength={100}
          strokeDasharray={`${Math.round(share * 100)} 100`}
          transform="rotate(-90 8 8)"
        />
      )}
    </svg>
  );
}
