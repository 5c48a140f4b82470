import type { Db } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';

/** What the database says of the reports of a replay or a torture, found by their marks. */
export type Found = {
  readonly cases: number;
  readonly closed: number;
  /** Acknowledged, and not there. */
  readonly lost: readonly string[];
  /** There more than once. */
  readonly doubled: readonly string[];
  /** Cases with a clock that was broken or met too late. */
  readonly late: number;
  /** Moments of clocks that are written more than once, and breaches of open clocks that nobody noticed for so long. */
  readonly firedTwice: number;
  readonly unnoticed: number;
};

/** A breach is noticed within two seconds (issue 2, C9); the checker allows the time of a start beside it. */
const NOTICED_WITHIN_SECONDS = 10;

export async function checkReports(
  db: Db,
  prefix: string,
  accepted: ReadonlyMap<string, string>,
  factor: number,
): Promise<Found> {
  const rows = await db.rows<{ mark: string; caseId: string }>(sql`
    select t.body as mark, t.case_id as "caseId" from case_texts t
    where t.kind = 'contact-name' and t.body like ${`${prefix}%`}`);
  const byMark = Map.groupBy(rows, (row) => row.mark);
  const lost = [...accepted].filter(([mark, id]) => !byMark.get(mark)?.some((row) => row.caseId === id));
  const doubled = [...byMark].filter(([, found]) => new Set(found.map((row) => row.caseId)).size > 1);
  const ids = rows.map((row) => row.caseId);
  const { closed } = await db.one<{ closed: number }>(sql`
    select count(*) as closed from cases c where c.id = any(${ids}::uuid[]) and c.state = 'closed'`);
  const { late } = await db.one<{ late: number }>(sql`
    select count(distinct l.case_id) as late from case_orders l
    join clocks k on k.company_id = l.company_id and k.order_id = l.order_id
      and (k.case_id is null or k.case_id = l.case_id)
    where l.case_id = any(${ids}::uuid[]) and l.unlinked_at is null and k.role <> 'reference'
      and (k.broken_at is not null or k.kept = false)`);
  const { twice } = await db.one<{ twice: number }>(sql`
    select count(*) as twice from (
      select 1 from order_events e where e.type = 'clock.fired'
      group by e.company_id, e.stream_id, e.data ->> 'clockId', e.data ->> 'percent', e.data ->> 'cycle'
      having count(*) > 1) again`);
  const behind = NOTICED_WITHIN_SECONDS * factor;
  const { unnoticed } = await db.one<{ unnoticed: number }>(sql`
    select count(*) as unnoticed from clocks k, business_clock b
    where k.next_at < b.base + (now() - b.anchor) * b.factor - ${behind}::double precision * interval '1 second'`);
  return {
    cases: byMark.size,
    closed,
    lost: lost.map(([mark]) => mark),
    doubled: doubled.map(([mark]) => mark),
    late,
    firedTwice: twice,
    unnoticed,
  };
}
