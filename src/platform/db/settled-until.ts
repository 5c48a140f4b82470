import type { Instant } from '#kernel/instant.ts';
import type { Database } from './db.ts';
import { sql } from './sql.ts';

/**
 * Business time before which nothing can be committed any more: when the oldest transaction began that is still open, at most
 * a minute back (a statement may take half a minute, and so may a pause between two). `scale`: business seconds a real second.
 */
export async function settledUntil(database: Database, scale: number): Promise<Instant> {
  const now = await database.now();
  const { age } = await database.one<{ age: number }>(sql`
    select (1000 * least(60, greatest(0, extract(epoch from max(now() - a.xact_start)))))::float8 as age
    from pg_stat_activity a where a.datname = current_database() and a.backend_type = 'client backend'`);
  return now - Math.ceil(age * scale);
}
