import type { Instant } from '#kernel/instant.ts';
import { type Database, timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';

/** Calls that moved, each told to the pages of the person whose call it is. */
export function callHints(database: Database) {
  return async (since: Instant) => {
    const rows = await database.rows<{ companyId: string; personId: string; id: string; at: Instant }>(sql`
      select calls.company_id as "companyId", calls.person_id as "personId", calls.id, calls.moved_at as at
      from calls where calls.moved_at > ${timestamp(since)} and calls.person_id is not null
      order by calls.moved_at limit 1000`);
    return rows.map((row) => ({ ...row, topic: 'call' as const }));
  };
}
