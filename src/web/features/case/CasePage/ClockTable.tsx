import type { ClockView } from '#modules/case/case-api.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { TimeLeft } from '../../../ui/TimeLeft.tsx';
import { useNames } from '../case-queries.ts';
import { messages } from '../messages.ts';
import styles from './CasePage.module.css';

const MINUTE = 60_000;

/** Every promise of the case, the tightest first, with the rule that it comes from and how sure that source is. */
export function ClockTable({ clocks }: { clocks: readonly ClockView[] }) {
  const t = useT(messages);
  const name = useNames();
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  return (
    <section>
      <h2>{t('case.clocks')}</h2>
      <table className={styles['clocks']}>
        <tbody>
          {clocks
            .filter((clock) => clock.state !== 'cancelled')
            .map((clock) => (
              <tr key={clock.id}>
                <td>
                  {name(clock.name)}
                  <div className={styles['small']}>
                    {t(`case.role.${clock.role}`)} {clock.limit} ·{' '}
                    {t('case.source', { source: clock.source, confidence: clock.confidence })}
                  </div>
                </td>
                <td>
                  <TimeLeft
                    deadline={{ dueAt: clock.dueAt, startedAt: clock.startedAt, metAt: clock.stoppedAt }}
                  />
                  <div className={styles['small']}>{formatDateTime(clock.dueAt, now, language)}</div>
                </td>
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  );
}
