import type { Db } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { topologyOf } from './domain/index.ts';
import { countDark, countHouseholds, gridAt, positionsOf } from './grid-reads.ts';
import { idsBelow } from './network-reads.ts';

/** Whom the loss of one device leaves in the dark, as the grid is switched now. */
export type DeviceHouseholds = {
  readonly name: string;
  /** Devices above, and the device with all below it. */
  readonly up: readonly string[];
  readonly below: readonly string[];
  /** Households that are without any supply while the device gives none. */
  readonly dark: number;
  /** Households below it that keep a supply from elsewhere. */
  readonly otherwiseSupplied: number;
};

/** Undefined: the company has no such device. */
export async function householdsByDevice(
  db: Db,
  companyId: string,
  deviceId: string,
): Promise<DeviceHouseholds | undefined> {
  const place = await db.maybe<{ transformer: string | null }>(sql`
    select case when d.kind = 'transformer' then d.id else p.transformer_id end as transformer
    from network_places p join network_devices d on d.company_id = p.company_id and d.id = p.device_id
    where p.company_id = ${companyId} and p.device_id = ${deviceId} and p.until is null`);
  if (place === undefined) return undefined;
  const grid = await gridAt(db, companyId, null, place.transformer === null ? [] : [place.transformer]);
  const device = grid.devices.find(({ id }) => id === deviceId);
  if (device === undefined) return undefined;
  const topology = topologyOf(grid.devices, grid.open);
  const below = [...new Set([deviceId, ...idsBelow(grid, deviceId)])];
  const inside = new Set(below);
  const elsewhere = grid.devices
    .filter(({ id }) => !inside.has(id) && !topology.isSupplied(id))
    .map(({ id }) => id);
  const without = await countDark(db, companyId, positionsOf(grid, elsewhere));
  const together = await countDark(db, companyId, positionsOf(grid, [...elsewhere, ...below]));
  const { households } = await countHouseholds(db, companyId, positionsOf(grid, below), null);
  const dark = together - without;
  return { name: device.name, up: topology.up(deviceId), below, dark, otherwiseSupplied: households - dark };
}
