import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import {
  acceptCases,
  type CaseActor,
  type CaseDeps,
  caseView,
  joinDemand,
  keepNote,
  linkCase,
  recordOnCase,
} from '#modules/case/index.ts';
import { enqueue } from '#modules/notice/index.ts';
import { changeFacts } from '#modules/order/index.ts';
import { paperAsked } from '#modules/process/domain/index.ts';
import type { Tx } from '#platform/db/db.ts';
import { callStore } from './call-store.ts';
import { draftStore } from './draft-store.ts';
import type { AskPaper, Join, TakeIn, TakenIn } from './hall-api.ts';
import { paperStore } from './paper-store.ts';
import { stepsToCome } from './receipt-reads.ts';

export type TakeInRequest = { readonly actor: CaseActor; readonly body: TakeIn };

/**
 * Accepts a demand at counter or phone: the case, what is missing said once, the draft gone, the call tied to it; all in
 * one transaction. Refusals: those of `acceptCase`, and of `linkCase` where it joins a repair.
 */
export async function takeIn(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  body: TakeIn,
): Promise<TakenIn | Refusal> {
  const [taken] = await takeInAll(tx, deps, actor.companyId, [{ actor, body }]);
  if (taken === undefined || isRefusal(taken)) return taken ?? refuse('http.not-found');
  const { orderId = null } = body;
  if (orderId !== null) {
    const linked = await linkCase(tx, deps, actor, { caseId: taken.caseId, orderId });
    if (isRefusal(linked)) return linked;
  }
  return taken;
}

/** Joining a known repair may be refused after the case was written; such a demand has a transaction of its own. */
export function mayBeTakenWithOthers(body: TakeIn): boolean {
  return (body.orderId ?? null) === null;
}

/** The same for many demands of one company at once, none of which joins a repair. */
export async function takeInAll(
  tx: Tx,
  deps: CaseDeps,
  companyId: string,
  requests: readonly TakeInRequest[],
): Promise<readonly (TakenIn | Refusal)[]> {
  const intakes = requests.map(({ actor, body }) => ({ actor, intake: body.intake }));
  const answers = await acceptCases(tx, deps, companyId, intakes);
  const taken = requests.flatMap((request, i) => {
    const answer = answers[i];
    return answer === undefined || isRefusal(answer) ? [] : [{ ...request, ...answer }];
  });
  await sayMissing(tx, companyId, taken);
  for (const { actor, body, caseId } of taken) await endIntake(tx, actor, body, caseId);
  return answers.map((answer) => {
    if (isRefusal(answer)) return answer;
    const { caseId, no, missingPapers, closedList } = answer;
    return { caseId, no, missingPapers, closedList };
  });
}

type Taken = TakeInRequest & Pick<TakenIn, 'caseId' | 'missingPapers'>;

async function sayMissing(tx: Tx, companyId: string, taken: readonly Taken[]): Promise<void> {
  for (const { actor, body, caseId, missingPapers } of taken) {
    if (missingPapers.length === 0) continue;
    const told = missingPapers.map((paper) => ({ ...paper, again: false, textId: null }));
    await paperStore(tx, companyId).insert(caseId, actor.personId, told);
    const data = { papers: told.map((paper) => paper.id), promiseSigned: body.intake.promiseSigned };
    await recordOnCase(tx, actor, caseId, { type: 'papers.told', data });
  }
  await tellMissing(
    tx,
    companyId,
    taken.filter(({ body, missingPapers }) => missingPapers.length > 0 && !body.intake.anonymous),
  );
}

/** The list stands on his page; the message says how many there are, and where. */
async function tellMissing(
  tx: Tx,
  companyId: string,
  cases: readonly Pick<Taken, 'caseId' | 'missingPapers'>[],
): Promise<void> {
  const messages = cases.map(({ caseId, missingPapers }) => ({
    key: `papers-missing:${caseId}:${missingPapers.map((paper) => paper.id).join(',')}`,
    channel: 'sms' as const,
    template: 'papers-missing',
    to: { caseId },
    data: { count: missingPapers.length },
  }));
  await enqueue(tx, companyId, messages);
}

/** The same demand again goes to its open case. Refusals: those of `joinDemand`. */
export async function joinExisting(
  tx: Tx,
  actor: CaseActor,
  request: Join,
): Promise<{ readonly caseId: string; readonly no: string; readonly times: number } | Refusal> {
  const joined = await joinDemand(tx, actor, request);
  if (isRefusal(joined)) return joined;
  await endIntake(tx, actor, request, joined.caseId);
  return joined;
}

async function endIntake(
  tx: Tx,
  actor: CaseActor,
  from: { readonly draftId: string | null; readonly callId: string | null },
  caseId: string,
): Promise<void> {
  if (from.draftId !== null) await draftStore(tx, actor).remove(from.draftId);
  if (from.callId !== null) await callStore(tx, actor.companyId).tie(from.callId, caseId);
}

/**
 * A paper that was said to be missing came in: ticked off, and the process knows it (容缺: its step can now be finished).
 * Refusals: `http.not-found`, `hall.paper-not-missing`, `order.finished`.
 */
export async function receivePaper(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  request: { readonly caseId: string; readonly paper: string },
): Promise<{ readonly received: true } | Refusal> {
  const { caseId, paper } = request;
  const view = await caseView(tx, (_db, ...of) => deps.version(tx, ...of), actor, caseId, tx.now);
  if (view === undefined) return refuse('http.not-found');
  if (!(await paperStore(tx, actor.companyId).receive(caseId, paper, actor.personId)))
    return refuse('hall.paper-not-missing');
  await recordOnCase(tx, actor, caseId, { type: 'paper.received', data: { paper } });
  if (view.order !== null && view.order.state === 'open') {
    const facts = { [`paper.${paper}`]: true };
    const changed = await changeFacts(tx, deps, actor, { orderId: view.order.id, caseId: null, facts });
    if (isRefusal(changed)) return changed;
  }
  return { received: true };
}

/**
 * Asks for one more paper after everything was said once: allowed, because the work may need it, and recorded as the
 * violation that it is (domain-rules §4.3). The step that it is needed for cannot be finished without it. Refusals:
 * `http.not-found`, `hall.paper-unnamed`, `hall.paper-asked-already`, `hall.paper-too-late`, those of `changeFacts`.
 */
export async function askPaper(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  request: AskPaper & { readonly caseId: string },
): Promise<{ readonly violation: true } | Refusal> {
  const { caseId, paper, words } = request;
  if ((paper === null) === (words === null)) return refuse('hall.paper-unnamed');
  const view = await caseView(tx, (_db, ...of) => deps.version(tx, ...of), actor, caseId, tx.now);
  if (view === undefined) return refuse('http.not-found');
  const store = paperStore(tx, actor.companyId);
  const textId = words === null ? null : await keepNote(tx, actor, caseId, { field: 'paper', body: words });
  const id = paper ?? `other-${textId}`;
  if (await store.has(caseId, id)) return refuse('hall.paper-asked-already');
  const steps = stepsToCome(view);
  const until = request.until ?? steps[0]?.id;
  if (until === undefined || view.order === null || !steps.some((step) => step.id === until))
    return refuse('hall.paper-too-late');
  await store.insert(caseId, actor.personId, [{ id, until, again: true, textId }]);
  const data = { paper: id, violation: true, textIds: textId === null ? [] : [textId] };
  await recordOnCase(tx, actor, caseId, { type: 'papers.asked-again', data });
  const facts = paperAsked(id, until);
  const changed = await changeFacts(tx, deps, actor, { orderId: view.order.id, caseId: null, facts });
  if (isRefusal(changed)) return changed;
  await tellMissing(tx, actor.companyId, [{ caseId, missingPapers: [{ id, until }] }]);
  return { violation: true };
}
