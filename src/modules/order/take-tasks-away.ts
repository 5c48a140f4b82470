import { isRefusal, type Refusal } from '#kernel/result.ts';
import { timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { refOf } from './follow-transition.ts';
import { grantAccess } from './grant-access.ts';
import type { OrderActor, OrderDeps } from './order-types.ts';
import { orderStore, type TaskRow } from './order-store.ts';
import { fieldPostsOf, placedStep, placesOf, tasksFor } from './place-steps.ts';

/**
 * What a unit that is to keep away, or one below it, still has to do of an order goes to whoever stands in. Answers how
 * many tasks that were. Refusals: those of `tasksFor`.
 */
export async function takeTasksAway(
  tx: Tx,
  deps: OrderDeps,
  actor: OrderActor,
  orderId: string,
): Promise<number | Refusal> {
  const { companyId } = actor;
  const store = orderStore(tx, companyId);
  const order = await store.find(orderId);
  if (order === undefined || order.state !== 'open') return 0;
  const cases = await store.listCases(order.id);
  const units = await store.listUnits();
  const away = new Set(cases.flatMap((one) => one.keptAwayUnitIds));
  const parentOf = new Map(units.map((unit) => [unit.id, unit.parentId]));
  const isAway = ({ unitId }: TaskRow) => away.has(unitId) || away.has(parentOf.get(unitId) ?? '');
  const tasks = (await store.listOpenTasks(order.id)).filter(isAway);
  if (tasks.length === 0) return 0;
  const version = await deps.version(tx, companyId, order.handbookVersionId);
  const definition = version.process(order.process);
  if (definition === undefined) throw new Error(`handbook ${version.hash} has no process ${order.process}`);
  const facts = { order, cases, units, fieldPosts: fieldPostsOf(version) };
  const wanted = tasks.map((task) => placedStep(definition, refOf(task), facts));
  const placed = tasksFor(wanted, units, await store.listStaffed(placesOf(wanted)));
  if (isRefusal(placed)) return placed;
  let { seq } = order;
  for (const [i, task] of tasks.entries()) {
    const to = placed[i];
    if (to === undefined) continue;
    seq += 1;
    await endOffer(tx, companyId, task.id);
    await store.placeTask(task.id, to);
    const data = { ...refOf(task), taskId: task.id, unitId: task.unitId, toUnitId: to.unitId };
    const event = { type: 'task.released', occurredAt: tx.now, data };
    await store.insertEvent(order.id, seq, event, actor.personId);
  }
  await store.update({ ...order, seq });
  await grantAccess(
    tx,
    companyId,
    cases.map((one) => one.id),
    placed.map((task) => task.unitId),
  );
  return tasks.length;
}

/** An offered hand-over of it is over: it must not bounce back to where it was taken from. */
async function endOffer(tx: Tx, companyId: string, taskId: string): Promise<void> {
  await tx.run(sql`
    update handovers set state = 'bounced', ended_at = ${timestamp(tx.now)}
    where handovers.company_id = ${companyId} and handovers.task_id = ${taskId} and handovers.state = 'offered'`);
}
