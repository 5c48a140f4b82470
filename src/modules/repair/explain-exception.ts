import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import {
  type CaseActor,
  type CaseDeps,
  keepExceptions,
  reasonFor,
  visibleCase,
} from '#modules/case/index.ts';
import type { Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { chosenReasons, judgeFiveOnes, ONE_OF } from './domain/five-ones.ts';
import type { ExceptionBody } from './five-ones-api.ts';
import { findFaults } from './five-ones-reads.ts';

/**
 * Says afterwards why a fault broke the five ones, for what nobody gave a reason yet. Refusals: `http.not-found`,
 * `ones.nothing-open`, those of `reasonFor`.
 */
export async function explainException(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  { orderId, reason }: ExceptionBody,
): Promise<{ readonly ones: number } | Refusal> {
  const order = await tx.maybe<{ startedAt: number; version: string }>(sql`
    select o.started_at as "startedAt", o.handbook_version_id as version from orders o
    where o.company_id = ${actor.companyId} and o.id = ${orderId} and exists (select 1 from case_orders l
      join cases c on c.company_id = l.company_id and c.id = l.case_id
      where l.company_id = o.company_id and l.order_id = o.id and l.unlinked_at is null and ${visibleCase(actor, tx.now)})
    for update of o`);
  if (order === undefined) return refuse('http.not-found');
  const version = await deps.version(tx, actor.companyId, order.version);
  const period = { from: order.startedAt, to: order.startedAt + 1, now: tx.now };
  const fault = (await findFaults(tx, actor, version, period)).find((one) => one.orderId === orderId);
  if (fault === undefined) return refuse('http.not-found');
  const { reasons } = judgeFiveOnes(fault);
  if (!chosenReasons(reasons, fault.exceptions).includes(null)) return refuse('ones.nothing-open');
  const open = reasons
    .map((one) => ONE_OF[one])
    .filter(
      (one) => ['crew', 'arrival', 'fix'].includes(one) && !fault.exceptions.some((said) => said.one === one),
    );
  const ones = [...new Set(open)];
  const found = reasonFor(version, { ones, reason });
  if (found === undefined) return refuse('ones.nothing-open');
  if (isRefusal(found)) return found;
  await keepExceptions(tx, actor, found, { orderId, ones, textId: null });
  return { ones: ones.length };
}
