import { realCase } from '#modules/case/index.ts';
import { HOUR, type Instant } from '#kernel/instant.ts';
import { type Tx, timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { HeardReport, KeptIncident } from './domain/index.ts';
import type { Explained } from './incident-api.ts';

/** So many new reports are read in one turn; what is left comes in the next. */
export const MOST_READ = 20_000;
/** Answers to pings say something of the last hours only. */
const PINGS_COUNT_FOR = 2 * HOUR;

export type OpenRow = KeptIncident & {
  readonly version: number;
  readonly wordAt: Instant | null;
  readonly wordFrom: string | null;
  readonly wordKind: string | null;
  readonly planned: boolean;
  readonly orderId: string | null;
  readonly places: readonly string[];
  readonly households: number;
  readonly restoredAt: Instant | null;
};

/** What others may have changed since a row was read. */
export type Standing = Pick<OpenRow, 'id' | 'version' | 'wordAt' | 'orderId'> & { readonly state: string };

export type ReplayedReport = HeardReport & {
  readonly incidentId: string | null;
  readonly incidentDevice: string | null;
};

/** An incident whose supply is back, or on which nobody works any more. */
export type Ended = {
  readonly row: OpenRow;
  /** Null: it was none, or nobody works on it any more. */
  readonly restoredAt: Instant | null;
  readonly over: boolean;
};

export type SwitchingNews = {
  readonly id: string;
  readonly deviceId: string;
  readonly open: boolean;
  readonly planned: boolean;
  readonly at: Instant;
};

/** What a row becomes. `version` is the one that it gets; events carry it as their number. */
export type IncidentWrite = {
  readonly id: string;
  readonly deviceId: string | null;
  readonly householdId: string | null;
  readonly state: 'suspected' | 'confirmed' | 'restored' | 'closed';
  readonly posterior: number;
  readonly since: Instant;
  readonly restoredAt: Instant | null;
  readonly places: readonly string[];
  readonly households: number;
  readonly reports: number;
  readonly nested: readonly string[];
  readonly planned: boolean;
  readonly parentId: string | null;
  readonly explained: Explained | null;
  readonly version: number;
};

export type EventWrite = {
  readonly incidentId: string;
  readonly seq: number;
  readonly type: string;
  readonly from?: string | null;
  readonly to?: string | null;
  readonly otherId?: string | null;
  readonly posterior?: number | null;
};

export function liveStore(tx: Tx, companyId: string) {
  const REPORT = sql`r.id, r.source, r.says, r.household_id as "householdId", r.meter_id as "meterId", r.device_id as "deviceId",
    r.at, r.received_at as "receivedAt"`;
  return {
    /** Without a lock: orders are made and dispatchers speak meanwhile; whatever is written is looked at again (`lock`). */
    async listOpen(): Promise<readonly OpenRow[]> {
      return await tx.rows<OpenRow>(sql`
        select i.id, i.device_id as "deviceId", i.household_id as "householdId", i.state, i.hazard is not null as hazard,
          i.word is not null as word, i.posterior, i.since, i.reports, i.nested, i.order_id is not null as "hasOrder", i.version,
          i.word_at as "wordAt", i.word as "wordKind", i.planned, i.places, i.households, i.restored_at as "restoredAt",
          i.order_id as "orderId",
          case when i.word is not null then (select e.from_device_id from outage_incident_events e
            where e.company_id = i.company_id and e.incident_id = i.id and e.by_id is not null
            order by e.seq desc limit 1) end as "wordFrom"
        from outage_incidents i where i.company_id = ${companyId} and i.state <> 'closed' order by i.id`);
    },

    /** How these incidents stand now; they stay so until the turn is written. */
    async lock(ids: readonly string[]): Promise<ReadonlyMap<string, Standing>> {
      if (ids.length === 0) return new Map();
      const rows = await tx.rows<Standing>(sql`
        select i.id, i.version, i.state, i.word_at as "wordAt", i.order_id as "orderId" from outage_incidents i
        where i.company_id = ${companyId} and i.id = any(${ids}::uuid[]) order by i.id for no key update`);
      return new Map(rows.map((row) => [row.id, row]));
    },

    async listNew(): Promise<readonly HeardReport[]> {
      return await tx.rows<HeardReport>(sql`
        select ${REPORT} from outage_reports r
        where r.company_id = ${companyId} and r.taken_at is null order by r.received_at, r.at, r.id limit ${MOST_READ}`);
    },

    /**
     * What inference is rebuilt from: reports of incidents that are not over, and the latest answers to pings; of the whole grid, or of
     * these places only.
     */
    async listReplayed(places?: {
      readonly devices: readonly string[];
      readonly meters: readonly string[];
    }): Promise<readonly ReplayedReport[]> {
      const there =
        places === undefined
          ? sql`true`
          : sql`(r.meter_id = any(${places.meters}::uuid[]) or r.device_id = any(${places.devices}::uuid[]))`;
      return await tx.rows<ReplayedReport>(sql`
        select ${REPORT}, r.incident_id as "incidentId", i.device_id as "incidentDevice" from outage_reports r
        join outage_incidents i on i.company_id = r.company_id and i.id = r.incident_id
        where r.company_id = ${companyId} and i.company_id = ${companyId} and i.state in ('suspected', 'confirmed')
          and i.hazard is null and r.taken_at is not null and ${there}
        union all
        select ${REPORT}, null::uuid, null::uuid from outage_reports r
        where r.company_id = ${companyId} and r.says <> 'off' and r.incident_id is null and r.taken_at is not null
          and r.received_at > ${timestamp(tx.now - PINGS_COUNT_FOR)} and ${there}
          and not exists (select 1 from outage_incidents i where i.company_id = r.company_id and i.device_id = r.device_id
            and i.ended_at > r.received_at)
        order by 8, 7, 1`);
    },

    /** A repair case since then that no report stands for yet becomes one, whatever door it came by; not those that the program opened. */
    async reportCases(processes: readonly string[], since: Instant, programId: string): Promise<number> {
      return await tx.run(sql`
        insert into outage_reports (company_id, id, source, key, says, household_id, meter_id, case_id, at, received_at,
          joined)
        select c.company_id, c.id, case c.channel when 'phone' then 'phone' when 'web' then 'page' when 'sms' then 'sms' when 'visit' then 'patrol'
            when '95598' then 'door' when '12398' then 'door' when '12345' then 'door' else 'counter' end,
          'case ' || c.id, 'off', c.household_id, (select s.meter_id from network_supplies s
            where s.company_id = c.company_id and s.household_id = c.household_id and s.until is null
            order by s.meter_id limit 1), c.id, c.accepted_at, least(c.accepted_at, ${timestamp(tx.now)}), false
        from cases c
        where c.company_id = ${companyId} and c.business = 'repair' and c.state = 'open' and ${realCase()}
          and c.accepted_at >= ${timestamp(since)} and c.process = any(${processes}::text[])
          and c.first_asked_id <> ${programId}
          and not exists (select 1 from outage_reports r where r.company_id = c.company_id and r.case_id = c.id)
        order by c.accepted_at, c.id limit ${MOST_READ}
        on conflict do nothing`);
    },

    async listSwitchings(since: Instant): Promise<readonly SwitchingNews[]> {
      return await tx.rows<SwitchingNews>(sql`
        select w.id, w.device_id as "deviceId", w.open, w.planned, w.at from network_switchings w
        where w.company_id = ${companyId} and w.recorded_at >= ${timestamp(since)} order by w.recorded_at, w.id`);
    },

    /** Devices that stand open though they are closed in the normal state. */
    async listStandingOpen(): Promise<readonly SwitchingNews[]> {
      return await tx.rows<SwitchingNews>(sql`
        select w.id, n.device_id as "deviceId", n.open, w.planned, n.since as at from network_states n
        join network_places p on p.company_id = n.company_id and p.device_id = n.device_id and p.until is null
        join network_switchings w on w.company_id = n.company_id and w.id = n.switching_id
        where n.company_id = ${companyId} and n.open and not p.normally_open order by n.since, n.device_id`);
    },

    async insert(rows: readonly IncidentWrite[]): Promise<void> {
      if (rows.length === 0) return;
      await tx.run(sql`
        insert into outage_incidents (company_id, id, device_id, household_id, state, posterior, since, places, households, reports,
          nested, planned, held, parent_id, explained, version, changed_at)
        select ${companyId}, w.id, w."deviceId", w."householdId", w.state, w.posterior, w.since, w.places, w.households, w.reports,
          w.nested, w.planned, false, w."parentId", w.explained, w.version, ${timestamp(tx.now)}
        from jsonb_to_recordset(${asJson(rows)}::jsonb) as w (id uuid, "deviceId" uuid, "householdId" uuid, state text,
          posterior double precision, since timestamptz, places uuid[], households integer, reports integer, nested uuid[],
          planned boolean, "parentId" uuid, explained jsonb, version integer)`);
    },

    async update(rows: readonly IncidentWrite[]): Promise<void> {
      if (rows.length === 0) return;
      await tx.run(sql`
        update outage_incidents i set device_id = w."deviceId", household_id = w."householdId", state = w.state,
          posterior = w.posterior, since = w.since, restored_at = w."restoredAt", places = w.places, households = w.households,
          reports = w.reports, nested = w.nested, planned = w.planned, explained = coalesce(w.explained, i.explained),
          version = w.version, changed_at = ${timestamp(tx.now)}
        from jsonb_to_recordset(${asJson(rows)}::jsonb) as w (id uuid, "deviceId" uuid, "householdId" uuid, state text,
          posterior double precision, since timestamptz, "restoredAt" timestamptz, places uuid[], households integer,
          reports integer, nested uuid[], planned boolean, explained jsonb, version integer)
        where i.company_id = ${companyId} and i.id = w.id`);
    },

    async end(ids: readonly string[]): Promise<void> {
      if (ids.length === 0) return;
      await tx.run(sql`
        update outage_incidents i set state = 'closed', ended_at = ${timestamp(tx.now)}, posterior = 0, version = i.version + 1,
          changed_at = ${timestamp(tx.now)}
        where i.company_id = ${companyId} and i.id = any(${ids}::uuid[])`);
    },

    async restore(restored: readonly { readonly id: string; readonly at: Instant }[]): Promise<void> {
      if (restored.length === 0) return;
      const rows = restored.map(({ id, at }) => ({ id, at: timestamp(at) }));
      await tx.run(sql`
        update outage_incidents i set state = 'restored', restored_at = greatest(i.since, w.at), version = i.version + 1,
          changed_at = ${timestamp(tx.now)}
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w (id uuid, at timestamptz)
        where i.company_id = ${companyId} and i.id = w.id`);
    },

    async record(events: readonly EventWrite[]): Promise<void> {
      if (events.length === 0) return;
      await tx.run(sql`
        insert into outage_incident_events (company_id, incident_id, seq, type, at, from_device_id, to_device_id, other_id, posterior)
        select ${companyId}, e."incidentId", e.seq, e.type, ${timestamp(tx.now)}, e."from", e."to", e."otherId", e.posterior
        from jsonb_to_recordset(${JSON.stringify(events)}::jsonb) as e ("incidentId" uuid, seq integer, type text, "from" uuid,
          "to" uuid, "otherId" uuid, posterior double precision)`);
    },

    /** Reports that belong to another incident than before, and all that were read in this turn. */
    async give(
      given: readonly { readonly report: string; readonly incident: string }[],
      read: readonly string[],
    ): Promise<void> {
      if (given.length > 0)
        await tx.run(sql`
          update outage_reports r set incident_id = g.incident, joined = false, taken_at = coalesce(r.taken_at, ${timestamp(tx.now)})
          from unnest(${given.map(({ report }) => report)}::uuid[], ${given.map(({ incident }) => incident)}::uuid[])
            as g (report, incident)
          where r.company_id = ${companyId} and r.id = g.report`);
      const rest = new Set(read);
      for (const { report } of given) rest.delete(report);
      if (rest.size > 0)
        await tx.run(sql`
          update outage_reports r set taken_at = ${timestamp(tx.now)}
          where r.company_id = ${companyId} and r.id = any(${[...rest]}::uuid[])`);
    },
  };
}

function asJson(rows: readonly IncidentWrite[]): string {
  return JSON.stringify(
    rows.map((row) => ({
      ...row,
      since: timestamp(row.since),
      restoredAt: row.restoredAt === null ? null : timestamp(row.restoredAt),
    })),
  );
}
