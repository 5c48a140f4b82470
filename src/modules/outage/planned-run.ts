import { MINUTE } from '#kernel/instant.ts';
import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { switchDevice } from '#modules/network/index.ts';
import { timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { type PlanActor, type PlanAsked, type PlanDone, step } from './planned-commands.ts';
import { gridChange } from './planned-count.ts';
import { again } from './planned-notices.ts';
import type { PlanDeps } from './planned-policy.ts';
import { startedPlan, stepPlan } from './planned-supply-notice.ts';

/**
 * The outage begins: its devices are recorded open, as planned, so that the figures count it and nobody looks for a fault. Refusals: those
 * of `decideStep` and of `switchDevice`.
 */
export async function startPlan(
  tx: Tx,
  deps: PlanDeps,
  actor: PlanActor,
  asked: PlanAsked & { readonly at?: number },
): Promise<PlanDone | Refusal> {
  const { at = tx.now } = asked;
  return await step(tx, deps, actor, asked, { do: 'start', at }, async (plan) => {
    const change = await gridChange(tx, actor.companyId, plan);
    // Where the place is dark by a fault already nobody is cut off; else nobody is whom the count did not know of.
    if (!isRefusal(change) && change.added > 0)
      return refuse('planned.grid-changed', { added: change.added, dropped: change.dropped });
    const devices = await listDevices(tx, actor.companyId, plan.id);
    let darkened = 0;
    for (const device of devices) {
      // What stands open already was opened by somebody else, and stays his.
      if (device.open) continue;
      const switched = await switchDevice(tx, actor, device.id, {
        open: true,
        planned: true,
        reason: 'maintenance',
        at,
      });
      if (isRefusal(switched)) return switched;
      darkened += switched.darkened;
      await tx.run(sql`
        update planned_devices set opened_by = ${switched.id}
        where planned_devices.company_id = ${actor.companyId} and planned_devices.plan_id = ${plan.id}
          and planned_devices.device_id = ${device.id}`);
    }
    await startedPlan(tx, actor, plan, at);
    return {
      event: { type: 'started', data: { at, darkened } },
      change: sql`stage = 'underway', started_at = ${timestamp(at)}`,
    };
  });
}

/** It takes longer: told before the published end, with the reason and a new time. Refusals: those of `decideStep`. */
export async function extendPlan(
  tx: Tx,
  deps: PlanDeps,
  actor: PlanActor,
  asked: PlanAsked & { readonly until: number; readonly reason: string },
): Promise<PlanDone | Refusal> {
  const { until } = asked;
  return await step(tx, deps, actor, asked, { do: 'extend', until }, async (plan) => {
    const refused = await stepPlan(tx, actor, plan, { do: 'change', from: plan.from, until });
    if (refused !== undefined) return refused;
    const tellings = await again(tx, actor.companyId, { ...plan, until }, 'late', actor.personId);
    return {
      event: { type: 'extended', reason: asked.reason, data: { until, before: plan.until, tellings } },
      change: sql`until_at = ${timestamp(until)}`,
    };
  });
}

/** Supply is back: what the plan opened is closed again. Late is against the end that was published first. */
export async function restorePlan(
  tx: Tx,
  deps: PlanDeps,
  actor: PlanActor,
  asked: PlanAsked & { readonly at?: number },
): Promise<PlanDone | Refusal> {
  const { at = tx.now } = asked;
  return await step(tx, deps, actor, asked, { do: 'restore' }, async (plan) => {
    const devices = await listDevices(tx, actor.companyId, plan.id);
    let restored = 0;
    for (const device of devices) {
      if (!device.ours || !device.open) continue;
      const switched = await switchDevice(tx, actor, device.id, {
        open: false,
        planned: true,
        reason: 'restoration',
        at,
      });
      if (isRefusal(switched)) return switched;
      restored += switched.restored;
      await tx.run(sql`
        update planned_devices set closed_by = ${switched.id}
        where planned_devices.company_id = ${actor.companyId} and planned_devices.plan_id = ${plan.id}
          and planned_devices.device_id = ${device.id}`);
    }
    const refused = await stepPlan(tx, actor, plan, { do: 'restored', at });
    if (refused !== undefined) return refused;
    const minutes = Math.round((at - (plan.firstUntil ?? plan.until)) / MINUTE);
    return {
      event: { type: 'restored', data: { at, restored, lateMinutes: Math.max(0, minutes) } },
      change: sql`stage = 'restored', restored_at = ${timestamp(at)}`,
    };
  });
}

/** Afterwards: looked back upon, nothing is owed any more. */
export async function closePlan(
  tx: Tx,
  deps: PlanDeps,
  actor: PlanActor,
  asked: PlanAsked,
): Promise<PlanDone | Refusal> {
  return await step(tx, deps, actor, asked, { do: 'close' }, async (plan) => {
    const refused = await stepPlan(tx, actor, plan, { do: 'closed' });
    if (refused !== undefined) return refused;
    return { event: { type: 'closed' }, change: sql`stage = 'closed', closed_at = ${timestamp(tx.now)}` };
  });
}

async function listDevices(tx: Tx, companyId: string, planId: string) {
  return await tx.rows<{ id: string; open: boolean; ours: boolean }>(sql`
    select d.device_id as id, coalesce(n.open, p.normally_open) as open, d.opened_by is not null as ours
    from planned_devices d
    join network_places p on p.company_id = d.company_id and p.device_id = d.device_id and p.until is null
    left join network_states n on n.company_id = d.company_id and n.device_id = d.device_id
    where d.company_id = ${companyId} and d.plan_id = ${planId} order by d.device_id`);
}
