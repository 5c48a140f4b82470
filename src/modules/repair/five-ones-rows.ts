import { DAY, type Instant, MINUTE } from '#kernel/instant.ts';
import { type Reader, realCase, visibleCase } from '#modules/case/index.ts';
import type { ProcessDefinition } from '#modules/process/domain/index.ts';
import { type Db, timestamp } from '#platform/db/db.ts';
import { type Sql, sql } from '#platform/db/sql.ts';
import type { OnesException } from './domain/five-ones.ts';

// What faults left in their rows, each part one statement for all of them.

/** Seven days: a household whose supply fails again within them was not helped for good (issue's repeat rate). */
const REPEAT_WITHIN = 7 * DAY;

export type OrderRow = {
  readonly id: string;
  readonly process: string;
  readonly state: string;
  readonly started_at: Instant;
  readonly facts: Readonly<Record<string, unknown>>;
  /** Supply came back by groups. */
  readonly grouped: boolean;
  readonly unit: string | null;
};

export type CaseRow = {
  readonly order_id: string;
  readonly case_id: string;
  readonly no: string;
  readonly area: 'city' | 'rural' | 'remote' | null;
  readonly household_id: string | null;
  readonly repeats: number;
  readonly reopened: number;
  readonly other_orders: number;
  readonly repeated: boolean;
};

export type EventRow = {
  readonly order_id: string;
  readonly step: string;
  readonly at: Instant;
  readonly values: Readonly<Record<string, unknown>> | null;
  readonly entered_for: boolean;
};

export type CrewOfOrder = { readonly order_id: string; readonly unit_id: string; readonly at: Instant };

/** `sent_back`: the work went back over what was done. */
export type ExceptionRow = OnesException & {
  readonly order_id: string;
  readonly at: Instant;
  readonly sent_back: boolean;
};

/** `minutes` null: it runs, and is late. */
export type ClockOfFault = {
  readonly limitId: string;
  readonly minutes: number | null;
  readonly kept: boolean;
};

/** The steps of a process that bring a moment about. */
export function stepsOf(definition: ProcessDefinition, moment: string): ReadonlySet<string> {
  return new Set(
    definition.steps
      .filter((step) => step.milestones?.some((one) => one.name === moment))
      .map((step) => step.id),
  );
}

/** Repairs that began in `[from, to)`, in that order. */
export async function ordersOf(
  db: Db,
  companyId: string,
  processes: readonly ProcessDefinition[],
  period: { readonly from: Instant; readonly to: Instant },
): Promise<readonly OrderRow[]> {
  return await db.rows<OrderRow>(sql`
    select o.id, o.process, o.state, o.started_at, o.process_state -> 'facts' as facts, u.name as unit,
      exists (select 1 from supply_groups g where g.company_id = o.company_id and g.order_id = o.id) as grouped
    from orders o left join units u on u.company_id = o.company_id and u.id = o.station_id
    where o.company_id = ${companyId} and o.process = any(${processes.map((one) => one.id)}::text[])
      and o.started_at >= ${timestamp(period.from)} and o.started_at < ${timestamp(period.to)}
    order by o.started_at, o.id`);
}

export async function casesOf(
  db: Db,
  reader: Reader,
  orderIds: readonly string[],
  processes: readonly ProcessDefinition[],
  now: Instant,
): Promise<readonly CaseRow[]> {
  const repairs = processes.map((one) => one.id);
  const back = processes.flatMap((one) => [...stepsOf(one, 'resupplied')]);
  /** `e` gave supply back less than seven days before. */
  const within = (at: Sql) => sql`e.type = 'step.done' and e.data #>> '{ref,step}' = any(${back}::text[])
    and e.occurred_at <= ${at} and e.occurred_at > ${at} - ${REPEAT_WITHIN} * interval '1 millisecond'`;
  return await db.rows<CaseRow>(sql`
    select l.order_id, c.id as case_id, c.no, c.area_class as area, c.household_id, c.reopened,
      (select count(*) from case_events e where e.company_id = c.company_id and e.stream_id = c.id
        and e.type = 'demand.repeated') as repeats,
      (select count(*) from case_orders x join orders o on o.company_id = x.company_id and o.id = x.order_id
        where x.company_id = c.company_id and x.case_id = c.id and x.order_id <> l.order_id
          and o.process = any(${repairs}::text[]) and x.unlinked_at is not null) as other_orders,
      (exists (select 1 from cases b
          join case_orders y on y.company_id = b.company_id and y.case_id = b.id and y.order_id <> l.order_id
            and y.unlinked_at is null
          join order_events e on e.company_id = y.company_id and e.stream_id = y.order_id and ${within(sql`c.accepted_at`)}
          where b.company_id = c.company_id and b.household_id = c.household_id and b.drill_id is null)
        or exists (select 1 from case_events r
          join order_events e on e.company_id = r.company_id and e.stream_id = l.order_id and ${within(sql`r.occurred_at`)}
          where r.company_id = c.company_id and r.stream_id = c.id and r.type = 'case.reopened')) as repeated
    from case_orders l join cases c on c.company_id = l.company_id and c.id = l.case_id
    where l.company_id = ${reader.companyId} and l.order_id = any(${orderIds}::uuid[]) and l.unlinked_at is null
      and ${visibleCase(reader, now)} and ${realCase()}
    order by c.accepted_at, c.id`);
}

export async function eventsOf(
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

export async function crewsOf(
  db: Db,
  companyId: string,
  orderIds: readonly string[],
  processes: readonly ProcessDefinition[],
): Promise<readonly CrewOfOrder[]> {
  const steps = processes.flatMap((one) => [...stepsOf(one, 'accepted'), ...stepsOf(one, 'arrived')]);
  // Where crews were sent by name, they are what counts: two crews of one station are two.
  return await db.rows(sql`
    select a.order_id, a.crew_id as unit_id, a.sent_at as at from crew_assignments a
    where a.company_id = ${companyId} and a.order_id = any(${orderIds}::uuid[])
    union all
    select t.order_id, t.unit_id, t.ended_at from tasks t
    where t.company_id = ${companyId} and t.order_id = any(${orderIds}::uuid[]) and t.state = 'done'
      and t.step = any(${steps}::text[])
      and not exists (select 1 from crew_assignments a
        where a.company_id = t.company_id and a.order_id = t.order_id)`);
}

/** What was chosen as the reason; that another crew was sent has its reason with the assignment that it ended. */
export async function exceptionsOf(
  db: Db,
  companyId: string,
  orderIds: readonly string[],
): Promise<readonly ExceptionRow[]> {
  return await db.rows(sql`
    select x.order_id, x.one, x.reason, x.excuse, x.told_at is not null as told, x.at, true as sent_back
    from order_exceptions x
    where x.company_id = ${companyId} and x.order_id = any(${orderIds}::uuid[])
    union all
    select a.order_id, 'crew', a.end_reason, false, false, a.ended_at, false from crew_assignments a
    where a.company_id = ${companyId} and a.order_id = any(${orderIds}::uuid[]) and a.ended_at is not null
      and exists (select 1 from crew_assignments b where b.company_id = a.company_id and b.order_id = a.order_id
        and b.crew_id <> a.crew_id and b.sent_at >= a.ended_at)`);
}

export async function toldOf(
  db: Db,
  companyId: string,
  orderIds: readonly string[],
): Promise<readonly string[]> {
  const rows = await db.rows<{ id: string }>(sql`
    select distinct e.stream_id as id from order_events e
    where e.company_id = ${companyId} and e.stream_id = any(${orderIds}::uuid[]) and e.type = 'ones.excuse-told'`);
  return rows.map((one) => one.id);
}

/** How long the dispatch centre's permission took, by order. */
export async function waitsOf(
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

/** Promises and limits: those that ended, and those that run and are late already. */
export async function clocksOf(
  db: Db,
  companyId: string,
  orderIds: readonly string[],
  now: Instant,
): Promise<readonly (ClockOfFault & { readonly order_id: string })[]> {
  return await db.rows(sql`
    select k.order_id, k.limit_id as "limitId", coalesce(k.kept, false) as kept,
      (extract(epoch from k.stopped_at - k.started_at) * 1000 / ${MINUTE})::float8 as minutes
    from clocks k
    where k.company_id = ${companyId} and k.order_id = any(${orderIds}::uuid[]) and k.role in ('promise', 'company')
      and (k.state = 'met' or (k.state = 'running' and k.due_at <= ${timestamp(now)}))
    order by k.order_id, k.started_at`);
}
