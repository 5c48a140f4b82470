// Long because it is one read: what a fault left in its rows, each part one statement, put together at the top.

import { DAY, type Instant, MINUTE } from '#kernel/instant.ts';
import { type Reader, realCase, visibleCase } from '#modules/case/index.ts';
import type { ProcessDefinition } from '#modules/process/domain/index.ts';
import type { HandbookVersion } from '#modules/process/index.ts';
import { type Db, timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { FaultRecord, OnesException } from './domain/five-ones.ts';

/** A fault as its rows tell it, with what the report shows beside the verdict. */
export type FaultFound = FaultRecord & {
  readonly orderId: string;
  readonly caseId: string;
  readonly no: string;
  readonly area: 'city' | 'rural' | 'remote' | null;
  readonly unit: string | null;
  readonly repeated: boolean;
  readonly excuse: { readonly reason: string; readonly told: boolean } | null;
  readonly exceptions: readonly OnesException[];
  readonly fieldReports: number;
  readonly enteredFor: number;
  /** Minutes between arrival and supply that the permission of the dispatch centre took. */
  readonly permission: number;
  readonly clocks: readonly { readonly limitId: string; readonly minutes: number; readonly kept: boolean }[];
};

/** Seven days: a household whose supply fails again within them was not helped for good (issue's repeat rate). */
const REPEAT_WITHIN = 7 * DAY;

type OrderRow = {
  readonly id: string;
  readonly process: string;
  readonly state: string;
  readonly started_at: Instant;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly staged: boolean;
  readonly unit: string | null;
};

type CaseRow = {
  readonly order_id: string;
  readonly case_id: string;
  readonly no: string;
  readonly area: FaultFound['area'];
  readonly household_id: string | null;
  readonly repeats: number;
  readonly reopened: number;
  readonly other_orders: number;
  readonly repeated: boolean;
};

type EventRow = {
  readonly order_id: string;
  readonly step: string;
  readonly at: Instant;
  readonly values: Readonly<Record<string, unknown>> | null;
  readonly entered_for: boolean;
};

/** The steps of a process that bring a moment about. */
function stepsOf(definition: ProcessDefinition, moment: string): ReadonlySet<string> {
  return new Set(
    definition.steps
      .filter((step) => step.milestones?.some((one) => one.name === moment))
      .map((step) => step.id),
  );
}

function fieldSteps({ handbook }: HandbookVersion, { steps }: ProcessDefinition): ReadonlySet<string> {
  const posts = new Set(handbook.posts.filter((post) => post.field === true).map((post) => post.id));
  return new Set(steps.filter((step) => posts.has(step.post)).map((step) => step.id));
}

/** A repair has a crew that arrives and gives customers their supply back. */
export function repairProcesses({ handbook }: HandbookVersion): readonly ProcessDefinition[] {
  return handbook.processes.filter(
    (one) => stepsOf(one, 'arrived').size > 0 && stepsOf(one, 'resupplied').size > 0,
  );
}

/** The faults reported in `[from, to)` of which the reader may see a case, in the order of their reports. */
export async function findFaults(
  db: Db,
  reader: Reader,
  version: HandbookVersion,
  period: { readonly from: Instant; readonly to: Instant; readonly now: Instant },
): Promise<readonly FaultFound[]> {
  const processes = repairProcesses(version);
  const { companyId } = reader;
  const orders = await db.rows<OrderRow>(sql`
    select o.id, o.process, o.state, o.started_at, o.process_state -> 'facts' as facts, u.name as unit,
      exists (select 1 from supply_groups g where g.company_id = o.company_id and g.order_id = o.id) as staged
    from orders o left join units u on u.company_id = o.company_id and u.id = o.station_id
    where o.company_id = ${companyId} and o.process = any(${processes.map((one) => one.id)}::text[])
      and o.started_at >= ${timestamp(period.from)} and o.started_at < ${timestamp(period.to)}
    order by o.started_at, o.id`);
  const ids = orders.map((order) => order.id);
  const cases = grouped(await casesOf(db, reader, ids, processes, period.now));
  const events = grouped(await eventsOf(db, companyId, ids));
  const crews = grouped(await crewsOf(db, companyId, ids, processes));
  const clocks = grouped(await clocksOf(db, companyId, ids));
  const exceptions = grouped(await exceptionsOf(db, companyId, ids));
  const told = new Set(await toldOf(db, companyId, ids));
  const waits = grouped(await waitsOf(db, companyId, ids, processes));
  return orders.flatMap((order): FaultFound | [] => {
    const definition = processes.find((one) => one.id === order.process);
    const own = cases.get(order.id) ?? [];
    const [first] = own;
    if (definition === undefined || first === undefined) return [];
    return foundOf(order, definition, {
      first,
      cases: own,
      events: events.get(order.id) ?? [],
      inField: fieldSteps(version, definition),
      crews: (crews.get(order.id) ?? []).map((one) => one.unit_id),
      exceptions: (exceptions.get(order.id) ?? []).map(({ one, reason, excuse, told: known }) => ({
        one,
        reason,
        excuse,
        told: known,
      })),
      excuseTold: told.has(order.id),
      permission: waits.get(order.id)?.[0]?.minutes ?? 0,
      clocks: (clocks.get(order.id) ?? []).map(({ limitId, minutes, kept }) => ({ limitId, minutes, kept })),
    });
  });
}

function foundOf(
  order: OrderRow,
  definition: ProcessDefinition,
  of: {
    readonly first: CaseRow;
    readonly cases: readonly CaseRow[];
    readonly events: readonly EventRow[];
    /** Steps of posts that work in the field. */
    readonly inField: ReadonlySet<string>;
    readonly crews: readonly string[];
    readonly exceptions: readonly OnesException[];
    /** The program told the customers why the crew was late. */
    readonly excuseTold: boolean;
    readonly permission: number;
    readonly clocks: FaultFound['clocks'];
  },
): FaultFound {
  const done = (moment: string) => {
    const steps = stepsOf(definition, moment);
    return of.events.filter((event) => steps.has(event.step));
  };
  const back = done('resupplied').at(-1);
  const field = of.events.filter((event) => of.inField.has(event.step));
  const { facts } = order;
  return {
    orderId: order.id,
    caseId: of.first.case_id,
    no: of.first.no,
    area: of.first.area,
    unit: order.unit,
    reportedAt: order.started_at,
    arrivedAt: done('arrived')[0]?.at ?? null,
    resuppliedAt: back === undefined ? null : momentOf(definition, back),
    ended: order.state === 'finished',
    visited: facts['dispatchNeeded'] !== false,
    crews: of.crews,
    arrivals: done('arrived').length,
    fixes: done('worked').length,
    reopened: Math.max(...of.cases.map((one) => one.reopened)),
    secondOrders: of.cases.filter((one) => one.other_orders > 0).length,
    staged: order.staged,
    reports: of.cases.map((one) => ({ householdId: one.household_id, repeats: one.repeats })),
    repeated: of.cases.some((one) => one.repeated),
    excuse:
      typeof facts['arrivalExcuse'] === 'string'
        ? { reason: facts['arrivalExcuse'], told: of.excuseTold || facts['excuseTold'] === true }
        : null,
    exceptions: of.exceptions,
    permission: of.permission,
    fieldReports: field.length,
    enteredFor: field.filter((event) => event.entered_for).length,
    clocks: of.clocks,
  };
}

/** When it was, by what the step writes down; otherwise when it was done. */
function momentOf(definition: ProcessDefinition, event: EventRow): Instant {
  const step = definition.steps.find((one) => one.id === event.step);
  const field = step?.milestones?.find((one) => one.name === 'resupplied')?.at;
  const said = field === undefined ? undefined : event.values?.[field];
  return typeof said === 'number' ? said : event.at;
}

async function casesOf(
  db: Db,
  reader: Reader,
  orderIds: readonly string[],
  processes: readonly ProcessDefinition[],
  now: Instant,
): Promise<readonly CaseRow[]> {
  const repairs = processes.map((one) => one.id);
  return await db.rows<CaseRow>(sql`
    select l.order_id, c.id as case_id, c.no, c.area_class as area, c.household_id, c.reopened,
      (select count(*) from case_events e where e.company_id = c.company_id and e.stream_id = c.id
        and e.type = 'demand.repeated') as repeats,
      (select count(*) from case_orders x join orders o on o.company_id = x.company_id and o.id = x.order_id
        where x.company_id = c.company_id and x.case_id = c.id and x.order_id <> l.order_id
          and o.process = any(${repairs}::text[]) and x.unlinked_at is not null) as other_orders,
      exists (select 1 from cases b where b.company_id = c.company_id and b.household_id = c.household_id
        and b.id <> c.id and b.drill_id is null and b.process = any(${repairs}::text[]) and b.state = 'closed'
        and b.closed_at < c.accepted_at and b.closed_at >= c.accepted_at - ${REPEAT_WITHIN} * interval '1 millisecond'
      ) as repeated
    from case_orders l join cases c on c.company_id = l.company_id and c.id = l.case_id
    where l.company_id = ${reader.companyId} and l.order_id = any(${orderIds}::uuid[]) and l.unlinked_at is null
      and ${visibleCase(reader, now)} and ${realCase()}
    order by c.accepted_at, c.id`);
}

async function eventsOf(
  db: Db,
  companyId: string,
  orderIds: readonly string[],
): Promise<readonly EventRow[]> {
  return await db.rows<EventRow>(sql`
    select e.stream_id as order_id, e.data #>> '{ref,step}' as step, e.occurred_at as at, e.data -> 'values' as values,
      coalesce(e.data #>> '{field,enteredFor,why}' <> 'completed', false) as entered_for
    from order_events e
    where e.company_id = ${companyId} and e.stream_id = any(${orderIds}::uuid[]) and e.type = 'step.done'
    order by e.stream_id, e.seq`);
}

async function crewsOf(
  db: Db,
  companyId: string,
  orderIds: readonly string[],
  processes: readonly ProcessDefinition[],
): Promise<readonly { readonly order_id: string; readonly unit_id: string }[]> {
  const steps = processes.flatMap((one) => [...stepsOf(one, 'accepted'), ...stepsOf(one, 'arrived')]);
  // Where crews were sent by name, they are what counts: two crews of one station are two.
  return await db.rows(sql`
    select a.order_id, a.crew_id as unit_id from crew_assignments a
    where a.company_id = ${companyId} and a.order_id = any(${orderIds}::uuid[])
    union all
    select t.order_id, t.unit_id from tasks t
    where t.company_id = ${companyId} and t.order_id = any(${orderIds}::uuid[]) and t.state = 'done'
      and t.step = any(${steps}::text[])
      and not exists (select 1 from crew_assignments a
        where a.company_id = t.company_id and a.order_id = t.order_id)`);
}

/** What was chosen as the reason; that another crew was sent has its reason with the assignment that it ended. */
async function exceptionsOf(
  db: Db,
  companyId: string,
  orderIds: readonly string[],
): Promise<readonly (OnesException & { readonly order_id: string })[]> {
  return await db.rows(sql`
    select x.order_id, x.one, x.reason, x.excuse, x.told_at is not null as told from order_exceptions x
    where x.company_id = ${companyId} and x.order_id = any(${orderIds}::uuid[])
    union all
    select a.order_id, 'crew', a.end_reason, false, false from crew_assignments a
    where a.company_id = ${companyId} and a.order_id = any(${orderIds}::uuid[]) and a.ended_at is not null
      and exists (select 1 from crew_assignments b where b.company_id = a.company_id and b.order_id = a.order_id
        and b.crew_id <> a.crew_id and b.sent_at >= a.ended_at)`);
}

async function toldOf(db: Db, companyId: string, orderIds: readonly string[]): Promise<readonly string[]> {
  const rows = await db.rows<{ id: string }>(sql`
    select distinct e.stream_id as id from order_events e
    where e.company_id = ${companyId} and e.stream_id = any(${orderIds}::uuid[]) and e.type = 'ones.excuse-told'`);
  return rows.map((one) => one.id);
}

/** How long the dispatch centre's permission took, by order. */
async function waitsOf(
  db: Db,
  companyId: string,
  orderIds: readonly string[],
  processes: readonly ProcessDefinition[],
): Promise<readonly { readonly order_id: string; readonly minutes: number }[]> {
  const steps = processes.flatMap((one) => [...stepsOf(one, 'permitted')]);
  return await db.rows(sql`
    select t.order_id, (sum(extract(epoch from t.ended_at - t.ready_at)) * 1000 / ${MINUTE})::float8 as minutes from tasks t
    where t.company_id = ${companyId} and t.order_id = any(${orderIds}::uuid[]) and t.step = any(${steps}::text[])
      and t.ended_at is not null group by t.order_id`);
}

async function clocksOf(
  db: Db,
  companyId: string,
  orderIds: readonly string[],
): Promise<readonly (FaultFound['clocks'][number] & { readonly order_id: string })[]> {
  return await db.rows(sql`
    select k.order_id, k.limit_id as "limitId", k.kept,
      (extract(epoch from k.stopped_at - k.started_at) * 1000 / ${MINUTE})::float8 as minutes
    from clocks k
    where k.company_id = ${companyId} and k.order_id = any(${orderIds}::uuid[]) and k.state = 'met'
      and k.role in ('promise', 'company')`);
}

function grouped<T extends { readonly order_id: string }>(
  rows: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  return Map.groupBy(rows, (row) => row.order_id);
}
