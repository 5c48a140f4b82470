import type { Instant } from '#kernel/instant.ts';
import { type Database, timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';

/** Devices that were switched: every open page of the company that shows the grid asks again. */
export function networkHints(database: Database) {
  return async (since: Instant) => {
    const rows = await database.rows<{ companyId: string; id: string; at: Instant }>(sql`
      select w.company_id as "companyId", w.device_id as id, w.recorded_at as at from network_switchings w
      where w.recorded_at > ${timestamp(since)} order by w.recorded_at limit 1000`);
    return rows.map((row) => ({ ...row, personId: null, topic: 'network' as const }));
  };
}
