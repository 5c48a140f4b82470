import type { Db } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';

export type SaidWord = { readonly orderId: string; readonly field: string; readonly body: string | null };

/** What was written in words at these steps of these orders, the last of each field; null: it was blanked since. */
export async function saidAtSteps(
  db: Db,
  companyId: string,
  orders: readonly string[],
  steps: readonly string[],
): Promise<readonly SaidWord[]> {
  return await db.rows(sql`
    select distinct on (l.order_id, x.field) l.order_id as "orderId", x.field, x.body from case_orders l
    join case_texts x on x.company_id = l.company_id and x.case_id = l.case_id and x.kind = 'value'
      and x.step = any(${steps}::text[])
    where l.company_id = ${companyId} and l.order_id = any(${orders}::uuid[]) and l.unlinked_at is null
    order by l.order_id, x.field, x.at desc, x.id desc`);
}
