import type { Instant } from '#kernel/instant.ts';
import { type Database, timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';

/** Plans that moved: every open page of the company that shows them asks again. */
export function plannedHints(database: Database) {
  return async (since: Instant) => {
    const rows = await database.rows<{ companyId: string; id: string; at: Instant }>(sql`
      select e.company_id as "companyId", e.plan_id as id, e.at from planned_events e
      where e.at > ${timestamp(since)} order by e.at limit 1000`);
    return rows.map((row) => ({ ...row, personId: null, topic: 'planned' as const }));
  };
}
