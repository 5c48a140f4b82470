import type { Instant } from '#kernel/instant.ts';
import { type Tx, timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { newId } from '#platform/ids.ts';
import { hourOf } from './source-reads.ts';

export type NewReport = {
  readonly source:
    | 'phone'
    | 'counter'
    | 'page'
    | 'sms'
    | 'door'
    | 'last_gasp'
    | 'telemetry'
    | 'patrol'
    | 'ping';
  readonly key: string;
  readonly says: 'off' | 'on' | 'silent' | 'open' | 'closed';
  readonly householdId: string | null;
  readonly meterId: string | null;
  readonly deviceId: string | null;
  readonly caseId?: string | null;
  readonly hazard?: string | null;
  readonly at: Instant;
  /** Kept, and not to be heard by inference. */
  readonly unheard?: boolean;
  readonly incidentId?: string | null;
};

export function reportStore(tx: Tx, companyId: string) {
  return {
    /** One statement however many; answers for each its id, undefined where the source had sent that key before. */
    async insert(reports: readonly NewReport[]): Promise<readonly (string | undefined)[]> {
      if (reports.length === 0) return [];
      const rows = reports.map((one) => ({
        ...one,
        id: newId(),
        at: timestamp(one.at),
        takenAt: one.unheard === true ? timestamp(tx.now) : null,
      }));
      const inserted = await tx.rows<{ id: string }>(sql`
        insert into outage_reports (company_id, id, source, key, says, household_id, meter_id, device_id, case_id, hazard, at,
          received_at, taken_at, incident_id, joined)
        select ${companyId}, r.id, r.source, r.key, r.says, r."householdId", r."meterId", r."deviceId", r."caseId", r.hazard, r.at,
          ${timestamp(tx.now)}, r."takenAt", r."incidentId", false
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, source text, key text, says text,
          "householdId" uuid, "meterId" uuid, "deviceId" uuid, "caseId" uuid, hazard text, at timestamptz,
          "takenAt" timestamptz, "incidentId" uuid)
        on conflict (company_id, source, key) do nothing returning outage_reports.id`);
      const written = new Set(inserted.map(({ id }) => id));
      return rows.map(({ id }) => (written.has(id) ? id : undefined));
    },

    async findByKey(source: string, key: string): Promise<string | undefined> {
      const row = await tx.maybe<{ id: string }>(sql`
        select r.id from outage_reports r
        where r.company_id = ${companyId} and r.source = ${source} and r.key = ${key}`);
      return row?.id;
    },

    /** Of each household the meter by which it is known in the grid: its first; null where the grid does not have it. */
    async metersOf(householdIds: readonly string[]): Promise<ReadonlyMap<string, string | null>> {
      const rows = await tx.rows<{ id: string; meter: string | null }>(sql`
        select h.id, (select s.meter_id from network_supplies s where s.company_id = h.company_id and s.household_id = h.id
          and s.until is null order by s.meter_id limit 1) as meter
        from households h where h.company_id = ${companyId} and h.id = any(${householdIds}::uuid[])`);
      return new Map(rows.map(({ id, meter }) => [id, meter]));
    },

    async findMeters(
      numbers: readonly string[],
    ): Promise<readonly { number: string; meterId: string; householdId: string; lastOn: Instant | null }[]> {
      return await tx.rows(sql`
        select m.meter_no as number, m.id as "meterId", m.household_id as "householdId", (select r.at from outage_reports r
          where r.company_id = m.company_id and r.meter_id = m.id and r.says = 'on' order by r.at desc limit 1) as "lastOn"
        from meters m where m.company_id = ${companyId} and m.meter_no = any(${numbers}::text[]) and m.removed_on is null`);
    },

    /** `lastAt`: the latest moment at which its telemetry said how it stands. */
    async findDevices(
      codes: readonly string[],
    ): Promise<readonly { readonly code: string; readonly id: string; readonly lastAt: Instant | null }[]> {
      if (codes.length === 0) return [];
      return await tx.rows(sql`
        select d.code, d.id, (select max(r.at) from outage_reports r where r.company_id = d.company_id and r.device_id = d.id
          and r.source = 'telemetry') as "lastAt"
        from network_devices d where d.company_id = ${companyId} and d.code = any(${codes}::text[])`);
    },

    /** That a head-end was there in this hour. Its posts do not wait for each other. */
    async noteContact(keyId: string): Promise<void> {
      await tx.run(sql`
        insert into outage_source_contacts (company_id, key_id, hour) values (${companyId}, ${keyId}, ${timestamp(hourOf(tx.now))})
        on conflict do nothing`);
    },
  };
}
