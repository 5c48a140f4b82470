import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import {
  type CaseActor,
  type CaseDeps,
  findEvaluation,
  keepEvaluation,
  lockCase,
  lockVisible,
  oweCall,
  reopenCase,
} from '#modules/case/index.ts';
import { decideAfterEvaluation } from '#modules/process/domain/index.ts';
import { enqueue } from '#modules/notice/index.ts';
import type { Tx } from '#platform/db/db.ts';
import type { Evaluated } from './link-api.ts';
import { linkStore } from './link-store.ts';

export type Answer = {
  readonly caseId: string;
  readonly source: 'page' | 'sms' | 'counter';
  readonly solved: boolean;
  readonly satisfied: boolean;
  readonly words: string | null;
};

/** At the counter: the clerk hands the customer the rating key. Refusals: `http.not-found` and those of `evaluate`. */
export async function evaluateAtCounter(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  answer: Omit<Answer, 'source'>,
): Promise<Evaluated | Refusal> {
  const found = await lockVisible(tx, actor, answer.caseId);
  if (isRefusal(found)) return found;
  return await evaluate(tx, deps, actor.companyId, { ...answer, source: 'counter' }, actor);
}

/**
 * The customer's word on a closed case: solved? satisfied? Once for each time that it was closed, whichever way he
 * answers first; whoever said it when he was rung is not asked again. Not solved: the case opens again, the second time the control centre rings him; solved but dissatisfied:
 * a call is owed within 24 hours (R112). Refusals: `evaluation.not-yet`, `evaluation.already`, `evaluation.contradicts`.
 */
export async function evaluate(
  tx: Tx,
  deps: CaseDeps,
  companyId: string,
  answer: Answer,
  clerk: CaseActor | null = null,
): Promise<Evaluated | Refusal> {
  const found = await lockCase(tx, companyId, answer.caseId);
  if (found === undefined) return refuse('http.not-found');
  if (answer.satisfied && !answer.solved) return refuse('evaluation.contradicts');
  const earlier = await findEvaluation(tx, companyId, found.id, found.reopened);
  if (earlier !== undefined) return refuse('evaluation.already', { source: earlier.source, at: earlier.at });
  if (found.state !== 'closed' || found.process === null) return refuse('evaluation.not-yet');

  const { source, solved, satisfied } = answer;
  const textId = answer.words
    ? await linkStore(tx, companyId).insertWords(found.id, source, answer.words)
    : null;
  const said = { ...answer, round: found.reopened, textId, byPersonId: clerk?.personId ?? null };
  await keepEvaluation(tx, companyId, said);

  const what = decideAfterEvaluation({ solved, satisfied, reopenedBefore: found.reopened });
  if (what === 'close') return { what: 'thanks' };
  if (what === 'call-within-24h') {
    await oweCall(tx, deps, companyId, { caseId: found.id, reason: 'dissatisfied' });
    return { what };
  }
  // The events stand in the name of whoever was asked first: he answers for the case until the customer is content.
  const actor = clerk ?? firstAsked(companyId, found);
  const textIds = textId === null ? [] : [textId];
  const again = await reopenCase(tx, deps, actor, { caseId: found.id, by: 'customer', textIds });
  if (isRefusal(again)) return again;
  if (again.what === 'reopened') await tellReopened(tx, companyId, found);
  return again;
}

function firstAsked(
  companyId: string,
  found: { readonly firstAskedId: string; readonly intakeUnitId: string },
): CaseActor {
  return {
    companyId,
    personId: found.firstAskedId,
    unitId: found.intakeUnitId,
    unitIds: [found.intakeUnitId],
    posts: [],
    mayReassign: false,
  };
}

async function tellReopened(
  tx: Tx,
  companyId: string,
  found: { readonly id: string; readonly reopened: number; readonly firstAskedId: string },
): Promise<void> {
  const key = `case-reopened:${found.id}:${found.reopened + 1}`;
  await enqueue(tx, companyId, [
    { key, channel: 'sms', template: 'case-reopened', to: { caseId: found.id } },
    {
      key: `${key}:${found.firstAskedId}`,
      channel: 'desk',
      template: 'customer-not-solved',
      to: { personId: found.firstAskedId },
      data: { caseId: found.id },
    },
  ]);
}
