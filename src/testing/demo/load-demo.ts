import type { PoolClient } from 'pg';
import type { Instant } from '#kernel/instant.ts';
import { type Database, timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { type CopyValue, copyRows } from './copy-rows.ts';
import type { DemoCompany } from './demo-company.ts';
import { loadCrews } from './load-crews.ts';
import { loadHouseholds } from './load-households.ts';
import { loadNetwork } from './load-network.ts';
import { demoNetwork } from './network.ts';

export type DemoLoad = {
  readonly company: DemoCompany;
  readonly households: number;
  /** Argon2id hash of the one password that all demo sign-ins share. */
  readonly passwordHash: string;
  readonly onProgress?: (households: number) => void;
};

/** The moment from which units, posts and grants of the demonstration hold. */
const SINCE = '2024-01-01T00:00:00+08:00';

/** Writes company and households in one transaction: a stopped load leaves nothing behind. */
export async function loadDemo(database: Database, load: DemoLoad): Promise<void> {
  const now = await database.now();
  const client = await database.pool.connect();
  try {
    await client.query('begin');
    await loadCompany(client, load, now);
    await loadCrews(client, load.company, { since: SINCE, now });
    const indexes = await dropIndexes(client, 'household_search');
    const network = demoNetwork(load.company);
    await loadHouseholds(client, load, network.add, now);
    await loadNetwork(client, load.company.id, network, SINCE);
    for (const definition of indexes) await client.query(slow(definition));
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
  await analyzeFilled(database);
}

/**
 * Tells the planner of what was loaded, and of nothing else: of an empty table that was analysed it believes that it stays
 * empty, plans to read the whole of it, and keeps doing so while it grows. The checks of foreign keys then read every case at
 * every intake (measured: a hundred times the work after ten thousand).
 */
export async function analyzeFilled(database: Database): Promise<void> {
  const filled = await database.rows<{ name: string }>(sql`
    select quote_ident(c.relname) as name from pg_class c
    where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace and pg_relation_size(c.oid) > 0`);
  await database.pool.query(slow(`analyze ${filled.map((table) => table.name).join(', ')}`));
}

/** Building an index once is several times faster than keeping it through the load. Gives back their definitions. */
async function dropIndexes(client: PoolClient, table: string): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select i.indexname as name, i.indexdef as definition from pg_indexes i
     where i.tablename = $1 and i.indexname not like '%_pkey' and i.schemaname = current_schema()`,
    [table],
  );
  for (const { name } of rows) await client.query(`drop index ${name}`);
  return rows.map(({ definition }) => definition);
}

/** A statement that may take minutes on half a million households; the pool's limits are for screens. */
function slow(text: string): { readonly text: string } {
  const config = {
    text: `set statement_timeout = 0; ${text}; set statement_timeout = '30s'`,
    query_timeout: 600_000,
  };
  return config;
}

async function loadCompany(
  client: PoolClient,
  { company, passwordHash }: DemoLoad,
  now: Instant,
): Promise<void> {
  const id = company.id;
  const copy = (table: string, columns: string, rows: readonly (readonly CopyValue[])[]) =>
    copyRows(
      client,
      table,
      ['company_id', ...columns.split(' ')],
      rows.map((row) => [id, ...row]),
    );
  await copy('companies', 'code name short_name demo created_at', [
    [company.code, company.name, company.shortName, true, timestamp(now)],
  ]);
  await copy(
    'units',
    'id parent_id code kind name name_en sort',
    company.units.all.map((unit, i) => [
      unit.id,
      unit.parentId,
      unit.code,
      unit.kind,
      unit.name,
      unit.nameEn,
      i,
    ]),
  );
  await copy(
    'people',
    'id staff_no name py_full py_initials phone demonstration',
    company.staff.map((p) => [p.id, p.staffNo, p.name, p.pyFull, p.pyInitials, p.phone, true]),
  );
  await copy(
    'assignments',
    'person_id unit_id post main since',
    company.staff.flatMap((p) => [
      [p.id, p.unit.id, p.post, true, SINCE],
      ...(p.alsoIn === null ? [] : [[p.id, p.alsoIn.id, p.post, false, SINCE]]),
    ]),
  );
  await copy(
    'accounts',
    'person_id login password_hash password_changed_at',
    company.logins.map(({ login, person }) => [person.id, login, passwordHash, timestamp(now)]),
  );
  await copy(
    'role_grants',
    'person_id role granted_at',
    company.logins.map(({ role, person }) => [person.id, role, timestamp(now)]),
  );
  await copy(
    'service_areas',
    'division_code name town_code town_name area_class station_id lon lat',
    company.places.map((place) => [
      place.code,
      place.name,
      place.town.code,
      place.town.name,
      place.areaClass,
      company.units.stationOf(place).unit.id,
      place.lon,
      place.lat,
    ]),
  );
  await copy(
    'grid_points',
    'id code name station_id division_code lon lat coverage_minutes',
    company.gridPoints.map((p) => [
      p.id,
      p.code,
      p.name,
      p.station.unit.id,
      p.place.code,
      p.place.lon,
      p.place.lat,
      p.coverageMinutes,
    ]),
  );
}
