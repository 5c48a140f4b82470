import type { OwedCall } from '#modules/case/case-work-api.ts';
import { useT } from '../../../lib/i18n.ts';
import { CallLine, CallOutcome } from '../../../ui/CallOutcome.tsx';
import { CaseLink } from '../../../ui/CaseLink.tsx';
import { TimeLeft } from '../../../ui/TimeLeft.tsx';
import { uiMessages } from '../../../ui/messages.ts';
import { workMessages } from '../work-messages.ts';
import { useCall } from '../work-queries.ts';
import styles from './CasePage.module.css';

/** A call that is owed, with the number to ring and what came of it. */
export function CallRow({ call, linked }: { call: OwedCall; linked?: boolean }) {
  const t = useT(workMessages);
  const tKit = useT(uiMessages);
  const calling = useCall(call.id);
  return (
    <tr>
      <td>
        {linked === true && call.caseId !== null && (
          <CaseLink caseId={call.caseId} number={call.caseNo ?? ''} />
        )}{' '}
        {t('owes.call')} · {tKit(`call.why.${call.reason}`)}
        <div className={styles['small']}>
          <CallLine call={call} />
        </div>
      </td>
      <td>
        <CallOutcome
          busy={calling.isPending}
          error={calling.error}
          onRecord={(outcome) => calling.mutate({ outcome, words: null })}
        />
      </td>
      <td>
        <TimeLeft deadline={{ dueAt: call.dueAt, startedAt: call.owedAt }} />
      </td>
    </tr>
  );
}
