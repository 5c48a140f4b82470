import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { auditWriter } from '#modules/audit/index.ts';
import { enqueue } from '#modules/notice/index.ts';
import { timestamp, type Tx } from '#platform/db/db.ts';
import { type Sql, sql } from '#platform/db/sql.ts';
import {
  type ApprovalWay,
  balanceDay,
  decideStep,
  overHouseholds,
  type PlanFacts,
  type PlanPolicy,
  type PlanStep,
  TOLD_APART,
} from './domain/index.ts';
import type { AnswerBody } from './planned-api.ts';
import { factsOf } from './planned-facts.ts';
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
  return await step(tx, deps, actor, asked, { do: 'ask' }, async (plan, { policy: { consultAt } }) => {
    const rows = await tx.rows<{ manager: string }>(sql`
      insert into planned_consultations (company_id, plan_id, household_id, important, manager_id, asked_at, due_at)
      select a.company_id, a.plan_id, a.household_id, 'important' = any(a.kinds),
        coalesce(h.account_manager_id, ${plan.draftedBy}::uuid), ${timestamp(tx.now)}, ${timestamp(consultAt)}
      from planned_households a
      join households h on h.company_id = a.company_id and h.id = a.household_id
      where a.company_id = ${actor.companyId} and a.plan_id = ${plan.id} and not a.keeps_supply
        and a.kinds && ${TOLD_APART}::text[]
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
 * What a customer said, or that he was reached in vain. A later answer replaces an earlier one until the plan is announced.
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
  if (!['consulting', 'deciding', 'approved'].includes(plan.stage))
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
  return await step(tx, deps, actor, asked, { do: 'submit' }, (_plan, { rules }) => {
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
    readonly way: ApprovalWay;
    readonly override: string | null;
  },
): Promise<PlanDone | Refusal> {
  const { way, override } = asked;
  if ((way === 'deputy' || override !== null) && !actor.deputy) return refuse('planned.deputy-only');
  const wanted = { do: 'approve', way, by: actor.personId, override } as const;
  return await step(tx, deps, actor, asked, wanted, (_plan, { facts }) => ({
    event: { type: 'approved', data: { way, override: override !== null } },
    change: sql`stage = 'approved', approved_by = ${actor.personId}, approved_at = ${timestamp(tx.now)}, approved_way = ${way},
      approved_over = ${overHouseholds(facts.repeat)}, override_reason = ${override}`,
  }));
}

/** 主管部门 has agreed, by a paper with a number (§8). Refusals: those of `decideStep`. */
export async function recordAuthority(
  tx: Tx,
  deps: PlanDeps,
  actor: PlanActor,
  asked: PlanAsked & { readonly reference: string },
): Promise<PlanDone | Refusal> {
  return await step(tx, deps, actor, asked, { do: 'authority' }, () => ({
    event: { type: 'authority' },
    change: sql`authority_ref = ${asked.reference}, authority_at = ${timestamp(tx.now)}, authority_by = ${actor.personId}`,
  }));
}

/** What a step was decided by. */
type StepBasis = { readonly facts: PlanFacts; readonly policy: PlanPolicy; readonly rules: Rules };

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
  write: (plan: PlanRow, basis: StepBasis) => StepResult | Refusal | Promise<StepResult | Refusal>,
): Promise<PlanDone | Refusal> {
  const store = plannedStore(tx, actor.companyId);
  const plan = await store.lock(asked.id, asked.seq);
  if (isRefusal(plan)) return plan;
  const rules = await rulesOf(tx, deps, actor.companyId);
  if (isRefusal(rules)) return rules;
  const policy = policyOf(rules, plan.kind, wanted.do === 'move' ? wanted.from : plan.from);
  const facts = await factsOf(tx, actor.companyId, rules, plan);
  const decision = decideStep(facts, wanted, policy, tx.now);
  if ('blocks' in decision) {
    const [first] = decision.blocks;
    return refuse(first?.code ?? 'planned.wrong-stage', first?.detail);
  }
  const result = await write(plan, { facts, policy, rules });
  if (isRefusal(result)) return result;
  await store.advance(plan, result.event, actor.personId, result.change);
  await audit(tx, actor, `planned.${result.event.type}`, plan.id);
  return { id: plan.id, seq: plan.seq + 1 };
}

export async function audit(tx: Tx, actor: PlanActor, action: string, objectId: string): Promise<void> {
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
