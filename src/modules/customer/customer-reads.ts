import type { Instant } from '#kernel/instant.ts';
import { type Db, timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { EvidenceKind, FlagKind } from './domain/flag.ts';
import type { AreaClass, ImportantGrade, Tariff, UseClass, Voltage } from './domain/household.ts';
import { maskAddress, maskEmail, maskName, maskNumber, maskPhone } from './domain/mask.ts';

type StripFlag = {
  readonly id: string;
  readonly kind: FlagKind;
  readonly evidence: EvidenceKind;
  readonly setAt: Instant;
  readonly expiresAt: Instant;
};

/** Who and where, beside every form. Personal data is masked; `revealHousehold` gives it for a reason. */
export type HouseholdStrip = {
  readonly id: string;
  readonly customerId: string;
  readonly accountNo: string;
  readonly meterNo: string | null;
  readonly name: string;
  readonly kind: 'person' | 'organisation';
  readonly phone: string | null;
  readonly address: string;
  readonly townName: string;
  readonly divisionCode: string;
  readonly areaClass: AreaClass;
  readonly lon: number;
  readonly lat: number;
  readonly station: { readonly id: string; readonly name: string; readonly nameEn: string };
  readonly use: UseClass;
  readonly tariff: Tariff;
  readonly voltage: Voltage;
  readonly capacityKva: number;
  readonly importantGrade: ImportantGrade | null;
  readonly keyAccount: boolean;
  readonly accountManager: { readonly id: string; readonly name: string } | null;
  readonly transformer: { readonly code: string; readonly name: string };
  readonly feeder: { readonly code: string; readonly name: string };
  readonly openedOn: string;
  readonly closedOn: string | null;
  readonly demonstration: boolean;
  /** How its customer wants to be reached, and what he reads. */
  readonly reach: {
    readonly by: 'sms' | 'mail';
    readonly email: string | null;
    readonly language: 'zh' | 'en';
    /** Hears by message of outages that he did not report. */
    readonly outageNews: boolean;
  };
  readonly contacts: readonly {
    readonly id: string;
    readonly role: string;
    readonly name: string;
    readonly phone: string;
  }[];
  readonly flags: readonly StripFlag[];
};

/** The strip of one household, or undefined when the company has no such household. */
export async function householdStrip(
  db: Db,
  companyId: string,
  householdId: string,
  now: Instant,
): Promise<HouseholdStrip | undefined> {
  const row = await db.maybe<StripRow>(stripQuery(companyId, householdId));
  if (row === undefined) return undefined;
  const contacts = await db.rows<ContactRow>(sql`
    select c.id, c.role, c.name, c.phone from household_contacts c
    where c.company_id = ${companyId} and c.household_id = ${householdId} order by c.role, c.id`);
  const flags = await openFlags(db, companyId, householdId, now);
  return {
    id: row.id,
    customerId: row.customer_id,
    accountNo: maskNumber(row.account_no),
    meterNo: row.meter_no === null ? null : maskNumber(row.meter_no),
    name: maskName(row.name, row.kind),
    kind: row.kind,
    phone: row.phone === null ? null : maskPhone(row.phone),
    address: maskAddress(row.place),
    townName: row.town_name,
    divisionCode: row.division_code,
    areaClass: row.area_class,
    lon: row.lon,
    lat: row.lat,
    station: { id: row.station_id, name: row.station_name, nameEn: row.station_name_en },
    use: row.use_class,
    tariff: row.tariff,
    voltage: row.voltage,
    capacityKva: row.capacity_kva,
    importantGrade: row.important_grade,
    keyAccount: row.key_account,
    accountManager:
      row.manager_id === null || row.manager_name === null
        ? null
        : { id: row.manager_id, name: row.manager_name },
    transformer: { code: row.transformer_code, name: row.transformer_name },
    feeder: { code: row.feeder_code, name: row.feeder_name },
    openedOn: row.opened_on,
    closedOn: row.closed_on,
    demonstration: row.demonstration,
    reach: {
      by: row.reach_by,
      email: row.email === null ? null : maskEmail(row.email),
      language: row.language,
      outageNews: row.outage_news,
    },
    contacts: contacts.map((c) => ({ ...c, name: maskName(c.name, 'person'), phone: maskPhone(c.phone) })),
    flags,
  };
}

/** Flags that hold now: neither ended nor expired. */
async function openFlags(db: Db, companyId: string, householdId: string, now: Instant): Promise<StripFlag[]> {
  const rows = await db.rows<{
    id: string;
    kind: FlagKind;
    evidence: EvidenceKind;
    set_at: Instant;
    expires_at: Instant;
  }>(sql`
    select f.id, f.kind, f.evidence, f.set_at, f.expires_at from household_flags f
    where f.company_id = ${companyId} and f.household_id = ${householdId}
      and f.ended_at is null and f.expires_at > ${timestamp(now)}
    order by f.kind`);
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    evidence: row.evidence,
    setAt: row.set_at,
    expiresAt: row.expires_at,
  }));
}

/** The personal data of a household in clear. Whoever calls this has checked the reason and writes it to the audit. */
export type RevealedHousehold = {
  readonly name: string;
  readonly phone: string | null;
  readonly address: string;
  readonly accountNo: string;
  readonly meterNo: string | null;
  readonly contacts: readonly { readonly id: string; readonly name: string; readonly phone: string }[];
};

export async function revealHousehold(
  db: Db,
  companyId: string,
  householdId: string,
): Promise<RevealedHousehold | undefined> {
  const row = await db.maybe<StripRow>(stripQuery(companyId, householdId));
  if (row === undefined) return undefined;
  const contacts = await db.rows<{ id: string; name: string; phone: string }>(sql`
    select c.id, c.name, c.phone from household_contacts c
    where c.company_id = ${companyId} and c.household_id = ${householdId} order by c.role, c.id`);
  return {
    name: row.name,
    phone: row.phone,
    address: row.place + row.house_no,
    accountNo: row.account_no,
    meterNo: row.meter_no,
    contacts,
  };
}

/** Who may be calling: every household that knows the number, and the town when they all lie in one. */
export type Caller = {
  readonly householdIds: readonly string[];
  readonly area: { readonly townName: string; readonly divisionCode: string | null } | null;
};

/** @param phone digits as the exchange delivers them */
export async function findCaller(db: Db, companyId: string, phone: string): Promise<Caller> {
  const rows = await db.rows<{ id: string; division_code: string; town_name: string }>(sql`
    select h.id, p.division_code, a.town_name
    from (
      select s.household_id from household_search s where s.company_id = ${companyId} and s.phone = ${phone}
      union
      select c.household_id from household_contacts c where c.company_id = ${companyId} and c.phone = ${phone}
    ) known
    join households h on h.company_id = ${companyId} and h.id = known.household_id and h.closed_on is null
    join premises p on p.company_id = h.company_id and p.id = h.premises_id
    join service_areas a on a.company_id = p.company_id and a.division_code = p.division_code
    order by h.id limit 20`);
  const towns = new Set(rows.map((row) => row.town_name));
  const divisions = new Set(rows.map((row) => row.division_code));
  const [townName] = towns;
  const [divisionCode] = divisions;
  const oneTown = towns.size === 1 && townName !== undefined;
  return {
    householdIds: rows.map((row) => row.id),
    area: oneTown ? { townName, divisionCode: divisions.size === 1 ? (divisionCode ?? null) : null } : null,
  };
}

/** What other modules need to know of a household to accept a demand and start its clocks. */
export type HouseholdBrief = {
  readonly id: string;
  readonly stationId: string;
  readonly areaClass: AreaClass;
  readonly importantGrade: ImportantGrade | null;
};

/** Those of these households that the company has, by id. */
export async function householdBriefs(
  db: Db,
  companyId: string,
  householdIds: readonly string[],
): Promise<ReadonlyMap<string, HouseholdBrief>> {
  if (householdIds.length === 0) return new Map();
  const rows = await db.rows<HouseholdBrief>(sql`
    select h.id, h.station_id as "stationId", p.area_class as "areaClass", h.important_grade as "importantGrade"
    from households h join premises p on p.company_id = h.company_id and p.id = h.premises_id
    where h.company_id = ${companyId} and h.id = any(${householdIds}::uuid[])`);
  return new Map(rows.map((row) => [row.id, row]));
}

type ContactRow = {
  readonly id: string;
  readonly role: string;
  readonly name: string;
  readonly phone: string;
};

type StripRow = {
  readonly id: string;
  readonly customer_id: string;
  readonly account_no: string;
  readonly meter_no: string | null;
  readonly name: string;
  readonly kind: 'person' | 'organisation';
  readonly phone: string | null;
  readonly email: string | null;
  readonly reach_by: 'sms' | 'mail';
  readonly language: 'zh' | 'en';
  readonly outage_news: boolean;
  readonly demonstration: boolean;
  readonly place: string;
  readonly house_no: string;
  readonly town_name: string;
  readonly division_code: string;
  readonly area_class: AreaClass;
  readonly lon: number;
  readonly lat: number;
  readonly station_id: string;
  readonly station_name: string;
  readonly station_name_en: string;
  readonly use_class: UseClass;
  readonly tariff: Tariff;
  readonly voltage: Voltage;
  readonly capacity_kva: number;
  readonly important_grade: ImportantGrade | null;
  readonly key_account: boolean;
  readonly manager_id: string | null;
  readonly manager_name: string | null;
  readonly transformer_code: string;
  readonly transformer_name: string;
  readonly feeder_code: string;
  readonly feeder_name: string;
  readonly opened_on: string;
  readonly closed_on: string | null;
};

function stripQuery(companyId: string, householdId: string) {
  return sql`
    select h.id, h.customer_id, h.account_no, m.meter_no, c.name, c.kind, c.phone, c.email, c.reach_by, c.language, c.outage_news,
      c.demonstration, p.place,
      p.house_no, a.town_name, p.division_code, p.area_class, p.lon, p.lat, h.station_id, u.name as station_name,
      u.name_en as station_name_en, h.use_class, h.tariff, h.voltage, h.capacity_kva, h.important_grade,
      h.key_account, h.account_manager_id as manager_id, k.name as manager_name, h.transformer_code,
      h.transformer_name, h.feeder_code, h.feeder_name, h.opened_on, h.closed_on
    from households h
    join customers c on c.company_id = h.company_id and c.id = h.customer_id
    join premises p on p.company_id = h.company_id and p.id = h.premises_id
    join service_areas a on a.company_id = p.company_id and a.division_code = p.division_code
    join units u on u.company_id = h.company_id and u.id = h.station_id
    left join people k on k.company_id = h.company_id and k.id = h.account_manager_id
    left join lateral (
      select m.meter_no from meters m
      where m.company_id = h.company_id and m.household_id = h.id and m.removed_on is null
      order by m.installed_on desc limit 1
    ) m on true
    where h.company_id = ${companyId} and h.id = ${householdId}`;
}
