import type { Instant } from '#kernel/instant.ts';
import { type Refusal, refuse } from '#kernel/result.ts';
import { type Reader, realCase, visibleCase } from '#modules/case/index.ts';
import { fieldStepsOf } from '#modules/process/domain/index.ts';
import type { HandbookVersion } from '#modules/process/index.ts';
import { type Db, timestamp } from '#platform/db/db.ts';
import { type Sql, sql } from '#platform/db/sql.ts';
import { isAtWork } from './at-work.ts';
import type { Named } from './crew-api.ts';
import type { DispatchSettings } from './dispatch-api.ts';
import type { Zone } from './domain/travel-time.ts';

// What dispatching needs of the database: each a statement for all orders at once, however many there are.

/** A repair order whose step of dispatching is open, as its rows tell it. */
export type OrderRead = {
  readonly id: string;
  readonly process: string;
  readonly versionId: string;
  readonly stationId: string | null;
  readonly startedAt: Instant;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly steps: Readonly<Record<string, { readonly status: string; readonly at?: Instant }>>;
  readonly tasks: readonly {
    readonly step: string;
    readonly holderId: string | null;
    readonly holder: string | null;
  }[];
  /** The crew that was there last gave it back: why and when. */
  readonly givenBack: {
    readonly crewId: string;
    readonly crew: string;
    readonly reason: string;
    readonly at: Instant;
  } | null;
};

/** Repair orders with open work; which of them wait to be dispatched, their process says. */
export async function listRepairs(
  db: Db,
  companyId: string,
  processes: readonly string[],
  orderIds: readonly string[] | null,
): Promise<readonly OrderRead[]> {
  const some = orderIds === null ? sql`true` : sql`o.id = any(${orderIds}::uuid[])`;
  return await db.rows<OrderRead>(sql`
    select o.id, o.process, o.handbook_version_id as "versionId", o.station_id as "stationId", o.started_at as "startedAt",
      o.process_state -> 'facts' as facts, o.process_state -> 'steps' as steps,
      (select jsonb_agg(jsonb_build_object('step', t.step, 'holderId', t.holder_id, 'holder', p.name))
        from tasks t left join people p on p.company_id = t.company_id and p.id = t.holder_id
        where t.company_id = o.company_id and t.order_id = o.id and t.state = 'open') as tasks,
      (select case when a.back_reason is not null then jsonb_build_object('crewId', c.id, 'crew', c.name, 'reason', a.back_reason,
          'at', (extract(epoch from a.ended_at) * 1000)::bigint) end
        from crew_assignments a join crews c on c.company_id = a.company_id and c.id = a.crew_id
        where a.company_id = o.company_id and a.order_id = o.id order by a.ended_at desc nulls first limit 1) as "givenBack"
    from orders o
    where o.company_id = ${companyId} and o.state = 'open' and o.business = 'repair'
      and o.process = any(${processes}::text[]) and ${some}
      and exists (select 1 from tasks t where t.company_id = o.company_id and t.order_id = o.id and t.state = 'open')
    order by o.started_at, o.id`);
}

/** What the cases of an order say together. */
export type CasesRead = {
  readonly orderId: string;
  readonly caseId: string;
  readonly no: string;
  readonly zone: Zone | null;
  readonly village: string | null;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly customers: number;
  readonly important: boolean;
  /** A danger to people was reported of it. */
  readonly hazard: boolean;
  readonly medical: number;
  /** Of an exercise: sent to by hand, and in no plan. */
  readonly drill: boolean;
  readonly words: string | null;
};

/**
 * Of each order the first case that has a household, else the first; only orders of which the reader sees a case. Where the outage of an
 * order is known, the fault lies at its device, and everybody below it waits; a danger comes first.
 */
export async function listCasesOf(
  db: Db,
  reader: Reader,
  orderIds: readonly string[],
  now: Instant,
): Promise<readonly CasesRead[]> {
  return await db.rows<CasesRead>(sql`
    with linked as (
      select l.order_id, c.id, c.no, c.area_class, c.household_id, c.accepted_at, c.company_id, not ${realCase()} as drill
      from case_orders l join cases c on c.company_id = l.company_id and c.id = l.case_id
      where l.company_id = ${reader.companyId} and l.order_id = any(${orderIds}::uuid[]) and l.unlinked_at is null
        and ${visibleCase(reader, now)}
    ), counted as (
      select n.order_id, count(distinct coalesce(n.household_id, n.id)) as customers,
        bool_or(h.important_grade is not null) as important,
        count(distinct f.household_id) as medical, bool_or(n.drill) as drill
      from linked n
      left join households h on h.company_id = n.company_id and h.id = n.household_id
      left join household_flags f on f.company_id = n.company_id and f.household_id = n.household_id
        and f.kind = 'life-support' and f.ended_at is null and f.expires_at > ${timestamp(now)}
      group by n.order_id
    )
    select distinct on (n.order_id) n.order_id as "orderId", n.id as "caseId", n.no,
      coalesce(n.area_class, p.area_class) as zone, v.name as village, coalesce(d.lon, p.lon) as lon, coalesce(d.lat, p.lat) as lat,
      greatest(k.customers, i.households) as customers, k.important or z.hazard is not null as important, z.hazard is not null as hazard, k.medical, k.drill,
      (select x.body from case_texts x where x.company_id = n.company_id and x.case_id = n.id and x.kind = 'words' limit 1) as words
    from linked n join counted k on k.order_id = n.order_id
    left join households h on h.company_id = n.company_id and h.id = n.household_id
    left join premises p on p.company_id = h.company_id and p.id = h.premises_id
    left join service_areas v on v.company_id = p.company_id and v.division_code = p.division_code
    left join lateral (select x.households, x.device_id from outage_incidents x
      where x.company_id = n.company_id and x.order_id = n.order_id and x.state <> 'closed'
      order by x.households desc limit 1) i on true
    left join lateral (select x.hazard from outage_incidents x where x.company_id = n.company_id and x.order_id = n.order_id
      and x.hazard is not null and x.state <> 'closed' limit 1) z on true
    left join network_devices d on d.company_id = n.company_id and d.id = i.device_id and d.lon is not null
    order by n.order_id, n.household_id is null, n.accepted_at, n.id`);
}

/** Why an order is not on the board: hidden from the reader, which is as if it were not there, or nothing that a crew is sent to. */
export async function whyNotThere(db: Db, reader: Reader, orderId: string, now: Instant): Promise<Refusal> {
  const seen = await db.maybe(sql`
    select 1 from case_orders l join cases c on c.company_id = l.company_id and c.id = l.case_id
    where l.company_id = ${reader.companyId} and l.order_id = ${orderId} and l.unlinked_at is null
      and ${visibleCase(reader, now)} limit 1`);
  return refuse(seen === undefined ? 'order.unknown' : 'dispatch.not-open');
}

export type PointRead = Named & {
  readonly stationId: string;
  readonly lon: number;
  readonly lat: number;
  readonly zone: Zone;
};

export async function listPoints(db: Db, companyId: string): Promise<readonly PointRead[]> {
  return await db.rows<PointRead>(sql`
    select g.id, g.name, g.station_id as "stationId", g.lon, g.lat, coalesce(v.area_class, 'rural') as zone
    from grid_points g
    left join service_areas v on v.company_id = g.company_id and v.division_code = g.division_code
    where g.company_id = ${companyId} order by g.code`);
}

/**
 * What lies at each point and is not spoken for: a crew that was sent has what its job is expected to need until it is through, less what it
 * has booked of it. Jobs that were `asked` for speak for nothing: another crew may get them. Of what no point keeps, nothing is here.
 */
export async function listStock(
  db: Db,
  companyId: string,
  { now, asked }: { readonly now: Instant; readonly asked: readonly string[] },
): Promise<ReadonlyMap<string, Readonly<Record<string, number>>>> {
  const rows = await db.rows<{ id: string; stock: Readonly<Record<string, number>> }>(sql`
    with spoken_for as (
      select c.grid_point_id, n.material, sum(greatest(n.amount::integer + coalesce((select sum(b.change) from material_bookings b
        where b.company_id = w.company_id and b.grid_point_id = c.grid_point_id and b.order_id = w.order_id and b.material = n.material
          and b.why = 'use' and b.at >= w.sent_at), 0), 0)) as amount
      from crew_assignments w
      join crews c on c.company_id = w.company_id and c.id = w.crew_id
      join orders o on o.company_id = w.company_id and o.id = w.order_id and o.state = 'open'
      cross join jsonb_each_text(w.materials) n (material, amount)
      where w.company_id = ${companyId} and w.order_id <> all(${asked}::uuid[]) and ${isAtWork(now)}
      group by c.grid_point_id, n.material
    )
    select m.grid_point_id as id, jsonb_object_agg(m.material, greatest(m.amount - coalesce(s.amount, 0), 0)) as stock
    from point_materials m
    left join spoken_for s on s.grid_point_id = m.grid_point_id and s.material = m.material
    where m.company_id = ${companyId} group by m.grid_point_id`);
  return new Map(rows.map((row) => [row.id, row.stock]));
}

/** The last plan: crews to orders, and when each would be reached. */
export type KeptPlan = {
  readonly crews: Readonly<Record<string, readonly string[]>>;
  readonly arrives: Readonly<Record<string, Instant>>;
};

export async function lastPlan(db: Db, companyId: string): Promise<KeptPlan> {
  const row = await db.maybe<{ plan: KeptPlan }>(sql`
    select d.plan from dispatch_plans d where d.company_id = ${companyId}`);
  return row?.plan ?? { crews: {}, arrives: {} };
}

export async function keepPlan(db: Db, companyId: string, at: Instant, plan: KeptPlan): Promise<void> {
  await db.run(sql`
    insert into dispatch_plans (company_id, at, plan)
    values (${companyId}, ${timestamp(at)}, ${JSON.stringify(plan)})
    on conflict (company_id) do update set at = excluded.at, plan = excluded.plan
    where dispatch_plans.at <= excluded.at and dispatch_plans.plan is distinct from excluded.plan`);
}

/** Until somebody says otherwise: peace, and a click for everything. The figures are where a company begins when it lets the program send. */
const QUIET = { storm: false, automatic: false, mostCustomers: 20, mostMinutes: 30, said: null };

export async function dispatchSettings(db: Db, companyId: string): Promise<DispatchSettings> {
  const row = await db.maybe<DispatchSettings>(settingsOf(companyId));
  return row ?? QUIET;
}

function settingsOf(companyId: string): Sql {
  return sql`
    select s.storm, s.automatic, s.most_customers as "mostCustomers", s.most_minutes as "mostMinutes",
      jsonb_build_object('at', (extract(epoch from s.at) * 1000)::bigint, 'by', jsonb_build_object('id', p.id, 'name', p.name),
        'reason', s.reason, 'note', s.note) as said
    from dispatch_settings s join people p on p.company_id = s.company_id and p.id = s.by_id
    where s.company_id = ${companyId} order by s.at desc, s.id desc limit 1`;
}

/** The processes of the handbook in force that send crews. */
export function sendingProcesses({ handbook }: HandbookVersion): readonly string[] {
  return handbook.processes.filter((one) => fieldStepsOf(one) !== undefined).map((one) => one.id);
}
