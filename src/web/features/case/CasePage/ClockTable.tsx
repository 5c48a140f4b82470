import { Fragment } from 'react';
import type { CaseView, ClockView } from '#modules/case/case-api.ts';
import { formatDue } from '../../../lib/format.ts';
import { useLanguage, useNames, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import type { Deadline } from '../../../lib/time-left.ts';
import { TimeLeft } from '../../../ui/TimeLeft.tsx';
import { clockMessages } from '../clock-messages.ts';
import { messages } from '../messages.ts';
import styles from './CasePage.module.css';
import { ClockLedger } from './ClockLedger.tsx';
import { limitWords } from './limit-words.ts';
import { PausePanel } from './PausePanel.tsx';

const MINUTE = 60_000;

/** Every promise of the case, the tightest first, with its rule, how it was counted, and what may stop it. */
export function ClockTable(props: {
  caseId: string;
  clocks: readonly ClockView[];
  order: CaseView['order'];
}) {
  const { clocks, order } = props;
  const t = useT(messages);
  const tc = useT(clockMessages);
  const name = useNames();
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const shown = clocks.filter((clock) => clock.state !== 'cancelled');
  return (
    <section>
      <h2>{t('case.clocks')}</h2>
      <table className={styles['clocks']}>
        <tbody>
          {shown.map((clock) => (
            <Fragment key={clock.id}>
              <tr>
                <td>
                  {name(clock.name)}
                  <div className={styles['small']}>
                    {t(`case.role.${clock.role}`)} {limitWords(tc, clock.limit)} ·{' '}
                    {t('case.source', { source: clock.source, confidence: clock.confidence })}
                  </div>
                </td>
                <td>
                  <TimeLeft deadline={deadlineOf(clock)} />
                  <div className={styles['small']}>{formatDue(clock.dueAt, now, language)}</div>
                </td>
              </tr>
              <tr className={styles['ledger']}>
                <td colSpan={2}>
                  <ClockLedger clock={clock} />
                </td>
              </tr>
            </Fragment>
          ))}
        </tbody>
      </table>
      {order !== null && <PausePanel caseId={props.caseId} order={order} clocks={shown} />}
    </section>
  );
}

/** The stored answer leads: a promise that was broken stays so, whatever the times look like. */
export function deadlineOf(clock: ClockView): Deadline {
  const { dueAt, startedAt, stoppedAt, kept, warnAt } = clock;
  const late = kept === false && stoppedAt !== null;
  return {
    dueAt,
    startedAt,
    metAt: late ? Math.max(stoppedAt, dueAt) : stoppedAt,
    paused: clock.state === 'paused',
    ...(warnAt === null ? {} : { warnAt }),
  };
}
