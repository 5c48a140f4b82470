import type { Instant } from '#kernel/instant.ts';
import type { Db } from '#platform/db/db.ts';
import { type Sql, sql } from '#platform/db/sql.ts';
import { type Reader, visibleCase } from './case-reads.ts';

type WorkRow = {
  readonly task_id: string;
  readonly order_id: string;
  readonly seq: number;
  readonly case_id: string;
  readonly case_no: string;
  readonly channel: string;
  readonly process: string;
  readonly version_id: string;
  readonly step: string;
  readonly rework: boolean;
  readonly holder_id: string | null;
  readonly place: string | null;
  readonly words: string | null;
  readonly ready_at: Instant;
  readonly started_at: Instant | null;
  readonly due_at: Instant | null;
  readonly paused: boolean;
  /** Of another system's order: its tightest promise. */
  readonly promised_at: Instant | null;
  readonly accepted_at: Instant;
};

type Worker = Reader & { readonly posts: readonly string[] };

/** So many open tasks are sorted whole; of more the most urgent are found first. */
const SORTED_WHOLE = 1000;
/** So many of the company's clocks are walked for a line that is wanted; more where that was too few. */
const CLOCKS_A_LINE = [4, 16, 64];

/**
 * Open tasks that this person holds, or that wait for his post in his units; the tightest running clock of the order, or of
 * the case where the task is one of a case, leads. Sorted by that clock, at most `limit` lines.
 */
export async function listWork(db: Db, reader: Worker, now: Instant, limit: number): Promise<WorkRow[]> {
  const { n } = await db.one<{ n: number }>(sql`
    select count(*) as n from (select 1 from tasks t where ${waitsFor(reader)} limit ${SORTED_WHOLE}) waiting`);
  // In a storm 50,000 calls wait for the dispatcher: sorting them all took three seconds (measured at 300,000 households).
  if (n === SORTED_WHOLE)
    for (const clocks of CLOCKS_A_LINE) {
      const among = await listNearest(db, reader, { walked: clocks * limit, limit });
      const rows = await listTasks(db, reader, now, { among, limit });
      if (rows.length === limit) return rows;
    }
  return await listTasks(db, reader, now, { among: null, limit });
}

function isMine(reader: Worker): Sql {
  return sql`t.company_id = ${reader.companyId} and t.state = 'open' and (t.holder_id = ${reader.personId} or ${waitsFor(reader)})`;
}

/** It waits for somebody of his post in his units; what one person holds is never as much. */
function waitsFor(reader: Worker): Sql {
  return sql`(t.company_id = ${reader.companyId} and t.state = 'open' and t.holder_id is null
    and t.unit_id = any(${reader.unitIds}::uuid[]) and t.post = any(${reader.posts}::text[]))`;
}

/** The first of this person's tasks among the company's clocks that end first. */
async function listNearest(
  db: Db,
  reader: Worker,
  { walked, limit }: { readonly walked: number; readonly limit: number },
): Promise<readonly string[]> {
  const rows = await db.rows<{ id: string }>(sql`
    with k as materialized (select k.order_id, k.case_id, k.due_at from clocks k
      where k.company_id = ${reader.companyId} and k.state = 'running' order by k.due_at limit ${walked})
    select t.id from k join tasks t on t.order_id = k.order_id
      and (t.case_id is null or k.case_id is null or k.case_id = t.case_id)
    where ${isMine(reader)} group by t.id order by min(k.due_at), t.id limit ${limit}`);
  return rows.map((row) => row.id);
}

async function listTasks(
  db: Db,
  reader: Worker,
  now: Instant,
  { among, limit }: { readonly among: readonly string[] | null; readonly limit: number },
): Promise<WorkRow[]> {
  return await db.rows<WorkRow>(sql`
    select t.id as task_id, t.order_id, o.seq, c.id as case_id, c.no as case_no, c.channel, o.process,
      o.handbook_version_id as version_id, t.step, t.rework, t.holder_id, m.place, w.body as words, t.ready_at,
      k.started_at, k.due_at, coalesce(k.paused, false) as paused,
      case when c.channel in ('95598', '12398', '12345') then (select min(k.due_at) from clocks k
        where k.company_id = t.company_id and k.order_id = t.order_id and k.state = 'running' and k.role = 'promise'
          and (k.case_id is null or k.case_id = c.id)) end as promised_at, c.accepted_at
    from tasks t
    join orders o on o.company_id = t.company_id and o.id = t.order_id
    join lateral (select l.case_id from case_orders l
      where l.company_id = t.company_id and l.order_id = t.order_id and l.unlinked_at is null
        and (t.case_id is null or l.case_id = t.case_id)
      order by l.linked_at limit 1) first on true
    join cases c on c.company_id = t.company_id and c.id = first.case_id
    left join households h on h.company_id = c.company_id and h.id = c.household_id
    left join premises m on m.company_id = h.company_id and m.id = h.premises_id
    left join lateral (select x.body from case_texts x
      where x.company_id = c.company_id and x.case_id = c.id and x.kind = 'words' limit 1) w on true
    left join lateral (select k.started_at, k.due_at, k.state = 'paused' as paused from clocks k
      where k.company_id = t.company_id and k.order_id = t.order_id and k.state in ('running', 'paused')
        and (t.case_id is null or k.case_id is null or k.case_id = t.case_id)
      order by k.state = 'paused', k.due_at limit 1) k on true
    where ${isMine(reader)} and ${among === null ? sql`true` : sql`t.id = any(${among}::uuid[])`}
      and ${visibleCase(reader, now)}
    order by k.paused, k.due_at nulls last, t.ready_at, t.id limit ${limit}`);
}
