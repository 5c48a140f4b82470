import { timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';

/** Whoever takes or does the task has accepted it. */
export async function acceptHandover(tx: Tx, companyId: string, taskId: string): Promise<void> {
  await tx.run(sql`
    update handovers set state = 'accepted', ended_at = ${timestamp(tx.now)}
    where handovers.company_id = ${companyId} and handovers.task_id = ${taskId} and handovers.state = 'offered'`);
}

export async function isOffered(tx: Tx, companyId: string, taskId: string): Promise<boolean> {
  const row = await tx.maybe(sql`
    select 1 from handovers h
    where h.company_id = ${companyId} and h.task_id = ${taskId} and h.state = 'offered'`);
  return row !== undefined;
}
