import { type Refusal, refuse } from '#kernel/result.ts';
import { recordOnOrder } from '#modules/order/index.ts';
import type { ReplyDraft, StepRef } from '#modules/process/domain/index.ts';
import type { Db, Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { CaseActor } from './case-commands.ts';
import { caseStore } from './case-store.ts';

/** The field of the texts that hold a draft: JSON, not for reading in a time line. */
export const DRAFT_FIELD = 'reply-draft';

/**
 * Keeps what a crew wrote of its reply where that did not pass the gate: it has done its work and is not held up, the office
 * completes it before the review. The words lie where they can be blanked, as one row.
 */
export async function keepReplyDraft(
  tx: Tx,
  actor: CaseActor,
  of: {
    readonly orderId: string;
    readonly ref: StepRef;
    readonly draft: ReplyDraft;
    readonly faults: string;
  },
): Promise<{ readonly textId: string } | Refusal> {
  const store = caseStore(tx, actor.companyId);
  const subject = of.ref.caseId ?? (await store.listOfOrder(of.orderId))[0]?.id;
  if (subject === undefined) return refuse('order.unknown');
  const { ref, draft } = of;
  const text = { kind: 'value' as const, step: ref.step, field: DRAFT_FIELD, body: JSON.stringify(draft) };
  const textId = await store.insertText(subject, text, actor.personId);
  const data = { ref, textIds: [textId], faults: of.faults };
  await recordOnOrder(tx, actor, of.orderId, { type: 'reply.drafted', occurredAt: tx.now, data });
  return { textId };
}

/** The last draft of an open round; null: none, or it was blanked. */
export async function findReplyDraft(
  db: Db,
  companyId: string,
  of: { readonly orderId: string; readonly step: string; readonly round: number },
): Promise<{ readonly reply: ReplyDraft; readonly personId: string | null } | null> {
  const row = await db.maybe<{ body: string | null; personId: string | null }>(sql`
    select x.body, x.by_person_id as "personId" from order_events e
    join case_texts x on x.company_id = e.company_id and x.id = (e.data #>> '{textIds,0}')::uuid
    where e.company_id = ${companyId} and e.stream_id = ${of.orderId} and e.type = 'reply.drafted'
      and e.data #>> '{ref,step}' = ${of.step} and (e.data #>> '{ref,round}')::integer = ${of.round}
    order by e.seq desc limit 1`);
  if (row === undefined || row.body === null) return null;
  return { reply: JSON.parse(row.body) as ReplyDraft, personId: row.personId };
}
