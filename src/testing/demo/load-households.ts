import type { PoolClient } from 'pg';
import type { Instant } from '#kernel/instant.ts';
import { type SearchFacts, type SearchRow, searchRowMaker } from '#modules/customer/index.ts';
import { timestamp } from '#platform/db/db.ts';
import { type CopyValue, copyRows } from './copy-rows.ts';
import type { DemoCompany } from './demo-company.ts';
import type { DemoHousehold } from './demo-household.ts';
import { demoHouseholds } from './households.ts';

const BATCH = 5000;

/** Writes the households of the demonstration with what they are found by; `noteSupply` hears of each. */
export async function loadHouseholds(
  client: PoolClient,
  load: {
    readonly company: DemoCompany;
    readonly households: number;
    readonly onProgress?: (households: number) => void;
  },
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
