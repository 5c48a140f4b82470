import { Client } from 'pg';
import type { CaseDeps } from '#modules/case/index.ts';
import type { Database } from '#platform/db/db.ts';
import { settledUntil } from '#platform/db/settled-until.ts';
import { type Memory, runTurn } from './live-turn.ts';

/** Any constant: one process infers for a company at a time. */
const INFERENCE_LOCK = 4_150_160;

export type LiveInference = {
  /** Brings the incidents of a company up to date; false: another process does it. */
  turn(companyId: string): Promise<boolean>;
  /** This process does it, and so carries the orders of its incidents: how many supplies its grid has; undefined: it does not. */
  served(companyId: string): number | undefined;
  /** Gives the companies back, so that another process goes on at once. */
  stop(): Promise<void>;
};

/** The engine over the database: reports in, incidents out, at most a turn behind. `scale`: business seconds a real second. */
export function liveInference(database: Database, deps: CaseDeps, scale: number): LiveInference {
  const locks = new Map<string, Client>();
  const memories = new Map<string, Memory>();

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
    memories.delete(companyId);
    locks.delete(companyId);
  }

  return {
    async turn(companyId) {
      if (!(await holds(companyId))) return false;
      const { grid, live } = memories.get(companyId) ?? {};
      // What the engine hears in a turn that fails may not be what was written: it is rebuilt. The grid is what it was.
      memories.set(companyId, { grid });
      const settled = await settledUntil(database, scale);
      const next = await database.transaction((tx) => runTurn(tx, deps, companyId, { grid, live, settled }));
      if (locks.has(companyId)) memories.set(companyId, next);
      return true;
    },
    served: (companyId) =>
      locks.has(companyId) ? memories.get(companyId)?.grid?.network.customers.length : undefined,
    async stop() {
      const held = [...locks.values()];
      locks.clear();
      memories.clear();
      await Promise.all(held.map((client) => client.end()));
    },
  };
}
