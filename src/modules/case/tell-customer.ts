import { HOUR } from '#kernel/instant.ts';
import { enqueue, type NewMessage } from '#modules/notice/index.ts';
import type { Facts } from '#modules/process/domain/index.ts';
import type { Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';

/** What came by these doors is answered through them: their centre speaks with the customer (domain-rules §13.0, R001). */
const SPOKEN_FOR_BY_OTHERS = ['95598', '12398', '12345'];

/** What happens next and by when, with a link, at once to whoever reported by SMS; not to one who wants to stay unknown. */
export async function tellAccepted(
  tx: Tx,
  companyId: string,
  accepted: readonly {
    readonly id: string;
    readonly intake: { readonly channel: string; readonly anonymous: boolean };
  }[],
): Promise<void> {
  const told = accepted.filter(
    ({ intake }) => !intake.anonymous && !SPOKEN_FOR_BY_OTHERS.includes(intake.channel),
  );
  await enqueue(
    tx,
    companyId,
    told.map(({ id, intake }) => ({
      key: `case-accepted:${id}`,
      channel: 'sms',
      template: intake.channel === 'sms' ? 'sms-taken' : 'case-accepted',
      to: { caseId: id },
    })),
  );
}

/** It is done: solved? satisfied? Asked once for each time that a case is closed, and not where he was rung and said it. */
export async function tellAnswered(tx: Tx, companyId: string, caseIds: readonly string[]): Promise<void> {
  if (caseIds.length === 0) return;
  const cases = await tx.rows<{ id: string; reopened: number }>(sql`
    select c.id, c.reopened from cases c
    where c.company_id = ${companyId} and c.id = any(${caseIds}::uuid[]) and c.state = 'closed'
      and c.channel <> all(${SPOKEN_FOR_BY_OTHERS}::text[])
      and not exists (select 1 from case_evaluations e
        where e.company_id = c.company_id and e.case_id = c.id and e.round = c.reopened)`);
  await enqueue(
    tx,
    companyId,
    cases.map(({ id, reopened }) => ({
      key: `case-answered:${id}:${reopened}`,
      channel: 'sms',
      template: 'case-answered',
      to: { caseId: id },
    })),
  );
}

/** Says something to whoever reported what an order mends: each open case once. Answers how many that is. */
export async function tellReporters(
  tx: Tx,
  companyId: string,
  orderId: string,
  message: Pick<NewMessage, 'key' | 'template' | 'data'>,
): Promise<number> {
  const cases = await tx.rows<{ id: string }>(sql`
    select c.id from case_orders l join cases c on c.company_id = l.company_id and c.id = l.case_id
    where l.company_id = ${companyId} and l.order_id = ${orderId} and l.unlinked_at is null and c.state = 'open'
      and c.channel <> all(${SPOKEN_FOR_BY_OTHERS}::text[])`);
  await enqueue(
    tx,
    companyId,
    cases.map(({ id }) => ({ ...message, key: `${message.key}:${id}`, channel: 'sms', to: { caseId: id } })),
  );
  return cases.length;
}

/**
 * Supply first, repair later: whoever reported hears when the crew comes again, and whoever arranged it is reminded an hour before.
 */
export async function tellStaged(
  tx: Tx,
  actor: { readonly companyId: string; readonly personId: string },
  orderId: string,
  values: Facts,
): Promise<void> {
  const at = values['repairPlannedAt'];
  if (typeof at !== 'number') return;
  await tellReporters(tx, actor.companyId, orderId, {
    key: `supplied-first:${orderId}:${at}`,
    template: 'supplied-first',
    data: { at },
  });
  await enqueue(tx, actor.companyId, [
    {
      key: `come-again:${orderId}:${at}`,
      channel: 'desk',
      template: 'come-again',
      to: { personId: actor.personId },
      data: { orderId, at },
      runAt: Math.max(tx.now, at - HOUR),
    },
  ]);
}
