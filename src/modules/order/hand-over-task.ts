import type { Instant } from '#kernel/instant.ts';
import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import type { StepRef } from '#modules/process/domain/index.ts';
import { type Database, timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { newId } from '#platform/ids.ts';
import { isTaskOf } from './follow-transition.ts';
import { grantAccess } from './grant-access.ts';
import { keptOut } from './kept-away.ts';
import { limitEnd } from './limit-end.ts';
import { allowedTask } from './order-commands.ts';
import type { OrderActor, OrderDeps } from './order-types.ts';
import { orderStore } from './order-store.ts';

/** Accept a hand-over within: the minutes of a crew for repairs, the county's accept-or-reject hours for the rest. */
const ACCEPT_LIMIT = { repair: 'R003', other: 'R020-accept' };

export type HandOver = {
  readonly orderId: string;
  readonly seq: number;
  readonly ref: StepRef;
  readonly toUnitId: string;
  readonly toPost: string;
  readonly toPersonId: string | null;
  /** The row with the reason. */
  readonly textId: string;
};

/**
 * 转派: offers an open task to another unit, post or person. Until they take it the hand-over is pending; when its limit is
 * over it goes back (`bounceHandovers`). Refusals: those of `allowedTask`, `handover.accused`, `case.closed-list`, `handover.nobody-there`,
 * `handover.same-place`, `handover.pending`.
 */
export async function handOverTask(
  tx: Tx,
  deps: OrderDeps,
  actor: OrderActor,
  request: HandOver,
): Promise<{ readonly seq: number; readonly dueAt: Instant } | Refusal> {
  const loaded = await allowedTask(tx, deps, actor, { ...request, action: 'handOver' });
  if (isRefusal(loaded)) return loaded;
  const { order, version, task } = loaded;
  const store = orderStore(tx, actor.companyId);
  const cases = await store.listCases(order.id);
  const { toUnitId, toPost, toPersonId } = request;
  const caseIds = cases.map((one) => one.id);
  const to = { caseIds, unitId: toUnitId, personId: toPersonId };
  const out = await keptOut(tx, actor.companyId, to, 'handover.accused');
  if (out !== undefined) return out;
  if (task.unitId === toUnitId && task.post === toPost && task.holderId === toPersonId)
    return refuse('handover.same-place');
  if (!(await store.isHeld({ unitId: toUnitId, post: toPost, personId: toPersonId })))
    return refuse('handover.nobody-there');
  const limitId = order.process.startsWith('repair') ? ACCEPT_LIMIT.repair : ACCEPT_LIMIT.other;
  const dueAt = await limitEnd(tx, deps, { companyId: actor.companyId, version, limitId });
  const inserted = await tx.run(sql`
    insert into handovers (company_id, id, task_id, order_id, from_unit_id, from_post, from_holder_id, to_unit_id, to_post,
      to_person_id, text_id, offered_by, offered_at, due_at, state)
    values (${actor.companyId}, ${newId()}, ${task.id}, ${order.id}, ${task.unitId}, ${task.post}, ${task.holderId},
      ${toUnitId}, ${toPost}, ${toPersonId}, ${request.textId}, ${actor.personId}, ${timestamp(tx.now)},
      ${timestamp(dueAt)}, 'offered') on conflict (company_id, task_id) where state = 'offered' do nothing`);
  if (inserted === 0) return refuse('handover.pending');
  await store.placeTask(task.id, { unitId: toUnitId, post: toPost, holderId: toPersonId });
  await grantAccess(
    tx,
    actor.companyId,
    cases.map((one) => one.id),
    [toUnitId],
  );
  const seq = order.seq + 1;
  await store.update({ ...order, seq });
  const data = { ...request.ref, toUnitId, toPost, toPersonId, textIds: [request.textId] };
  await store.insertEvent(
    order.id,
    seq,
    { type: 'task.handed-over', occurredAt: tx.now, data },
    actor.personId,
  );
  return { seq, dueAt };
}

type Overdue = {
  readonly company_id: string;
  readonly id: string;
  readonly task_id: string;
  readonly order_id: string;
  readonly step: string;
  readonly case_id: string | null;
  readonly round: number;
  readonly from_unit_id: string;
  readonly from_post: string;
  readonly from_holder_id: string | null;
  readonly offered_by: string;
  readonly to_unit_id: string;
};

/** At most so many go back in one turn. */
const BATCH = 100;

/**
 * Takes back what nobody accepted in time: the task is where it was, exactly once, whichever process looks first. Answers
 * what went back, for the messages.
 */
export async function bounceHandovers(
  database: Database,
  onBounce: (
    tx: Tx,
    bounced: { companyId: string; caseId: string; offeredBy: string; id: string },
  ) => Promise<void>,
): Promise<number> {
  return await database.transaction(async (tx) => {
    const overdue = await tx.rows<Overdue>(sql`
      select h.company_id, h.id, h.task_id, h.order_id, t.step, t.case_id, t.round, h.from_unit_id, h.from_post,
        h.from_holder_id, h.offered_by, h.to_unit_id
      from handovers h join tasks t on t.company_id = h.company_id and t.id = h.task_id
      where h.state = 'offered' and h.due_at <= ${timestamp(tx.now)}
      order by h.due_at limit ${BATCH} for update of h skip locked`);
    for (const one of overdue) await bounce(tx, one, onBounce);
    return overdue.length;
  });
}

async function bounce(tx: Tx, one: Overdue, onBounce: Parameters<typeof bounceHandovers>[1]): Promise<void> {
  const store = orderStore(tx, one.company_id);
  const order = await store.find(one.order_id);
  await tx.run(sql`
    update handovers set state = 'bounced', ended_at = ${timestamp(tx.now)}
    where handovers.company_id = ${one.company_id} and handovers.id = ${one.id}`);
  const ref = { step: one.step, caseId: one.case_id, round: one.round };
  const open = (await store.listOpenTasks(one.order_id)).find((task) => isTaskOf(task, ref));
  if (order === undefined || order.state !== 'open' || open === undefined) return;
  const back = { unitId: one.from_unit_id, post: one.from_post, holderId: one.from_holder_id };
  await store.placeTask(one.task_id, back);
  await store.endAccess(one.order_id, one.to_unit_id);
  const seq = order.seq + 1;
  await store.update({ ...order, seq });
  const data = { ...ref, toUnitId: one.from_unit_id, from: one.to_unit_id };
  await store.insertEvent(order.id, seq, { type: 'task.bounced', occurredAt: tx.now, data }, null);
  const { company_id: companyId, offered_by: offeredBy, id } = one;
  const caseId = one.case_id ?? (await store.listCases(one.order_id))[0]?.id;
  if (caseId !== undefined) await onBounce(tx, { companyId, caseId, offeredBy, id });
}
