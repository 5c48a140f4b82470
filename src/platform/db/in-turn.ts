import type { Database, Tx } from './db.ts';
import { sql } from './sql.ts';

/** Any constant; the second half of the key is the turn's name. */
const TURN_LOCK = 4_150_280;

/**
 * One transaction of a loop that only one process at a time may be in: whoever finds another in it does nothing, its next turn comes. The
 * lock is asked for before anything is read, so what the other has committed is seen: `for update skip locked` alone is not enough where
 * the locked row does not say itself that it was done (two whose snapshots overlap would both do it).
 */
export async function inTurn(
  database: Database,
  name: string,
  work: (tx: Tx) => Promise<void>,
): Promise<void> {
  await database.transaction(async (tx) => {
    const { free } = await tx.one<{ free: boolean }>(sql`
      select pg_try_advisory_xact_lock(${TURN_LOCK}, hashtext(${name})) as free`);
    if (free) await work(tx);
  });
}
