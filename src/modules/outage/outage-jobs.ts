import type { CaseDeps } from '#modules/case/index.ts';
import type { Database } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { Loop } from '#platform/loop.ts';
import { carryOrders } from './incident-orders.ts';
import { liveInference } from './live-inference.ts';

/** What was heard becomes incidents, and incidents have orders; two loops, so that in a storm the board does not wait for the orders. */
export function outageLoops(database: Database, deps: CaseDeps): readonly Loop[] {
  const inference = liveInference(database, deps);
  const companies = () =>
    database.rows<{ id: string }>(sql`select c.company_id as id from companies c order by c.company_id`);
  return [
    {
      name: 'outage-inference',
      everyMs: 500,
      async turn() {
        for (const { id } of await companies()) await inference.turn(id);
      },
      finish: () => inference.stop(),
    },
    {
      name: 'outage-orders',
      everyMs: 1000,
      async turn() {
        for (const { id } of await companies())
          if (inference.infers(id)) await carryOrders(database, deps, id);
      },
    },
  ];
}
