import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { enqueue } from '#modules/notice/index.ts';
import { timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { newId } from '#platform/ids.ts';
import { type CrewActor, managedPoint, noteCrew } from './crew-actor.ts';
import type { Booking, NewVehicle, VehicleState } from './crew-api.ts';

/** Refusals: those of `managedPoint`, `crew.plate-used`. */
export async function addVehicle(
  tx: Tx,
  actor: CrewActor,
  gridPointId: string,
  { plate, kind }: NewVehicle,
): Promise<{ readonly id: string } | Refusal> {
  const point = await managedPoint(tx, actor, gridPointId);
  if (isRefusal(point)) return point;
  const id = newId();
  const made = await tx.run(sql`
    insert into crew_vehicles (company_id, id, grid_point_id, plate, kind)
    values (${actor.companyId}, ${id}, ${gridPointId}, ${plate}, ${kind}) on conflict do nothing`);
  if (made === 0) return refuse('crew.plate-used');
  await noteCrew(tx, actor, 'point.vehicle-added', { type: 'point', id: gridPointId }, { vehicleId: id });
  return { id };
}

export async function setVehicleState(
  tx: Tx,
  actor: CrewActor,
  vehicleId: string,
  state: VehicleState,
): Promise<{ readonly id: string } | Refusal> {
  const found = await tx.maybe<{ gridPointId: string }>(sql`
    select v.grid_point_id as "gridPointId" from crew_vehicles v
    where v.company_id = ${actor.companyId} and v.id = ${vehicleId} and v.gone_at is null for update`);
  if (found === undefined) return refuse('http.not-found');
  const point = await managedPoint(tx, actor, found.gridPointId);
  if (isRefusal(point)) return point;
  const at = timestamp(tx.now);
  await tx.run(sql`
    update crew_vehicles set out_since = ${state === 'out' ? at : null}, gone_at = ${state === 'gone' ? at : null}
    where crew_vehicles.company_id = ${actor.companyId} and crew_vehicles.id = ${vehicleId}`);
  const detail = { vehicleId, state };
  await noteCrew(tx, actor, 'point.vehicle-state', { type: 'point', id: found.gridPointId }, detail);
  return { id: vehicleId };
}

/** So much of it shall lie at the point; what lies there is booked. */
export async function setMinimum(
  tx: Tx,
  actor: CrewActor,
  gridPointId: string,
  { material, minimum }: { readonly material: string; readonly minimum: number },
): Promise<{ readonly amount: number } | Refusal> {
  const point = await managedPoint(tx, actor, gridPointId);
  if (isRefusal(point)) return point;
  const kept = await tx.one<{ amount: number }>(sql`
    insert into point_materials (company_id, grid_point_id, material, amount, minimum)
    values (${actor.companyId}, ${gridPointId}, ${material}, 0, ${minimum})
    on conflict (company_id, grid_point_id, material) do update set minimum = excluded.minimum
    returning point_materials.amount`);
  await noteCrew(
    tx,
    actor,
    'point.minimum-set',
    { type: 'point', id: gridPointId },
    { minimum: String(minimum) },
  );
  return kept;
}

/**
 * Takes from, adds to or corrects the stock of a point; a crew on shift takes from its own. Never below nothing; falling below
 * the minimum rings at the heads of the station. Refusals: `stock.not-kept`, `stock.too-little`, `stock.sign`, those of `managedPoint`.
 */
export async function bookMaterial(
  tx: Tx,
  actor: CrewActor,
  gridPointId: string,
  { material, change, why, orderId }: Booking,
): Promise<{ readonly amount: number } | Refusal> {
  const denied = (await isOnShiftAt(tx, actor, gridPointId))
    ? undefined
    : await managedPoint(tx, actor, gridPointId);
  if (isRefusal(denied)) return denied;
  const wrongSign = (why === 'use' && change >= 0) || (why === 'refill' && change <= 0) || change === 0;
  if (wrongSign) return refuse('stock.sign');
  const before = await lockStock(tx, actor.companyId, gridPointId, material);
  if (before === undefined) return refuse('stock.not-kept');
  if (before.amount + change < 0) return refuse('stock.too-little', { amount: before.amount });
  return await changeStock(tx, actor, gridPointId, before, {
    material,
    change,
    why,
    ...(orderId === undefined ? {} : { orderId }),
  });
}

type Stock = { readonly amount: number; readonly minimum: number };

async function lockStock(
  tx: Tx,
  companyId: string,
  gridPointId: string,
  material: string,
): Promise<Stock | undefined> {
  return await tx.maybe<Stock>(sql`
    select m.amount, m.minimum from point_materials m
    where m.company_id = ${companyId} and m.grid_point_id = ${gridPointId} and m.material = ${material} for update`);
}

/**
 * What a crew has used is used, whatever the books of its point say: as much as they hold comes out of them. Answers how much did;
 * less than was used means that the books were wrong, and stands so on the order.
 */
export async function takeUsed(
  tx: Tx,
  actor: Pick<CrewActor, 'companyId' | 'personId'>,
  gridPointId: string,
  {
    material,
    amount,
    orderId,
  }: { readonly material: string; readonly amount: number; readonly orderId: string },
): Promise<number> {
  const before = await lockStock(tx, actor.companyId, gridPointId, material);
  if (before === undefined) return 0;
  const booked = Math.min(amount, before.amount);
  if (booked > 0)
    await changeStock(tx, actor, gridPointId, before, { material, change: -booked, why: 'use', orderId });
  return booked;
}

async function changeStock(
  tx: Tx,
  { companyId, personId }: Pick<CrewActor, 'companyId' | 'personId'>,
  gridPointId: string,
  before: Stock,
  { material, change, why, orderId }: Booking,
): Promise<{ readonly amount: number }> {
  const amount = before.amount + change;
  await tx.run(sql`update point_materials set amount = ${amount}
    where point_materials.company_id = ${companyId} and point_materials.grid_point_id = ${gridPointId}
      and point_materials.material = ${material}`);
  const id = newId();
  await tx.run(sql`
    insert into material_bookings (company_id, id, grid_point_id, material, change, why, order_id, by_id, at)
    values (${companyId}, ${id}, ${gridPointId}, ${material}, ${change}, ${why}, ${orderId ?? null}, ${personId},
      ${timestamp(tx.now)})`);
  if (amount < before.minimum && before.amount >= before.minimum)
    await tellHeads(tx, companyId, { bookingId: id, gridPointId, material, amount, minimum: before.minimum });
  return { amount };
}

async function isOnShiftAt(
  tx: Tx,
  { companyId, personId }: CrewActor,
  gridPointId: string,
): Promise<boolean> {
  const at = timestamp(tx.now);
  const found = await tx.maybe(sql`
    select 1 from crew_shifts s
    join crews c on c.company_id = s.company_id and c.id = s.crew_id and c.grid_point_id = ${gridPointId}
    where s.company_id = ${companyId} and s.withdrawn_at is null and s.from_at <= ${at} and s.until_at > ${at}
      and ${personId}::uuid = any(array[s.lead_id, s.watcher_id] || s.others) limit 1`);
  return found !== undefined;
}

async function tellHeads(
  tx: Tx,
  companyId: string,
  of: {
    readonly bookingId: string;
    readonly gridPointId: string;
    readonly material: string;
    readonly amount: number;
    readonly minimum: number;
  },
): Promise<void> {
  const heads = await tx.rows<{ id: string }>(sql`
    select distinct a.person_id as id from grid_points g
    join assignments a on a.company_id = g.company_id and a.unit_id = g.station_id and a.post = 'station-lead'
      and a.until is null
    where g.company_id = ${companyId} and g.id = ${of.gridPointId}`);
  const { bookingId, gridPointId, material, amount, minimum } = of;
  await enqueue(
    tx,
    companyId,
    heads.map((head) => ({
      key: `material-below:${bookingId}:${head.id}`,
      channel: 'desk' as const,
      template: 'material-below',
      to: { personId: head.id },
      data: { gridPointId, material, amount, minimum },
    })),
  );
}
