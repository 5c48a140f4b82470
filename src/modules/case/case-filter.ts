import { DAY, HOUR, type Instant } from '#kernel/instant.ts';
import { timestamp } from '#platform/db/db.ts';
import { type Sql, sql, sqlJoin } from '#platform/db/sql.ts';
import { realCase } from './real-case.ts';

/** Which cases a list shows; a board's figure is the same filter, counted. Null: whatever. */
export type CaseFilter = {
  readonly state: 'open' | 'closed' | null;
  readonly householdId: string | null;
  readonly business: string | null;
  /** A unit that has an open task of the case. */
  readonly unitId: string | null;
  /** Late now; not yet, but within the hour; not yet, but before the end of this working week. */
  readonly due: 'late' | 'hour' | 'week' | null;
  readonly since: 'today' | null;
};

/** The moments that a filter speaks of. */
export type FilterMoments = {
  readonly now: Instant;
  readonly weekEnd: Instant;
  /** The only cases that can run out as the filter says, where that are few (`fewRunningOut`). */
  readonly among?: readonly string[];
};

const ZONE = 8 * HOUR;

/** Midnight of the business day, Asia/Shanghai. */
export function dayStart(now: Instant): Instant {
  return Math.floor((now + ZONE) / DAY) * DAY - ZONE;
}

/** When the tightest running clock of a case ends: `[from, to)`; null: however long ago. */
export function dueBetween(
  due: NonNullable<CaseFilter['due']>,
  { now, weekEnd }: FilterMoments,
): { readonly from: Instant | null; readonly to: Instant } {
  if (due === 'late') return { from: null, to: now };
  return { from: now, to: due === 'hour' ? now + HOUR : weekEnd };
}

/** The filter as a condition on `cases c`. */
export function caseFilter(filter: CaseFilter, moments: FilterMoments): Sql {
  const { state, householdId, business, unitId, due, since } = filter;
  const parts: Sql[] = [realCase()];
  if (state !== null) parts.push(sql`c.state = ${state}`);
  if (householdId !== null) parts.push(sql`c.household_id = ${householdId}`);
  if (business !== null) parts.push(sql`c.business = ${business}`);
  if (since !== null) parts.push(sql`c.accepted_at >= ${timestamp(dayStart(moments.now))}`);
  if (unitId !== null) parts.push(worksOn(unitId));
  if (due !== null) {
    const { from, to } = dueBetween(due, moments);
    parts.push(runsOut(to));
    if (from !== null) parts.push(sql`not ${runsOut(from)}`);
    if (moments.among !== undefined) parts.push(sql`c.id = any(${moments.among}::uuid[])`);
  }
  return sqlJoin(parts, ' and ');
}

function worksOn(unitId: string): Sql {
  return sql`exists (select 1 from case_orders l join tasks t on t.company_id = l.company_id and t.order_id = l.order_id
    where l.company_id = c.company_id and l.case_id = c.id and l.unlinked_at is null and t.state = 'open'
      and (t.case_id is null or t.case_id = c.id) and t.unit_id = ${unitId})`;
}

/** What others do for reference is no promise of ours: such clocks make nobody late (domain-rules §13.0). */
function runsOut(before: Instant): Sql {
  return sql`exists (select 1 from case_orders l join clocks k on k.company_id = l.company_id and k.order_id = l.order_id
    where l.company_id = c.company_id and l.case_id = c.id and l.unlinked_at is null and k.state = 'running'
      and (k.case_id is null or k.case_id = c.id) and k.role <> 'reference' and k.due_at < ${timestamp(before)})`;
}
