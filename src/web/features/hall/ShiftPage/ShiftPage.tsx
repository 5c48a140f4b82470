import { useQuery } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { useState } from 'react';
import type { ShiftCase, ShiftView } from '#modules/hall/shift-api.ts';
import { formatDateTime, formatDue } from '../../../lib/format.ts';
import { useLanguage, useNames, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { CaseLink } from '../../../ui/CaseLink.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { PageSkeleton } from '../../../ui/Skeletons.tsx';
import { TimeLeft } from '../../../ui/TimeLeft.tsx';
import { uiMessages } from '../../../ui/messages.ts';
import { shiftMessages } from '../shift-messages.ts';
import { shiftQuery } from '../shift-queries.ts';
import { Desk } from './Desk.tsx';
import { GiveShift } from './GiveShift.tsx';
import { TakeShift } from './TakeShift.tsx';
import styles from './ShiftPage.module.css';

export const route = createLazyRoute('/shift')({ component: ShiftPage });

const MINUTE = 60_000;

/** 交接班: what is open, promised, hidden in drafts and owed; the giver signs, the taker signs, both are kept. */
function ShiftPage() {
  const t = useT(shiftMessages);
  const shift = useQuery(shiftQuery);
  const [taken, setTaken] = useState<{ drafts: number; tasks: number } | null>(null);
  if (shift.error && !shift.data)
    return <ErrorPanel error={shift.error} onRetry={() => void shift.refetch()} />;
  if (!shift.data) return <PageSkeleton />;
  return (
    <>
      <PageHead title={t('shift.title', { unit: shift.data.unit })} />
      {shift.data.offers.map((offer) => (
        <TakeShift key={offer.id} offer={offer} onTaken={setTaken} />
      ))}
      <p role="status">{taken && t('shift.done', taken)}</p>
      <div className={styles['columns']}>
        <Content shift={shift.data} />
        <GiveShift shift={shift.data} />
      </div>
      <History shift={shift.data} />
    </>
  );
}

function Content({ shift }: { shift: ShiftView }) {
  const t = useT(shiftMessages);
  const tKit = useT(uiMessages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const { content, open, promised, owed } = shift;
  const until = formatDue(shift.until, now, language);
  // Named above already: the same task is not listed twice.
  const rest = open.filter((one) => !promised.some((other) => other.taskId === one.taskId));
  const count = (of: readonly unknown[]) => ({ count: of.length, until });
  return (
    <section className={styles['card']}>
      <h2>{t('shift.now')}</h2>
      {content.desk !== undefined && <Desk desk={content.desk} />}
      <h3>{promised.length > 0 ? t('shift.promised', count(promised)) : t('shift.promisedNone')}</h3>
      <Cases cases={promised} />
      <h3>
        {open.length > 0 ? t('shift.open', { count: open.length, rest: rest.length }) : t('shift.openNone')}
      </h3>
      <Cases cases={rest} />
      <h3>{content.drafts > 0 ? t('shift.drafts', { count: content.drafts }) : t('shift.draftsNone')}</h3>
      {content.draftsSince !== null && (
        <p>{t('shift.draftsSince', { since: formatDateTime(content.draftsSince, now, language) })}</p>
      )}
      <h3>{owed.length > 0 ? t('shift.owed', count(owed)) : t('shift.owedNone')}</h3>
      <ul>
        {owed.map((call) => (
          <li key={call.id}>
            {call.phone} · {tKit(`call.why.${call.reason}`)} <TimeLeft deadline={{ dueAt: call.dueAt }} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Cases({ cases }: { cases: readonly ShiftCase[] }) {
  const t = useT(shiftMessages);
  const name = useNames();
  if (cases.length === 0) return null;
  return (
    <table className={styles['table']}>
      <thead>
        <tr>
          <th scope="col">{t('shift.case')}</th>
          <th scope="col">{t('shift.step')}</th>
          <th scope="col">{t('shift.left')}</th>
        </tr>
      </thead>
      <tbody>
        {cases.map((one) => (
          <tr key={one.taskId}>
            <td>
              <CaseLink caseId={one.caseId} number={one.no} />
            </td>
            <td>
              {name(one.title)} · {name(one.step)}
              {one.mine && <small> {t('shift.mine')}</small>}
            </td>
            <td>
              <TimeLeft
                deadline={{
                  dueAt: one.dueAt,
                  ...(one.startedAt === null ? {} : { startedAt: one.startedAt }),
                }}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function History({ shift }: { shift: ShiftView }) {
  const t = useT(shiftMessages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  if (shift.history.length === 0)
    return <EmptyState title={t('shift.historyNone')} body={t('shift.historyNoneBody')} />;
  return (
    <section>
      <h2>{t('shift.history')}</h2>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{t('shift.giver')}</th>
            <th scope="col">{t('shift.taker')}</th>
            <th scope="col">{t('shift.when')}</th>
            <th scope="col">{t('shift.what')}</th>
          </tr>
        </thead>
        <tbody>
          {shift.history.map((one) => {
            const given = formatDateTime(one.offeredAt, now, language);
            const { open, promised, drafts, owed } = one.content;
            return (
              <tr key={one.id}>
                <td>{one.from}</td>
                <td>{one.to}</td>
                <td>
                  {one.acceptedAt === null
                    ? t('shift.withdrawn', { given })
                    : t('shift.signed', { given, taken: formatDateTime(one.acceptedAt, now, language) })}
                </td>
                <td>
                  {t('shift.counts', {
                    open: open.length,
                    promised: promised.length,
                    drafts,
                    owed: owed.length,
                  })}
                  {one.note !== null && <small> {t('shift.says', { note: one.note })}</small>}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
