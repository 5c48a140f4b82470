import type { Instant } from '#kernel/instant.ts';
import { isRefusal, type Refusal } from '#kernel/result.ts';
import type { Tx } from '#platform/db/db.ts';
import { timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { NoticeStep } from './domain/index.ts';
import type { PlanRow } from './planned-store.ts';
import { insertNotice, noticeOfPlan, stepNotice } from './supply-notice-commands.ts';

type Actor = { readonly companyId: string; readonly personId: string };

/** 报送 of a plan that was announced, or 变更 where it was announced before with another time. */
export async function reportPlan(
  tx: Tx,
  actor: Actor,
  plan: PlanRow,
  dueAt: Instant,
): Promise<Refusal | undefined> {
  const { from, until } = plan;
  if ((await noticeOfPlan(tx, actor.companyId, plan.id)) !== undefined)
    return await stepPlan(tx, actor, plan, { do: 'change', from, until });
  const places = await tx.rows<{ id: string }>(sql`
    select q.device_id as id from planned_places q where q.company_id = ${actor.companyId} and q.plan_id = ${plan.id}`);
  await insertNotice(tx, actor, {
    kind: plan.kind,
    reason: plan.reason,
    planId: plan.id,
    dueAt,
    from,
    until,
    actualFrom: null,
    households: plan.households,
    places: places.map(({ id }) => id),
  });
  return undefined;
}

/** 变更: what is off is counted anew, at the same time. */
export async function recountedPlan(tx: Tx, actor: Actor, plan: PlanRow): Promise<void> {
  const { from, until, households } = plan;
  await stepPlan(tx, actor, plan, { do: 'change', from, until });
  await tx.run(sql`
    update supply_notices set households = ${households}
    where supply_notices.company_id = ${actor.companyId} and supply_notices.plan_id = ${plan.id}`);
  await tx.run(sql`
    delete from supply_notice_places q using supply_notices s
    where s.company_id = ${actor.companyId} and s.plan_id = ${plan.id} and q.company_id = s.company_id and q.notice_id = s.id`);
  await tx.run(sql`
    insert into supply_notice_places (company_id, notice_id, device_id)
    select s.company_id, s.id, q.device_id from supply_notices s
    join planned_places q on q.company_id = s.company_id and q.plan_id = s.plan_id
    where s.company_id = ${actor.companyId} and s.plan_id = ${plan.id}`);
}

/** 变更, 送电 or 完结 of a plan's notice; nothing where it was never announced. */
export async function stepPlan(
  tx: Tx,
  actor: Actor,
  plan: PlanRow,
  step: NoticeStep,
  cancelled = false,
): Promise<Refusal | undefined> {
  const notice = await noticeOfPlan(tx, actor.companyId, plan.id);
  if (notice === undefined || notice.state === 'closed') return undefined;
  const done = await stepNotice(tx, actor, { id: notice.id, seq: null, cancelled }, step);
  return isRefusal(done) ? done : undefined;
}

/** Supply went off: when, in fact. */
export async function startedPlan(tx: Tx, actor: Actor, plan: PlanRow, at: Instant): Promise<void> {
  await tx.run(sql`
    update supply_notices set actual_from = ${timestamp(at)}, changed_at = ${timestamp(tx.now)}
    where supply_notices.company_id = ${actor.companyId} and supply_notices.plan_id = ${plan.id}`);
}
