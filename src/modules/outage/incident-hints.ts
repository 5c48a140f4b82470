import type { Instant } from '#kernel/instant.ts';
import { type Database, timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';

/** Incidents that changed: every open page that shows outages asks again. */
export function incidentHints(database: Database) {
  return async (since: Instant) => {
    const rows = await database.rows<{ companyId: string; id: string; at: Instant }>(sql`
      select i.company_id as "companyId", i.id, i.changed_at as at from outage_incidents i
      where i.changed_at > ${timestamp(since)} order by i.changed_at limit 1000`);
    return rows.map((row) => ({ ...row, personId: null, topic: 'outage' as const }));
  };
}
