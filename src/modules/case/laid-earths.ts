import type { Instant } from '#kernel/instant.ts';
import { type Refusal, refuse } from '#kernel/result.ts';
import {
  earthsAfter,
  type Facts,
  type ProcessDefinition,
  type StepDefinition,
} from '#modules/process/domain/index.ts';
import { type Db, timestamp, type Tx } from '#platform/db/db.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/db/sql.ts';

/** How many earths of an order lie there by the record. */
export async function earthsLaid(db: Db, companyId: string, orderId: string): Promise<number> {
  const row = await db.maybe<{ earths: number }>(sql`
    select e.earths from laid_earths e
    where e.company_id = ${companyId} and e.order_id = ${orderId} and e.lifted_at is null`);
  return row?.earths ?? 0;
}

/**
 * Keeps what a step says of earths. Those laid before the work was sent back still lie there: who lays again counts them as well. Refusal:
 * `order.earths-laid`.
 */
export async function keepEarths(
  tx: Tx,
  actor: { readonly companyId: string; readonly personId: string },
  said: {
    readonly orderId: string;
    readonly definition: ProcessDefinition;
    readonly step: StepDefinition;
    readonly values: Facts;
  },
): Promise<Refusal | undefined> {
  const { orderId, definition, step, values } = said;
  const after = earthsAfter(definition, step, values);
  if (after === undefined) return undefined;
  if (after === 'lifted') return await liftEarths(tx, actor, orderId);
  const before = await earthsLaid(tx, actor.companyId, orderId);
  if (after.laid < before) return refuse('order.earths-laid', { earths: before });
  if (after.laid > 0)
    await tx.run(sql`
      insert into laid_earths (company_id, id, order_id, earths, laid_at, laid_by)
      values (${actor.companyId}, ${newId()}, ${orderId}, ${after.laid}, ${timestamp(tx.now)}, ${actor.personId})
      on conflict (company_id, order_id) where lifted_at is null do update set earths = excluded.earths`);
  return undefined;
}

export async function liftEarths(
  tx: Tx,
  { companyId, personId }: { readonly companyId: string; readonly personId: string },
  orderId: string,
): Promise<undefined> {
  await tx.run(sql`
    update laid_earths set lifted_at = ${timestamp(tx.now)}, lifted_by = ${personId}
    where laid_earths.company_id = ${companyId} and laid_earths.order_id = ${orderId} and laid_earths.lifted_at is null`);
}

/** By somebody's word, entered for the crew (代录): when it was, and who said it. */
export async function liftEarthsByWord(
  tx: Tx,
  { companyId, personId }: { readonly companyId: string; readonly personId: string },
  said: {
    readonly orderId: string;
    readonly at: Instant;
    readonly toldBy: string;
    readonly way: 'phone' | 'face';
    readonly why: string;
  },
): Promise<void> {
  await tx.run(sql`
    update laid_earths set lifted_at = ${timestamp(said.at)}, lifted_by = ${personId}, lifted_told_by = ${said.toldBy},
      lifted_way = ${said.way}, lifted_why = ${said.why}, lifted_entered_at = ${timestamp(tx.now)}
    where laid_earths.company_id = ${companyId} and laid_earths.order_id = ${said.orderId} and laid_earths.lifted_at is null`);
}
