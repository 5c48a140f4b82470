import { type Refusal, refuse } from '#kernel/result.ts';
import { type CaseActor, keepNote } from '#modules/case/index.ts';
import { enqueue } from '#modules/notice/index.ts';
import { recordOnOrder } from '#modules/order/index.ts';
import type { Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { FieldAnswer, HelpEntry } from './field-api.ts';
import { firstCaseOf } from './field-order.ts';

/** The field of the texts that say what a crew asked for. */
const HELP_FIELD = 'crew-help';

/**
 * 求助: the crew on the spot cannot go on alone. It rings at the desk of whoever sent it and of every dispatcher; what becomes of the
 * order is decided there, for the five ones count another crew. Refusal: `order.unknown`.
 */
export async function askHelp(tx: Tx, actor: CaseActor, entry: HelpEntry): Promise<FieldAnswer | Refusal> {
  const { orderId, reason, words, at, clockMoved } = entry;
  const caseId = await firstCaseOf(tx, actor.companyId, orderId);
  if (caseId === undefined) return refuse('order.unknown');
  const textIds =
    words === undefined ? [] : [await keepNote(tx, actor, caseId, { field: HELP_FIELD, body: words })];
  await recordOnOrder(tx, actor, orderId, {
    type: 'crew.asked-help',
    occurredAt: tx.now,
    data: { reason, claimed: at, clockMoved, textIds },
  });
  const { seq } = await tx.one<{ seq: number }>(sql`
    select o.seq from orders o where o.company_id = ${actor.companyId} and o.id = ${orderId}`);
  const people = await listAsked(tx, actor.companyId, orderId);
  await enqueue(
    tx,
    actor.companyId,
    people.map((personId) => ({
      key: `crew-asks-help:${orderId}:${seq}:${personId}`,
      channel: 'desk' as const,
      template: 'crew-asks-help',
      to: { personId },
      data: { caseId, reason, personId: actor.personId },
    })),
  );
  return { outcome: 'recorded' };
}

/** Whoever sent the crew that is there, and the dispatchers. */
export async function listAsked(tx: Tx, companyId: string, orderId: string): Promise<readonly string[]> {
  const rows = await tx.rows<{ id: string }>(sql`
    select w.sent_by as id from crew_assignments w
    where w.company_id = ${companyId} and w.order_id = ${orderId} and w.ended_at is null
    union
    select a.person_id from assignments a
    where a.company_id = ${companyId} and a.post = 'dispatcher' and a.until is null`);
  return rows.map((row) => row.id);
}
