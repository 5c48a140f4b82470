import type { Instant } from '#kernel/instant.ts';
import { audienceOf, realCase } from '#modules/case/index.ts';
import { type Db, timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { BoardCase } from './open-cases.ts';

/** A stream of an order or of a case on which something happened. */
export type Moved = {
  readonly id: string;
  readonly seq: number;
  readonly at: Instant;
  readonly isOrder: boolean;
};

/** Everything that moved after `since`, with the last of it. */
export async function listMoved(db: Db, companyId: string, since: Instant): Promise<readonly Moved[]> {
  return await db.rows<Moved>(sql`
    select e.stream_id as id, max(e.seq) as seq, max(e.recorded_at) as at, true as "isOrder" from order_events e
    where e.company_id = ${companyId} and e.recorded_at > ${timestamp(since)} group by e.stream_id
    union all
    select e.stream_id, max(e.seq), max(e.recorded_at), false from case_events e
    where e.company_id = ${companyId} and e.recorded_at > ${timestamp(since)} group by e.stream_id`);
}

export async function listCasesOf(
  db: Db,
  companyId: string,
  orderIds: readonly string[],
): Promise<readonly string[]> {
  const rows = await db.rows<{ id: string }>(sql`
    select distinct l.case_id as id from case_orders l
    where l.company_id = ${companyId} and l.order_id = any(${orderIds}::uuid[]) and l.unlinked_at is null`);
  return rows.map((row) => row.id);
}

/** All that is open, and all that arrived since. */
export async function listBoardIds(db: Db, companyId: string, since: Instant): Promise<readonly string[]> {
  const rows = await db.rows<{ id: string }>(sql`
    select c.id from cases c where c.company_id = ${companyId} and c.state = 'open'
    union select c.id from cases c where c.company_id = ${companyId} and c.accepted_at >= ${timestamp(since)}`);
  return rows.map((row) => row.id);
}

type CaseRow = {
  readonly id: string;
  readonly business: string;
  readonly accepted_at: Instant;
  readonly open: boolean;
  readonly seen_by: string;
  readonly kept_away: string;
};

/**
 * Those of the cases that are open or arrived since `today`. What hangs on an order is read once for the order and joined
 * here: a thousand cases of one order, each asking for its own, had been a million rows.
 */
export async function readBoardCases(
  db: Db,
  companyId: string,
  caseIds: readonly string[],
  { now, today }: { readonly now: Instant; readonly today: Instant },
): Promise<readonly BoardCase[]> {
  const cases = await db.rows<CaseRow>(sql`
    select c.id, c.business, c.accepted_at, c.state = 'open' as open, ${audienceOf(now)} from cases c
    where c.company_id = ${companyId} and c.id = any(${caseIds}::uuid[]) and ${realCase()}
      and (c.state = 'open' or c.accepted_at >= ${timestamp(today)})`);
  const open = cases.filter((one) => one.open).map((one) => one.id);
  const ordersOf = await listOrdersOf(db, companyId, open);
  const work = await readWork(db, companyId, [...new Set([...ordersOf.values()].flat())]);
  return cases.map(({ accepted_at: acceptedAt, seen_by: seenBy, kept_away: keptAway, ...one }) => {
    const mine = (ordersOf.get(one.id) ?? []).flatMap((orderId) => [
      work.get(orderId) ?? [],
      work.get(workKey(orderId, one.id)) ?? [],
    ]);
    const parts = mine.flat();
    const units = [...new Set(parts.flatMap((part) => part.units))].toSorted().join(',');
    const dueAt = Math.min(...parts.map((part) => part.dueAt ?? Infinity));
    return { ...one, acceptedAt, seenBy, keptAway, units, dueAt };
  });
}

async function listOrdersOf(
  db: Db,
  companyId: string,
  caseIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await db.rows<{ id: string; orders: string }>(sql`
    select l.case_id as id, string_agg(l.order_id::text, ',') as orders from case_orders l
    where l.company_id = ${companyId} and l.case_id = any(${caseIds}::uuid[]) and l.unlinked_at is null group by l.case_id`);
  return new Map(rows.map((row) => [row.id, row.orders.split(',')]));
}

type Work = { readonly units: readonly string[]; readonly dueAt: Instant | null };

/** What is open of these orders: of the order as a whole under its id, of one of its cases under both. */
async function readWork(
  db: Db,
  companyId: string,
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Work[]>> {
  const tasks = await db.rows<{ order_id: string; case_id: string | null; units: string }>(sql`
    select t.order_id, t.case_id, string_agg(distinct t.unit_id::text, ',') as units from tasks t
    where t.company_id = ${companyId} and t.order_id = any(${orderIds}::uuid[]) and t.state = 'open'
    group by t.order_id, t.case_id`);
  // What others do for reference is no promise of ours (domain-rules §13.0).
  const clocks = await db.rows<{ order_id: string; case_id: string | null; due_at: Instant }>(sql`
    select k.order_id, k.case_id, min(k.due_at) as due_at from clocks k
    where k.company_id = ${companyId} and k.order_id = any(${orderIds}::uuid[]) and k.state = 'running'
      and k.role <> 'reference'
    group by k.order_id, k.case_id`);
  const parts = [
    ...tasks.map((row) => ({
      key: workKey(row.order_id, row.case_id),
      units: row.units.split(','),
      dueAt: null,
    })),
    ...clocks.map((row) => ({ key: workKey(row.order_id, row.case_id), units: [], dueAt: row.due_at })),
  ];
  return Map.groupBy(parts, (part) => part.key);
}

function workKey(orderId: string, caseId: string | null): string {
  return caseId === null ? orderId : `${orderId} ${caseId}`;
}
