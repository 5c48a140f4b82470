import {
  dayStart,
  dueBetween,
  type FilterMoments,
  type Reader,
  realCase,
  visibleCase,
} from '#modules/case/index.ts';
import type { WorkingDays } from '#modules/clock/index.ts';
import type { handbookLibrary } from '#modules/process/index.ts';
import { type Db, timestamp } from '#platform/db/db.ts';
import { type Sql, sql } from '#platform/db/sql.ts';
import type { Board, BoardRow } from './board-api.ts';
import { keptBottleneck } from './bottleneck.ts';

type Library = ReturnType<typeof handbookLibrary>;
type Figures = Omit<BoardRow, 'id' | 'name'>;

/**
 * The board of the control centre. Every figure is the count of a list that can be opened (`caseFilter`), over what is open
 * now: the open cases and the running clocks have indexes of their own, so that a million closed cases cost nothing.
 */
export async function board(
  db: Db,
  library: Library,
  reader: Reader,
  moments: FilterMoments,
  book: WorkingDays,
): Promise<Board> {
  const version = await library.active(db, reader.companyId);
  const handbook = version?.handbook;
  const businesses = await byBusiness(db, reader, moments);
  const none: Figures = { arrived: 0, atWork: 0, late: 0, lateInAnHour: 0, lateThisWeek: 0 };
  const rows = (handbook?.businesses ?? []).map((one): BoardRow => {
    const found = businesses.find((row) => row.id === one.id);
    return { ...none, ...found, id: one.id, name: one.name };
  });
  return {
    at: moments.now,
    weekEnd: moments.weekEnd,
    businesses: rows,
    units: await byUnit(db, reader, moments),
    total: rows.reduce(add, none),
    bottleneck: await keptBottleneck(db, library, reader, { now: moments.now, book }),
  };
}

function add(sum: Figures, row: Figures): Figures {
  return {
    arrived: (sum.arrived ?? 0) + (row.arrived ?? 0),
    atWork: sum.atWork + row.atWork,
    late: sum.late + row.late,
    lateInAnHour: sum.lateInAnHour + row.lateInAnHour,
    lateThisWeek: sum.lateThisWeek + row.lateThisWeek,
  };
}

/** The tightest clock of each case that runs out before the end of the week. */
function runningOut(reader: Reader, { weekEnd }: FilterMoments): Sql {
  return sql`select l.case_id, min(k.due_at) as due_at from clocks k
    join case_orders l on l.company_id = k.company_id and l.order_id = k.order_id and l.unlinked_at is null
      and (k.case_id is null or k.case_id = l.case_id)
    where k.company_id = ${reader.companyId} and k.state = 'running' and k.role <> 'reference'
      and k.due_at < ${timestamp(weekEnd)} group by l.case_id`;
}

function lateFigures(moments: FilterMoments): Sql {
  const count = (due: 'late' | 'hour' | 'week') => {
    const { from, to } = dueBetween(due, moments);
    const since = from === null ? sql`true` : sql`d.due_at >= ${timestamp(from)}`;
    return sql`count(*) filter (where d.due_at < ${timestamp(to)} and ${since})`;
  };
  return sql`${count('late')} as late, ${count('hour')} as "lateInAnHour", ${count('week')} as "lateThisWeek"`;
}

async function byBusiness(db: Db, reader: Reader, moments: FilterMoments) {
  const { now } = moments;
  return await db.rows<Figures & { readonly id: string }>(sql`
    with d as materialized (${runningOut(reader, moments)}),
    here as materialized (select c.id, c.business, c.state, c.accepted_at from cases c
      where c.company_id = ${reader.companyId} and c.state = 'open' and ${visibleCase(reader, now)} and ${realCase()}
      union all select c.id, c.business, c.state, c.accepted_at from cases c
      where c.company_id = ${reader.companyId} and c.state = 'closed'
        and c.accepted_at >= ${timestamp(dayStart(now))} and ${visibleCase(reader, now)} and ${realCase()})
    select h.business as id, count(*) filter (where h.accepted_at >= ${timestamp(dayStart(now))}) as arrived,
      count(*) filter (where h.state = 'open') as "atWork", ${lateFigures(moments)}
    from here h left join d on d.case_id = h.id and h.state = 'open' group by h.business`);
}

async function byUnit(db: Db, reader: Reader, moments: FilterMoments): Promise<readonly BoardRow[]> {
  const { now } = moments;
  const rows = await db.rows<Figures & { id: string; zh: string; en: string }>(sql`
    with d as materialized (${runningOut(reader, moments)}),
    held as materialized (select distinct t.unit_id, c.id from tasks t
      join case_orders l on l.company_id = t.company_id and l.order_id = t.order_id and l.unlinked_at is null
        and (t.case_id is null or t.case_id = l.case_id)
      join cases c on c.company_id = l.company_id and c.id = l.case_id
      where t.company_id = ${reader.companyId} and t.state = 'open' and c.state = 'open' and ${visibleCase(reader, now)} and ${realCase()})
    select u.id, u.name as zh, u.name_en as en, null as arrived, count(*) as "atWork", ${lateFigures(moments)}
    from held h join units u on u.company_id = ${reader.companyId} and u.id = h.unit_id
    left join d on d.case_id = h.id group by u.id, u.name, u.name_en, u.sort order by u.sort`);
  return rows.map(({ zh, en, ...row }) => ({ ...row, name: { zh, en } }));
}
