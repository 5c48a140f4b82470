import type { Instant } from '#kernel/instant.ts';
import { type Database, timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';

/** The next deadline of an order after an instant, as those who work on it see it; null: none. */
export async function tightestClock(
  database: Database,
  orderId: string,
  at: Instant,
): Promise<Instant | null> {
  const row = await database.one<{ due: Instant | null }>(sql`
    select min(k.due_at) as due from clocks k
    where k.order_id = ${orderId} and k.state = 'running' and k.role <> 'reference' and k.due_at > ${timestamp(at)}`);
  return row.due;
}
