import type { Tx } from '#platform/db/db.ts';
import { type NewEvent, orderStore } from './order-store.ts';

/** Appends something to the stream of an order that moves no step of it. The row of the order is locked by it. */
export async function recordOnOrder(
  tx: Tx,
  actor: { readonly companyId: string; readonly personId: string | null },
  orderId: string,
  event: NewEvent,
): Promise<void> {
  await orderStore(tx, actor.companyId).append(orderId, event, actor.personId);
}
