import type { Instant } from '#kernel/instant.ts';
import type { Db } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
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

/**
 * Open tasks that this person holds, or that wait for his post in his units; the tightest running clock of the case
 * or its order leads. Sorted by that clock, at most `limit` lines.
 */
export async function listWork(
  db: Db,
  reader: Reader & { readonly posts: readonly string[] },
  now: Instant,
  limit: number,
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
        and (k.case_id is null or k.case_id = c.id)
      order by k.state = 'paused', k.due_at limit 1) k on true
    where t.company_id = ${reader.companyId} and t.state = 'open'
      and (t.holder_id = ${reader.personId}
        or (t.holder_id is null and t.unit_id = any(${reader.unitIds}::uuid[]) and t.post = any(${reader.posts}::text[])))
      and ${visibleCase(reader, now)}
    order by k.paused, k.due_at nulls last, t.ready_at, t.id limit ${limit}`);
}
