import { DAY, type Instant } from '#kernel/instant.ts';
import { type Reader, realCase, visibleCase } from '#modules/case/index.ts';
import { type Db, timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';

/** Calls are counted over this many days (ui.md, screen 1). */
export const CALL_DAYS = 60;
/** domain-rules §3.5: the same demand of the same customer within two months is a repeat. */
const REPEAT_DAYS = 61;
/** A process that promises when somebody arrives is a repair under way (clock ids `arrive-…` of the handbook). */
const ARRIVAL = 'arrive-';

export type OpenRow = {
  readonly caseId: string;
  readonly no: string;
  readonly process: string | null;
  readonly case_type: string;
  readonly version_id: string;
  readonly step: string | null;
  readonly acceptedAt: Instant;
  readonly startedAt: Instant | null;
  /** The tightest clock that runs, the company's own among them. */
  readonly dueAt: Instant | null;
  /** What he was promised, or the law says: the only one that is told him. */
  readonly promisedAt: Instant | null;
};

/** The tightest running clock and the first open task of a case `c`. */
const WHERE_IT_STANDS = sql`
  left join lateral (select k.started_at, k.due_at from case_orders l
    join clocks k on k.company_id = l.company_id and k.order_id = l.order_id
    where l.company_id = c.company_id and l.case_id = c.id and l.unlinked_at is null and k.state = 'running'
      and (k.case_id is null or k.case_id = c.id)
    order by k.due_at limit 1) k on true
  left join lateral (select min(q.due_at) as due_at from case_orders l
    join clocks q on q.company_id = l.company_id and q.order_id = l.order_id and q.state = 'running'
    where l.company_id = c.company_id and l.case_id = c.id and l.unlinked_at is null
      and q.role in ('promise', 'law') and (q.case_id is null or q.case_id = c.id)) p on true
  left join lateral (select t.step from case_orders l
    join tasks t on t.company_id = l.company_id and t.order_id = l.order_id
    where l.company_id = c.company_id and l.case_id = c.id and l.unlinked_at is null and t.state = 'open'
      and (t.case_id is null or t.case_id = c.id)
    order by t.ready_at limit 1) t on true`;

const OPEN_COLUMNS = sql`c.id as "caseId", c.no, c.process, c.case_type, c.handbook_version_id as version_id, t.step,
  c.accepted_at as "acceptedAt", k.started_at as "startedAt", k.due_at as "dueAt",
  p.due_at as "promisedAt"`;

export async function listOpenOf(
  db: Db,
  reader: Reader,
  householdId: string,
  now: Instant,
): Promise<OpenRow[]> {
  return await db.rows<OpenRow>(sql`
    select ${OPEN_COLUMNS} from cases c ${WHERE_IT_STANDS}
    where c.company_id = ${reader.companyId} and c.household_id = ${householdId} and c.state = 'open'
      and ${visibleCase(reader, now)}
    order by k.due_at nulls last, c.accepted_at desc limit 10`);
}

export type PromiseRow = {
  readonly caseId: string;
  readonly no: string;
  readonly limit_id: string;
  readonly version_id: string;
  readonly dueAt: Instant;
  readonly stoppedAt: Instant | null;
  readonly state: 'running' | 'paused' | 'met';
  readonly kept: boolean | null;
};

/** The promise to this household that was decided or fell due last; else the one that runs. */
export async function findLastPromise(
  db: Db,
  reader: Reader,
  householdId: string,
  now: Instant,
): Promise<PromiseRow | undefined> {
  return await db.maybe<PromiseRow>(sql`
    select c.id as "caseId", c.no, k.limit_id, c.handbook_version_id as version_id, k.due_at as "dueAt",
      k.stopped_at as "stoppedAt", k.state, k.kept
    from cases c
    join case_orders l on l.company_id = c.company_id and l.case_id = c.id and l.unlinked_at is null
    join clocks k on k.company_id = l.company_id and k.order_id = l.order_id
      and (k.case_id is null or k.case_id = c.id) and k.role = 'promise' and k.state <> 'cancelled'
    where c.company_id = ${reader.companyId} and c.household_id = ${householdId} and ${visibleCase(reader, now)}
    order by (k.state = 'met' or k.due_at <= ${timestamp(now)}) desc, coalesce(k.stopped_at, k.due_at) desc, k.id
    limit 1`);
}

export async function countCalls(
  db: Db,
  companyId: string,
  householdId: string,
  now: Instant,
): Promise<number> {
  const row = await db.one<{ n: number }>(sql`
    select count(*) as n from calls where calls.company_id = ${companyId} and calls.household_id = ${householdId}
      and calls.rang_at > ${timestamp(now - CALL_DAYS * DAY)}`);
  return row.n;
}

export type FaultRow = {
  readonly orderId: string;
  /** Null where the reader may not see the case; the outage itself is no secret. */
  readonly caseId: string | null;
  readonly no: string | null;
  readonly process: string;
  readonly version_id: string;
  readonly transformer: string;
  readonly since: Instant;
  readonly cases: number;
  readonly arrivedAt: Instant | null;
  readonly dueAt: Instant | null;
};

/** What is told of an open repair `o` by a case `c` of it; `v` says whether the reader may see that. */
const FAULT_COLUMNS = sql`o.id as "orderId", case when v.visible then c.id end as "caseId",
  case when v.visible then c.no end as no, o.process, o.handbook_version_id as version_id, o.started_at as since,
  (select count(*) from case_orders x where x.company_id = o.company_id and x.order_id = o.id
    and x.unlinked_at is null) as cases,
  (select min(k.stopped_at) from clocks k where k.company_id = o.company_id and k.order_id = o.id
    and starts_with(k.clock, ${ARRIVAL}) and k.state = 'met') as "arrivedAt",
  (select min(k.due_at) from clocks k where k.company_id = o.company_id and k.order_id = o.id
    and k.state = 'running' and k.role = 'promise') as "dueAt"`;

/** The oldest open repair of the transformer area that supplies a household. */
export async function findFault(
  db: Db,
  reader: Reader,
  householdId: string,
  now: Instant,
): Promise<FaultRow | undefined> {
  return await db.maybe<FaultRow>(sql`
    select ${FAULT_COLUMNS}, h.transformer_name as transformer
    from households mine
    join households h on h.company_id = mine.company_id and h.transformer_code = mine.transformer_code
    join cases c on c.company_id = h.company_id and c.household_id = h.id and c.state = 'open'
    join case_orders l on l.company_id = c.company_id and l.case_id = c.id and l.unlinked_at is null
    join orders o on o.company_id = l.company_id and o.id = l.order_id and o.state = 'open'
      and exists (select 1 from clocks k where k.company_id = o.company_id and k.order_id = o.id
        and starts_with(k.clock, ${ARRIVAL}))
    cross join lateral (select ${visibleCase(reader, now)} as visible) v
    where mine.company_id = ${reader.companyId} and mine.id = ${householdId}
    order by o.started_at, v.visible desc, c.accepted_at limit 1`);
}

/** The open repair of a device above a household, by its order. */
export async function findFaultOf(
  db: Db,
  reader: Reader,
  of: { readonly orderId: string; readonly device: string },
  now: Instant,
): Promise<FaultRow | undefined> {
  return await db.maybe<FaultRow>(sql`
    select ${FAULT_COLUMNS}, ${of.device}::text as transformer
    from orders o
    join case_orders l on l.company_id = o.company_id and l.order_id = o.id and l.unlinked_at is null
    join cases c on c.company_id = l.company_id and c.id = l.case_id
    cross join lateral (select ${visibleCase(reader, now)} as visible) v
    where o.company_id = ${reader.companyId} and o.id = ${of.orderId} and o.state = 'open'
    order by v.visible desc, c.accepted_at limit 1`);
}

/** By what a demand may be the same as an earlier one. */
export type SameBy = {
  readonly process: string;
  readonly householdId: string | null;
  readonly phone: string | null;
  readonly place: string | null;
};

export type RepeatRow = OpenRow & {
  readonly same: 'household' | 'phone' | 'place';
  readonly repeats: number;
};

/** Open cases of the last two months that this demand probably repeats, the likeliest first. */
export async function listRepeats(db: Db, reader: Reader, by: SameBy, now: Instant): Promise<RepeatRow[]> {
  const since = timestamp(now - REPEAT_DAYS * DAY);
  const byPlace = sql`exists (select 1 from case_texts x where x.company_id = c.company_id and x.case_id = c.id
    and x.kind = 'place' and x.body = ${by.place}::text)`;
  const byPhone = sql`c.id in (select x.case_id from case_texts x where x.company_id = ${reader.companyId}
    and x.kind = 'contact-phone' and x.body = ${by.phone}::text)`;
  return await db.rows<RepeatRow>(sql`
    select ${OPEN_COLUMNS},
      case when c.household_id = ${by.householdId}::uuid then 'household'
        when ${byPhone} then 'phone' else 'place' end as same,
      (select count(*) from case_events e where e.company_id = c.company_id and e.stream_id = c.id
        and e.type = 'demand.repeated') as repeats
    from cases c ${WHERE_IT_STANDS}
    where c.company_id = ${reader.companyId} and c.state = 'open' and c.process = ${by.process}
      and c.accepted_at > ${since} and ${visibleCase(reader, now)} and ${realCase()}
      and (c.household_id = ${by.householdId}::uuid
        or (c.household_id is null and (${byPhone} or ${byPlace})))
    order by (c.household_id = ${by.householdId}::uuid) desc nulls last, c.accepted_at desc limit 3`);
}
