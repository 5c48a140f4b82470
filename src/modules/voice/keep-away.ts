import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { type CaseActor, keepNote, lockVisible, recordOnCase } from '#modules/case/index.ts';
import { releaseTasks } from '#modules/order/index.ts';
import type { Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { KeepAwayBody, LetBackBody } from './voice-api.ts';
import { voiceStore } from './voice-store.ts';

/**
 * 回避: somebody keeps away from a complaint, by his own wish or because he is complained about. He sees nothing of it from
 * now on; what he held of it goes back to his post. Refusals: `http.not-found`, `complaint.person-unknown`,
 * `complaint.kept-away-already`.
 */
export async function keepAway(
  tx: Tx,
  actor: CaseActor,
  request: KeepAwayBody & { readonly caseId: string },
): Promise<{ readonly released: number } | Refusal> {
  const found = await lockVisible(tx, actor, request.caseId);
  if (isRefusal(found)) return found;
  const personId = request.personId ?? actor.personId;
  const person = await tx.maybe(sql`
    select 1 from people p where p.company_id = ${actor.companyId} and p.id = ${personId} and p.left_at is null`);
  if (person === undefined) return refuse('complaint.person-unknown');
  const { kind, reason } = request;
  const reasonId = await keepNote(tx, actor, found.id, { field: 'keep-away', body: reason });
  const away = { caseIds: [found.id], who: personId, kind, reasonId, by: actor.personId };
  if (!(await voiceStore(tx, actor.companyId).keepAway(away))) return refuse('complaint.kept-away-already');
  const data = { personId, kind, textIds: [reasonId] };
  await recordOnCase(tx, actor, found.id, { type: 'person.kept-away', data });
  const { orderId } = found;
  const released = orderId === null ? 0 : await releaseTasks(tx, actor, { orderId, personId });
  return { released };
}

/** Posts that stand above whoever imposed it. */
const ABOVE: readonly string[] = ['deputy-manager', 'general-manager'];

/** A recusal is ended by who imposed it or by who stands above; the person himself sees nothing of it, so he does not. */
export function mayLetBack(actor: CaseActor, imposedBy: string): boolean {
  return imposedBy === actor.personId || actor.posts.some((post) => ABOVE.includes(post));
}

/**
 * 解除回避: its reason is gone, and the person may see the complaint again as his units do. That a unit was found liable
 * is changed by a verdict only. Refusals: `http.not-found`, `complaint.not-kept-away`, `complaint.let-back-by-whom`.
 */
export async function letBack(
  tx: Tx,
  actor: CaseActor,
  request: LetBackBody & { readonly caseId: string },
): Promise<{ readonly done: true } | Refusal> {
  const found = await lockVisible(tx, actor, request.caseId);
  if (isRefusal(found)) return found;
  const { personId, reason } = request;
  const store = voiceStore(tx, actor.companyId);
  const away = await store.findAway(found.id, personId);
  if (away === undefined) return refuse('complaint.not-kept-away');
  if (!mayLetBack(actor, away.by)) return refuse('complaint.let-back-by-whom');
  const reasonId = await keepNote(tx, actor, found.id, { field: 'let-back', body: reason });
  await store.letBack(found.id, personId);
  const data = { personId, kind: away.kind, textIds: [reasonId] };
  await recordOnCase(tx, actor, found.id, { type: 'person.let-back', data });
  return { done: true };
}
