import { type Refusal, refuse } from '#kernel/result.ts';
import { type CaseActor, keepNote } from '#modules/case/index.ts';
import { recordOnOrder } from '#modules/order/index.ts';
import type { Tx } from '#platform/db/db.ts';
import type { FieldAnswer, HelpEntry } from './field-api.ts';
import { firstCaseOf } from './field-order.ts';
import { ringDispatchers } from './ring-dispatchers.ts';

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
  await ringDispatchers(tx, actor, { orderId, caseId, template: 'crew-asks-help', reason });
  return { outcome: 'recorded' };
}
