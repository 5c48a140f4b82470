import type { Instant } from '#kernel/instant.ts';
import { withTextHashes } from '#modules/order/index.ts';
import { timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';

export type CaseEvent = {
  readonly type: string;
  /** Default: now. Only field events with evidence are believed (design §2). */
  readonly occurredAt?: Instant;
  /** Ids, codes, numbers and enumerated values only (design rule 8); of words in `case_texts`, named by `textIds`, it keeps hashes. */
  readonly data: object;
};

/** Appends one event to the stream of a case and answers its `seq`. The row of the case is locked by it. */
export async function recordOnCase(
  tx: Tx,
  actor: { readonly companyId: string; readonly personId: string | null },
  caseId: string,
  event: CaseEvent,
): Promise<number> {
  const { seq } = await tx.one<{ seq: number }>(sql`
    update cases set seq = cases.seq + 1
    where cases.company_id = ${actor.companyId} and cases.id = ${caseId} returning cases.seq`);
  await tx.run(sql`
    insert into case_events (company_id, stream_id, seq, type, v, occurred_at, recorded_at, actor_id, data)
    values (${actor.companyId}, ${caseId}, ${seq}, ${event.type}, 1, ${timestamp(event.occurredAt ?? tx.now)},
      ${timestamp(tx.now)}, ${actor.personId}, ${withTextHashes(actor.companyId, event.data)})`);
  return seq;
}
