import {
  dayStart,
  dueBetween,
  type FilterMoments,
  type Reader,
  realCase,
  visibleCase,
} from '#modules/case/index.ts';
import { type Db, timestamp } from '#platform/db/db.ts';
import { type Sql, sql } from '#platform/db/sql.ts';
import type { Figures } from '../open-cases.ts';

// The board counted from the rows, each time anew and by the one predicate: what the kept count must equal. With 50,000 open cases
// it takes seconds.

type Line = Figures & { readonly id: string };

export type PlainBoard = { readonly businesses: readonly Line[]; readonly units: readonly Line[] };

export async function plainBoard(db: Db, reader: Reader, moments: FilterMoments): Promise<PlainBoard> {
  const here = sql`select c.* from cases c
    where c.company_id = ${reader.companyId} and ${visibleCase(reader, moments.now)} and ${realCase()}`;
  const due = sql`select l.case_id, min(k.due_at) as due_at from clocks k
    join case_orders l on l.company_id = k.company_id and l.order_id = k.order_id and l.unlinked_at is null
      and (k.case_id is null or k.case_id = l.case_id)
    where k.company_id = ${reader.companyId} and k.state = 'running' and k.role <> 'reference' group by l.case_id`;
  const held = sql`select distinct t.unit_id, h.* from tasks t
    join case_orders l on l.company_id = t.company_id and l.order_id = t.order_id and l.unlinked_at is null
      and (t.case_id is null or t.case_id = l.case_id)
    join h on h.id = l.case_id and h.state = 'open' where t.state = 'open'`;
  return {
    businesses: await db.rows<Line>(sql`with h as (${here}), d as (${due})
      select h.business as id, ${figures(moments)} from h left join d on d.case_id = h.id group by h.business
      having count(*) filter (where h.state = 'open' or h.accepted_at >= ${timestamp(dayStart(moments.now))}) > 0`),
    units: await db.rows<Line>(sql`with h as (${here}), d as (${due}), w as (${held})
      select h.unit_id as id, ${figures(moments)} from w h left join d on d.case_id = h.id group by h.unit_id`),
  };
}

function figures(moments: FilterMoments): Sql {
  const count = (due: 'late' | 'hour' | 'week') => {
    const { from, to } = dueBetween(due, moments);
    const since = from === null ? sql`true` : sql`d.due_at >= ${timestamp(from)}`;
    return sql`count(*) filter (where h.state = 'open' and d.due_at < ${timestamp(to)} and ${since})`;
  };
  return sql`count(*) filter (where h.accepted_at >= ${timestamp(dayStart(moments.now))}) as arrived,
    count(*) filter (where h.state = 'open') as "atWork", ${count('late')} as late,
    ${count('hour')} as "lateInAnHour", ${count('week')} as "lateThisWeek"`;
}
