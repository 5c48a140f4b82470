import type { CaseActor } from '#modules/case/index.ts';
import type { Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';

/** Works on the order or did: a task of it is or was his own, or is open in his unit. */
export async function isOnOrder(
  tx: Tx,
  { companyId, personId, unitIds }: CaseActor,
  orderId: string,
): Promise<boolean> {
  const found = await tx.maybe(sql`
    select 1 from tasks t where t.company_id = ${companyId} and t.order_id = ${orderId}
      and (t.holder_id = ${personId} or t.ended_by = ${personId}
        or (t.state = 'open' and t.unit_id = any(${unitIds}::uuid[]))) limit 1`);
  return found !== undefined;
}

/** The case by whose number the order goes. */
export async function firstCaseOf(tx: Tx, companyId: string, orderId: string): Promise<string | undefined> {
  const row = await tx.maybe<{ id: string }>(sql`
    select l.case_id as id from case_orders l
    where l.company_id = ${companyId} and l.order_id = ${orderId} and l.unlinked_at is null
    order by l.linked_at, l.case_id limit 1`);
  return row?.id;
}
