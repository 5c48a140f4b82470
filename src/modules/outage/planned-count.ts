import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { type GoesDark, whatGoesDark } from '#modules/network/index.ts';
import type { Tx } from '#platform/db/db.ts';
import { type Sql, sql } from '#platform/db/sql.ts';
import type { PlanRow } from './planned-store.ts';

/** What goes with a decision that does not hold any more. */
export const UNDECIDED: Sql = sql`, meets_on = null, approved_by = null, approved_at = null, approved_way = null, approved_over = 0,
  override_reason = null`;
/** The approving department agreed to these devices at this time. */
export const UNAUTHORISED: Sql = sql`, authority_ref = null, authority_at = null, authority_by = null`;

/** Whether the grid has changed since the count: households that would go dark and were not counted, and the other way round. */
export async function gridChange(
  tx: Tx,
  companyId: string,
  plan: PlanRow,
): Promise<{ readonly added: number; readonly dropped: number } | Refusal> {
  const dark = await goesDark(tx, companyId, plan);
  return isRefusal(dark) ? dark : await countChange(tx, companyId, plan.id, dark);
}

/** By the grid as it is switched now; while the place is dark for another cause it says nothing of this outage. */
export async function goesDark(tx: Tx, companyId: string, plan: PlanRow): Promise<GoesDark | Refusal> {
  const { dark } = await tx.one<{ dark: boolean }>(sql`
    select exists (select 1 from planned_places q
      join network_dark k on k.company_id = q.company_id and k.device_id = q.device_id and k.until is null
      where q.company_id = ${companyId} and q.plan_id = ${plan.id}) as dark`);
  if (dark) return refuse('planned.dark-now');
  const devices = await tx.rows<{ id: string }>(sql`
    select d.device_id as id from planned_devices d where d.company_id = ${companyId} and d.plan_id = ${plan.id}`);
  const found = await whatGoesDark(
    tx,
    companyId,
    devices.map(({ id }) => id),
  );
  return found ?? refuse('planned.bad-device');
}

async function countChange(tx: Tx, companyId: string, planId: string, dark: GoesDark) {
  const ids = dark.households.filter(({ keepsSupply }) => !keepsSupply).map(({ id }) => id);
  return await tx.one<{ added: number; dropped: number }>(sql`
    with now as (
      select h.id from households h where h.company_id = ${companyId} and h.id = any(${ids}::uuid[]) and h.closed_on is null
    ), before as (
      select a.household_id as id from planned_households a
      where a.company_id = ${companyId} and a.plan_id = ${planId} and not a.keeps_supply
    )
    select count(*) filter (where b.id is null) as added, count(*) filter (where n.id is null) as dropped
    from now n full join before b on b.id = n.id`);
}
