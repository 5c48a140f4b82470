import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ClockView } from '#modules/case/case-api.ts';
import type { ClockLedgerView, LedgerLineView } from '#modules/case/clock-api.ts';
import { formatDateTime, formatDuration } from '../../../lib/format.ts';
import { useLanguage, useNames, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { LedgerStatement } from '../../../ui/Ledger.tsx';
import { clockMessages } from '../clock-messages.ts';
import { ledgerQuery } from '../clock-queries.ts';
import styles from './CasePage.module.css';
import { limitWords } from './limit-words.ts';

const DAY = 86_400_000;
const MINUTE = 60_000;

/** How this deadline was counted; asked from the server when it is opened. */
export function ClockLedger({ clock }: { clock: ClockView }) {
  const t = useT(clockMessages);
  const [open, setOpen] = useState(false);
  const ledger = useQuery({ ...ledgerQuery(clock.id), enabled: open });
  return (
    <details className={styles['fold']} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('ledger.show')}</summary>
      {ledger.error && <ErrorPanel error={ledger.error} onRetry={() => void ledger.refetch()} />}
      {open && ledger.data && <Statement ledger={ledger.data} stoppedAt={clock.stoppedAt} />}
    </details>
  );
}

function Statement({ ledger, stoppedAt }: { ledger: ClockLedgerView; stoppedAt: number | null }) {
  const t = useT(clockMessages);
  const why = useWhy();
  const name = useNames();
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const byDay = /(cd|wd)$/.test(ledger.limit);
  const time = (at: number) => formatDateTime(at, now, language);
  const { remaining } = ledger;
  const left =
    remaining === null
      ? null
      : remaining.unit === 'days'
        ? t('days', { n: remaining.value })
        : formatDuration(remaining.value, language);
  const notes = [
    ...(left === null ? [] : [t('ledger.left', { left })]),
    ...ledger.firings.map(({ percent, at }) =>
      percent === 100
        ? t('ledger.broken', { time: time(at) })
        : t('ledger.fired', { percent, time: time(at) }),
    ),
    ...ledger.earlier.map(({ dueAt, limit, movedAt, reason }) =>
      t('ledger.earlier', { due: time(dueAt), limit: limitWords(t, limit), moved: time(movedAt), reason }),
    ),
    ...ledger.ofOthers.map(({ owner, step, from, to }) =>
      t('ledger.ofOther', {
        owner: t(`owner.${owner}`),
        step: name(step),
        from: time(from),
        to: to === null ? t('ledger.stillWaiting') : time(to),
        span: formatDuration((to ?? now) - from, language),
      }),
    ),
    ...ledger.missingYears.map((year) => t('ledger.missing', { year })),
  ];
  return (
    <>
      <LedgerStatement
        lines={ledger.lines.map((line) => ({ ...line, why: why(line) }))}
        limit={limitWords(t, ledger.limit)}
        {...(stoppedAt === null ? {} : { until: stoppedAt })}
        {...(byDay ? { balance: (ms: number) => t('days', { n: Math.round((ms / DAY) * 100) / 100 }) } : {})}
      />
      {notes.map((note) => (
        <p key={note} className={styles['small']}>
          {note}
        </p>
      ))}
    </>
  );
}

function useWhy(): (line: LedgerLineView) => string {
  const t = useT(clockMessages);
  const name = useNames();
  return ({ why, name: holiday, pause }) =>
    t(`why.${why}` as Parameters<typeof t>[0], { name: pause === null ? (holiday ?? '') : name(pause) });
}
