import { DAY, type Instant } from '#kernel/instant.ts';
import { type Db, timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';

/** The days that begin in `[from, to)`, a midnight of Asia/Shanghai first, on which storm mode was on at some moment. */
export async function stormDays(
  db: Db,
  companyId: string,
  { from, to }: { readonly from: Instant; readonly to: Instant },
): Promise<ReadonlySet<Instant>> {
  const storms = await db.rows<{ at: Instant; until: Instant | null }>(sql`
    select s.at, s.until from (
      select s.storm, s.at, lead(s.at) over (order by s.at, s.id) as until from dispatch_settings s
      where s.company_id = ${companyId}
    ) s
    where s.storm and s.at < ${timestamp(to)} and (s.until is null or s.until > ${timestamp(from)})`);
  const days = Array.from({ length: Math.ceil((to - from) / DAY) }, (_, index) => from + index * DAY);
  return new Set(
    days.filter((day) => storms.some(({ at, until }) => at < day + DAY && (until === null || until > day))),
  );
}
