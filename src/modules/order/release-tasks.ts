import type { Tx } from '#platform/db/db.ts';
import type { OrderActor } from './order-types.ts';
import { orderStore } from './order-store.ts';

/** What a person holds of an order goes back to his post: somebody else takes it. Answers how many tasks that were. */
export async function releaseTasks(
  tx: Tx,
  actor: OrderActor,
  request: { readonly orderId: string; readonly personId: string },
): Promise<number> {
  const store = orderStore(tx, actor.companyId);
  const order = await store.find(request.orderId);
  if (order === undefined || order.state !== 'open') return 0;
  const held = (await store.listOpenTasks(order.id)).filter((task) => task.holderId === request.personId);
  let seq = order.seq;
  for (const task of held) {
    seq += 1;
    await store.placeTask(task.id, { unitId: task.unitId, post: task.post, holderId: null });
    const data = { step: task.step, caseId: task.caseId, round: task.round, taskId: task.id };
    await store.insertEvent(
      order.id,
      seq,
      { type: 'task.released', occurredAt: tx.now, data },
      actor.personId,
    );
  }
  if (held.length > 0) await store.update({ ...order, seq });
  return held.length;
}
