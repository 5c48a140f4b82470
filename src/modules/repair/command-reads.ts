import type { Instant } from '#kernel/instant.ts';
import { type Reader, visibleCase } from '#modules/case/index.ts';
import type { ProcessDefinition } from '#modules/process/domain/index.ts';
import type { HandbookVersion } from '#modules/process/index.ts';
import { type Db, timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { CommandRow, CommandView } from './command-api.ts';
import { bringsAbout, keyOfOrderStep, stageOf, type StepNow, worstFirst } from './domain/index.ts';
import { repairProcesses } from './five-ones-reads.ts';

/** The handbook in force, and the versions that open orders began with. */
export type Books = {
  readonly active: HandbookVersion;
  readonly version: (db: Db, companyId: string, versionId: string) => Promise<HandbookVersion>;
};

/** Every open repair of which the reader may see a case, worst first. */
export async function commandView(db: Db, reader: Reader, books: Books, now: Instant): Promise<CommandView> {
  return { now, rows: worstFirst(await commandRows(db, reader, books, { now, orderId: null })) };
}

/** Open repairs that the reader may see, all or one: as many queries for a thousand as for one. */
export async function commandRows(
  db: Db,
  reader: Reader,
  books: Books,
  of: { readonly now: Instant; readonly orderId: string | null },
): Promise<readonly CommandRow[]> {
  const { companyId } = reader;
  const orders = await listOpenRepairs(db, companyId, repairProcesses(books.active), of.orderId);
  const ids = orders.map((order) => order.id);
  const cases = grouped(await listSeenCases(db, reader, ids, of.now));
  const tasks = grouped(await listTasksOf(db, companyId, ids));
  const clocks = grouped(await listClocksOf(db, companyId, ids));
  const groups = grouped(await listDueGroups(db, companyId, ids));
  const estimates = grouped(await listEstimatesOf(db, companyId, ids));
  const rows: CommandRow[] = [];
  for (const order of orders) {
    const version = await books.version(db, companyId, order.version_id);
    const definition = version.process(order.process);
    const seen = seenOf(cases.get(order.id) ?? []);
    if (definition === undefined || seen === undefined) continue;
    rows.push(
      rowOf(order, definition, version, {
        seen,
        tasks: tasks.get(order.id) ?? [],
        clocks: clocks.get(order.id) ?? [],
        group: groups.get(order.id)?.[0],
        estimate: estimates.get(order.id)?.[0],
      }),
    );
  }
  return rows;
}

type OrderRow = {
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

type TaskRow = {
  readonly order_id: string;
  readonly step: string;
  readonly open: boolean;
  readonly unit: string;
  readonly holder: string | null;
  readonly ready_at: Instant;
};

type ClockRow = {
  readonly order_id: string;
  readonly clock: string;
  readonly limit_id: string;
  readonly role: string;
  readonly state: 'running' | 'paused' | 'met';
  readonly started_at: Instant;
  readonly due_at: Instant;
  readonly stopped_at: Instant | null;
};

type GroupRow = NonNullable<CommandRow['telling']> & { readonly order_id: string };
type EstimateRow = NonNullable<CommandRow['estimate']> & { readonly order_id: string };

/** What the reader may see of the cases of an order, put together. */
type Seen = {
  readonly first: CaseRow;
  readonly cases: number;
  readonly households: number;
  readonly important: number;
  readonly medical: number;
};

type CaseRow = {
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
};

async function listOpenRepairs(
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
 * The cases that the reader may see, with their households. Counted here and not in the statement: of tables that were empty a moment
 * ago the planner expects nothing, and joins of counted rows then took half a minute for a thousand orders (measured).
 */
async function listSeenCases(
  db: Db,
  reader: Reader,
  ids: readonly string[],
  now: Instant,
): Promise<readonly CaseRow[]> {
  return await db.rows<CaseRow>(sql`
    select l.order_id, c.id as case_id, c.no, c.area_class as area, c.household_id, m.place, m.lon, m.lat,
      h.transformer_name as transformer, h.feeder_name as feeder, h.important_grade is not null as important,
      exists (select 1 from household_flags f where f.company_id = c.company_id and f.household_id = c.household_id
        and f.kind = 'life-support' and f.ended_at is null and f.expires_at > ${timestamp(now)}) as medical
    from case_orders l
    join cases c on c.company_id = l.company_id and c.id = l.case_id
    left join households h on h.company_id = c.company_id and h.id = c.household_id
    left join premises m on m.company_id = h.company_id and m.id = h.premises_id
    where l.company_id = ${reader.companyId} and l.order_id = any(${ids}::uuid[]) and l.unlinked_at is null
      and ${visibleCase(reader, now)}
    order by c.accepted_at, c.id`);
}

function seenOf(cases: readonly CaseRow[]): Seen | undefined {
  const [first] = cases;
  if (first === undefined) return undefined;
  const count = (which: (row: CaseRow) => boolean) =>
    new Set(cases.flatMap((row) => (row.household_id !== null && which(row) ? [row.household_id] : []))).size;
  return {
    first,
    cases: cases.length,
    households: count(() => true),
    important: count((row) => row.important),
    medical: count((row) => row.medical),
  };
}

/** What is open of each order, and which crew has it: whoever accepted it. */
async function listTasksOf(db: Db, companyId: string, ids: readonly string[]): Promise<readonly TaskRow[]> {
  return await db.rows<TaskRow>(sql`
    select t.order_id, t.step, t.state = 'open' as open, u.name as unit, p.name as holder, t.ready_at
    from tasks t
    join units u on u.company_id = t.company_id and u.id = t.unit_id
    left join people p on p.company_id = t.company_id and p.id = t.holder_id
    where t.company_id = ${companyId} and t.order_id = any(${ids}::uuid[]) and t.case_id is null
      and t.state in ('open', 'done')
    order by t.round desc, t.ready_at`);
}

async function listClocksOf(db: Db, companyId: string, ids: readonly string[]): Promise<readonly ClockRow[]> {
  return await db.rows<ClockRow>(sql`
    select k.order_id, k.clock, k.limit_id, k.role, k.state, k.started_at, k.due_at, k.stopped_at
    from clocks k
    where k.company_id = ${companyId} and k.order_id = any(${ids}::uuid[]) and k.state in ('running', 'paused', 'met')
      and k.role in ('promise', 'company')
    order by k.state = 'paused', k.due_at, k.role desc, k.id`);
}

/** The groups that must hear something, the soonest first. */
async function listDueGroups(
  db: Db,
  companyId: string,
  ids: readonly string[],
): Promise<readonly GroupRow[]> {
  return await db.rows<GroupRow>(sql`
    select g.order_id, g.audience, coalesce(g.last_told_at, g.since) as since, g.due_at as "dueAt", g.why
    from outage_groups g
    where g.company_id = ${companyId} and g.order_id = any(${ids}::uuid[]) and g.due_at is not null
    order by g.due_at, g.audience`);
}

/** The time that holds, of each order. */
async function listEstimatesOf(
  db: Db,
  companyId: string,
  ids: readonly string[],
): Promise<readonly EstimateRow[]> {
  return await db.rows<EstimateRow>(sql`
    select distinct on (e.order_id) e.order_id, e.estimated_at as at, e.source from outage_estimates e
    where e.company_id = ${companyId} and e.order_id = any(${ids}::uuid[])
    order by e.order_id, e.set_at desc, e.id desc`);
}

function rowOf(
  order: OrderRow,
  definition: ProcessDefinition,
  version: HandbookVersion,
  of: {
    readonly seen: Seen;
    readonly tasks: readonly TaskRow[];
    readonly clocks: readonly ClockRow[];
    readonly group: GroupRow | undefined;
    readonly estimate: EstimateRow | undefined;
  },
): CommandRow {
  const open = of.tasks.filter((task) => task.open);
  const stage = stageOf(definition, stepsNow(order, open));
  const { first } = of.seen;
  const word = (fact: string) => (typeof order.facts[fact] === 'string' ? order.facts[fact] : null);
  return {
    id: order.id,
    orderId: order.id,
    caseId: first.case_id,
    no: first.no,
    cases: of.seen.cases,
    process: definition.name,
    stage,
    steps: definition.steps
      .filter((step) => open.some((task) => task.step === step.id))
      .map((step) => step.name),
    hazard: false,
    urgency: word('urgency'),
    fault: word('typicalFault'),
    since: order.started_at,
    place: first.place,
    area: first.area,
    transformer: first.transformer,
    feeder: first.feeder,
    ...whereOf(first, order),
    station: order.station,
    crew: isSent(stage) ? crewOf(definition, of.tasks) : null,
    households: Math.max(of.seen.households, order.grouped ?? 0),
    important: of.seen.important,
    medical: of.seen.medical,
    ...timesOf(definition, version, of.clocks),
    permissionSince: permissionOf(definition, open),
    estimate: of.estimate === undefined ? null : { at: of.estimate.at, source: of.estimate.source },
    telling: tellingOf(of.group),
  };
}

/** At the household; without one at the repair point of the station. */
function whereOf(first: CaseRow, order: OrderRow): Pick<CommandRow, 'at' | 'located'> {
  if (first.lon !== null && first.lat !== null) return { at: [first.lon, first.lat], located: 'household' };
  if (order.lon !== null && order.lat !== null) return { at: [order.lon, order.lat], located: 'point' };
  return { at: null, located: null };
}

function stepsNow(order: OrderRow, open: readonly TaskRow[]): (step: string) => StepNow | undefined {
  return (step) => {
    const found = order.steps[keyOfOrderStep(step)];
    if (found === undefined) return undefined;
    return { status: found.status, held: open.some((task) => task.step === step && task.holder !== null) };
  };
}

/** A crew has accepted; sent back, the order waits for another. */
function isSent(stage: CommandRow['stage']): boolean {
  return stage !== 'undispatched' && stage !== 'dispatched';
}

function crewOf(definition: ProcessDefinition, tasks: readonly TaskRow[]): CommandRow['crew'] {
  const accepting = new Set(
    definition.steps.filter((step) => bringsAbout(step, 'accepted')).map((step) => step.id),
  );
  const accepted = tasks.find((task) => !task.open && accepting.has(task.step));
  return accepted === undefined ? null : { unit: accepted.unit, holder: accepted.holder };
}

function timesOf(
  definition: ProcessDefinition,
  { handbook }: HandbookVersion,
  clocks: readonly ClockRow[],
): Pick<CommandRow, 'arrival' | 'leading'> {
  const toArrival = new Set(
    definition.clocks
      .filter((clock) => clock.stop === 'arrived' && clock.role === 'promise')
      .map((clock) => clock.id),
  );
  const arrival = clocks.find((clock) => toArrival.has(clock.clock));
  const leading = clocks.find((clock) => clock.state !== 'met');
  return {
    arrival:
      arrival === undefined
        ? null
        : { startedAt: arrival.started_at, dueAt: arrival.due_at, metAt: arrival.stopped_at },
    leading:
      leading === undefined
        ? null
        : {
            limit: handbook.limits.find((limit) => limit.id === leading.limit_id)?.name ?? {
              zh: leading.limit_id,
              en: leading.limit_id,
            },
            startedAt: leading.started_at,
            dueAt: leading.due_at,
            paused: leading.state === 'paused',
          },
  };
}

function permissionOf(definition: ProcessDefinition, open: readonly TaskRow[]): Instant | null {
  const asking = definition.steps.find((step) => bringsAbout(step, 'permitted'))?.id;
  return open.find((task) => task.step === asking)?.ready_at ?? null;
}

function tellingOf(group: GroupRow | undefined): CommandRow['telling'] {
  if (group === undefined) return null;
  const { audience, since, dueAt, why } = group;
  return { audience, since, dueAt, why };
}

function grouped<T extends { readonly order_id: string }>(
  rows: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  return Map.groupBy(rows, (row) => row.order_id);
}
