import type { Instant } from '#kernel/instant.ts';
import { type Db, timestamp } from '#platform/db/db.ts';
import { type Sql, sql } from '#platform/db/sql.ts';
import { type CaseFilter, dueBetween, type FilterMoments } from './case-filter.ts';

/** Of more a list meets enough soon enough when it walks them all. */
const FEW = 10_000;

/**
 * The only cases that can run out as the filter says, where they are few. When 50,000 cases were late and none was to be late
 * within the hour, a list had asked each of them in vain (4 s, measured).
 */
export async function fewRunningOut(
  db: Db,
  companyId: string,
  { due }: CaseFilter,
  moments: FilterMoments,
  few: number = FEW,
): Promise<Pick<FilterMoments, 'among'>> {
  if (due === null || due === 'late') return {};
  const { from, to } = dueBetween(due, moments);
  const band = { companyId, from: from ?? 0, to, few };
  return (await ofFewClocks(db, band)) ?? (await notLateBefore(db, band)) ?? {};
}

type Band = {
  readonly companyId: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly few: number;
};

/** Those with a clock in the band and none before it; undefined where such clocks are many. */
async function ofFewClocks(db: Db, { companyId, from, to, few }: Band) {
  const clocks = sql`select k.order_id, k.case_id from clocks k where ${counts(companyId)}
    and k.due_at >= ${timestamp(from)} and k.due_at < ${timestamp(to)} limit ${few + 1}`;
  return atMost(
    await db.rows<{ id: string | null }>(sql`
      with k as materialized (${clocks})
      select distinct l.case_id as id from k join case_orders l on ${concerns(companyId)}
      where (select count(*) from k) <= ${few} and not exists (select 1 from clocks e
        where e.company_id = ${companyId} and e.order_id = l.order_id and e.state = 'running' and e.role <> 'reference'
          and e.due_at < ${timestamp(from)} and (e.case_id is null or e.case_id = l.case_id))
      union all select null where (select count(*) from k) > ${few}`),
  );
}

/** Those whose tightest clock is in the band: dearer, a quarter of a second in a storm; undefined where they are many. */
async function notLateBefore(db: Db, { companyId, from, to, few }: Band) {
  const rows = await db.rows<{ id: string }>(sql`
    select l.case_id as id from clocks k join case_orders l on ${concerns(companyId)}
    where ${counts(companyId)} and k.due_at < ${timestamp(to)}
    group by l.case_id having min(k.due_at) >= ${timestamp(from)} limit ${few + 1}`);
  return rows.length > few ? undefined : atMost(rows);
}

function counts(companyId: string): Sql {
  return sql`k.company_id = ${companyId} and k.state = 'running' and k.role <> 'reference'`;
}

function concerns(companyId: string): Sql {
  return sql`l.company_id = ${companyId} and l.order_id = k.order_id and l.unlinked_at is null
    and (k.case_id is null or k.case_id = l.case_id)`;
}

function atMost(
  rows: readonly { readonly id: string | null }[],
): { readonly among: readonly string[] } | undefined {
  const among = rows.flatMap(({ id }) => (id === null ? [] : [id]));
  return among.length < rows.length ? undefined : { among };
}
