import type { Instant } from '#kernel/instant.ts';
import { type Refusal, refuse } from '#kernel/result.ts';
import { type CaseActor, seesOrder, visibleCase } from '#modules/case/index.ts';
import { enqueue } from '#modules/notice/index.ts';
import { recordOnOrder } from '#modules/order/index.ts';
import type { Db, Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { OrderSmsView } from './dispatch-api.ts';

type Standing = {
  readonly id: string;
  readonly leadId: string;
  readonly lead: string;
  readonly phone: string | null;
};

/** The key of the messages of one assignment; a number follows it. */
const keyOf = (assignmentId: string) => `crew-order:${assignmentId}:`;

/**
 * The order as plain SMS to the person in charge of the crew that was sent, for when its phone page cannot be loaded; again as often as a
 * dispatcher wants. Refusals: `order.unknown`, `dispatch.nobody-sent`, `dispatch.no-phone`.
 */
export async function sendOrderSms(
  tx: Tx,
  actor: CaseActor,
  orderId: string,
): Promise<{ readonly sent: number } | Refusal> {
  const { companyId } = actor;
  if (!(await seesOrder(tx, actor, orderId))) return refuse('order.unknown');
  await tx.maybe(
    sql`select 1 from orders o where o.company_id = ${companyId} and o.id = ${orderId} for update`,
  );
  const standing = await standingOf(tx, companyId, orderId);
  if (standing === undefined) return refuse('dispatch.nobody-sent');
  if (standing.phone === null) return refuse('dispatch.no-phone', { lead: standing.lead });
  const key = keyOf(standing.id);
  const { n } = await tx.one<{ n: number }>(sql`
    select count(*) as n from outbox x where x.company_id = ${companyId} and starts_with(x.key, ${key})
      and x.person_id = ${standing.leadId}`);
  await enqueue(tx, companyId, [
    {
      key: `${key}${n + 1}`,
      channel: 'sms',
      template: 'crew-order',
      to: { personId: standing.leadId },
      data: { orderId },
    },
  ]);
  await recordOnOrder(tx, actor, orderId, {
    type: 'crew.order-sent',
    occurredAt: tx.now,
    data: { leadId: standing.leadId, time: n + 1 },
  });
  return { sent: n + 1 };
}

/** To whom it would go, and what became of what went. Refusal: `order.unknown`. */
export async function orderSmsView(
  db: Db,
  actor: CaseActor,
  { orderId, now }: { readonly orderId: string; readonly now: Instant },
): Promise<OrderSmsView | Refusal> {
  const { companyId } = actor;
  const seen = await db.maybe(sql`
    select 1 from case_orders l join cases c on c.company_id = l.company_id and c.id = l.case_id
    where l.company_id = ${companyId} and l.order_id = ${orderId} and l.unlinked_at is null
      and ${visibleCase(actor, now)} limit 1`);
  if (seen === undefined) return refuse('order.unknown');
  const standing = await standingOf(db, companyId, orderId);
  if (standing === undefined) return { lead: null, reachable: false, messages: [] };
  const messages = await db.rows<OrderSmsView['messages'][number]>(sql`
    select x.id, coalesce(x.sent_at, x.created_at) as at, x.state, x.delivered_at as "deliveredAt",
      x.undelivered_at as "undeliveredAt" from outbox x
    where x.company_id = ${companyId} and x.person_id = ${standing.leadId} and starts_with(x.key, ${keyOf(standing.id)})
    order by x.created_at desc, x.id desc limit 20`);
  return { lead: standing.lead, reachable: standing.phone !== null, messages };
}

async function standingOf(db: Db, companyId: string, orderId: string): Promise<Standing | undefined> {
  return await db.maybe<Standing>(sql`
    select w.id, w.lead_id as "leadId", p.name as lead, p.phone from crew_assignments w
    join people p on p.company_id = w.company_id and p.id = w.lead_id
    where w.company_id = ${companyId} and w.order_id = ${orderId} and w.ended_at is null`);
}
