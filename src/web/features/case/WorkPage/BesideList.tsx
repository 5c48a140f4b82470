import type { WorkBeside } from '#modules/case/case-work-api.ts';
import type { SupportReview } from '#modules/score/board-api.ts';
import { useT } from '../../../lib/i18n.ts';
import { CaseLink } from '../../../ui/CaseLink.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { TimeLeft } from '../../../ui/TimeLeft.tsx';
import { CallRow } from '../CasePage/CallRow.tsx';
import { AnswerForm } from '../CasePage/Owes.tsx';
import { workMessages } from '../work-messages.ts';
import { ReviewList } from './ReviewList.tsx';
import styles from './WorkPage.module.css';

/** What my units owe beside their tasks: answers to other departments, calls to customers, and the monthly sample. */
export function BesideList(props: { beside: WorkBeside; reviews: readonly SupportReview[] }) {
  const t = useT(workMessages);
  const { beside, reviews } = props;
  if (beside.joint.length + beside.calls.length + reviews.length === 0)
    return <EmptyState title={t('work.noBeside')} body={t('work.noBesideBody')} />;
  return (
    <>
      {beside.joint.length > 0 && (
        <section>
          <h2>{t('work.joint')}</h2>
          <table className={styles['table']}>
            <tbody>
              {beside.joint.map((one) => (
                <tr key={one.id}>
                  <td>
                    <TimeLeft deadline={{ dueAt: one.dueAt, startedAt: one.askedAt }} />
                  </td>
                  <td>
                    <CaseLink caseId={one.caseId} number={one.caseNo} />
                  </td>
                  <td>
                    {one.kind !== 'joint' && `${t(`${one.kind}.title`)} · `}
                    {one.askedBy} · {one.question}
                  </td>
                  <td>
                    <AnswerForm requestId={one.id} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {beside.calls.length > 0 && (
        <section>
          <h2>{t('work.calls')}</h2>
          <table className={styles['table']}>
            <tbody>
              {beside.calls.map((call) => (
                <CallRow key={call.id} call={call} linked />
              ))}
            </tbody>
          </table>
        </section>
      )}
      {reviews.length > 0 && <ReviewList reviews={reviews} />}
    </>
  );
}
