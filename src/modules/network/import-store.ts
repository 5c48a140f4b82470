import { type Tx, timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { HouseholdSupply } from '#modules/customer/index.ts';
import type { DeviceKind, DraftDevice } from './domain/index.ts';
import { networkStore } from './network-store.ts';

export type ImportCount = {
  readonly devicesNew: number;
  readonly devicesMoved: number;
  readonly devicesUnchanged: number;
  readonly metersNew: number;
  readonly metersMoved: number;
  readonly metersUnchanged: number;
};

/** A device in the house; parent and tie by code as in files, and by id as in the tables. */
export type HouseDevice = {
  readonly id: string;
  readonly code: string;
  readonly kind: DeviceKind;
  readonly parent: string | null;
  readonly tieTo: string | null;
  readonly parentId: string | null;
  readonly tieId: string | null;
  readonly normallyOpen: boolean;
  readonly feederId: string | null;
  readonly transformerId: string | null;
  /** Not in its normal state. */
  readonly isSwitched: boolean;
};

export type NewPlace = {
  readonly deviceId: string;
  readonly parentId: string | null;
  readonly tieId: string | null;
  readonly normallyOpen: boolean;
  readonly feederId: string | null;
  readonly transformerId: string | null;
  readonly isNew: boolean;
};

type MovedSupply = {
  readonly meterId: string;
  readonly householdId: string;
  readonly deviceId: string;
  readonly transformerId: string;
};

/** Rows of a statement as one parameter: an import has tens of thousands. */
const CHUNK = 5000;

export function importStore(tx: Tx, companyId: string) {
  return {
    lockGrid: networkStore(tx, companyId).lockGrid,

    async devices(): Promise<readonly HouseDevice[]> {
      return await tx.rows(sql`
        select d.id, d.code, d.kind, u.code as parent, t.code as "tieTo", p.parent_id as "parentId", p.tie_id as "tieId",
          p.normally_open as "normallyOpen", p.feeder_id as "feederId", p.transformer_id as "transformerId",
          coalesce(n.open <> p.normally_open, false) as "isSwitched"
        from network_places p
        join network_devices d on d.company_id = p.company_id and d.id = p.device_id
        left join network_devices u on u.company_id = p.company_id and u.id = p.parent_id
        left join network_devices t on t.company_id = p.company_id and t.id = p.tie_id
        left join network_states n on n.company_id = p.company_id and n.device_id = p.device_id
        where p.company_id = ${companyId} and p.until is null`);
    },

    async metersByNumber(
      numbers: readonly string[],
    ): Promise<
      ReadonlyMap<
        string,
        { readonly id: string; readonly householdId: string; readonly deviceId: string | null }
      >
    > {
      const rows = await tx.rows<{
        no: string;
        id: string;
        householdId: string;
        deviceId: string | null;
      }>(sql`
        select m.meter_no as no, m.id, m.household_id as "householdId", s.device_id as "deviceId" from meters m
        left join network_supplies s on s.company_id = m.company_id and s.meter_id = m.id and s.until is null
        where m.company_id = ${companyId} and m.removed_on is null and m.meter_no = any(${numbers})`);
      return new Map(rows.map((row) => [row.no, row]));
    },

    /** New devices, and what the file says of known ones. */
    async upsertDevices(devices: readonly (DraftDevice & { readonly code: string })[]): Promise<void> {
      await inChunks(devices, (json) =>
        tx.run(sql`
          insert into network_devices (company_id, id, code, name, kind, km, kva, lon, lat, placed)
          select ${companyId}, d.id, d.code, d.name, d.kind, d.km, d.kva, d.lon, d.lat, d.placed
          from jsonb_to_recordset(${json}::jsonb) as d (id uuid, code text, name text, kind text, km double precision,
            kva numeric, lon double precision, lat double precision, placed boolean)
          on conflict (company_id, code) do update set name = excluded.name, km = excluded.km, kva = excluded.kva,
            lon = excluded.lon, lat = excluded.lat, placed = excluded.placed`),
      );
    },

    /** The old place ends where the new one begins. */
    async movePlaces(places: readonly NewPlace[]): Promise<void> {
      const moved = places.filter(({ isNew }) => !isNew).map(({ deviceId }) => deviceId);
      await tx.run(sql`
        update network_places set until = ${timestamp(tx.now)}
        where network_places.company_id = ${companyId} and network_places.device_id = any(${moved}::uuid[])
          and network_places.until is null`);
      await inChunks(places, (json) =>
        tx.run(sql`
          insert into network_places
            (company_id, device_id, since, parent_id, tie_id, normally_open, feeder_id, transformer_id)
          select ${companyId}, p."deviceId", ${timestamp(tx.now)}, p."parentId", p."tieId", p."normallyOpen", p."feederId",
            p."transformerId"
          from jsonb_to_recordset(${json}::jsonb) as p ("deviceId" uuid, "parentId" uuid, "tieId" uuid,
            "normallyOpen" boolean, "feederId" uuid, "transformerId" uuid)`),
      );
    },

    async moveSupplies(supplies: readonly MovedSupply[]): Promise<void> {
      const meters = supplies.map(({ meterId }) => meterId);
      await tx.run(sql`
        update network_supplies set until = ${timestamp(tx.now)}
        where network_supplies.company_id = ${companyId} and network_supplies.meter_id = any(${meters}::uuid[])
          and network_supplies.until is null`);
      await inChunks(supplies, (json) =>
        tx.run(sql`
          insert into network_supplies (company_id, meter_id, since, household_id, device_id, transformer_id)
          select ${companyId}, s."meterId", ${timestamp(tx.now)}, s."householdId", s."deviceId", s."transformerId"
          from jsonb_to_recordset(${json}::jsonb) as s ("meterId" uuid, "householdId" uuid, "deviceId" uuid,
            "transformerId" uuid)`),
      );
    },

    /** Meters whose device now hangs below another transformer go with it. */
    async followDevices(): Promise<void> {
      await tx.run(sql`
        with left_behind as (
          update network_supplies set until = ${timestamp(tx.now)}
          from network_places p
          where network_supplies.company_id = ${companyId} and network_supplies.until is null
            and p.company_id = network_supplies.company_id and p.device_id = network_supplies.device_id
            and p.until is null and p.transformer_id <> network_supplies.transformer_id
          returning network_supplies.meter_id, network_supplies.household_id, network_supplies.device_id, p.transformer_id
        )
        insert into network_supplies (company_id, meter_id, since, household_id, device_id, transformer_id)
        select ${companyId}, l.meter_id, ${timestamp(tx.now)}, l.household_id, l.device_id, l.transformer_id
        from left_behind l`);
    },

    /**
     * Households whose supply was moved just now, or whose transformer was: from where they are supplied. Of two supplies the one whose meter
     * was installed last, as everywhere.
     */
    async suppliedAnew(moved: readonly string[]): Promise<readonly HouseholdSupply[]> {
      return await tx.rows(sql`
        select distinct on (s.household_id) s.household_id as "householdId", t.code as "transformerCode",
          t.name as "transformerName", f.code as "feederCode", f.name as "feederName"
        from network_supplies s
        join meters m on m.company_id = s.company_id and m.id = s.meter_id
        join network_devices t on t.company_id = s.company_id and t.id = s.transformer_id
        join network_places p on p.company_id = s.company_id and p.device_id = t.id and p.until is null
        join network_devices f on f.company_id = p.company_id and f.id = p.feeder_id
        where s.company_id = ${companyId} and s.until is null and s.household_id in (
          select o.household_id from network_supplies o
          where o.company_id = ${companyId} and o.until is null
            and (o.since = ${timestamp(tx.now)} or o.transformer_id = any(${moved}::uuid[])))
        order by s.household_id, m.installed_on desc, m.id`);
    },

    async insertImport(id: string, format: 'csv' | 'dss' | 'cim', count: ImportCount): Promise<void> {
      await tx.run(sql`
        insert into network_imports (company_id, id, at, format, devices_new, devices_moved, devices_unchanged, meters_new,
          meters_moved, meters_unchanged)
        values (${companyId}, ${id}, ${timestamp(tx.now)}, ${format}, ${count.devicesNew}, ${count.devicesMoved},
          ${count.devicesUnchanged}, ${count.metersNew}, ${count.metersMoved}, ${count.metersUnchanged})`);
    },
  };
}

async function inChunks<T>(rows: readonly T[], write: (json: string) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < rows.length; from += CHUNK)
    await write(JSON.stringify(rows.slice(from, from + CHUNK)));
}
