import { enqueue } from '#modules/notice/index.ts';
import type { Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { CaseActor } from './case-commands.ts';

/** Whoever did the step last hears that it came back to him. */
export async function tellReturned(
  tx: Tx,
  actor: CaseActor,
  back: { readonly orderId: string; readonly step: string; readonly seq: number },
): Promise<void> {
  const task = await tx.maybe<{ personId: string; caseId: string | null }>(sql`
    select t.ended_by as "personId", coalesce(t.case_id, (select l.case_id from case_orders l
      where l.company_id = t.company_id and l.order_id = t.order_id and l.unlinked_at is null
      order by l.linked_at limit 1)) as "caseId"
    from tasks t
    where t.company_id = ${actor.companyId} and t.order_id = ${back.orderId} and t.step = ${back.step}
      and t.state = 'done' and t.ended_by is not null
    order by t.ended_at desc limit 1`);
  if (task === undefined || task.caseId === null || task.personId === actor.personId) return;
  const { personId, caseId } = task;
  const key = `task-returned:${back.orderId}:${back.seq}:${personId}`;
  const about = { template: 'task-returned', to: { personId }, data: { caseId } };
  await enqueue(tx, actor.companyId, [{ key, channel: 'desk', ...about }]);
}
