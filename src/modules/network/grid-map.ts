import { type Database, type Db, timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { type Position, type Schematic, schematic } from './domain/index.ts';
import type { GridMapView } from './network-api.ts';

/** Places in the grid change by an import only, so the drawing of a county is made once an import. */
export type GridMaps = {
  /** Where a device of medium voltage is drawn; of low voltage: its transformer. */
  readonly positionOf: (
    db: Db,
    companyId: string,
    deviceIds: readonly string[],
  ) => Promise<ReadonlyMap<string, Position>>;
  readonly view: (companyId: string) => Promise<GridMapView>;
};

type Drawn = {
  readonly stamp: string;
  readonly names: ReadonlyMap<string, string>;
  readonly drawing: Schematic;
};

export function gridMaps(database: Database): GridMaps {
  const kept = new Map<string, Drawn>();

  async function drawnOf(db: Db, companyId: string): Promise<Drawn> {
    const stamp = await stampOf(db, companyId);
    const before = kept.get(companyId);
    if (before?.stamp === stamp) return before;
    const drawn = await draw(db, companyId, stamp);
    // An empty grid is about to be filled.
    if (drawn.drawing.positions.size > 0) kept.set(companyId, drawn);
    return drawn;
  }

  return {
    async positionOf(db, companyId, deviceIds) {
      const { positions } = (await drawnOf(db, companyId)).drawing;
      const unknown = deviceIds.filter((id) => !positions.has(id));
      const above = await transformersOf(db, companyId, unknown);
      return new Map(
        deviceIds.flatMap((id) => {
          const at = positions.get(id) ?? positions.get(above.get(id) ?? '');
          return at === undefined ? [] : [[id, at] as const];
        }),
      );
    },
    async view(companyId) {
      const { drawing, names } = await drawnOf(database, companyId);
      return {
        feeders: [...drawing.lines].map(([id, lines]) => ({
          id,
          name: names.get(id) ?? '',
          lines: lines.map((line) => line.map(rounded)),
        })),
        towns: await listTowns(database, companyId),
        dark: await darkOn(database, companyId, drawing.positions),
      };
    },
  };
}

async function stampOf(db: Db, companyId: string): Promise<string> {
  const row = await db.one<{ at: number | null }>(sql`
    select max(i.at) as at from network_imports i where i.company_id = ${companyId}`);
  return row.at === null ? 'as founded' : timestamp(row.at);
}

async function draw(db: Db, companyId: string, stamp: string): Promise<Drawn> {
  const rows = await db.rows<{
    id: string;
    name: string;
    parent: string | null;
    feederId: string | null;
    lon: number | null;
    lat: number | null;
  }>(sql`
    select d.id, d.name, p.parent_id as parent, p.feeder_id as "feederId", d.lon, d.lat
    from network_places p
    join network_devices d on d.company_id = p.company_id and d.id = p.device_id
    where p.company_id = ${companyId} and p.until is null and p.transformer_id is null and p.tie_id is null
    order by d.code`);
  const devices = rows.map(({ lon, lat, ...row }) => ({
    ...row,
    at: lon === null || lat === null ? null : { lon, lat },
  }));
  return { stamp, drawing: schematic(devices), names: new Map(rows.map((row) => [row.id, row.name])) };
}

async function transformersOf(
  db: Db,
  companyId: string,
  deviceIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (deviceIds.length === 0) return new Map();
  const rows = await db.rows<{ id: string; transformer: string }>(sql`
    select p.device_id as id, p.transformer_id as transformer from network_places p
    where p.company_id = ${companyId} and p.device_id = any(${deviceIds}::uuid[]) and p.until is null
      and p.transformer_id is not null`);
  return new Map(rows.map((row) => [row.id, row.transformer]));
}

/** Each town in the middle of its villages. */
async function listTowns(db: Db, companyId: string): Promise<GridMapView['towns']> {
  const rows = await db.rows<{ name: string } & Position>(sql`
    select min(a.town_name) as name, avg(a.lon) as lon, avg(a.lat) as lat from service_areas a
    where a.company_id = ${companyId} and a.lon is not null group by a.town_code order by 1`);
  return rows.map(({ name, ...at }) => ({ name, at: rounded(at) }));
}

async function darkOn(
  db: Db,
  companyId: string,
  positions: ReadonlyMap<string, Position>,
): Promise<GridMapView['dark']> {
  const rows = await db.rows<{ id: string; name: string; since: number }>(sql`
    select n.device_id as id, d.name, n.since from network_dark n
    join network_devices d on d.company_id = n.company_id and d.id = n.device_id and d.kind = 'transformer'
    where n.company_id = ${companyId} and n.until is null`);
  return rows.flatMap((row) => {
    const at = positions.get(row.id);
    return at === undefined ? [] : [{ ...row, at: rounded(at) }];
  });
}

/** Ten metres are enough for a map of a county. */
function rounded({ lon, lat }: Position): readonly [number, number] {
  return [Math.round(lon * 1e4) / 1e4, Math.round(lat * 1e4) / 1e4];
}
