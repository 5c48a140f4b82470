import type { CaseDeps } from '#modules/case/index.ts';
import type { Database } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { Loop } from '#platform/loop.ts';
import { outsideStore } from './outside-store.ts';
import { settleOrder } from './receive-order.ts';

/** Takes in what an import staged, one order a transaction: a stopped program goes on where it was. */
export function doorLoops(database: Database, deps: CaseDeps): readonly Loop[] {
  return [
    {
      name: 'outside-orders',
      everyMs: 500,
      async turn() {
        while (await settleNext(database, deps));
      },
    },
  ];
}

/** One staged order, that no other process holds; false when there is none. */
export async function settleNext(database: Database, deps: CaseDeps): Promise<boolean> {
  return await database.transaction(async (tx) => {
    const next = await tx.maybe<{ companyId: string; id: string }>(sql`
      select o.company_id as "companyId", o.id from outside_orders o where o.state = 'waiting'
      order by o.received_at, o.id limit 1 for update skip locked`);
    if (next === undefined) return false;
    const row = await outsideStore(tx, next.companyId).lock(next.id);
    if (row !== undefined) await settleOrder(tx, deps, next.companyId, row);
    return true;
  });
}
