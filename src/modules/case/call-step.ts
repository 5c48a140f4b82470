import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { allowedTask } from '#modules/order/index.ts';
import {
  callBackPolicy,
  checkStepInput,
  decideAfterEvaluation,
  decideCallBack,
} from '#modules/process/domain/index.ts';
import type { Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { insertAttempt, listAttempts } from './call-attempts.ts';
import type { CallOutcome } from './case-words-api.ts';
import type { CaseActor, CaseDeps } from './case-commands.ts';
import { recordOnCase } from './case-events.ts';
import { caseStore, type NewText } from './case-store.ts';
import { keepEvaluation } from './evaluations.ts';
import { oweCall } from './owed-calls.ts';
import type { ReportedStep } from './step-report.ts';

export type CallDecision =
  /** Nobody answered: the step stays open, the try is on record. */
  | { readonly next: 'try-again' }
  | { readonly next: 'send-back'; readonly to: string; readonly textIds: readonly string[] }
  | { readonly next: 'finish'; readonly result: CallOutcome | 'unreachable' };

/**
 * One try to reach the customer in a step that rings him (§3.7, R109), and what follows from it: the third that nobody
 * answers ends the step as "not reached"; "not solved" sends the work back once, the second time the control centre rings;
 * solved but dissatisfied owes a call. Refusals: those of `allowedTask`, `callback.too-soon`, `callback.quiet-hours`,
 * `process.value-missing`, `process.value-invalid`.
 */
export async function decideCall(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  found: ReportedStep,
): Promise<CallDecision | Refusal> {
  const { report, step, subject } = found;
  const allowed = await allowedTask(tx, deps, actor, { ...report, action: 'do' });
  if (isRefusal(allowed)) return allowed;
  const outcome = outcomeOf(found);
  if (isRefusal(outcome)) return outcome;
  const fault = checkStepInput(found.definition, step, {}, report);
  if (fault !== undefined) return fault;
  const policy = callBackPolicy(found.version.handbook.limits);
  const tried = await listAttempts(tx, actor.companyId, { taskId: allowed.task.id });
  const may = decideCallBack(
    tried.map((one) => one.at),
    tx.now,
    policy,
  );
  if (!may.may && may.reason !== 'callback.attempts-used')
    return refuse(may.reason, { earliest: may.earliest });

  await insertAttempt(tx, actor, { taskId: allowed.task.id }, outcome, null);
  const attempt = tried.length + 1;
  const { solved, satisfaction } = report.values ?? {};
  const data = { step: step.id, outcome, attempt, solved, satisfaction };
  await recordOnCase(tx, actor, subject, { type: 'customer.called', data });
  if (outcome === 'no-answer')
    return attempt < policy.maxAttempts ? { next: 'try-again' } : { next: 'finish', result: 'unreachable' };
  if (outcome !== 'reached') return { next: 'finish', result: outcome };
  return await afterTalk(tx, deps, actor, found);
}

function outcomeOf({ report, step }: ReportedStep): CallOutcome | Refusal {
  const outcome = report.values?.['callBackResult'];
  const detail = { step: step.id, field: 'callBackResult' };
  switch (outcome) {
    case undefined:
      return refuse('process.value-missing', detail);
    case 'reached':
    case 'no-answer':
    case 'declined':
    case 'wrong-number':
      return outcome;
    default:
      // "Not reached" is counted by the program, never said by hand.
      return refuse('process.value-invalid', detail);
  }
}

async function afterTalk(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  found: ReportedStep,
): Promise<CallDecision> {
  const { report, step, subject } = found;
  const { companyId } = actor;
  const { reopened } = await tx.one<{ reopened: number }>(sql`
    select c.reopened from cases c where c.company_id = ${companyId} and c.id = ${subject} for update`);
  const { solved: saidSolved, satisfaction } = report.values ?? {};
  const solved = saidSolved !== false;
  const satisfied = solved && !String(satisfaction ?? '').endsWith('dissatisfied');
  // Said once, whichever way (issue #2, 14): the link does not ask again. Who was reached and said nothing may still say it.
  if (saidSolved !== undefined || satisfaction !== undefined)
    await keepEvaluation(tx, companyId, {
      caseId: subject,
      round: reopened,
      source: 'call',
      solved,
      satisfied,
      textId: null,
      byPersonId: actor.personId,
    });
  const after = decideAfterEvaluation({ solved, satisfied, reopenedBefore: reopened });
  const to = step.returnsTo?.[0];
  if (after === 'reopen' && to !== undefined) {
    const textIds = await caseStore(tx, companyId).insertTexts(subject, wordsOf(found), actor.personId);
    await tx.run(sql`
      update cases set reopened = cases.reopened + 1 where cases.company_id = ${companyId} and cases.id = ${subject}`);
    const data = { by: 'customer', times: reopened + 1, textIds };
    await recordOnCase(tx, actor, subject, { type: 'case.reopened', data });
    return { next: 'send-back', to, textIds };
  }
  if (after === 'to-control-centre' || after === 'reopen') {
    const data = { by: 'customer', times: reopened + 1, textIds: [] };
    await recordOnCase(tx, actor, subject, { type: 'case.escalated', data });
    await oweCall(tx, deps, companyId, { caseId: subject, reason: 'not-solved-again' });
  }
  if (after === 'call-within-24h')
    await oweCall(tx, deps, companyId, { caseId: subject, reason: 'dissatisfied' });
  return { next: 'finish', result: 'reached' };
}

/** What the customer said stays readable also where the step is not finished by it. */
function wordsOf({ report, step }: ReportedStep): NewText[] {
  return (step.fields ?? []).flatMap((field): NewText[] => {
    const body = report.values?.[field.id];
    return field.type === 'text' && typeof body === 'string' && body !== ''
      ? [{ kind: 'value', step: step.id, field: field.id, body }]
      : [];
  });
}
