import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { moveOrder } from '#modules/order/index.ts';
import { decideAfterEvaluation } from '#modules/process/domain/index.ts';
import type { Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { CaseActor, CaseDeps } from './case-commands.ts';
import { recordOnCase } from './case-events.ts';
import { lockCase, lockVisible } from './open-case.ts';
import { brokenBy, withReason } from './order-exceptions.ts';
import { oweCall } from './owed-calls.ts';

export type Reopened = { readonly what: 'reopened' | 'to-control-centre' };

/**
 * The customer says "not solved": the first time the case opens again with its history and the work begins anew; the second
 * time the control centre rings him (domain-rules §3.7). `actor` is a member of the staff who may see the case, or for the
 * customer himself the person who was asked first, in whose name the events stand. Refusals: `http.not-found`,
 * `case.quick-item`, those of `brokenBy`, and those of the process engine.
 */
export async function reopenCase(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  request: {
    readonly caseId: string;
    /** `door`: another system sent our reply back; it may do so as often as it must. */
    readonly by: 'customer' | 'staff' | 'door';
    readonly textIds: readonly string[];
    /** Why one of the five ones is not kept: a member of the staff chooses it; of whoever is no member the report asks it afterwards. */
    readonly exception?: string;
  },
): Promise<Reopened | Refusal> {
  const found =
    request.by === 'staff'
      ? await lockVisible(tx, actor, request.caseId)
      : await lockCase(tx, actor.companyId, request.caseId);
  if (found === undefined || isRefusal(found)) return found ?? refuse('http.not-found');
  if (found.orderId === null) return refuse('case.quick-item');
  const decision = decideAfterEvaluation({
    solved: false,
    satisfied: false,
    reopenedBefore: found.reopened,
  });
  const data = { by: request.by, times: found.reopened + 1, textIds: request.textIds };
  if (decision !== 'reopen' && request.by !== 'door') {
    await recordOnCase(tx, actor, found.id, { type: 'case.escalated', data });
    await oweCall(tx, deps, actor.companyId, { caseId: found.id, reason: 'not-solved-again' });
    return { what: 'to-control-centre' };
  }
  const broken =
    request.by === 'staff'
      ? await brokenBy(tx, deps, actor, { ...request, orderId: found.orderId, to: null })
      : undefined;
  if (isRefusal(broken)) return broken;
  await tx.run(sql`
    update cases set state = 'open', closed_at = null, reopened = cases.reopened + 1, ended_as = null
    where cases.company_id = ${actor.companyId} and cases.id = ${found.id}`);
  await recordOnCase(tx, actor, found.id, { type: 'case.reopened', data });
  const moved = await moveOrder(tx, deps, actor, found.orderId, {
    type: 'reopened',
    caseId: found.id,
    at: tx.now,
  });
  if (isRefusal(moved)) return moved;
  const textId = request.textIds[0] ?? null;
  const kept = await withReason(tx, actor, moved, { orderId: found.orderId, broken, textId });
  return isRefusal(kept) ? kept : { what: 'reopened' };
}
