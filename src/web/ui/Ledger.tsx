import type { Instant } from '#kernel/instant.ts';
import { formatDateTime, formatDuration } from '../lib/format.ts';
import { useLanguage, useT } from '../lib/i18n.ts';
import { useNow } from '../lib/server-clock.ts';
import styles from './Ledger.module.css';
import { uiMessages } from './messages.ts';

/** One line of a clock's account: a span that counted, or did not, and why. `to: null` is still running. */
export type LedgerLine = {
  readonly from: Instant;
  readonly to: Instant | null;
  readonly counted: boolean;
  /** In words, e.g. `午休`, `等客户补资料`. */
  readonly why: string;
};

export type LedgerProps = {
  readonly lines: readonly LedgerLine[];
  /** The limit in words: `45 分`, `5 个工作日`. */
  readonly limit: string;
  /** What the counted time comes to, where it is not a plain span: working days. */
  readonly balance?: (countedMs: number) => string;
  /** When the clock stopped; a running one has used what was counted until now, whatever lines lie ahead. */
  readonly until?: Instant;
};

/** A deadline opens like a bank statement: each span, whether it counted, why, and the running sum. */
export function Ledger(props: LedgerProps) {
  const t = useT(uiMessages);
  return (
    <details className={styles['ledger']}>
      <summary>{t('ledger.show')}</summary>
      <LedgerStatement {...props} />
    </details>
  );
}

/** The statement alone, for who opens it in a way of his own. */
export function LedgerStatement({ lines, limit, balance, until }: LedgerProps) {
  const t = useT(uiMessages);
  const { language } = useLanguage();
  const now = useNow(10_000);
  const sum = balance ?? ((ms: number) => formatDuration(ms, language));
  const rows = withBalance(lines, now);
  const used = sum(countedUntil(lines, Math.min(until ?? now, now)));

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a part that scrolls must be reachable by keyboard
    <div className={styles['scroll']} role="region" aria-label={t('ledger.title')} tabIndex={0}>
      <table className={styles['table']}>
        <caption>{t('ledger.limit', { limit, used })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('ledger.from')}</th>
            <th scope="col">{t('ledger.to')}</th>
            <th scope="col">{t('ledger.why')}</th>
            <th scope="col">{t('ledger.counted')}</th>
            <th scope="col">{t('ledger.balance')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.from} data-counted={row.counted}>
              <td>{formatDateTime(row.from, now, language)}</td>
              <td>{row.to === null ? t('ledger.open') : formatDateTime(row.to, now, language)}</td>
              <td>{row.why}</td>
              <td>{row.counted ? formatDuration(row.span, language) : t('ledger.not')}</td>
              <td>{sum(row.balance)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function countedUntil(lines: readonly LedgerLine[], until: Instant): number {
  return lines
    .filter((line) => line.counted)
    .reduce((sum, { from, to }) => sum + Math.max(0, Math.min(to ?? until, until) - from), 0);
}

function withBalance(lines: readonly LedgerLine[], now: Instant) {
  let balance = 0;
  return lines.map((line) => {
    const span = Math.max(0, (line.to ?? now) - line.from);
    if (line.counted) balance += span;
    return { ...line, span, balance };
  });
}
