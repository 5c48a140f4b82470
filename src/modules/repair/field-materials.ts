import { type Refusal, refuse } from '#kernel/result.ts';
import type { CaseActor, CaseDeps } from '#modules/case/index.ts';
import { recordOnOrder } from '#modules/order/index.ts';
import { type Tx, timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { takeUsed } from './crew-stock-commands.ts';
import type { FieldAnswer, MaterialEntry } from './field-api.ts';

/**
 * Material that the crew used comes out of the stock of its point. Refusal: `field.material-unknown` (on no card of the
 * handbook). Books that hold less refuse nothing: what was used and how much of it was booked stand side by side on the order.
 */
export async function recordMaterial(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  { orderId, material, amount, at }: MaterialEntry,
): Promise<FieldAnswer | Refusal> {
  const handbook = await deps.activeHandbook(tx, actor.companyId);
  const known = handbook?.handbook.faultCards.some((card) => card.materials.includes(material)) ?? false;
  if (!known) return refuse('field.material-unknown', { material });
  const point = await pointOf(tx, actor, orderId);
  const booked = point === undefined ? 0 : await takeUsed(tx, actor, point, { material, amount, orderId });
  await recordOnOrder(tx, actor, orderId, {
    type: 'material.used',
    occurredAt: tx.now,
    data: { material, amount, booked, claimed: at },
  });
  return { outcome: 'recorded' };
}

/** The point of the crew that was sent, where the person stands or stood on its shift; else of the crew that he belongs to. */
async function pointOf(
  tx: Tx,
  { companyId, personId }: CaseActor,
  orderId: string,
): Promise<string | undefined> {
  const row = await tx.maybe<{ id: string }>(sql`
    select c.grid_point_id as id from (
      select w.crew_id, 0 as rank, w.sent_at as at from crew_assignments w
      join crew_shifts s on s.company_id = w.company_id and s.crew_id = w.crew_id and s.withdrawn_at is null
        and s.from_at <= ${timestamp(tx.now)} and s.until_at > w.sent_at
      where w.company_id = ${companyId} and w.order_id = ${orderId}
        and ${personId}::uuid = any(array[s.lead_id, s.watcher_id] || s.others)
      union all
      select m.crew_id, 1, m.since from crew_members m
      where m.company_id = ${companyId} and m.person_id = ${personId} and m.until is null) x
    join crews c on c.company_id = ${companyId} and c.id = x.crew_id
    order by x.rank, x.at desc limit 1`);
  return row?.id;
}
