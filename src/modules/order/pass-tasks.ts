import type { Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { OrderActor } from './order-types.ts';
import { withheld } from './kept-away.ts';
import { orderStore } from './order-store.ts';

/**
 * 交接班: the open tasks that somebody holds become those of whoever takes over the shift, as far as his posts and units
 * may do them and he need not keep away; the others stay. Nothing else about them changes, and no clock. Answers how many passed.
 */
export async function passTasks(tx: Tx, to: OrderActor, fromPersonId: string): Promise<number> {
  const held = await tx.rows<{ id: string; order_id: string; step: string; case_id: string | null }>(sql`
    select t.id, t.order_id, t.step, t.case_id from tasks t
    where t.company_id = ${to.companyId} and t.holder_id = ${fromPersonId} and t.state = 'open'
      and t.unit_id = any(${to.unitIds}::uuid[]) and t.post = any(${to.posts}::text[])
      and not exists (select 1 from case_orders l join cases c on c.company_id = l.company_id and c.id = l.case_id
        where l.company_id = t.company_id and l.order_id = t.order_id and l.unlinked_at is null and ${withheld(to)})
    order by t.order_id, t.id`);
  const store = orderStore(tx, to.companyId);
  for (const task of held) {
    const order = await store.find(task.order_id);
    if (order === undefined) continue;
    await store.assignTask(task.id, to.personId);
    const seq = order.seq + 1;
    await store.update({ ...order, seq });
    const data = { step: task.step, caseId: task.case_id, taskId: task.id, from: fromPersonId };
    await store.insertEvent(order.id, seq, { type: 'task.passed', occurredAt: tx.now, data }, to.personId);
  }
  return held.length;
}
