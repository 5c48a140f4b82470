import type { Instant } from '#kernel/instant.ts';
import { type Db, timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { SWITCHABLE, switchingEffect, topologyOf } from './domain/index.ts';
import {
  countHouseholds,
  type Grid,
  type GridDevice,
  gridAt,
  positionsOf,
  supplyValid,
} from './grid-reads.ts';
import type { DeviceView, SwitchingLine, SwitchingPreview } from './network-api.ts';
import { idsBelow, nameOf } from './network-reads.ts';
import { householdsChanged } from './switch-device.ts';

/** Switchings that a page shows; the rest is history for reports. */
const SWITCHINGS = 50;

/** A device with its ways up and down, now or at a past instant: who was below whom then. */
export async function deviceView(
  db: Db,
  reader: { readonly companyId: string; readonly maySwitch: boolean },
  deviceId: string,
  at: Instant | null,
): Promise<DeviceView | undefined> {
  const { companyId } = reader;
  const transformerId = await transformerOf(db, companyId, deviceId, at);
  if (transformerId === undefined) return undefined;
  const grid = await gridAt(db, companyId, at, transformerId === null ? [] : [transformerId]);
  const byId = new Map(grid.devices.map((device) => [device.id, device]));
  const device = byId.get(deviceId);
  if (device === undefined) return undefined;

  const topology = topologyOf(grid.devices, grid.open);
  const below = idsBelow(grid, deviceId);
  const named = (id: string | null) => {
    const other = byId.get(id ?? '');
    return other === undefined ? null : nameOf(other);
  };
  return {
    ...nameOf(device),
    at,
    km: device.km,
    kva: device.kva,
    placed: device.placed,
    open: grid.open.has(deviceId),
    normallyOpen: device.normallyOpen,
    supplied: topology.isSupplied(deviceId),
    feeder: named(device.feederId ?? byId.get(transformerId ?? '')?.feederId ?? null),
    transformer: named(device.transformerId),
    tie: named(device.tieTo),
    up: topology.up(deviceId).flatMap((id) => named(id) ?? []),
    below: {
      devices: below.length,
      transformers: below.filter((id) => byId.get(id)?.kind === 'transformer').length,
      ...(await countHouseholds(db, companyId, positionsOf(grid, below), at)),
    },
    lowVoltage: await lowVoltage(db, companyId, grid, transformerId, at),
    switchings: await switchingsOf(db, companyId, deviceId, at),
    preview: at === null ? await previewOf(db, companyId, grid, device) : null,
    maySwitch: reader.maySwitch && at === null && SWITCHABLE.has(device.kind),
  };
}

/** The transformer whose low voltage belongs on the page: the device itself or the one above it; undefined: no such device then. */
async function transformerOf(
  db: Db,
  companyId: string,
  deviceId: string,
  at: Instant | null,
): Promise<string | null | undefined> {
  const valid =
    at === null
      ? sql`p.until is null`
      : sql`p.since <= ${timestamp(at)} and (p.until is null or p.until > ${timestamp(at)})`;
  const row = await db.maybe<{ transformer: string | null }>(sql`
    select case when d.kind = 'transformer' then d.id else p.transformer_id end as transformer
    from network_places p join network_devices d on d.company_id = p.company_id and d.id = p.device_id
    where p.company_id = ${companyId} and p.device_id = ${deviceId} and ${valid}`);
  return row?.transformer ?? (row === undefined ? undefined : null);
}

async function lowVoltage(
  db: Db,
  companyId: string,
  grid: Grid,
  transformerId: string | null,
  at: Instant | null,
): Promise<DeviceView['lowVoltage']> {
  if (transformerId === null) return [];
  const meters = await db.rows<{ id: string; meters: number }>(sql`
    select s.device_id as id, count(*) as meters from network_supplies s
    where s.company_id = ${companyId} and s.transformer_id = ${transformerId} and ${supplyValid('s', at)}
    group by s.device_id`);
  const counts = new Map(meters.map((row) => [row.id, row.meters]));
  const topology = topologyOf(grid.devices, grid.open);
  return grid.devices
    .filter((device) => device.transformerId === transformerId)
    .map((device) => ({
      ...nameOf(device),
      parent: device.parent === transformerId ? null : device.parent,
      open: grid.open.has(device.id),
      supplied: topology.isSupplied(device.id),
      meters: counts.get(device.id) ?? 0,
    }));
}

async function previewOf(
  db: Db,
  companyId: string,
  grid: Grid,
  device: GridDevice,
): Promise<SwitchingPreview | null> {
  if (!SWITCHABLE.has(device.kind)) return null;
  const opens = !grid.open.has(device.id);
  const effect = switchingEffect({ ...grid, device }, opens);
  return {
    opens,
    ...(await householdsChanged(db, companyId, grid, effect)),
    closesRing: effect.closesRing,
  };
}

async function switchingsOf(
  db: Db,
  companyId: string,
  deviceId: string,
  at: Instant | null,
): Promise<readonly SwitchingLine[]> {
  return await db.rows<SwitchingLine>(sql`
    select w.id, w.open, w.planned, w.reason, w.note, w.at, w.recorded_at as "recordedAt", p.name as by, w.darkened, w.restored
    from network_switchings w join people p on p.company_id = w.company_id and p.id = w.by_id
    where w.company_id = ${companyId} and w.device_id = ${deviceId}
      and w.at <= coalesce(${timestamp(at)}::timestamptz, 'infinity')
    order by w.at desc, w.id desc limit ${SWITCHINGS}`);
}
