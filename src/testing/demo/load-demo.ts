import type { PoolClient } from 'pg';
import type { Instant } from '#kernel/instant.ts';
import { type SearchFacts, type SearchRow, searchRowMaker } from '#modules/customer/index.ts';
import { type Database, timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { type CopyValue, copyRows } from './copy-rows.ts';
import type { DemoCompany } from './demo-company.ts';
import type { DemoHousehold } from './demo-household.ts';
import { demoHouseholds } from './households.ts';
import { loadCrews } from './load-crews.ts';
import { loadNetwork } from './load-network.ts';
import { demoNetwork } from './network.ts';

export type DemoLoad = {
  readonly company: DemoCompany;
  readonly households: number;
  /** Argon2id hash of the one password that all demo sign-ins share. */
  readonly passwordHash: string;
  readonly onProgress?: (households: number) => void;
};

const BATCH = 5000;

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

async function loadHouseholds(
  client: PoolClient,
  load: DemoLoad,
  noteSupply: (household: DemoHousehold) => void,
  now: Instant,
): Promise<void> {
  const { company } = load;
  const plan = {
    seed: company.seed,
    count: load.households,
    places: company.places,
    units: company.units,
    now,
  };
  const searchRow = searchRowMaker();
  let loaded = 0;
  for (const batch of batches(demoHouseholds(plan), BATCH)) {
    await loadBatch(client, company, batch, searchRow);
    for (const household of batch) noteSupply(household);
    loaded += batch.length;
    load.onProgress?.(loaded);
  }
}

async function loadBatch(
  client: PoolClient,
  company: DemoCompany,
  batch: readonly DemoHousehold[],
  searchRow: (facts: SearchFacts) => SearchRow,
): Promise<void> {
  const copy = (table: string, columns: string, rows: readonly (readonly CopyValue[])[]) =>
    copyRows(
      client,
      table,
      ['company_id', ...columns.split(' ')],
      rows.map((row) => [company.id, ...row]),
    );
  await copy(
    'customers',
    'id kind name phone demonstration',
    batch.filter((h) => h.newCustomer).map(({ customer: c }) => [c.id, c.kind, c.name, c.phone, true]),
  );
  await copy(
    'premises',
    'id division_code place house_no area_class lon lat',
    batch.map(({ premises: p }) => [p.id, p.divisionCode, p.place, p.houseNo, p.areaClass, p.lon, p.lat]),
  );
  const managers = company.staff.filter((person) => person.post === 'account-manager');
  await copy(
    'households',
    'id account_no customer_id premises_id station_id use_class tariff voltage capacity_kva yearly_kwh important_grade key_account account_manager_id transformer_code transformer_name feeder_code feeder_name opened_on',
    batch.map((h) => householdRow(h, managers)),
  );
  await copy(
    'meters',
    'id household_id meter_no phases installed_on',
    batch.map((h) => [h.meter.id, h.id, h.meter.no, h.meter.phases, h.openedOn]),
  );
  await copy(
    'household_flags',
    'id household_id kind evidence evidence_note consent set_at expires_at',
    batch.flatMap((h) =>
      h.flags.map((flag) => [
        flag.id,
        h.id,
        flag.kind,
        flag.evidence,
        flag.evidenceNote,
        flag.consent,
        timestamp(flag.setAt),
        timestamp(flag.expiresAt),
      ]),
    ),
  );
  const towns = new Map(company.places.map((place) => [place.code, place.town.name]));
  await copy(
    'household_search',
    'household_id version name address supply py_full py_primary py_initials phone account_no meter_no grams',
    batch.map((h) => searchCopyRow(h, searchRow(searchFacts(h, towns.get(h.premises.divisionCode) ?? '')))),
  );
}

function householdRow(h: DemoHousehold, managers: readonly { readonly id: string }[]): CopyValue[] {
  const manager = h.keyAccount ? managers[Number(h.accountNo.slice(-3)) % managers.length] : undefined;
  return [
    h.id,
    h.accountNo,
    h.customer.id,
    h.premises.id,
    h.stationId,
    h.use,
    h.tariff,
    h.voltage,
    h.capacityKva,
    h.yearlyKwh,
    h.importantGrade,
    h.keyAccount,
    manager?.id ?? null,
    h.transformer.code,
    h.transformer.name,
    h.feeder.code,
    h.feeder.name,
    h.openedOn,
  ];
}

function searchFacts(h: DemoHousehold, townName: string): SearchFacts {
  return {
    name: h.customer.name,
    kind: h.customer.kind,
    townName,
    place: h.premises.place,
    houseNo: h.premises.houseNo,
    transformerName: h.transformer.name,
    feederName: h.feeder.name,
    phone: h.customer.phone,
    accountNo: h.accountNo,
    meterNo: h.meter.no,
  };
}

function searchCopyRow(h: DemoHousehold, row: SearchRow): CopyValue[] {
  return [
    h.id,
    row.version,
    row.name,
    row.address,
    row.supply,
    row.pyFull,
    row.pyPrimary,
    row.pyInitials,
    row.phone,
    row.accountNo,
    row.meterNo,
    row.grams,
  ];
}

function* batches<T>(items: Iterable<T>, size: number): Generator<readonly T[]> {
  let batch: T[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length === size) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}
