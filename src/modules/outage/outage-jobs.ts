import type { CaseDeps } from '#modules/case/index.ts';
import type { Database } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { Loop } from '#platform/loop.ts';
import { carryOrders } from './incident-orders.ts';
import { liveInference } from './live-inference.ts';

/** After an interruption much waits: so many rounds come without a pause, then the others get their turn. */
const ROUNDS = 20;

/**
 * What was heard becomes incidents, and incidents have orders; two loops, so that in a storm the board does not wait for the orders.
 * `scale`: business seconds a real second.
 */
export function outageLoops(database: Database, deps: CaseDeps, scale: number): readonly Loop[] {
  const inference = liveInference(database, deps, scale);
  const companies = () =>
    database.rows<{ id: string }>(sql`select c.company_id as id from companies c order by c.company_id`);

  async function carry(companyId: string): Promise<void> {
    for (let round = 0; round < ROUNDS; round += 1) {
      const served = inference.served(companyId);
      if (served === undefined || !(await carryOrders(database, deps, companyId, served))) return;
    }
  }

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
        for (const { id } of await companies()) await carry(id);
      },
    },
  ];
}
