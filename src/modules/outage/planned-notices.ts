import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { tellHouseholds } from '#modules/notice/index.ts';
import { timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import {
  type Affected,
  announce,
  announceAdded,
  type Announcement,
  tellAgain,
  type Telling,
  type TellingCause,
} from './domain/index.ts';
import { type PlanActor, type PlanAsked, type PlanDone, step } from './planned-commands.ts';
import { gridChange, UNAUTHORISED } from './planned-count.ts';
import { noticeLimit, type PlanDeps, type Rules } from './planned-policy.ts';
import { listAffected, plannedStore, type PlanRow } from './planned-store.ts';
import { reportPlan, stepPlan } from './planned-supply-notice.ts';

const TEMPLATES: Readonly<Record<TellingCause, string>> = {
  notice: 'planned-notice',
  change: 'planned-moved',
  reminder: 'planned-reminder',
  cancelled: 'planned-cancelled',
  late: 'planned-late',
};

/** The notice is published: posted, sent, and lists and letters are owed. Refusals: those of `decideStep`. */
export async function announcePlan(
  tx: Tx,
  deps: PlanDeps,
  actor: PlanActor,
  asked: PlanAsked,
): Promise<PlanDone | Refusal> {
  return await step(tx, deps, actor, asked, { do: 'announce' }, async (plan, { policy, rules }) => {
    const change = await gridChange(tx, actor.companyId, plan);
    if (isRefusal(change)) return change;
    // Whom it does not concern is not told that it does.
    if (change.added > 0 || change.dropped > 0) return refuse('planned.grid-changed', change);
    const refused = await reportPlan(tx, actor, plan, policy.noticeAt);
    if (refused !== undefined) return refused;
    const sent = await tellNotice(tx, actor, plan, rules);
    return {
      event: { type: 'announced', data: { tellings: sent, round: plan.round + 1 } },
      change: sql`stage = 'announced', announced_at = ${timestamp(tx.now)}, round = ${plan.round + 1},
        first_until = coalesce(planned_outages.first_until, planned_outages.until_at)`,
    };
  });
}

/**
 * Another time. Before it is decided the consultation begins anew; afterwards it is the deputy manager's urgent change, and whoever was told
 * is told the new time at once, with the whole lead. Refusals: those of `decideStep`.
 */
export async function movePlan(
  tx: Tx,
  deps: PlanDeps,
  actor: PlanActor,
  asked: PlanAsked & { readonly from: number; readonly until: number; readonly reason: string },
): Promise<PlanDone | Refusal> {
  const { from, until } = asked;
  const wanted = { do: 'move', from, until, deputy: actor.deputy } as const;
  return await step(tx, deps, actor, asked, wanted, async (plan, { policy, rules }) => {
    const time = sql`from_at = ${timestamp(from)}, until_at = ${timestamp(until)}${UNAUTHORISED}`;
    const data = { from, until, before: plan.from };
    const { reason } = asked;
    if (plan.stage === 'announced') {
      const refused = await reportPlan(tx, actor, { ...plan, from, until }, policy.noticeAt);
      if (refused !== undefined) return refused;
      const sent = await tellNotice(tx, actor, { ...plan, from, until }, rules, 'change');
      return {
        event: { type: 'moved', reason, data: { ...data, tellings: sent, round: plan.round + 1 } },
        change: sql`${time}, announced_at = ${timestamp(tx.now)}, round = ${plan.round + 1},
          first_until = ${timestamp(until)}`,
      };
    }
    if (plan.stage === 'approved') return { event: { type: 'moved', reason, data }, change: time };
    await tx.run(sql`
      delete from planned_consultations where company_id = ${actor.companyId} and plan_id = ${plan.id}`);
    return { event: { type: 'moved', reason, data }, change: sql`${time}, stage = 'need', meets_on = null` };
  });
}

/** It does not take place; whoever was told is told so at once, at night as well (`planned-cancelled` disturbs at any hour): before the start. */
export async function cancelPlan(
  tx: Tx,
  deps: PlanDeps,
  actor: PlanActor,
  asked: PlanAsked & { readonly reason: string },
): Promise<PlanDone | Refusal> {
  return await step(tx, deps, actor, asked, { do: 'cancel' }, async (plan) => {
    const announced = plan.stage === 'announced';
    const refused = await stepPlan(tx, actor, plan, { do: 'closed' }, true);
    if (refused !== undefined) return refused;
    const tellings = announced ? await again(tx, actor.companyId, plan, 'cancelled', actor.personId) : 0;
    return {
      event: {
        type: 'cancelled',
        reason: asked.reason,
        data: { tellings, late: announced && tx.now >= plan.from },
      },
      change: sql`stage = 'cancelled', cancelled_at = ${timestamp(tx.now)}`,
    };
  });
}

/** Tells the people of a plan once more, in the caller's transaction; how many tellings. */
export async function again(
  tx: Tx,
  companyId: string,
  plan: PlanRow,
  cause: TellingCause,
  by: string | null,
): Promise<number> {
  const tellings = tellAgain(await listAffected(tx, companyId, plan.id), tx.now);
  return await write(tx, companyId, plan, { round: plan.round, cause, by }, tellings);
}

/** After a count anew of what is announced: whoever came to it is told apart, whoever is out of it that nothing happens. */
export async function tellCounted(
  tx: Tx,
  actor: PlanActor,
  plan: PlanRow,
  rules: Rules,
  changed: { readonly added: ReadonlySet<string>; readonly dropped: readonly Affected[] },
): Promise<void> {
  const { companyId, personId: by } = actor;
  const { round } = plan;
  const affected = await listAffected(tx, companyId, plan.id);
  const added = affected.filter(({ householdId }) => changed.added.has(householdId));
  const tellings = announceAdded(added, announcementOf(rules, plan), tx.now);
  await write(tx, companyId, plan, { round, cause: 'notice', by }, tellings);
  const over = tellAgain(changed.dropped, tx.now);
  await write(tx, companyId, plan, { round, cause: 'cancelled', by }, over);
}

async function tellNotice(
  tx: Tx,
  actor: PlanActor,
  plan: PlanRow,
  rules: Rules,
  cause: 'notice' | 'change' = plan.round === 0 ? 'notice' : 'change',
): Promise<number> {
  const affected = await listAffected(tx, actor.companyId, plan.id);
  const tellings = announce(affected, announcementOf(rules, plan), tx.now);
  return await write(
    tx,
    actor.companyId,
    plan,
    { round: plan.round + 1, cause, by: actor.personId },
    tellings,
  );
}

function announcementOf(rules: Rules, plan: PlanRow): Announcement {
  return {
    notice: rules.before(noticeLimit(plan.kind), plan.from),
    traffic: plan.traffic ? rules.before('R066', plan.from) : null,
  };
}

async function write(
  tx: Tx,
  companyId: string,
  plan: PlanRow,
  of: { readonly round: number; readonly cause: TellingCause; readonly by: string | null },
  tellings: readonly Telling[],
): Promise<number> {
  const rows = await plannedStore(tx, companyId).insertTellings(plan.id, of, tellings);
  const template = TEMPLATES[of.cause];
  const data = { planId: plan.id, fromAt: plan.from, untilAt: plan.until };
  await tellHouseholds(
    tx,
    companyId,
    rows.flatMap(({ id, way, householdId }) =>
      way !== 'sms' || householdId === null ? [] : [{ key: `planned:${id}`, template, householdId, data }],
    ),
  );
  return rows.length;
}
