import type { CaseActor } from '#modules/case/index.ts';
import { enqueue } from '#modules/notice/index.ts';
import type { Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';

/** A crew says something that cannot wait: it rings at the desk of whoever sent it and of every dispatcher, once for each thing said. */
export async function ringDispatchers(
  tx: Tx,
  { companyId, personId: by }: CaseActor,
  said: {
    readonly orderId: string;
    readonly caseId: string;
    readonly template: 'crew-asks-help' | 'crew-gives-back';
    readonly reason: string;
  },
): Promise<void> {
  const { orderId, caseId, template, reason } = said;
  const { seq } = await tx.one<{ seq: number }>(sql`
    select o.seq from orders o where o.company_id = ${companyId} and o.id = ${orderId}`);
  const people = await tx.rows<{ id: string }>(sql`
    select w.sent_by as id from crew_assignments w
    where w.company_id = ${companyId} and w.order_id = ${orderId} and w.ended_at is null
    union
    select a.person_id from assignments a
    where a.company_id = ${companyId} and a.post = 'dispatcher' and a.until is null`);
  await enqueue(
    tx,
    companyId,
    people.map(({ id }) => ({
      key: `${template}:${orderId}:${seq}:${id}`,
      channel: 'desk' as const,
      template,
      to: { personId: id },
      data: { caseId, reason, personId: by },
    })),
  );
}
