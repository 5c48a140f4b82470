import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { moveOrder } from '#modules/order/index.ts';
import { timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { newId } from '#platform/ids.ts';
import type { CaseActor, CaseDeps } from './case-commands.ts';
import { recordOnCase } from './case-events.ts';
import { caseStore } from './case-store.ts';
import { earthsLaid, liftEarths } from './laid-earths.ts';
import { lockCase, lockVisible } from './open-case.ts';

type Kind = 'stopped' | 'withdrawn';

/** Posts that may end a service for good (domain-rules §3.3: 服务终止 with approval). */
export const DECIDING_POSTS = ['department-head', 'control-officer', 'deputy-manager', 'general-manager'];

/**
 * Asks for the end of service (a claim beyond the rules after due handling), or for the customer's own withdrawal; somebody
 * else decides. Refusals: `http.not-found`, `case.closed`, `case.end-asked`.
 */
export async function askToEnd(
  tx: Tx,
  actor: CaseActor,
  request: { readonly caseId: string; readonly kind: Kind; readonly reason: string },
): Promise<{ readonly id: string } | Refusal> {
  const found = await lockVisible(tx, actor, request.caseId);
  if (isRefusal(found)) return found;
  if (found.state === 'closed') return refuse('case.closed');
  const id = newId();
  const text = { kind: 'note' as const, field: 'end', body: request.reason };
  const textId = await caseStore(tx, actor.companyId).insertText(found.id, text, actor.personId);
  const inserted = await tx.run(sql`
    insert into end_requests (company_id, id, case_id, kind, asked_by, asked_at, reason_id, state)
    values (${actor.companyId}, ${id}, ${found.id}, ${request.kind}, ${actor.personId}, ${timestamp(tx.now)}, ${textId},
      'asked') on conflict (company_id, case_id) where state = 'asked' do nothing`);
  if (inserted === 0) return refuse('case.end-asked');
  const data = { requestId: id, kind: request.kind, textIds: [textId] };
  await recordOnCase(tx, actor, found.id, { type: 'end.asked', data });
  return { id };
}

/**
 * A second person decides. Approved: the case is closed and leaves its order, which stops when nobody else hangs on it.
 * Refusals: `http.not-found`, `case.end-own`, `case.end-post`, `case.end-concerned`.
 */
export async function decideEnd(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  request: { readonly id: string; readonly approve: boolean },
): Promise<{ readonly state: 'approved' | 'refused' } | Refusal> {
  const asked = await tx.maybe<{ case_id: string; asked_by: string; kind: Kind }>(sql`
    select e.case_id, e.asked_by, e.kind from end_requests e
    where e.company_id = ${actor.companyId} and e.id = ${request.id} and e.state = 'asked' for update`);
  if (asked === undefined) return refuse('http.not-found');
  const found = await lockVisible(tx, actor, asked.case_id);
  if (isRefusal(found)) return found;
  if (asked.asked_by === actor.personId) return refuse('case.end-own');
  if (!actor.posts.some((post) => DECIDING_POSTS.includes(post))) return refuse('case.end-post');
  if (found.accusedUnitId !== null && actor.unitIds.includes(found.accusedUnitId))
    return refuse('case.end-concerned');
  const state = request.approve ? 'approved' : 'refused';
  await tx.run(sql`
    update end_requests set state = ${state}, decided_by = ${actor.personId}, decided_at = ${timestamp(tx.now)}
    where end_requests.company_id = ${actor.companyId} and end_requests.id = ${request.id}`);
  const data = { requestId: request.id, kind: asked.kind, approved: request.approve };
  await recordOnCase(tx, actor, asked.case_id, { type: 'end.decided', data });
  if (!request.approve) return { state };
  const ended = await endCase(tx, deps, actor, asked.case_id, asked.kind);
  return ended ?? { state };
}

/** The exercise is over: its case ends with its order, whatever stands open. Refusals: those of `moveOrder`. */
export async function endDrillCase(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  caseId: string,
): Promise<Refusal | undefined> {
  return await endCase(tx, deps, actor, caseId, null);
}

async function endCase(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  caseId: string,
  /** As what somebody decided to end it; null: it ends with its exercise. */
  kind: Kind | null,
): Promise<Refusal | undefined> {
  const found = await lockCase(tx, actor.companyId, caseId);
  const orderId = found?.orderId ?? null;
  if (orderId !== null) {
    const { n } = await tx.one<{ n: number }>(sql`
      select count(*) as n from case_orders l
      where l.company_id = ${actor.companyId} and l.order_id = ${orderId} and l.unlinked_at is null`);
    const event =
      n > 1
        ? { type: 'caseUnlinked' as const, caseId, at: tx.now }
        : { type: 'stopped' as const, at: tx.now };
    // An exercise laid none; of real work nothing ends over people's heads.
    if (kind === null) await liftEarths(tx, actor, orderId);
    const earths = event.type === 'stopped' ? await earthsLaid(tx, actor.companyId, orderId) : 0;
    if (earths > 0) return refuse('order.earths-laid', { earths });
    const moved = await moveOrder(tx, deps, actor, orderId, event);
    if (isRefusal(moved)) return moved;
  }
  if (kind !== null)
    await tx.run(sql`
    update cases set ended_as = ${kind} where cases.company_id = ${actor.companyId} and cases.id = ${caseId}`);
  await caseStore(tx, actor.companyId).close([caseId], actor.personId);
  return undefined;
}
