import type { CaseActor } from '#modules/case/index.ts';
import { recordOnOrder } from '#modules/order/index.ts';
import { entryDelay } from '#modules/process/domain/index.ts';
import type { HandbookVersion } from '#modules/process/index.ts';
import type { Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { keepPosition } from './crew-people-commands.ts';
import { positionOf } from './crew-stands-at.ts';
import { bringsAbout } from './domain/order-stage.ts';
import { kilometres } from './domain/travel-time.ts';
import type { StepEntry } from './field-api.ts';

/**
 * What the position of a step says beside its step: where the crew is now (only on duty: `keepPosition` decides), and whether somebody said
 * "arrived" far from the place. That one is taken in, marked, and asked about at a desk: the phone may be wrong, and so may the place.
 */
export async function followPosition(
  tx: Tx,
  actor: CaseActor,
  version: HandbookVersion,
  entry: StepEntry,
): Promise<void> {
  const { position, orderId, ref } = entry;
  if (position === undefined) return;
  const fresh = !entry.clockMoved && Math.abs(tx.now - entry.at) <= entryDelay(version.handbook.limits);
  // Off duty it is kept nowhere, and that is all a refusal says.
  if (fresh) await keepPosition(tx, actor, position);
  const metres = await metresAway(tx, actor.companyId, entry, version);
  if (metres === undefined) return;
  await recordOnOrder(tx, actor, orderId, { type: 'field.far', occurredAt: tx.now, data: { ref, metres } });
}

/** R117-near of the handbook in metres; null: it names none, and nothing is asked. */
export function nearMetres(version: HandbookVersion | undefined): number | null {
  return version?.handbook.limits.find((limit) => limit.id === 'R117-near')?.value ?? null;
}

/** How far from the nearest of its customers the order's arrival was reported; undefined: near enough, no arrival, or no place known. */
async function metresAway(
  tx: Tx,
  companyId: string,
  { orderId, ref, position }: StepEntry,
  version: HandbookVersion,
): Promise<number | undefined> {
  const near = nearMetres(version);
  if (near === null || position === undefined) return undefined;
  const order = await tx.one<{ process: string }>(sql`
    select o.process from orders o where o.company_id = ${companyId} and o.id = ${orderId}`);
  const step = version.process(order.process)?.steps.find((one) => one.id === ref.step);
  if (step === undefined || !bringsAbout(step, 'arrived')) return undefined;
  const places = await tx.rows<{ lat: number; lon: number }>(sql`
    select m.lat, m.lon from case_orders l
    join cases c on c.company_id = l.company_id and c.id = l.case_id
    join households h on h.company_id = c.company_id and h.id = c.household_id
    join premises m on m.company_id = h.company_id and m.id = h.premises_id
    where l.company_id = ${companyId} and l.order_id = ${orderId} and l.unlinked_at is null
      and m.lat is not null and m.lon is not null
    union all
    select w.to_lat, w.to_lon from crew_assignments w
    where w.company_id = ${companyId} and w.order_id = ${orderId} and w.ended_at is null`);
  if (places.length === 0) return undefined;
  const metres = Math.min(
    ...places.map((place) => kilometres(positionOf(place), positionOf(position)) * 1000),
  );
  return metres > near + position.accuracy ? Math.round(metres) : undefined;
}
