import type { Instant } from '#kernel/instant.ts';
import { type Db, timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { SwitchingReason } from './domain/index.ts';

/** Customers behind one device who have no other supply. */
export type SuppliedGroup = {
  readonly id: string;
  readonly transformerId: string;
  readonly customers: number;
  readonly town: string;
  readonly feeder: string;
};

/** A place that was dark: a transformer with everything below it, or a device of low voltage. `until` null: it still is. */
export type DarkRecord = {
  readonly deviceId: string;
  readonly switchingId: string;
  readonly since: Instant;
  readonly until: Instant | null;
};

export type DarkSwitching = {
  readonly id: string;
  readonly deviceId: string;
  readonly deviceName: string;
  readonly reason: SwitchingReason;
  readonly planned: boolean;
  readonly at: Instant;
};

/** Who hangs where now, by the device behind which all lose and regain supply together: some seconds of work for a county. */
export async function listSuppliedGroups(db: Db, companyId: string): Promise<readonly SuppliedGroup[]> {
  return await db.rows<SuppliedGroup>(sql`
    select s.device_id as id, s.transformer_id as "transformerId", count(*) as customers, min(a.town_name) as town,
      min(f.name) as feeder
    from network_supplies s
    join network_places t on t.company_id = s.company_id and t.device_id = s.transformer_id and t.until is null
    join network_devices f on f.company_id = t.company_id and f.id = t.feeder_id
    join households h on h.company_id = s.company_id and h.id = s.household_id
    join premises p on p.company_id = h.company_id and p.id = h.premises_id
    join service_areas a on a.company_id = p.company_id and a.division_code = p.division_code
    where s.company_id = ${companyId} and s.until is null and not exists (
      select 1 from network_supplies o where o.company_id = s.company_id and o.household_id = s.household_id
        and o.until is null and o.meter_id <> s.meter_id)
    group by s.device_id, s.transformer_id`);
}

/** What was dark in a period by the record of switchings. */
export async function darkRecords(
  db: Db,
  companyId: string,
  period: { readonly from: Instant; readonly to: Instant },
): Promise<{ readonly records: readonly DarkRecord[]; readonly switchings: readonly DarkSwitching[] }> {
  const records = await db.rows<DarkRecord>(sql`
    select k.device_id as "deviceId", k.began_by as "switchingId", k.since, k.until from network_dark k
    where k.company_id = ${companyId} and k.since < ${timestamp(period.to)}
      and (k.until is null or k.until > ${timestamp(period.from)})
    order by k.since, k.device_id`);
  const switchings = await db.rows<DarkSwitching>(sql`
    select w.id, w.device_id as "deviceId", d.name as "deviceName", w.reason, w.planned, w.at from network_switchings w
    join network_devices d on d.company_id = w.company_id and d.id = w.device_id
    where w.company_id = ${companyId} and w.id = any(${records.map(({ switchingId }) => switchingId)}::uuid[])
    order by w.at, w.id`);
  return { records, switchings };
}
