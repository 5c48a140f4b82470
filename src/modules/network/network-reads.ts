import { maskName, maskNumber } from '#modules/customer/domain/index.ts';
import type { Db } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { topologyOf } from './domain/index.ts';
import {
  countDark,
  type Grid,
  type GridDevice,
  gridAt,
  positionsOf,
  suppliesAt,
  supplyValid,
} from './grid-reads.ts';
import type {
  DeviceName,
  FeederView,
  HouseholdsBelow,
  LineDevice,
  NetworkOverview,
  OffNormal,
} from './network-api.ts';

/** What a search box shows at once. */
const FOUND = 20;
const HOUSEHOLDS_A_PAGE = 100;

/** Substations with their feeders, what is not as it normally is, and how many are without supply by it. */
export async function networkOverview(db: Db, companyId: string): Promise<NetworkOverview> {
  const grid = await gridAt(db, companyId, null);
  const topology = topologyOf(grid.devices, grid.open);
  const households = await householdsByTransformer(db, companyId, null);
  const { total } = await db.one<{ total: number }>(sql`
    select count(distinct s.household_id) as total from network_supplies s
    where s.company_id = ${companyId} and s.until is null`);
  const byParent = Map.groupBy(grid.devices, ({ parent }) => parent ?? '');
  const transformers = Map.groupBy(
    grid.devices.filter(({ kind }) => kind === 'transformer'),
    ({ feederId }) => feederId ?? '',
  );
  const feederLine = (feeder: GridDevice) => {
    const own = transformers.get(feeder.id) ?? [];
    return {
      ...nameOf(feeder),
      transformers: own.length,
      households: own.reduce((sum, { id }) => sum + (households.get(id) ?? 0), 0),
      darkTransformers: own.filter(({ id }) => !topology.isSupplied(id)).length,
    };
  };
  return {
    households: total,
    dark: await countDark(db, companyId, positionsOf(grid, topology.dark())),
    offNormal: await offNormal(db, companyId),
    substations: (byParent.get('') ?? [])
      .filter(({ kind }) => kind === 'substation')
      .map((substation) => ({
        ...nameOf(substation),
        feeders: (byParent.get(substation.id) ?? []).map(feederLine),
      })),
  };
}

async function offNormal(db: Db, companyId: string): Promise<readonly OffNormal[]> {
  const rows = await db.rows<
    Omit<OffNormal, 'feeder'> & { readonly feederId: string | null; readonly feederName: string | null }
  >(sql`
    select d.id, d.code, d.name, d.kind, n.open, n.since, w.planned, w.reason, w.darkened, f.id as "feederId",
      f.name as "feederName"
    from network_states n
    join network_places p on p.company_id = n.company_id and p.device_id = n.device_id and p.until is null
    join network_devices d on d.company_id = n.company_id and d.id = n.device_id
    join network_switchings w on w.company_id = n.company_id and w.id = n.switching_id
    left join network_places t on t.company_id = n.company_id and t.device_id = p.transformer_id and t.until is null
    left join network_devices f on f.company_id = n.company_id and f.id = coalesce(p.feeder_id, t.feeder_id)
    where n.company_id = ${companyId} and n.open <> p.normally_open
    order by n.since desc, d.code`);
  return rows.map(({ feederId, feederName, ...row }) => ({
    ...row,
    feeder: feederId === null ? null : { id: feederId, name: feederName ?? '' },
  }));
}

/** The medium voltage of a feeder for its single-line drawing, as it is switched now. */
export async function feederView(
  db: Db,
  companyId: string,
  feederId: string,
): Promise<FeederView | undefined> {
  const grid = await gridAt(db, companyId, null);
  const byId = new Map(grid.devices.map((device) => [device.id, device]));
  const feeder = byId.get(feederId);
  if (feeder === undefined || feeder.feederId !== feederId) return undefined;
  const own = grid.devices.filter((device) => device.feederId === feederId);
  const households = await householdsByTransformer(
    db,
    companyId,
    own.filter(({ kind }) => kind === 'transformer').map(({ id }) => id),
  );
  const topology = topologyOf(grid.devices, grid.open);
  const substation = byId.get(feeder.parent ?? '');
  const line = (device: GridDevice): LineDevice => {
    const up = topology.up(device.id);
    return {
      ...nameOf(device),
      parent: device.id === feederId ? null : device.parent,
      open: grid.open.has(device.id),
      normallyOpen: device.normallyOpen,
      supplied: topology.isSupplied(device.id),
      transferred: up.length > 0 && !up.includes(feederId) && device.tieTo === null,
      placed: device.placed,
      km: device.km,
      households: device.kind === 'transformer' ? (households.get(device.id) ?? 0) : null,
      tie: tieOf(device, byId),
    };
  };
  return {
    ...nameOf(feeder),
    substation: substation === undefined ? null : nameOf(substation),
    households: [...households.values()].reduce((sum, one) => sum + one, 0),
    devices: own.map(line),
  };
}

function tieOf(device: GridDevice, byId: ReadonlyMap<string, GridDevice>): LineDevice['tie'] {
  const other = byId.get(device.tieTo ?? '');
  if (other === undefined) return null;
  return {
    ...nameOf(other),
    feederId: other.feederId,
    feederName: byId.get(other.feederId ?? '')?.name ?? null,
  };
}

/** Households of each transformer, or of those named. */
async function householdsByTransformer(
  db: Db,
  companyId: string,
  transformers: readonly string[] | null,
): Promise<ReadonlyMap<string, number>> {
  const rows = await db.rows<{ id: string; households: number }>(sql`
    select s.transformer_id as id, count(distinct s.household_id) as households from network_supplies s
    where s.company_id = ${companyId} and s.until is null
      and (${transformers}::uuid[] is null or s.transformer_id = any(${transformers}::uuid[]))
    group by s.transformer_id`);
  return new Map(rows.map(({ id, households }) => [id, households]));
}

/** Devices whose code begins so, or whose name holds the words. */
export async function findDevices(db: Db, companyId: string, words: string): Promise<readonly DeviceName[]> {
  const typed = words.trim().replace(/[\\%_]/g, '\\$&');
  return await db.rows<DeviceName>(sql`
    select d.id, d.code, d.name, d.kind from network_devices d
    where d.company_id = ${companyId} and (d.code ilike ${`${typed}%`} or d.name ilike ${`%${typed}%`})
    order by (d.kind in ('lv_branch', 'meter_box')), length(d.name), d.code limit ${FOUND}`);
}

/** Households of which a supply lies below a device, as it is switched now or was at a moment. */
export async function householdsBelow(
  db: Db,
  companyId: string,
  deviceId: string,
  offset: number,
): Promise<HouseholdsBelow | undefined> {
  const place = await db.maybe<{ transformerId: string | null; kind: string }>(sql`
    select p.transformer_id as "transformerId", d.kind from network_places p
    join network_devices d on d.company_id = p.company_id and d.id = p.device_id
    where p.company_id = ${companyId} and p.device_id = ${deviceId} and p.until is null`);
  if (place === undefined) return undefined;
  const grid = await gridAt(db, companyId, null, place.transformerId === null ? [] : [place.transformerId]);
  const positions = positionsOf(grid, idsBelow(grid, deviceId));
  const rows = await db.rows<BelowRow>(sql`
    with hit as (
      select s.household_id, min(s.transformer_id::text)::uuid as transformer_id from network_supplies s
      where s.company_id = ${companyId} and ${supplyValid('s', null)} and ${suppliesAt(positions)}
      group by s.household_id
    )
    select h.id, h.account_no, c.name, c.kind, p.place, t.name as transformer, h.important_grade is not null as important,
      (select count(*) from network_supplies o where o.company_id = h.company_id and o.household_id = h.id
        and o.until is null) as supplies, count(*) over () as total
    from hit
    join households h on h.company_id = ${companyId} and h.id = hit.household_id
    join customers c on c.company_id = h.company_id and c.id = h.customer_id
    join premises p on p.company_id = h.company_id and p.id = h.premises_id
    join network_devices t on t.company_id = h.company_id and t.id = hit.transformer_id
    order by (h.important_grade is null), t.code, h.account_no
    limit ${HOUSEHOLDS_A_PAGE} offset ${offset}`);
  return {
    total: rows[0]?.total ?? 0,
    households: rows.map((row) => ({
      id: row.id,
      accountNo: maskNumber(row.account_no),
      name: maskName(row.name, row.kind),
      place: row.place,
      transformer: row.transformer,
      important: row.important,
      supplies: row.supplies,
    })),
  };
}

type BelowRow = {
  readonly id: string;
  readonly account_no: string;
  readonly name: string;
  readonly kind: 'person' | 'organisation';
  readonly place: string;
  readonly transformer: string;
  readonly important: boolean;
  readonly supplies: number;
  readonly total: number;
};

/**
 * What hangs on a device: what goes dark when it opens. Where it is open or dark already, what it would carry in its normal place, so that a
 * dispatcher sees who is concerned also after the fact.
 */
export function idsBelow(grid: Grid, deviceId: string): readonly string[] {
  const dark = topologyOf(grid.devices, grid.open).darkIfOpen([deviceId]);
  if (dark.length > 0) return dark;
  const normal = new Set(grid.devices.filter((device) => device.normallyOpen).map(({ id }) => id));
  return topologyOf(grid.devices, normal).darkIfOpen([deviceId]);
}

export function nameOf({ id, code, name, kind }: DeviceName): DeviceName {
  return { id, code, name, kind };
}
