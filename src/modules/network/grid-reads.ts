import type { Instant } from '#kernel/instant.ts';
import { type Db, timestamp } from '#platform/db/db.ts';
import { type Sql, sql } from '#platform/db/sql.ts';
import type { DeviceKind, NetworkDevice } from './domain/index.ts';

/** A device with its place and what is shown of it. */
export type GridDevice = NetworkDevice & {
  readonly code: string;
  readonly name: string;
  readonly kva: number | null;
  readonly placed: boolean;
  readonly feederId: string | null;
  readonly transformerId: string | null;
};

export type Grid = { readonly devices: readonly GridDevice[]; readonly open: ReadonlySet<string> };

/**
 * The medium voltage of the whole company, and the low voltage below `transformers` and below every transformer where something is
 * switched. `at`: as it stood then; null: now. A county has some ten thousand devices of medium voltage: milliseconds.
 */
export async function gridAt(
  db: Db,
  companyId: string,
  at: Instant | null,
  transformers: readonly string[] = [],
): Promise<Grid> {
  const valid = at === null ? sql`p.until is null` : standing(at);
  const states = at === null ? presentStates(companyId) : statesAt(companyId, at);
  const devices = await db.rows<GridRow>(sql`
    with states as (${states}), wanted as (
      select unnest(${transformers}::uuid[]) as id
      union
      select p.transformer_id from states s
      join network_places p on p.company_id = ${companyId} and p.device_id = s.device_id and p.transformer_id is not null and ${valid}
    )
    select d.id, d.code, d.name, d.kind, d.km, d.kva, d.placed, p.parent_id, p.tie_id, p.normally_open, p.feeder_id,
      p.transformer_id, coalesce(s.open, p.normally_open) as open
    from network_places p
    join network_devices d on d.company_id = p.company_id and d.id = p.device_id
    left join states s on s.device_id = p.device_id
    where p.company_id = ${companyId} and ${valid}
      and (p.transformer_id is null or p.transformer_id in (select w.id from wanted w))
    order by d.code`);
  return {
    devices: devices.map(gridDevice),
    open: new Set(devices.filter((row) => row.open).map((row) => row.id)),
  };
}

function standing(at: Instant): Sql {
  return sql`p.since <= ${timestamp(at)} and (p.until is null or p.until > ${timestamp(at)})`;
}

function presentStates(companyId: string): Sql {
  return sql`select n.device_id, n.open from network_states n where n.company_id = ${companyId}`;
}

function statesAt(companyId: string, at: Instant): Sql {
  return sql`
    select distinct on (w.device_id) w.device_id, w.open from network_switchings w
    where w.company_id = ${companyId} and w.at <= ${timestamp(at)}
    order by w.device_id, w.at desc, w.id desc`;
}

type GridRow = {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly kind: DeviceKind;
  readonly km: number;
  readonly kva: number | null;
  readonly placed: boolean;
  readonly parent_id: string | null;
  readonly tie_id: string | null;
  readonly normally_open: boolean;
  readonly feeder_id: string | null;
  readonly transformer_id: string | null;
  readonly open: boolean;
};

function gridDevice(row: GridRow): GridDevice {
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    kind: row.kind,
    km: row.km,
    kva: row.kva,
    placed: row.placed,
    parent: row.parent_id,
    tieTo: row.tie_id,
    normallyOpen: row.normally_open,
    feederId: row.feeder_id,
    transformerId: row.transformer_id,
  };
}

/** Places in the grid as sets: whole transformers, and single devices of low voltage. */
export type Positions = { readonly transformers: readonly string[]; readonly lowVoltage: readonly string[] };

export function positionsOf(grid: Grid, ids: readonly string[]): Positions {
  const wanted = new Set(ids);
  const devices = grid.devices.filter(({ id }) => wanted.has(id));
  return {
    transformers: devices.filter(({ kind }) => kind === 'transformer').map(({ id }) => id),
    lowVoltage: devices.filter(({ transformerId }) => transformerId !== null).map(({ id }) => id),
  };
}

/** Supplies at one of these positions; `s` is the row of `network_supplies`. */
export function suppliesAt({ transformers, lowVoltage }: Positions): Sql {
  return sql`(s.transformer_id = any(${transformers}::uuid[]) or s.device_id = any(${lowVoltage}::uuid[]))`;
}

/** Households of which a supply is at these positions, and how many of them have another supply elsewhere. */
export async function countHouseholds(
  db: Db,
  companyId: string,
  positions: Positions,
  at: Instant | null,
): Promise<{ readonly households: number; readonly otherwiseSupplied: number }> {
  if (positions.transformers.length + positions.lowVoltage.length === 0)
    return { households: 0, otherwiseSupplied: 0 };
  const valid = (alias: 's' | 'o') => supplyValid(alias, at);
  return await db.one(sql`
    with hit as (
      select distinct s.household_id from network_supplies s
      where s.company_id = ${companyId} and ${valid('s')} and ${suppliesAt(positions)}
    )
    select count(*) as households, count(*) filter (where exists (
      select 1 from network_supplies o
      where o.company_id = ${companyId} and o.household_id = hit.household_id and ${valid('o')}
        and not (o.transformer_id = any(${positions.transformers}::uuid[]) or o.device_id = any(${positions.lowVoltage}::uuid[]))
    )) as "otherwiseSupplied"
    from hit`);
}

export function supplyValid(alias: 's' | 'o', at: Instant | null): Sql {
  if (alias === 's')
    return at === null
      ? sql`s.until is null`
      : sql`s.since <= ${timestamp(at)} and (s.until is null or s.until > ${timestamp(at)})`;
  return at === null
    ? sql`o.until is null`
    : sql`o.since <= ${timestamp(at)} and (o.until is null or o.until > ${timestamp(at)})`;
}

/** Households without any supply at all when these positions are dark. */
export async function countDark(db: Db, companyId: string, positions: Positions): Promise<number> {
  const { households, otherwiseSupplied } = await countHouseholds(db, companyId, positions, null);
  return households - otherwiseSupplied;
}
