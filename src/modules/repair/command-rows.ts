import type { Instant } from '#kernel/instant.ts';
import { type Reader, realCase, visibleCase } from '#modules/case/index.ts';
import type { ProcessDefinition } from '#modules/process/domain/index.ts';
import { type Db, timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { CommandRow } from './command-api.ts';

// What the command page needs of the database: each a statement for all open repairs at once, however many there are.

export type OrderRow = {
  readonly id: string;
  readonly process: string;
  readonly version_id: string;
  readonly started_at: Instant;
  readonly steps: Readonly<Record<string, { readonly status: string }>>;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly station: string | null;
  /** The repair point of its station. */
  readonly lon: number | null;
  readonly lat: number | null;
  /** Households of its supply groups. */
  readonly grouped: number | null;
};

export type TaskRow = {
  readonly order_id: string;
  readonly step: string;
  readonly open: boolean;
  readonly unit: string;
  readonly holder: string | null;
  readonly ready_at: Instant;
};

export type ClockRow = {
  readonly order_id: string;
  readonly clock: string;
  readonly limit_id: string;
  readonly role: string;
  readonly state: 'running' | 'paused' | 'met';
  readonly started_at: Instant;
  readonly due_at: Instant;
  readonly stopped_at: Instant | null;
};

export type CrewRow = {
  readonly order_id: string;
  readonly crew: string;
  readonly lead: string;
  readonly expected_at: Instant;
};
export type GroupRow = NonNullable<CommandRow['telling']> & { readonly order_id: string };
export type EstimateRow = NonNullable<CommandRow['estimate']> & { readonly order_id: string };

/** What the reader may see of the cases of an order, put together. */
export type Seen = {
  readonly first: CaseRow;
  /** It belongs to an exercise. */
  readonly drill: boolean;
  readonly cases: number;
  readonly households: number;
  readonly important: number;
  readonly medical: number;
};

export type CaseRow = {
  readonly order_id: string;
  readonly case_id: string;
  readonly no: string;
  readonly area: CommandRow['area'];
  readonly household_id: string | null;
  readonly place: string | null;
  readonly transformer: string | null;
  readonly feeder: string | null;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly important: boolean;
  readonly medical: boolean;
  readonly drill: boolean;
};

export async function listOpenRepairs(
  db: Db,
  companyId: string,
  processes: readonly ProcessDefinition[],
  orderId: string | null,
): Promise<readonly OrderRow[]> {
  return await db.rows<OrderRow>(sql`
    select o.id, o.process, o.handbook_version_id as version_id, o.started_at, o.process_state -> 'steps' as steps,
      o.process_state -> 'facts' as facts, u.name as station, p.lon, p.lat,
      (select sum(g.households)::integer from supply_groups g where g.company_id = o.company_id and g.order_id = o.id) as grouped
    from orders o
    left join units u on u.company_id = o.company_id and u.id = o.station_id
    left join lateral (select x.lon, x.lat from grid_points x
      where x.company_id = o.company_id and x.station_id = o.station_id order by x.code limit 1) p on true
    where o.company_id = ${companyId} and o.business = 'repair' and o.state = 'open'
      and o.process = any(${processes.map((one) => one.id)}::text[]) and (${orderId}::uuid is null or o.id = ${orderId})`);
}

/**
 * The cases that the reader may see, with their households; where nobody knows the household, the place as it was said. Counted here and not in the statement: of tables that were empty a moment
 * ago the planner expects nothing, and joins of counted rows then took half a minute for a thousand orders (measured).
 */
export async function listSeenCases(
  db: Db,
  reader: Reader,
  ids: readonly string[],
  now: Instant,
): Promise<readonly CaseRow[]> {
  return await db.rows<CaseRow>(sql`
    select l.order_id, c.id as case_id, c.no, c.area_class as area, c.household_id, m.lon, m.lat,
      coalesce(m.place, said.body) as place,
      h.transformer_name as transformer, h.feeder_name as feeder, h.important_grade is not null as important,
      exists (select 1 from household_flags f where f.company_id = c.company_id and f.household_id = c.household_id
        and f.kind = 'life-support' and f.ended_at is null and f.expires_at > ${timestamp(now)}) as medical,
      not ${realCase()} as drill
    from case_orders l
    join cases c on c.company_id = l.company_id and c.id = l.case_id
    left join households h on h.company_id = c.company_id and h.id = c.household_id
    left join premises m on m.company_id = h.company_id and m.id = h.premises_id
    left join lateral (select x.body from case_texts x where c.household_id is null and x.company_id = c.company_id
      and x.case_id = c.id and x.kind = 'place' order by x.at limit 1) said on true
    where l.company_id = ${reader.companyId} and l.order_id = any(${ids}::uuid[]) and l.unlinked_at is null
      and ${visibleCase(reader, now)}
    order by c.accepted_at, c.id`);
}

export function seenOf(cases: readonly CaseRow[]): Seen | undefined {
  const [first] = cases;
  if (first === undefined) return undefined;
  const count = (which: (row: CaseRow) => boolean) =>
    new Set(cases.flatMap((row) => (row.household_id !== null && which(row) ? [row.household_id] : []))).size;
  return {
    first,
    drill: cases.some((row) => row.drill),
    cases: cases.length,
    households: count(() => true),
    important: count((row) => row.important),
    medical: count((row) => row.medical),
  };
}

/** What is open of each order, and which crew has it: whoever accepted it. */
export async function listTasksOf(
  db: Db,
  companyId: string,
  ids: readonly string[],
): Promise<readonly TaskRow[]> {
  return await db.rows<TaskRow>(sql`
    select t.order_id, t.step, t.state = 'open' as open, u.name as unit, p.name as holder, t.ready_at
    from tasks t
    join units u on u.company_id = t.company_id and u.id = t.unit_id
    left join people p on p.company_id = t.company_id and p.id = t.holder_id
    where t.company_id = ${companyId} and t.order_id = any(${ids}::uuid[]) and t.case_id is null
      and t.state in ('open', 'done')
    order by t.round desc, t.ready_at`);
}

export async function listClocksOf(
  db: Db,
  companyId: string,
  ids: readonly string[],
): Promise<readonly ClockRow[]> {
  return await db.rows<ClockRow>(sql`
    select k.order_id, k.clock, k.limit_id, k.role, k.state, k.started_at, k.due_at, k.stopped_at
    from clocks k
    where k.company_id = ${companyId} and k.order_id = any(${ids}::uuid[]) and k.state in ('running', 'paused', 'met')
      and k.role in ('promise', 'company')
    order by k.state = 'paused', k.due_at, k.role desc, k.id`);
}

export async function listCrewsOf(
  db: Db,
  companyId: string,
  ids: readonly string[],
): Promise<readonly CrewRow[]> {
  return await db.rows<CrewRow>(sql`
    select w.order_id, c.name as crew, p.name as lead, w.expected_at from crew_assignments w
    join crews c on c.company_id = w.company_id and c.id = w.crew_id
    join people p on p.company_id = w.company_id and p.id = w.lead_id
    where w.company_id = ${companyId} and w.order_id = any(${ids}::uuid[]) and w.ended_at is null`);
}

/** The groups that must hear something, the soonest first. */
export async function listDueGroups(
  db: Db,
  companyId: string,
  ids: readonly string[],
): Promise<readonly GroupRow[]> {
  return await db.rows<GroupRow>(sql`
    select g.order_id, g.audience, coalesce(g.last_told_at, g.since) as since, g.due_at as "dueAt", g.why,
      g.held_households as held
    from outage_groups g
    where g.company_id = ${companyId} and g.order_id = any(${ids}::uuid[]) and g.due_at is not null
    order by g.due_at, g.audience`);
}

/** The time that holds, of each order. */
export async function listEstimatesOf(
  db: Db,
  companyId: string,
  ids: readonly string[],
): Promise<readonly EstimateRow[]> {
  return await db.rows<EstimateRow>(sql`
    select distinct on (e.order_id) e.order_id, e.estimated_at as at, e.source from outage_estimates e
    where e.company_id = ${companyId} and e.order_id = any(${ids}::uuid[])
    order by e.order_id, e.set_at desc, e.id desc`);
}
