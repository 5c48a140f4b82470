import { HOUR } from '#kernel/instant.ts';
import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { stageAfterCount, TOLD_APART } from './domain/index.ts';
import type { DraftPlan } from './planned-api.ts';
import {
  audit,
  type PlanActor,
  type PlanAsked,
  type PlanDone,
  step,
  type StepResult,
} from './planned-commands.ts';
import { goesDark, UNAUTHORISED, UNDECIDED } from './planned-count.ts';
import { factsOf } from './planned-facts.ts';
import { tellCounted } from './planned-notices.ts';
import type { PlanDeps } from './planned-policy.ts';
import { listAffected, plannedStore, type PlanRow } from './planned-store.ts';
import { recountedPlan } from './planned-supply-notice.ts';

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

/**
 * Counts anew who is affected, from the grid as it is switched now. Once it is announced, whoever came to it is told so at once, and whoever
 * is not concerned any more that it does not take place. Refusals: `planned.bad-device`, `planned.dark-now` and those of `decideStep`.
 */
export async function computePlan(
  tx: Tx,
  deps: PlanDeps,
  actor: PlanActor,
  asked: PlanAsked,
): Promise<PlanDone | Refusal> {
  return await step(tx, deps, actor, asked, { do: 'compute' }, (plan, basis) =>
    count(tx, actor, plan, { ...basis, anew: false }),
  );
}

/** Other devices, before it is announced; whom it concerns is counted anew, and what was decided is decided again. */
export async function changeDevices(
  tx: Tx,
  deps: PlanDeps,
  actor: PlanActor,
  asked: PlanAsked & { readonly deviceIds: readonly string[] },
): Promise<PlanDone | Refusal> {
  return await step(tx, deps, actor, asked, { do: 'devices' }, async (plan, basis) => {
    await plannedStore(tx, actor.companyId).replaceDevices(plan.id, asked.deviceIds);
    return await count(tx, actor, plan, { ...basis, anew: true });
  });
}

type CountBasis = Parameters<Parameters<typeof step>[5]>[1] & { readonly anew: boolean };

async function count(
  tx: Tx,
  actor: PlanActor,
  plan: PlanRow,
  { policy, rules, anew }: CountBasis,
): Promise<StepResult | Refusal> {
  const { companyId } = actor;
  const dark = await goesDark(tx, companyId, plan);
  if (isRefusal(dark)) return dark;
  const before = await listDark(tx, companyId, plan.id);
  const told = plan.stage === 'announced' ? await listAffected(tx, companyId, plan.id) : [];
  await plannedStore(tx, companyId).replaceAffected(plan.id, dark.places, dark.households);
  await forgetAnswers(tx, companyId, plan.id);
  const now = await listDark(tx, companyId, plan.id);
  const added = without(now, before);
  const dropped = without(before, now);
  const households = now.size;
  const keeping = dark.households.filter(({ keepsSupply }) => keepsSupply).length;
  const counted = { ...plan, computedAt: tx.now, households, keeping };
  if (plan.stage === 'announced') {
    await tellCounted(tx, actor, counted, rules, {
      added,
      dropped: told.filter(({ householdId }) => dropped.has(householdId)),
    });
    await recountedPlan(tx, actor, counted);
  }
  const facts = await factsOf(tx, companyId, rules, counted);
  const stage = stageAfterCount(facts, policy, { added: added.size, anew });
  const type = anew ? 'devices' : 'computed';
  const data = { households, keeping, places: dark.places.length, added: added.size, dropped: dropped.size };
  return {
    event: { type, data: { ...data, again: plan.computedAt !== null, back: stage !== plan.stage } },
    change: sql`computed_at = ${timestamp(tx.now)}, households = ${households}, keeping = ${keeping}, stage = ${stage}
      ${stage === plan.stage ? sql`` : UNDECIDED}${anew ? UNAUTHORISED : sql``}`,
  };
}

async function listDark(tx: Tx, companyId: string, planId: string): Promise<ReadonlySet<string>> {
  const rows = await tx.rows<{ id: string }>(sql`
    select a.household_id as id from planned_households a
    where a.company_id = ${companyId} and a.plan_id = ${planId} and not a.keeps_supply`);
  return new Set(rows.map(({ id }) => id));
}

/** What somebody said who is not concerned any more counts for nothing. */
async function forgetAnswers(tx: Tx, companyId: string, planId: string): Promise<void> {
  await tx.run(sql`
    delete from planned_consultations c where c.company_id = ${companyId} and c.plan_id = ${planId} and not exists (
      select 1 from planned_households a where a.company_id = c.company_id and a.plan_id = c.plan_id
        and a.household_id = c.household_id and not a.keeps_supply and a.kinds && ${TOLD_APART}::text[])`);
}

function without(ids: ReadonlySet<string>, others: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...ids].filter((id) => !others.has(id)));
}
