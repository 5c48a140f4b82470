import type { CaseDeps } from '#modules/case/index.ts';
import type { Database } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { Loop } from '#platform/loop.ts';
import { carryOrders } from './incident-orders.ts';
import { liveInference } from './live-inference.ts';

/** Every second: what was heard becomes incidents, and incidents have orders. */
export function outageLoops(database: Database, deps: CaseDeps): readonly Loop[] {
  const inference = liveInference(database, deps);
  return [
    {
      name: 'outage-inference',
      everyMs: 1000,
      async turn() {
        const companies = await database.rows<{ id: string }>(
          sql`select c.company_id as id from companies c`,
        );
        for (const { id } of companies) if (await inference.turn(id)) await carryOrders(database, deps, id);
      },
      finish: () => inference.stop(),
    },
  ];
}
