import type { Instant } from '#kernel/instant.ts';
import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import {
  type CaseActor,
  keepNote,
  listHeads,
  lockVisible,
  makeCommitment,
  maySupervise,
  placeRequest,
  recordOnCase,
} from '#modules/case/index.ts';
import { enqueue } from '#modules/notice/index.ts';
import { grantAccess, keptOut } from '#modules/order/index.ts';
import type { Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { CallMeetingBody, HoldMeetingBody } from './meeting-api.ts';
import { meetingStore } from './meeting-store.ts';

/**
 * 会商: calls units together about cases. They see them from now on, and their heads are told when. Refusals:
 * `meeting.who`, `meeting.past`, `http.not-found`, `case.closed`, `joint.accused`, `case.closed-list`,
 * `joint.unit-unknown`.
 */
export async function callMeeting(
  tx: Tx,
  actor: CaseActor,
  request: CallMeetingBody,
): Promise<{ readonly id: string } | Refusal> {
  if (!maySupervise(actor)) return refuse('meeting.who');
  if (request.meetsAt <= tx.now) return refuse('meeting.past');
  const { companyId } = actor;
  const cases = await lockCases(tx, actor, request.caseIds);
  if (isRefusal(cases)) return cases;
  const heads: string[] = [];
  for (const unitId of request.unitIds) {
    const asked = { caseIds: request.caseIds, unitId, personId: null };
    const out = await keptOut(tx, companyId, asked, 'joint.accused');
    if (out !== undefined) return out;
    const found = await listHeads(tx, companyId, unitId);
    if (found === undefined) return refuse('joint.unit-unknown');
    heads.push(...found);
  }
  const { meetsAt, unitIds } = request;
  const store = meetingStore(tx, companyId);
  const id = await store.insert({ calledBy: actor.personId, meetsAt, unitIds });
  for (const one of cases) {
    const purposeId = await keepNote(tx, actor, one.id, { field: 'meeting', body: request.words });
    await store.addCase(id, one.id, purposeId);
    await grantAccess(tx, companyId, [one.id], unitIds);
    const data = { meetingId: id, unitIds, meetsAt, textIds: [purposeId] };
    await recordOnCase(tx, actor, one.id, { type: 'meeting.called', data });
  }
  const [first] = cases;
  await tellHeads(tx, companyId, heads, {
    key: `meeting-called:${id}`,
    template: 'meeting-called',
    data: { caseId: first?.id ?? '', count: cases.length, meetsAt },
  });
  return { id };
}

/**
 * What a meeting decided: each decision is something that a unit owes an answer to, or a promise to the customer.
 * Refusals: `http.not-found`, `meeting.ended`, `meeting.other-case`, `meeting.past`, and those of `placeRequest` and
 * `makeCommitment`.
 */
export async function holdMeeting(
  tx: Tx,
  actor: CaseActor,
  request: HoldMeetingBody & { readonly id: string },
): Promise<{ readonly decisions: number } | Refusal> {
  const store = meetingStore(tx, actor.companyId);
  const meeting = await lockOwn(tx, actor, request.id);
  if (isRefusal(meeting)) return meeting;
  for (const decision of request.decisions) {
    if (!meeting.caseIds.includes(decision.caseId)) return refuse('meeting.other-case');
    if (decision.dueAt <= tx.now) return refuse('meeting.past');
    const became = await (decision.promised ? promise : order)(tx, actor, request.id, decision);
    if (isRefusal(became)) return became;
    await store.insertDecision(request.id, became);
  }
  await store.end(request.id, { state: 'held', by: actor.personId, came: request.cameUnitIds });
  for (const caseId of new Set(request.decisions.map((one) => one.caseId))) {
    const data = { meetingId: request.id, decisions: request.decisions.length };
    await recordOnCase(tx, actor, caseId, { type: 'meeting.held', data });
  }
  return { decisions: request.decisions.length };
}

/** It does not take place. Refusals: `http.not-found`, `meeting.ended`. */
export async function cancelMeeting(
  tx: Tx,
  actor: CaseActor,
  request: { readonly id: string; readonly reason: string },
): Promise<{ readonly cancelled: true } | Refusal> {
  const meeting = await lockOwn(tx, actor, request.id);
  if (isRefusal(meeting)) return meeting;
  const store = meetingStore(tx, actor.companyId);
  await store.end(request.id, { state: 'cancelled', by: actor.personId, came: null });
  for (const caseId of meeting.caseIds) {
    const textId = await keepNote(tx, actor, caseId, { field: 'meeting', body: request.reason });
    const data = { meetingId: request.id, textIds: [textId] };
    await recordOnCase(tx, actor, caseId, { type: 'meeting.cancelled', data });
  }
  const heads: string[] = [];
  for (const unitId of meeting.unitIds) heads.push(...((await listHeads(tx, actor.companyId, unitId)) ?? []));
  await tellHeads(tx, actor.companyId, heads, {
    key: `meeting-cancelled:${request.id}`,
    template: 'meeting-cancelled',
    data: { caseId: meeting.caseIds[0] ?? '', meetsAt: meeting.meetsAt },
  });
  return { cancelled: true };
}

type Decision = HoldMeetingBody['decisions'][number];
type Became = { readonly requestId: string | null; readonly commitmentId: string | null };

async function promise(
  tx: Tx,
  actor: CaseActor,
  _meetingId: string,
  { caseId, unitId, words, dueAt }: Decision,
): Promise<Became | Refusal> {
  const made = await makeCommitment(tx, actor, { caseId, unitId, words, dueAt });
  return isRefusal(made) ? made : { requestId: null, commitmentId: made.id };
}

async function order(
  tx: Tx,
  actor: CaseActor,
  meetingId: string,
  { caseId, unitId, words, dueAt }: Decision,
): Promise<Became | Refusal> {
  const found = await lockVisible(tx, actor, caseId);
  if (isRefusal(found)) return found;
  const wanted = { kind: 'decision' as const, caseId, no: found.no, unitId, question: words, dueAt };
  const placed = await placeRequest(tx, actor, wanted);
  if (isRefusal(placed)) return placed;
  await recordOnCase(tx, actor, caseId, { type: 'meeting.decided', data: { meetingId, ...placed.data } });
  return { requestId: placed.data.requestId, commitmentId: null };
}

async function lockCases(tx: Tx, actor: CaseActor, ids: readonly string[]) {
  const cases: { readonly id: string; readonly no: string }[] = [];
  for (const id of ids.toSorted()) {
    const found = await lockVisible(tx, actor, id);
    if (isRefusal(found)) return found;
    if (found.state === 'closed') return refuse('case.closed', { no: found.no });
    cases.push({ id, no: found.no });
  }
  return cases;
}

type Own = {
  readonly caseIds: readonly string[];
  readonly unitIds: readonly string[];
  readonly meetsAt: Instant;
};

/** A meeting that has not ended, whose cases the actor may see and which he may write up. */
async function lockOwn(tx: Tx, actor: CaseActor, id: string): Promise<Own | Refusal> {
  const row = await tx.maybe<Own & { readonly calledBy: string; readonly state: string }>(sql`
    select m.called_by as "calledBy", m.state, m.meets_at as "meetsAt",
      array(select c.case_id from meeting_cases c where c.company_id = m.company_id and c.meeting_id = m.id
        order by c.case_id) as "caseIds",
      array(select u.unit_id from meeting_units u where u.company_id = m.company_id and u.meeting_id = m.id) as "unitIds"
    from meetings m where m.company_id = ${actor.companyId} and m.id = ${id} for update of m`);
  if (row === undefined || !(row.calledBy === actor.personId || maySupervise(actor)))
    return refuse('http.not-found');
  for (const caseId of row.caseIds) {
    const visible = await lockVisible(tx, actor, caseId);
    if (isRefusal(visible)) return visible;
  }
  return row.state === 'called' ? row : refuse('meeting.ended');
}

async function tellHeads(
  tx: Tx,
  companyId: string,
  heads: readonly string[],
  told: {
    readonly key: string;
    readonly template: string;
    readonly data: Readonly<Record<string, string | number>>;
  },
): Promise<void> {
  await enqueue(
    tx,
    companyId,
    [...new Set(heads)].map((personId) => ({
      key: `${told.key}:${personId}`,
      channel: 'desk',
      template: told.template,
      to: { personId },
      data: told.data,
    })),
  );
}
