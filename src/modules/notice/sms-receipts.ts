import { timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';

/**
 * The gateway's receipt for an SMS that it took, by the number that we gave it: the phone has it, or never got it. Told twice it is one;
 * what arrived in the end has arrived, whatever was said before or comes late. False: no such message.
 */
export async function takeReceipt(
  tx: Tx,
  { id, delivered }: { readonly id: string; readonly delivered: boolean },
): Promise<boolean> {
  // The gateway knows no company: each has its own part of the index.
  const row = await tx.maybe(sql`
    update outbox o set delivered_at = case when ${delivered} then coalesce(o.delivered_at, ${timestamp(tx.now)}) else o.delivered_at end,
      undelivered_at = case when ${delivered} or o.delivered_at is not null then null else coalesce(o.undelivered_at, ${timestamp(tx.now)}) end
    from companies y
    where o.company_id = y.company_id and o.id = ${id} and o.channel = 'sms' and o.state = 'sent'
    returning 1 as found`);
  return row !== undefined;
}
