import { DAY, type Instant } from '#kernel/instant.ts';
import { type Reader, visibleCase } from '#modules/case/index.ts';
import { type Db, timestamp } from '#platform/db/db.ts';
import { type Sql, sql } from '#platform/db/sql.ts';
import type { DoorFigures, DoorId, OutsideDetail, OutsideItem, OutsideOfCase } from './door-api.ts';

/** The tightest promise of a case `c`, running or met; `used`: its share that was used up when the order `o` came. */
const PROMISE = sql`
  left join lateral (select k.due_at,
      greatest(0, extract(epoch from o.received_at - k.started_at)
        / nullif(extract(epoch from k.due_at - k.started_at), 0))::float8 as used
    from case_orders l
    join clocks k on k.company_id = l.company_id and k.order_id = l.order_id
      and (k.case_id is null or k.case_id = c.id) and k.role = 'promise' and k.state <> 'cancelled'
    where l.company_id = c.company_id and l.case_id = c.id and l.unlinked_at is null
    order by k.due_at limit 1) k on true`;

const LAST_REPLY = sql`
  left join lateral (select case when r.returned_at is not null then 'returned'
      when r.handed_at is not null then 'handed' else 'ready' end as state
    from outside_replies r where r.company_id = o.company_id and r.outside_order_id = o.id
    order by r.round desc limit 1) r on true`;

const ITEM = sql`o.id, o.door, o.number, o.content ->> 'kind' as kind, o.state, o.faults, o.started_at as "startedAt",
  o.received_at as "receivedAt", k.due_at as "dueAt", k.used as "usedBefore", c.id as "caseId", c.no as "caseNo",
  c.state as "caseState", coalesce(r.state, 'none') as reply,
  (select count(*) from outside_order_updates x where x.company_id = o.company_id and x.outside_order_id = o.id
    and x.seen_at is null) as updates,
  (select j.state from outside_objections j where j.company_id = o.company_id and j.outside_order_id = o.id
    order by j.raised_at desc limit 1) as objection`;

const FROM = sql`from outside_orders o
  left join cases c on c.company_id = o.company_id and c.id = o.case_id ${PROMISE} ${LAST_REPLY}`;

/** Orders whose case the reader may see; what is no case yet anybody sees who works at the doors (design rule 2). */
function visible(reader: Reader, now: Instant): Sql {
  return sql`o.company_id = ${reader.companyId} and (o.case_id is null or ${visibleCase(reader, now)})`;
}

export type InboxFilter = {
  readonly door: DoorId | null;
  readonly part: Part;
  readonly before: string | null;
};

type Part = 'to-complete' | 'open' | 'late' | 'changed' | 'objected' | 'to-reply' | 'recent' | 'all';

/** What `recent` means. */
const RECENT = 30 * DAY;

/** The rows of a part: the list and the figure that leads to it ask the same. */
function partOf(part: Part, now: Instant): Sql {
  const parts: Readonly<Record<Part, Sql>> = {
    'to-complete': sql`o.state in ('to-complete', 'waiting')`,
    open: sql`c.state = 'open'`,
    late: sql`c.state = 'open' and k.due_at <= ${timestamp(now)}`,
    changed: sql`exists (select 1 from outside_order_updates x where x.company_id = o.company_id
      and x.outside_order_id = o.id and x.seen_at is null)`,
    objected: sql`exists (select 1 from outside_objections j where j.company_id = o.company_id
      and j.outside_order_id = o.id and j.state = 'raised')`,
    'to-reply': sql`o.state = 'accepted' and coalesce(r.state, 'none') <> 'handed'`,
    recent: sql`o.received_at > ${timestamp(now - RECENT)}`,
    all: sql`true`,
  };
  return parts[part];
}

export async function listInbox(
  db: Db,
  reader: Reader,
  filter: InboxFilter,
  now: Instant,
  limit: number,
): Promise<OutsideItem[]> {
  return await db.rows<OutsideItem>(sql`
    select ${ITEM} ${FROM}
    where ${visible(reader, now)} and ${partOf(filter.part, now)}
      and (${filter.door}::text is null or o.door = ${filter.door})
      and (${filter.before}::uuid is null or (o.received_at, o.id) < (select b.received_at, b.id
        from outside_orders b where b.company_id = o.company_id and b.id = ${filter.before}))
    order by o.received_at desc, o.id desc limit ${limit}`);
}

export type DetailRow = OutsideItem &
  Pick<OutsideDetail, 'way' | 'receivedBy' | 'note'> & {
    readonly content: Readonly<Record<string, string>> | null;
  };

/** `atDoors`: takes orders in, and so sees what is no case yet. */
export type DoorReader = Reader & { readonly atDoors: boolean };

export async function findOutside(
  db: Db,
  reader: DoorReader,
  id: string,
  now: Instant,
): Promise<DetailRow | undefined> {
  return await db.maybe<DetailRow>(sql`
    select ${ITEM}, o.content, o.way, o.note, p.name as "receivedBy" ${FROM}
    left join people p on p.company_id = o.company_id and p.id = o.received_by
    where ${visible(reader, now)} and o.id = ${id} and (o.case_id is not null or ${reader.atDoors})`);
}

/** The order behind a case, null where it has none; undefined: no such case for this reader. */
export async function findOfCase(
  db: Db,
  reader: Reader,
  caseId: string,
  now: Instant,
): Promise<Omit<OutsideOfCase, 'name'> | null | undefined> {
  const row = await db.maybe<Omit<OutsideOfCase, 'name' | 'id'> & { readonly id: string | null }>(sql`
    select o.id, o.door, o.number, o.started_at as "startedAt", o.received_at as "receivedAt", k.due_at as "dueAt",
      k.used as "usedBefore"
    from cases c left join outside_orders o on o.company_id = c.company_id and o.case_id = c.id ${PROMISE}
    where c.company_id = ${reader.companyId} and c.id = ${caseId} and ${visibleCase(reader, now)}`);
  if (row === undefined) return undefined;
  return row.id === null ? null : { ...row, id: row.id };
}

export async function listUpdates(
  db: Db,
  companyId: string,
  id: string,
): Promise<{ id: string; at: Instant; seen: boolean; content: Readonly<Record<string, string>> | null }[]> {
  return await db.rows(sql`
    select x.id, x.at, x.seen_at is not null as seen, x.content from outside_order_updates x
    where x.company_id = ${companyId} and x.outside_order_id = ${id} order by x.at, x.id`);
}

export type ReplyRow = {
  readonly round: number;
  readonly madeBy: string;
  readonly madeAt: Instant;
  readonly handedAt: Instant | null;
  readonly handedWay: 'http' | 'csv' | 'copy' | null;
  readonly returnedAt: Instant | null;
  readonly returnReason: string | null;
  readonly fields: Readonly<Record<string, string>> | null;
};

export async function listReplies(db: Db, companyId: string, id: string): Promise<ReplyRow[]> {
  return await db.rows<ReplyRow>(sql`
    select r.round, p.name as "madeBy", r.made_at as "madeAt", r.handed_at as "handedAt", r.handed_way as "handedWay",
      r.returned_at as "returnedAt", r.return_reason as "returnReason", r.fields
    from outside_replies r join people p on p.company_id = r.company_id and p.id = r.made_by
    where r.company_id = ${companyId} and r.outside_order_id = ${id} order by r.round desc`);
}

export async function listObjections(
  db: Db,
  companyId: string,
  id: string,
): Promise<OutsideDetail['objections'][number][]> {
  return await db.rows(sql`
    select j.id, j.reason, j.words, j.evidence, p.name as "raisedBy", j.raised_at as "raisedAt", j.state, j.answer,
      j.answered_at as "answeredAt"
    from outside_objections j join people p on p.company_id = j.company_id and p.id = j.raised_by
    where j.company_id = ${companyId} and j.outside_order_id = ${id} order by j.raised_at desc`);
}

/** Figures by door; each is a part of the inbox. */
export async function countByDoor(
  db: Db,
  reader: Reader,
  now: Instant,
): Promise<Omit<DoorFigures, 'name'>[]> {
  return await db.rows(sql`
    select o.door, count(*) filter (where ${partOf('recent', now)}) as received,
      count(*) filter (where ${partOf('to-complete', now)}) as "toComplete",
      count(*) filter (where ${partOf('open', now)}) as open,
      count(*) filter (where ${partOf('late', now)}) as late,
      count(*) filter (where ${partOf('to-reply', now)}) as "toReply",
      count(*) filter (where ${partOf('objected', now)}) as objections,
      (avg(least(k.used, 1)) filter (where ${partOf('recent', now)}))::float8 as "usedBefore"
    ${FROM} where ${visible(reader, now)}
    group by o.door order by o.door`);
}
