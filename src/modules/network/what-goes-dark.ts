import type { Db } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { LOW_VOLTAGE, SWITCHABLE, topologyOf } from './domain/index.ts';
import { gridAt, positionsOf, suppliesAt } from './grid-reads.ts';

/** A transformer that goes dark as a whole, or a device of low voltage whose transformer does not. */
type DarkPlace = { readonly deviceId: string; readonly feederId: string | null };

export type GoesDark = {
  readonly places: readonly DarkPlace[];
  /** `keepsSupply`: another supply of the household stays. */
  readonly households: readonly { readonly id: string; readonly keepsSupply: boolean }[];
};

/**
 * What would lose its supply if these devices opened, as the grid is switched now. Undefined: one of them does not exist or cannot be
 * switched.
 */
export async function whatGoesDark(
  db: Db,
  companyId: string,
  deviceIds: readonly string[],
): Promise<GoesDark | undefined> {
  const placed = await db.rows<{ kind: string; transformerId: string | null }>(sql`
    select d.kind, p.transformer_id as "transformerId" from network_places p
    join network_devices d on d.company_id = p.company_id and d.id = p.device_id
    where p.company_id = ${companyId} and p.device_id = any(${deviceIds}::uuid[]) and p.until is null`);
  if (placed.length !== new Set(deviceIds).size) return undefined;
  if (placed.some(({ kind }) => !(SWITCHABLE as ReadonlySet<string>).has(kind))) return undefined;
  const transformers = placed.flatMap(({ transformerId }) => transformerId ?? []);
  const grid = await gridAt(db, companyId, null, transformers);
  const dark = new Set(topologyOf(grid.devices, grid.open).darkIfOpen(deviceIds));
  const feederOf = new Map(grid.devices.map(({ id, feederId }) => [id, feederId]));
  const places = grid.devices
    .filter(({ id, kind }) => dark.has(id) && (kind === 'transformer' || LOW_VOLTAGE.has(kind)))
    .filter(({ transformerId }) => transformerId === null || !dark.has(transformerId))
    .map(({ id, feederId, transformerId }) => ({
      deviceId: id,
      feederId: feederId ?? feederOf.get(transformerId ?? '') ?? null,
    }));
  const positions = positionsOf(
    grid,
    places.map(({ deviceId }) => deviceId),
  );
  const households = await db.rows<GoesDark['households'][number]>(sql`
    with hit as (
      select distinct s.household_id from network_supplies s
      where s.company_id = ${companyId} and s.until is null and ${suppliesAt(positions)}
    )
    select hit.household_id as id, exists (
      select 1 from network_supplies o
      where o.company_id = ${companyId} and o.household_id = hit.household_id and o.until is null
        and not (o.transformer_id = any(${positions.transformers}::uuid[])
          or o.device_id = any(${positions.lowVoltage}::uuid[]))
    ) as "keepsSupply"
    from hit order by hit.household_id`);
  return { places, households };
}
