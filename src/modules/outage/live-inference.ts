import { Client } from 'pg';
import type { CaseDeps } from '#modules/case/index.ts';
import type { Database } from '#platform/db/db.ts';
import { settledUntil } from '#platform/db/settled-until.ts';
import { companyGrids } from './live-grid.ts';
import type { Live } from './live-rebuild.ts';
import { runTurn } from './live-turn.ts';
import { outagePolicy } from './outage-policy.ts';

/** Any constant: one process infers for a company at a time. */
const INFERENCE_LOCK = 4_150_160;

export type LiveInference = {
  /** Brings the incidents of a company up to date; false: another process does it. */
  turn(companyId: string): Promise<boolean>;
  /** This process does it, and so carries the orders of its incidents: how many supplies its grid has; undefined: it does not. */
  served(companyId: string): number | undefined;
  /** Waits for a changed grid that is being read beside the turns. */
  settle(companyId: string): Promise<void>;
  /** Gives the companies back, so that another process goes on at once. */
  stop(): Promise<void>;
};

/** The engine over the database: reports in, incidents out, at most a turn behind. `scale`: business seconds a real second. */
export function liveInference(database: Database, deps: CaseDeps, scale: number): LiveInference {
  const locks = new Map<string, Client>();
  const lives = new Map<string, Live>();
  const grids = companyGrids(database);

  /** A session's lock: it goes with the connection, so a process that dies holds nothing. */
  async function holds(companyId: string): Promise<boolean> {
    if (locks.has(companyId)) return true;
    // Not of the pool: it is kept as long as the process infers, and the pool must be able to close.
    const client = new Client(database.pool.options);
    client.on('error', () => forget(companyId));
    await client.connect();
    const { rows } = await client.query<{ got: boolean }>(
      'select pg_try_advisory_lock($1, hashtext($2)) as got',
      [INFERENCE_LOCK, companyId],
    );
    if (rows[0]?.got !== true) {
      await client.end();
      return false;
    }
    locks.set(companyId, client);
    return true;
  }

  function forget(companyId: string): void {
    lives.delete(companyId);
    locks.delete(companyId);
  }

  return {
    async turn(companyId) {
      if (!(await holds(companyId))) return false;
      const policy = await outagePolicy(database, deps, companyId);
      const grid = await grids.now(companyId, policy.silence);
      const live = lives.get(companyId);
      // What the engine hears in a turn that fails may not be what was written: it is rebuilt.
      lives.delete(companyId);
      const settled = await settledUntil(database, scale);
      const knowing = { grid, live, policy, settled };
      const next = await database.transaction((tx) => runTurn(tx, deps, companyId, knowing));
      if (next !== undefined && locks.has(companyId)) lives.set(companyId, next);
      return true;
    },
    served: (companyId) =>
      locks.has(companyId) ? grids.known(companyId)?.network.customers.length : undefined,
    settle: (companyId) => grids.settle(companyId),
    async stop() {
      const held = [...locks];
      locks.clear();
      lives.clear();
      await Promise.all(held.flatMap(([companyId, client]) => [grids.settle(companyId), client.end()]));
    },
  };
}
