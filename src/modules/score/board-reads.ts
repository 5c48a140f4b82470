import { DAY, type Instant, MINUTE } from '#kernel/instant.ts';
import { dayStart, dueBetween, type FilterMoments, type Reader, visibleCase } from '#modules/case/index.ts';
import { stepOf } from '#modules/process/domain/index.ts';
import type { handbookLibrary } from '#modules/process/index.ts';
import { type Db, timestamp } from '#platform/db/db.ts';
import { type Sql, sql } from '#platform/db/sql.ts';
import type { Board, BoardRow, Bottleneck } from './board-api.ts';

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
    bottleneck: await keptBottleneck(db, library, reader, moments.now),
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
    with d as (${runningOut(reader, moments)}),
    here as (select c.id, c.business, c.state, c.accepted_at from cases c
      where c.company_id = ${reader.companyId} and c.state = 'open' and ${visibleCase(reader, now)}
      union all select c.id, c.business, c.state, c.accepted_at from cases c
      where c.company_id = ${reader.companyId} and c.state = 'closed'
        and c.accepted_at >= ${timestamp(dayStart(now))} and ${visibleCase(reader, now)})
    select h.business as id, count(*) filter (where h.accepted_at >= ${timestamp(dayStart(now))}) as arrived,
      count(*) filter (where h.state = 'open') as "atWork", ${lateFigures(moments)}
    from here h left join d on d.case_id = h.id and h.state = 'open' group by h.business`);
}

async function byUnit(db: Db, reader: Reader, moments: FilterMoments): Promise<readonly BoardRow[]> {
  const { now } = moments;
  const rows = await db.rows<Figures & { id: string; zh: string; en: string }>(sql`
    with d as (${runningOut(reader, moments)}),
    held as (select distinct t.unit_id, c.id from tasks t
      join case_orders l on l.company_id = t.company_id and l.order_id = t.order_id and l.unlinked_at is null
        and (t.case_id is null or t.case_id = l.case_id)
      join cases c on c.company_id = l.company_id and c.id = l.case_id
      where t.company_id = ${reader.companyId} and t.state = 'open' and c.state = 'open' and ${visibleCase(reader, now)})
    select u.id, u.name as zh, u.name_en as en, null as arrived, count(*) as "atWork", ${lateFigures(moments)}
    from held h join units u on u.company_id = ${reader.companyId} and u.id = h.unit_id
    left join d on d.case_id = h.id group by u.id, u.name, u.name_en, u.sort order by u.sort`);
  return rows.map(({ zh, en, ...row }) => ({ ...row, name: { zh, en } }));
}

/** A mean of fewer is chance. */
const ENOUGH = 5;

/** It compares months and reads some hundred thousand tasks of a county, so one answer serves everybody for a while. */
const KEPT_FOR = 10 * MINUTE;

type Kept = { readonly at: Instant; readonly found: Promise<Bottleneck | null> };

const kept = new WeakMap<Db, Map<string, Kept>>();

/**
 * The same for every reader: it names a step and a unit, and no case; work with a closed list is not in it. Those who ask at
 * once wait for one answer.
 */
async function keptBottleneck(
  db: Db,
  library: Library,
  reader: Reader,
  now: Instant,
): Promise<Bottleneck | null> {
  const companies = kept.get(db) ?? new Map<string, Kept>();
  kept.set(db, companies);
  const known = companies.get(reader.companyId);
  if (known !== undefined && Math.abs(now - known.at) < KEPT_FOR) return await known.found;
  const found = bottleneck(db, library, reader, now);
  companies.set(reader.companyId, { at: now, found });
  // A failure is not kept: whoever asks next tries again.
  found.catch(() => companies.delete(reader.companyId));
  return await found;
}

/** Where work waits longest compared with the month before. */
async function bottleneck(
  db: Db,
  library: Library,
  reader: Reader,
  now: Instant,
): Promise<Bottleneck | null> {
  const row = await db.maybe<{
    process: string;
    step: string;
    unit: string;
    version_id: string;
    days: number;
    before: number;
    done: number;
  }>(sql`
    select o.process, t.step, u.name as unit, (array_agg(o.handbook_version_id))[1] as version_id,
      avg(extract(epoch from t.ended_at - t.ready_at)) filter (where t.ended_at >= ${timestamp(now - 30 * DAY)}) / 86400 as days,
      avg(extract(epoch from t.ended_at - t.ready_at)) filter (where t.ended_at < ${timestamp(now - 30 * DAY)}) / 86400 as before,
      count(*) filter (where t.ended_at >= ${timestamp(now - 30 * DAY)}) as done
    from tasks t
    join orders o on o.company_id = t.company_id and o.id = t.order_id
    join units u on u.company_id = t.company_id and u.id = t.unit_id
    where t.company_id = ${reader.companyId} and t.state = 'done' and t.ended_at >= ${timestamp(now - 60 * DAY)}
      and not exists (select 1 from case_orders l join cases c on c.company_id = l.company_id and c.id = l.case_id
        where l.company_id = t.company_id and l.order_id = t.order_id and c.closed_to is not null)
    group by o.process, t.step, u.id, u.name
    having count(*) filter (where t.ended_at >= ${timestamp(now - 30 * DAY)}) >= ${ENOUGH}
      and count(*) filter (where t.ended_at < ${timestamp(now - 30 * DAY)}) >= ${ENOUGH}
    order by avg(extract(epoch from t.ended_at - t.ready_at)) filter (where t.ended_at >= ${timestamp(now - 30 * DAY)})
      - avg(extract(epoch from t.ended_at - t.ready_at)) filter (where t.ended_at < ${timestamp(now - 30 * DAY)}) desc
    limit 1`);
  if (row === undefined) return null;
  const definition = (await library.version(db, reader.companyId, row.version_id)).process(row.process);
  const step = definition === undefined ? undefined : stepOf(definition, row.step);
  if (definition === undefined || step === undefined) return null;
  const { unit, days, before, done } = row;
  return {
    process: definition.name,
    step: step.name,
    unit,
    days: Number(days),
    before: Number(before),
    done,
  };
}
