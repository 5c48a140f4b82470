import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { PlanStage, TellingCause, TellingDecision, TellingTarget } from './domain/index.ts';
import { audit, type PlanActor } from './planned-commands.ts';
import { FAILED } from './planned-store.ts';

type TellingRow = {
  readonly planId: string;
  readonly stage: PlanStage;
  readonly cause: TellingCause;
  readonly target: TellingTarget;
  readonly dueAt: number | null;
  readonly toldAt: number | null;
  readonly receiptAt: number | null;
  readonly failed: boolean;
  readonly decision: TellingDecision | null;
};

/**
 * Somebody told an addressee himself, or has his receipt. Refusals: `http.not-found`, `planned.telling-over`, `planned.told-already`.
 */
export async function recordTelling(
  tx: Tx,
  actor: PlanActor,
  asked: { readonly id: string; readonly receipt: boolean },
): Promise<{ readonly id: string } | Refusal> {
  const row = await lock(tx, actor.companyId, asked.id);
  if (isRefusal(row)) return row;
  if (asked.receipt ? row.receiptAt !== null : row.toldAt !== null) return refuse('planned.told-already');
  const told = sql`told_at = coalesce(planned_tellings.told_at, ${timestamp(tx.now)}),
    told_by = coalesce(planned_tellings.told_by, ${actor.personId}::uuid)`;
  const receipt = asked.receipt
    ? sql`, receipt_at = ${timestamp(tx.now)}, receipt_by = ${actor.personId}`
    : sql``;
  await tx.run(sql`
    update planned_tellings set ${told}${receipt}
    where planned_tellings.company_id = ${actor.companyId} and planned_tellings.id = ${asked.id}`);
  return { id: asked.id };
}

/**
 * What a person decides where the message did not arrive, or a household came to the plan after the notice: it was told in person, or the
 * deputy manager goes on without. It stays on record with its reason. Refusals: `http.not-found`, `planned.telling-over`,
 * `planned.nothing-to-decide`, `planned.decided-already`.
 */
export async function decideTelling(
  tx: Tx,
  actor: PlanActor,
  asked: { readonly id: string; readonly decision: TellingDecision; readonly reason: string },
): Promise<{ readonly id: string } | Refusal> {
  const row = await lock(tx, actor.companyId, asked.id);
  if (isRefusal(row)) return row;
  if (row.decision !== null) return refuse('planned.decided-already');
  const late = row.target === 'household' && row.dueAt !== null && (row.toldAt ?? Infinity) > row.dueAt;
  if (!row.failed && !late) return refuse('planned.nothing-to-decide');
  const told = sql`, told_at = coalesce(planned_tellings.told_at, ${timestamp(tx.now)}),
    told_by = coalesce(planned_tellings.told_by, ${actor.personId}::uuid)`;
  await tx.run(sql`
    update planned_tellings set decision = ${asked.decision}, decided_by = ${actor.personId}, decided_at = ${timestamp(tx.now)},
      decision_reason = ${asked.reason}${asked.decision === 'in-person' ? told : sql``}
    where planned_tellings.company_id = ${actor.companyId} and planned_tellings.id = ${asked.id}`);
  await audit(tx, actor, `planned.${asked.decision}`, row.planId);
  return { id: asked.id };
}

/** The telling for writing, while it still matters: of an outage that is to come or is on, or that it was cancelled. */
async function lock(tx: Tx, companyId: string, id: string): Promise<TellingRow | Refusal> {
  const row = await tx.maybe<TellingRow>(sql`
    select t.plan_id as "planId", p.stage, t.cause, t.target, t.due_at as "dueAt", t.told_at as "toldAt",
      t.receipt_at as "receiptAt", ${FAILED} as failed, t.decision
    from planned_tellings t
    join planned_outages p on p.company_id = t.company_id and p.id = t.plan_id
    left join outbox o on o.company_id = t.company_id and o.key = 'planned:' || t.id
    where t.company_id = ${companyId} and t.id = ${id} for update of t`);
  if (row === undefined) return refuse('http.not-found');
  const open = row.stage === 'announced' || row.stage === 'underway';
  return open || (row.stage === 'cancelled' && row.cause === 'cancelled')
    ? row
    : refuse('planned.telling-over');
}
