import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { decideRejection, type StepRef } from '#modules/process/domain/index.ts';
import { timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { offeredToMe, allowedTask } from './order-commands.ts';
import type { OrderActor, OrderDeps } from './order-types.ts';
import { grantAccess } from './grant-access.ts';
import { orderStore, type TaskRow } from './order-store.ts';

export type Rejection = {
  readonly orderId: string;
  readonly seq: number;
  readonly ref: StepRef;
  readonly reason: string;
  /** The row with the words. */
  readonly textId: string;
};

type Target = { readonly unitId: string; readonly post: string; readonly holderId: string | null };

/**
 * 退单 (domain-rules §3.5) of a task that nobody in the unit has taken: for three reasons, once a unit. The first rejection of
 * an order goes to whoever sent it: who handed it over, else who did the step before; the second to the control centre.
 * Answers who handed it over, if somebody did. Refusals: those of `allowedTask`, of `decideRejection`, `rejection.nowhere`.
 */
export async function rejectTask(
  tx: Tx,
  deps: OrderDeps,
  actor: OrderActor,
  request: Rejection,
): Promise<{ readonly seq: number; readonly offeredBy: string | null } | Refusal> {
  const free = await allowedTask(tx, deps, actor, { ...request, action: 'take' });
  const loaded = isRefusal(free) ? ((await offeredToMe(tx, deps, actor, request)) ?? free) : free;
  if (isRefusal(loaded)) return loaded;
  const { order, task } = loaded;
  const { companyId } = actor;
  const offer = await endOffer(tx, companyId, task.id);
  const decision = decideRejection({
    reason: request.reason,
    unit: task.unitId,
    rejectedBy: await listRejecting(tx, companyId, order.id),
    accepted: task.holderId !== null && offer === undefined,
  });
  if (isRefusal(decision)) return decision;
  const sender =
    decision.to === 'sender' ? (offer ?? (await findBefore(tx, companyId, order.id))) : undefined;
  const to = await targetOf(tx, companyId, order.id, task, sender);
  if (to === undefined) return refuse('rejection.nowhere');

  const store = orderStore(tx, companyId);
  await store.placeTask(task.id, to);
  const cases = await store.listCases(order.id);
  await grantAccess(
    tx,
    companyId,
    cases.map((one) => one.id),
    [to.unitId],
  );
  await store.endAccess(order.id, task.unitId);
  const seq = order.seq + 1;
  await store.update({ ...order, seq });
  const { ref, reason, textId } = request;
  const data = { ...ref, unitId: task.unitId, toUnitId: to.unitId, reason, textIds: [textId] };
  await store.insertEvent(order.id, seq, { type: 'task.rejected', occurredAt: tx.now, data }, actor.personId);
  return { seq, offeredBy: offer?.offeredBy ?? null };
}

/** Whoever offered it gets it back; the hand-over is over. */
async function endOffer(
  tx: Tx,
  companyId: string,
  taskId: string,
): Promise<(Target & { readonly offeredBy: string }) | undefined> {
  return await tx.maybe(sql`
    update handovers set state = 'bounced', ended_at = ${timestamp(tx.now)}
    where handovers.company_id = ${companyId} and handovers.task_id = ${taskId} and handovers.state = 'offered'
    returning handovers.from_unit_id as "unitId", handovers.from_post as post, handovers.from_holder_id as "holderId",
      handovers.offered_by as "offeredBy"`);
}

async function listRejecting(tx: Tx, companyId: string, orderId: string): Promise<readonly string[]> {
  const rows = await tx.rows<{ unit: string }>(sql`
    select e.data ->> 'unitId' as unit from order_events e
    where e.company_id = ${companyId} and e.stream_id = ${orderId} and e.type = 'task.rejected'`);
  return rows.map((row) => row.unit);
}

/** Where the step before was done; its post may send the work to the right place. */
async function findBefore(tx: Tx, companyId: string, orderId: string): Promise<Target | undefined> {
  return await tx.maybe(sql`
    select t.unit_id as "unitId", t.post, null as "holderId" from tasks t
    where t.company_id = ${companyId} and t.order_id = ${orderId} and t.state = 'done'
    order by t.ended_at desc, t.id desc limit 1`);
}

/** The sender, where it is another place that may see the case; else the duty officer of the control centre. */
async function targetOf(
  tx: Tx,
  companyId: string,
  orderId: string,
  task: TaskRow,
  sender: Target | undefined,
): Promise<Target | undefined> {
  const centre = await tx.one<{ id: string }>(sql`
    select u.id from units u where u.company_id = ${companyId} and u.code = 'control-centre'`);
  const duty: Target = { unitId: centre.id, post: 'control-officer', holderId: null };
  const cases = await orderStore(tx, companyId).listCases(orderId);
  const closedTo = await closedListOf(tx, companyId, orderId);
  return [sender, duty].find(
    (one): one is Target =>
      one !== undefined &&
      !(one.unitId === task.unitId && one.post === task.post) &&
      !cases.some((found) => found.keptAwayUnitIds.includes(one.unitId)) &&
      (closedTo === null || closedTo.includes(one.unitId)),
  );
}

/** All cases of an order are of one process, and so have the same list. */
async function closedListOf(tx: Tx, companyId: string, orderId: string): Promise<readonly string[] | null> {
  const row = await tx.maybe<{ closed: string[] | null }>(sql`
    select c.closed_to as closed from case_orders l join cases c on c.company_id = l.company_id and c.id = l.case_id
    where l.company_id = ${companyId} and l.order_id = ${orderId} and l.unlinked_at is null limit 1`);
  return row?.closed ?? null;
}
