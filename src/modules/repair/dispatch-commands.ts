import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { type CaseActor, finishStep, takeStep } from '#modules/case/index.ts';
import { doAgain, giveToCrew, recordOnOrder } from '#modules/order/index.ts';
import type { StepRef } from '#modules/process/domain/index.ts';
import { timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { newId } from '#platform/ids.ts';
import {
  arrivalOf,
  type Board,
  type DispatchDeps,
  isWaiting,
  loadBoard,
  type OrderFound,
} from './dispatch-board.ts';
import type { ReassignReason } from './dispatch-api.ts';
import { endAssignment, standingOf } from './crew-assignments.ts';
import { isMadeSafe } from './domain/order-stage.ts';
import { whyNotThere } from './dispatch-reads.ts';
import type { CrewOnDuty } from './crew-api.ts';
import { crewStandsAt } from './crew-stands-at.ts';
import { endStandBy } from './stand-by-commands.ts';

export type Sent = { readonly orderId: string; readonly crewId: string; readonly expectedAt: number };

/**
 * Sends a crew to an order: does its step of dispatching, so that clocks and tasks follow, gives the field steps to the lead of the
 * crew and keeps who was sent, from where. Refusals: `order.unknown`, `dispatch.sent-already` (by whom, which crew), `dispatch.not-open`,
 * `dispatch.crew-off-duty`, `dispatch.crew-busy`, `dispatch.not-qualified`, those of the step.
 */
export async function sendCrew(
  tx: Tx,
  deps: DispatchDeps,
  actor: CaseActor,
  {
    orderId,
    crewId,
    automatic = false,
  }: { readonly orderId: string; readonly crewId: string; readonly automatic?: boolean },
): Promise<Sent | Refusal> {
  const loaded = await lockAndLoad(tx, deps, actor, { orderId, crewId });
  if (isRefusal(loaded)) return loaded;
  const { board, found, crew } = loaded;
  const standing = await standingOf(tx, actor.companyId, orderId);
  if (!isWaiting(found))
    return standing === undefined
      ? refuse('dispatch.not-open')
      : refuse('dispatch.sent-already', { crew: standing.crew, by: standing.by });
  const fault = faultOfCrew(crew, found);
  if (fault !== undefined) return fault;
  // It came back from the crew to be dispatched again: that crew's part is over.
  if (standing !== undefined) await endAssignment(tx, actor, standing.id, 'returned');
  await giveToCrew(tx, actor, board.version, { orderId, unitId: crew.lead.unitId, leadId: crew.lead.id });
  const done = await dispatchStep(tx, deps, actor, found);
  if (isRefusal(done)) return done;
  const sent = await insertAssignment(tx, actor, board, { found, crew, automatic });
  await recordOnOrder(tx, actor, orderId, {
    type: 'crew.sent',
    occurredAt: tx.now,
    data: { crewId, leadId: crew.lead.id, expectedAt: sent.expectedAt, automatic },
  });
  return sent;
}

/**
 * 改派: another crew goes instead, for a reason; the five ones count it. The order goes back to being sent, so that the new crew accepts
 * within its own minutes, drives and arrives by its own record. Refusals: those of `lockAndLoad`, `dispatch.nobody-sent`,
 * `dispatch.changed-already` (by whom, which crew), `dispatch.done-already`, `dispatch.made-safe`, those of the step.
 */
export async function reassignCrew(
  tx: Tx,
  deps: DispatchDeps,
  actor: CaseActor,
  {
    orderId,
    crewId,
    fromCrewId,
    reason,
  }: {
    readonly orderId: string;
    readonly crewId: string;
    readonly fromCrewId: string;
    readonly reason: ReassignReason;
  },
): Promise<Sent | Refusal> {
  const loaded = await lockAndLoad(tx, deps, actor, { orderId, crewId });
  if (isRefusal(loaded)) return loaded;
  const { board, found, crew } = loaded;
  const standing = await standingOf(tx, actor.companyId, orderId);
  if (standing === undefined || isWaiting(found)) return refuse('dispatch.nobody-sent');
  if (standing.crewId !== fromCrewId)
    return refuse('dispatch.changed-already', { crew: standing.crew, by: standing.by });
  if (standing.crewId === crewId) return refuse('dispatch.same-crew', { crew: crew.name });
  if (found.order.steps[found.steps.done]?.status === 'done') return refuse('dispatch.done-already');
  if (isMadeSafe(found.definition, found.order.steps))
    return refuse('dispatch.made-safe', { crew: standing.crew });
  const fault = faultOfCrew(crew, found);
  if (fault !== undefined) return fault;
  await endAssignment(tx, actor, standing.id, reason);
  const again = await doAgain(tx, deps, actor, { orderId, step: found.steps.dispatch, caseId: null });
  if (isRefusal(again)) return again;
  await giveToCrew(tx, actor, board.version, { orderId, unitId: crew.lead.unitId, leadId: crew.lead.id });
  const done = await dispatchStep(tx, deps, actor, found);
  if (isRefusal(done)) return done;
  const sent = await insertAssignment(tx, actor, board, { found, crew, automatic: false });
  await recordOnOrder(tx, actor, orderId, {
    type: 'crew.changed',
    occurredAt: tx.now,
    data: { crewId, leadId: crew.lead.id, fromCrewId: standing.crewId, reason, expectedAt: sent.expectedAt },
  });
  return sent;
}

/** Locks order and crew, so that of two dispatchers the second sees what the first did. */
async function lockAndLoad(
  tx: Tx,
  deps: DispatchDeps,
  actor: CaseActor,
  { orderId, crewId }: { readonly orderId: string; readonly crewId: string },
): Promise<{ readonly board: Board; readonly found: OrderFound; readonly crew: CrewOnDuty } | Refusal> {
  const { companyId } = actor;
  await tx.maybe(
    sql`select 1 from orders o where o.company_id = ${companyId} and o.id = ${orderId} for update`,
  );
  await tx.maybe(
    sql`select 1 from crews c where c.company_id = ${companyId} and c.id = ${crewId} for update`,
  );
  const board = await loadBoard(tx, deps, actor, { now: tx.now, orderIds: [orderId] });
  const found = board?.orders[0];
  if (board === undefined || found === undefined) return await whyNotThere(tx, actor, orderId, tx.now);
  const crew = board.crews.find((one) => one.id === crewId);
  return crew === undefined ? refuse('dispatch.crew-off-duty') : { board, found, crew };
}

/** A crew does one thing at a time, and nobody is sent on what he is not qualified for. */
function faultOfCrew(crew: CrewOnDuty, { needs }: OrderFound): Refusal | undefined {
  if (crew.job !== null) return refuse('dispatch.crew-busy', { crew: crew.name });
  const skill = needs.skills.find((one) => !crew.skills.includes(one));
  if (skill !== undefined) return refuse('dispatch.not-qualified', { crew: crew.name, skill });
  if (needs.card !== null && !crew.cards.includes(needs.card))
    return refuse('dispatch.not-trained', { crew: crew.name, card: needs.card });
  return undefined;
}

/** The dispatcher's own step of the order, taken first where nobody has. */
async function dispatchStep(
  tx: Tx,
  deps: DispatchDeps,
  actor: CaseActor,
  { order, steps }: OrderFound,
): Promise<{ readonly seq: number } | Refusal> {
  const task = order.tasks.find((one) => one.step === steps.dispatch);
  const { round } = await tx.one<{ round: number }>(sql`
    select t.round from tasks t where t.company_id = ${actor.companyId} and t.order_id = ${order.id}
      and t.step = ${steps.dispatch} and t.state = 'open'`);
  const ref: StepRef = { step: steps.dispatch, caseId: null, round };
  const { seq } = await tx.one<{ seq: number }>(sql`
    select o.seq from orders o where o.company_id = ${actor.companyId} and o.id = ${order.id}`);
  if (task?.holderId === actor.personId)
    return await finishStep(tx, deps, actor, { orderId: order.id, seq, ref, crewSent: true });
  const taken = await takeStep(tx, deps, actor, { orderId: order.id, seq, ref });
  return isRefusal(taken)
    ? taken
    : await finishStep(tx, deps, actor, { orderId: order.id, seq: taken.seq, ref, crewSent: true });
}

async function insertAssignment(
  tx: Tx,
  { companyId, personId }: CaseActor,
  board: Board,
  {
    found,
    crew,
    automatic,
  }: { readonly found: OrderFound; readonly crew: CrewOnDuty; readonly automatic: boolean },
): Promise<Sent> {
  const { order, steps, at, needs } = found;
  const from = crewStandsAt(crew, tx.now).position;
  const expectedAt = arrivalOf(board, crew, at);
  await tx.run(sql`
    insert into crew_assignments (company_id, id, order_id, crew_id, lead_id, sent_by, sent_at, automatic, expected_at,
      from_lon, from_lat, to_lon, to_lat, zone, repair_minutes, materials, dispatch_step, arrive_step, done_step)
    values (${companyId}, ${newId()}, ${order.id}, ${crew.id}, ${crew.lead.id}, ${personId}, ${timestamp(tx.now)}, ${automatic},
      ${timestamp(expectedAt)}, ${from.longitude}, ${from.latitude}, ${at.position.longitude}, ${at.position.latitude},
      ${at.zone}, ${Math.round(needs.repairMinutes)}, ${JSON.stringify(needs.materials)}::jsonb, ${steps.dispatch}, ${steps.arrive}, ${steps.done})`);
  await endStandBy(tx, { companyId, personId }, crew.id, 'sent');
  return { orderId: order.id, crewId: crew.id, expectedAt };
}
