import { HOUR } from '#kernel/instant.ts';
import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { auditWriter } from '#modules/audit/index.ts';
import { whatGoesDark } from '#modules/network/index.ts';
import { enqueue } from '#modules/notice/index.ts';
import { timestamp, type Tx } from '#platform/db/db.ts';
import { type Sql, sql } from '#platform/db/sql.ts';
import { balanceDay, decideStep, type PlanPolicy, type PlanStep } from './domain/index.ts';
import type { AnswerBody, DraftPlan } from './planned-api.ts';
import { ASKED_KINDS, factsOf } from './planned-facts.ts';
import { type PlanDeps, policyOf, type Rules, rulesOf } from './planned-policy.ts';
import { type PlanEvent, plannedStore, type PlanRow } from './planned-store.ts';

export type PlanActor = {
  readonly companyId: string;
  readonly personId: string;
  /** 分管副总: may decide what nobody else may. */
  readonly deputy: boolean;
};

export type PlanDone = { readonly id: string; readonly seq: number };
export type PlanAsked = { readonly id: string; readonly seq: number };

const ZONE = 8 * HOUR;

/** A need for an outage. Refusals: `planned.bad-time`, `planned.bad-device`. */
export async function draftPlan(
  tx: Tx,
  deps: PlanDeps,
  actor: PlanActor,
  wanted: DraftPlan,
): Promise<PlanDone | Refusal> {
  if (wanted.from >= wanted.until || wanted.from <= tx.now) return refuse('planned.bad-time');
  const store = plannedStore(tx, actor.companyId);
  const day = new Date(tx.now + ZONE).toISOString().slice(0, 10).replaceAll('-', '');
  const id = await store.insert(wanted, day, actor.personId);
  await audit(tx, actor, 'planned.drafted', id);
  return await computePlan(tx, deps, actor, { id, seq: 1 });
}

/** Counts anew who is affected, from the grid as it is switched now. Refusals: `planned.bad-device` and those of `decideStep`. */
export async function computePlan(
  tx: Tx,
  deps: PlanDeps,
  actor: PlanActor,
  asked: PlanAsked,
): Promise<PlanDone | Refusal> {
  return await step(tx, deps, actor, asked, { do: 'compute' }, async (plan) => {
    const devices = await tx.rows<{ id: string }>(sql`
      select d.device_id as id from planned_devices d where d.company_id = ${actor.companyId} and d.plan_id = ${plan.id}`);
    const dark = await whatGoesDark(
      tx,
      actor.companyId,
      devices.map(({ id }) => id),
    );
    if (dark === undefined) return refuse('planned.bad-device');
    await plannedStore(tx, actor.companyId).replaceAffected(plan.id, dark.places, dark.households);
    const keeping = dark.households.filter(({ keepsSupply }) => keepsSupply).length;
    const households = dark.households.length - keeping;
    return {
      event: { type: 'computed', data: { households, keeping, places: dark.places.length } },
      change: sql`computed_at = ${timestamp(tx.now)}, households = ${households}, keeping = ${keeping}`,
    };
  });
}

/**
 * Asks everybody who must be asked, through whoever manages his account; where nobody does, whoever drafted the plan asks himself.
 * Refusals: those of `decideStep`.
 */
export async function askCustomers(
  tx: Tx,
  deps: PlanDeps,
  actor: PlanActor,
  asked: PlanAsked,
): Promise<PlanDone | Refusal> {
  return await step(tx, deps, actor, asked, { do: 'ask' }, async (plan, { consultAt }) => {
    const rows = await tx.rows<{ manager: string }>(sql`
      insert into planned_consultations (company_id, plan_id, household_id, important, manager_id, asked_at, due_at)
      select a.company_id, a.plan_id, a.household_id, 'important' = any(a.kinds),
        coalesce(h.account_manager_id, ${plan.draftedBy}::uuid), ${timestamp(tx.now)}, ${timestamp(consultAt)}
      from planned_households a
      join households h on h.company_id = a.company_id and h.id = a.household_id
      where a.company_id = ${actor.companyId} and a.plan_id = ${plan.id} and not a.keeps_supply
        and a.kinds && ${ASKED_KINDS}::text[]
      on conflict (company_id, plan_id, household_id) do nothing
      returning manager_id as manager`);
    const managers = Map.groupBy(rows, ({ manager }) => manager);
    await enqueue(
      tx,
      actor.companyId,
      [...managers].map(([personId, own]) => ({
        key: `planned-consult:${plan.id}:${plan.seq}:${personId}`,
        channel: 'desk',
        template: 'planned-consult',
        to: { personId },
        data: { planId: plan.id, count: own.length, dueAt: consultAt },
      })),
    );
    return {
      event: { type: 'asked', data: { count: rows.length } },
      change: sql`stage = 'consulting'`,
    };
  });
}

/**
 * What a customer said, or that he was reached in vain. A later answer replaces an earlier one until the plan is decided.
 * Refusals: `http.not-found`, `planned.wrong-stage`, `planned.bad-time`, `planned.needs-reason`.
 */
export async function recordAnswer(
  tx: Tx,
  actor: PlanActor,
  asked: AnswerBody & { readonly planId: string; readonly householdId: string },
): Promise<PlanDone | Refusal> {
  const store = plannedStore(tx, actor.companyId);
  const plan = await store.lock(asked.planId, null);
  if (isRefusal(plan)) return plan;
  if (plan.stage !== 'consulting' && plan.stage !== 'deciding')
    return refuse('planned.wrong-stage', { stage: plan.stage, step: 'answer' });
  const { answer, reason = null, windowFrom = null, windowTo = null } = asked;
  if ((windowFrom === null) !== (windowTo === null) || (windowFrom ?? 0) >= (windowTo ?? 1))
    return refuse('planned.bad-time');
  if (answer !== null && answer !== 'agrees' && reason === null) return refuse('planned.needs-reason');
  const change =
    answer === null
      ? sql`contacts = planned_consultations.contacts + 1, contacted_at = ${timestamp(tx.now)}`
      : sql`answer = ${answer}, reason = ${reason}, window_from = ${orNull(windowFrom)}, window_to = ${orNull(windowTo)},
          answered_at = ${timestamp(tx.now)}, answered_by = ${actor.personId}`;
  const changed = await tx.run(sql`
    update planned_consultations set ${change}
    where planned_consultations.company_id = ${actor.companyId} and planned_consultations.plan_id = ${plan.id}
      and planned_consultations.household_id = ${asked.householdId}`);
  if (changed === 0) return refuse('http.not-found');
  const data = { householdId: asked.householdId, answer, reason };
  const type = answer === null ? 'contacted' : 'answered';
  await store.advance(plan, { type, data }, actor.personId, sql`stage = ${plan.stage}`);
  return { id: plan.id, seq: plan.seq + 1 };
}

/** To the balance meeting, or to approval alone. Refusals: those of `decideStep`. */
export async function submitPlan(
  tx: Tx,
  deps: PlanDeps,
  actor: PlanActor,
  asked: PlanAsked & { readonly meeting: boolean },
): Promise<PlanDone | Refusal> {
  return await step(tx, deps, actor, asked, { do: 'submit' }, (_plan, _policy, rules) => {
    const meets = asked.meeting
      ? balanceDay(tx.now, rules.balanceDayOfMonth, rules.basis.book.days).date
      : null;
    return {
      event: { type: 'submitted', data: { meetsOn: meets } },
      change: sql`stage = 'deciding', meets_on = ${meets}::date`,
    };
  });
}

/** The plan is decided. Refusals: those of `decideStep`; an override is the deputy manager's (`planned.deputy-only`). */
export async function approvePlan(
  tx: Tx,
  deps: PlanDeps,
  actor: PlanActor,
  asked: PlanAsked & {
    readonly way: 'meeting' | 'approval' | 'deputy';
    readonly override: string | null;
  },
): Promise<PlanDone | Refusal> {
  const { way, override } = asked;
  if ((way === 'deputy' || override !== null) && !actor.deputy) return refuse('planned.deputy-only');
  const wanted = { do: 'approve', way, by: actor.personId, override } as const;
  return await step(tx, deps, actor, asked, wanted, () => ({
    event: { type: 'approved', data: { way, override: override !== null } },
    change: sql`stage = 'approved', approved_by = ${actor.personId}, approved_at = ${timestamp(tx.now)}, approved_way = ${way},
      override_reason = ${override}`,
  }));
}

export type StepResult = { readonly event: PlanEvent; readonly change: Sql };

/**
 * Loads, decides, and writes one step further. `policy` is that of the time the plan has after a move, of its own time otherwise.
 * Refuses with the first of what stands in the way.
 */
export async function step(
  tx: Tx,
  deps: PlanDeps,
  actor: PlanActor,
  asked: PlanAsked,
  wanted: PlanStep,
  write: (
    plan: PlanRow,
    policy: PlanPolicy,
    rules: Rules,
  ) => StepResult | Refusal | Promise<StepResult | Refusal>,
): Promise<PlanDone | Refusal> {
  const store = plannedStore(tx, actor.companyId);
  const plan = await store.lock(asked.id, asked.seq);
  if (isRefusal(plan)) return plan;
  const rules = await rulesOf(tx, deps, actor.companyId);
  if (isRefusal(rules)) return rules;
  const policy = policyOf(rules, plan.kind, wanted.do === 'move' ? wanted.from : plan.from);
  const decision = decideStep(await factsOf(tx, actor.companyId, rules, plan), wanted, policy, tx.now);
  if ('blocks' in decision) {
    const [first] = decision.blocks;
    return refuse(first?.code ?? 'planned.wrong-stage', first?.detail);
  }
  const result = await write(plan, policy, rules);
  if (isRefusal(result)) return result;
  await store.advance(plan, result.event, actor.personId, result.change);
  await audit(tx, actor, `planned.${result.event.type}`, plan.id);
  return { id: plan.id, seq: plan.seq + 1 };
}

async function audit(tx: Tx, actor: PlanActor, action: string, objectId: string): Promise<void> {
  await auditWriter(tx, actor.companyId).write({
    actorId: actor.personId,
    action,
    outcome: 'done',
    objectType: 'planned-outage',
    objectId,
  });
}

function orNull(at: number | null) {
  return at === null ? null : timestamp(at);
}
