import type { Instant } from '#kernel/instant.ts';
import { type FieldNote, keptAway } from '#modules/order/index.ts';
import { caseFilter, type CaseFilter, type FilterMoments } from './case-filter.ts';
import type { Facts, ProcessState } from '#modules/process/domain/index.ts';
import { type Db, timestamp } from '#platform/db/db.ts';
import { type Sql, sql } from '#platform/db/sql.ts';
import type { CallOutcome } from './case-words-api.ts';

/** Who asks: the units whose cases he may see. */
export type Reader = {
  readonly companyId: string;
  readonly personId: string;
  readonly unitIds: readonly string[];
};

/**
 * The one visibility predicate (design rule 2); every list, page, count and search of cases goes through it. Whoever is to
 * keep away sees nothing, also where another unit of his has access: a head is of the leading group as well. Of a case with
 * a closed list only the access of a unit on it counts.
 */
export function visibleCase(reader: Reader, now: Instant): Sql {
  return sql`(exists (select 1 from case_access a where a.unit_id = any(${reader.unitIds}::uuid[]) and ${accessCounts(now)})
    and not ${keptAway(reader)})`;
}

/** Of the row `a` of case_access: it lets its unit see the case `c` now. */
export function accessCounts(now: Instant): Sql {
  return sql`a.company_id = c.company_id and a.case_id = c.id and (c.closed_to is null or a.unit_id = any(c.closed_to))
    and a.since <= ${timestamp(now)} and (a.until is null or a.until > ${timestamp(now)})`;
}

export type CaseRow = {
  readonly id: string;
  readonly no: string;
  readonly case_type: string;
  readonly process: string | null;
  readonly quick_item: string | null;
  readonly handbook_version_id: string;
  readonly channel: string;
  readonly state: 'open' | 'closed';
  readonly mood: 'calm' | 'upset' | 'furious';
  readonly escalation_risk: boolean;
  readonly household_id: string | null;
  readonly first_asked_id: string;
  readonly first_asked: string;
  readonly intake_unit_id: string;
  readonly intake_unit: string;
  readonly accepted_at: Instant;
  readonly closed_at: Instant | null;
};

export async function findCase(
  db: Db,
  reader: Reader,
  id: string,
  now: Instant,
): Promise<CaseRow | undefined> {
  return await db.maybe<CaseRow>(sql`
    select c.id, c.no, c.case_type, c.process, c.quick_item, c.handbook_version_id, c.channel, c.state, c.mood,
      c.escalation_risk, c.household_id, c.first_asked_id, p.name as first_asked, c.intake_unit_id,
      u.name as intake_unit, c.accepted_at, c.closed_at
    from cases c
    join people p on p.company_id = c.company_id and p.id = c.first_asked_id
    join units u on u.company_id = c.company_id and u.id = c.intake_unit_id
    where c.company_id = ${reader.companyId} and c.id = ${id} and ${visibleCase(reader, now)}`);
}

export type OrderOfCase = {
  readonly id: string;
  readonly seq: number;
  readonly state: 'open' | 'finished' | 'stopped';
  readonly process: string;
  readonly version_id: string;
  readonly process_state: ProcessState;
};

export async function findOrderOf(
  db: Db,
  companyId: string,
  caseId: string,
): Promise<OrderOfCase | undefined> {
  return await db.maybe<OrderOfCase>(sql`
    select o.id, o.seq, o.state, o.process, o.handbook_version_id as version_id, o.process_state
    from case_orders l join orders o on o.company_id = l.company_id and o.id = l.order_id
    where l.company_id = ${companyId} and l.case_id = ${caseId} and l.unlinked_at is null
    order by l.linked_at desc limit 1`);
}

export type TaskOfOrder = {
  readonly id: string;
  readonly step: string;
  readonly caseId: string | null;
  readonly round: number;
  readonly state: 'open' | 'done' | 'withdrawn';
  readonly unitId: string;
  readonly unit: string;
  readonly post: string;
  readonly holderId: string | null;
  readonly holder: string | null;
  readonly offered: boolean;
};

/** The tasks of an order that concern this case: those of the order itself and the case's own. */
export async function listTasks(
  db: Db,
  companyId: string,
  orderId: string,
  caseId: string,
): Promise<TaskOfOrder[]> {
  return await db.rows<TaskOfOrder>(sql`
    select t.id, t.step, t.case_id as "caseId", t.round, t.state, t.unit_id as "unitId", u.name as unit, t.post,
      t.holder_id as "holderId", p.name as holder,
      exists (select 1 from handovers h where h.company_id = t.company_id and h.task_id = t.id
        and h.state = 'offered') as offered
    from tasks t
    join units u on u.company_id = t.company_id and u.id = t.unit_id
    left join people p on p.company_id = t.company_id and p.id = t.holder_id
    where t.company_id = ${companyId} and t.order_id = ${orderId} and (t.case_id is null or t.case_id = ${caseId})
    order by t.round, t.ready_at`);
}

export type ClockRow = {
  readonly id: string;
  readonly clock: string;
  readonly limit_id: string;
  readonly limit_text: string;
  readonly role: 'company' | 'promise' | 'law' | 'reference';
  readonly state: 'running' | 'paused' | 'met' | 'cancelled';
  readonly started_at: Instant;
  readonly due_at: Instant;
  readonly stopped_at: Instant | null;
  readonly broken_at: Instant | null;
  readonly kept: boolean | null;
  readonly schedule: readonly { readonly percent: number; readonly at: Instant }[];
};

export async function listClocks(
  db: Db,
  companyId: string,
  orderId: string,
  caseId: string,
): Promise<ClockRow[]> {
  return await db.rows<ClockRow>(sql`
    select k.id, k.clock, k.limit_id, k.limit_text, k.role, k.state, k.started_at, k.due_at, k.stopped_at,
      k.broken_at, k.kept, k.schedule
    from clocks k
    where k.company_id = ${companyId} and k.order_id = ${orderId} and (k.case_id is null or k.case_id = ${caseId})
    order by (k.state in ('running', 'paused')) desc, (k.state = 'paused'), k.due_at, k.id`);
}

export type TextRow = {
  readonly id: string;
  readonly kind: string;
  readonly step: string | null;
  readonly field: string | null;
  readonly body: string | null;
};

export async function listTexts(db: Db, companyId: string, caseId: string): Promise<TextRow[]> {
  return await db.rows<TextRow>(sql`
    select x.id, x.kind, x.step, x.field, x.body from case_texts x
    where x.company_id = ${companyId} and x.case_id = ${caseId} order by x.at, x.id`);
}

export type EventRow = {
  readonly type: string;
  readonly at: Instant;
  readonly recorded_at: Instant;
  readonly actor: string | null;
  readonly entered_for: string | null;
  /** Of a step that was done or sent back: since when it could be. */
  readonly ready_at: Instant | null;
  readonly data: {
    readonly step?: string;
    readonly ref?: { readonly step: string; readonly caseId: string | null };
    readonly from?: { readonly step: string; readonly caseId: string | null };
    readonly textIds?: readonly string[];
    /** Of a clock that fired. */
    readonly limitId?: string;
    readonly percent?: number;
    /** Of a pause. */
    readonly pauseId?: string;
    /** Of an exception from the five ones. */
    readonly why?: string;
    readonly reason?: string;
    /** Of a call to the customer; other events have outcomes of their own. */
    readonly outcome?: CallOutcome;
    readonly field?: FieldNote;
    /** Of a step that was done: what was filled in, words apart. */
    readonly values?: Facts;
    /** Of material that was used. */
    readonly material?: string;
    readonly amount?: number;
  };
};

/** Both streams of a case in one time line; steps of other cases on the same order are left out. */
export async function listEvents(
  db: Db,
  companyId: string,
  caseId: string,
  orderId: string | null,
): Promise<EventRow[]> {
  return await db.rows<EventRow>(sql`
    select e.type, e.occurred_at as at, e.recorded_at, p.name as actor, f.name as entered_for, w.ready_at, e.data
    from (
      select x.type, x.occurred_at, x.recorded_at, x.seq, x.actor_id, x.data from case_events x
      where x.company_id = ${companyId} and x.stream_id = ${caseId}
      union all
      select x.type, x.occurred_at, x.recorded_at, x.seq, x.actor_id, x.data from order_events x
      where x.company_id = ${companyId} and x.stream_id = ${orderId}::uuid and x.type <> 'order.opened'
        and coalesce(x.data #>> '{ref,caseId}', x.data #>> '{from,caseId}', x.data ->> 'caseId', ${caseId}) = ${caseId}
    ) e
    left join people p on p.company_id = ${companyId} and p.id = e.actor_id
    left join people f on f.company_id = ${companyId} and f.id = (e.data #>> '{field,enteredFor,personId}')::uuid
    left join tasks w on e.type in ('step.done', 'step.returned') and w.company_id = ${companyId}
      and w.order_id = ${orderId}::uuid and w.step = coalesce(e.data #>> '{ref,step}', e.data #>> '{from,step}')
      and w.round = coalesce(e.data #>> '{ref,round}', e.data #>> '{from,round}')::int
      and coalesce(w.case_id, w.order_id) = coalesce((coalesce(e.data #>> '{ref,caseId}', e.data #>> '{from,caseId}'))::uuid, w.order_id)
    order by e.recorded_at desc, e.seq desc limit 200`);
}

export type ListRow = {
  readonly id: string;
  readonly no: string;
  readonly case_type: string;
  readonly process: string | null;
  readonly quick_item: string | null;
  readonly version_id: string;
  readonly channel: string;
  readonly state: 'open' | 'closed';
  readonly place: string | null;
  readonly unit: string;
  readonly accepted_at: Instant;
  readonly started_at: Instant | null;
  readonly due_at: Instant | null;
  readonly paused: boolean;
};

/** A page of cases, newest first. `before` is the number after which the page begins. */
export async function listCases(
  db: Db,
  reader: Reader,
  list: { readonly filter: CaseFilter; readonly before: string | null },
  moments: FilterMoments,
  limit: number,
): Promise<ListRow[]> {
  const { now } = moments;
  return await db.rows<ListRow>(sql`
    select c.id, c.no, c.case_type, c.process, c.quick_item, c.handbook_version_id as version_id, c.channel, c.state,
      m.place, u.name as unit, c.accepted_at, k.started_at, k.due_at,
      coalesce(k.paused, false) as paused
    from cases c
    join units u on u.company_id = c.company_id and u.id = c.intake_unit_id
    left join households h on h.company_id = c.company_id and h.id = c.household_id
    left join premises m on m.company_id = h.company_id and m.id = h.premises_id
    left join lateral (select k.started_at, k.due_at, k.state = 'paused' as paused from case_orders l
      join clocks k on k.company_id = l.company_id and k.order_id = l.order_id
      where l.company_id = c.company_id and l.case_id = c.id and l.unlinked_at is null
        and k.state in ('running', 'paused') and (k.case_id is null or k.case_id = c.id)
      order by k.state = 'paused', k.due_at limit 1) k on true
    where c.company_id = ${reader.companyId}
      and (${list.before}::uuid is null or (c.accepted_at, c.id) < (select b.accepted_at, b.id from cases b
        where b.company_id = c.company_id and b.id = ${list.before}))
      and ${caseFilter(list.filter, moments)}
      and ${visibleCase(reader, now)}
    order by c.accepted_at desc, c.id desc limit ${limit}`);
}

/** How many cases a list has; one more than `most` means "more than that". */
export async function countCases(
  db: Db,
  reader: Reader,
  filter: CaseFilter,
  moments: FilterMoments,
  most: number,
): Promise<number> {
  const { n } = await db.one<{ n: number }>(sql`
    select count(*) as n from (select 1 from cases c
      where c.company_id = ${reader.companyId} and ${caseFilter(filter, moments)} and ${visibleCase(reader, moments.now)}
      limit ${most + 1}) counted`);
  return n;
}

/** Units that a complaint may name. */
export async function listAccusable(
  db: Db,
  companyId: string,
): Promise<{ id: string; name: string; nameEn: string }[]> {
  return await db.rows(sql`
    select u.id, u.name, u.name_en as "nameEn" from units u
    where u.company_id = ${companyId} and u.closed_at is null and u.kind in ('station', 'department', 'hall')
    order by u.sort`);
}
