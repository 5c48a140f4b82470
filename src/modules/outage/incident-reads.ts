import type { Instant } from '#kernel/instant.ts';
import { type Reader, visibleCase } from '#modules/case/index.ts';
import type { Db } from '#platform/db/db.ts';
import { type Sql, sql } from '#platform/db/sql.ts';
import { listAbove, listBelow } from './device-lines.ts';
import { listLosses } from './second-supply.ts';
import type {
  DispatcherWord,
  Hazard,
  IncidentEvent,
  IncidentReport,
  IncidentState,
  IncidentView,
  NamedDevice,
  OpenIncident,
} from './incident-api.ts';

type IncidentRow = Omit<OpenIncident, 'device' | 'feeder'> & {
  readonly deviceId: string | null;
  readonly deviceName: string | null;
  readonly deviceKind: string | null;
  readonly feederId: string | null;
  readonly feederName: string | null;
  readonly hazard: Hazard | null;
  readonly state: IncidentState;
  readonly word: DispatcherWord | null;
};

/** So many are shown; a storm of more is read by feeder. */
const MOST_SHOWN = 3000;

/** Open incidents, dangers first, then the largest. A case is named only where the reader may see it; the outage itself is no secret. */
export async function openIncidents(db: Db, reader: Reader, now: Instant): Promise<readonly OpenIncident[]> {
  return await listIncidents(db, reader, now, sql`i.state <> 'closed'`);
}

async function listIncidents(
  db: Db,
  reader: Reader,
  now: Instant,
  condition: Sql,
): Promise<readonly OpenIncident[]> {
  const rows = await db.rows<IncidentRow>(sql`
    select i.id, i.device_id as "deviceId", d.name as "deviceName", d.kind as "deviceKind", i.posterior, i.since, i.households,
      i.reports, i.hazard, i.state, i.restored_at as "restoredAt", i.planned, i.held, i.word, i.version, i.order_id as "orderId",
      c.id as "caseId", c.no as "caseNo", coalesce(d.lon, t.lon, m.lon) as lon, coalesce(d.lat, t.lat, m.lat) as lat,
      f.id as "feederId", f.name as "feederName",
      coalesce(m.place, case when i.hazard is not null then (select x.body from case_texts x where x.company_id = i.company_id
        and x.case_id = c.id and x.kind = 'place' order by x.at limit 1) end) as place
    from outage_incidents i
    left join network_devices d on d.company_id = i.company_id and d.id = i.device_id
    left join households h on h.company_id = i.company_id and h.id = i.household_id
    left join premises m on m.company_id = h.company_id and m.id = h.premises_id
    left join lateral (select s.transformer_id from network_supplies s where s.company_id = i.company_id
      and s.household_id = i.household_id and s.until is null order by s.meter_id limit 1) own on true
    left join network_places p on p.company_id = i.company_id and p.device_id = coalesce(i.device_id, own.transformer_id)
      and p.until is null
    left join network_devices t on t.company_id = i.company_id and t.id = coalesce(p.transformer_id, p.device_id)
    left join network_places q on q.company_id = t.company_id and q.device_id = t.id and q.until is null
    left join network_devices f on f.company_id = q.company_id and f.id = coalesce(q.feeder_id, q.device_id)
    left join lateral (select c.id, c.no from case_orders l join cases c on c.company_id = l.company_id and c.id = l.case_id
      where l.company_id = i.company_id and l.order_id = i.order_id and l.unlinked_at is null and ${visibleCase(reader, now)}
      order by l.linked_at, c.id limit 1) c on true
    where i.company_id = ${reader.companyId} and ${condition}
    order by (i.hazard is null), (i.state = 'restored'), i.households desc, i.since, i.id limit ${MOST_SHOWN}`);
  return rows.map(({ deviceId, deviceName, deviceKind, feederId, feederName, ...row }) => ({
    ...row,
    device: deviceId === null ? null : { id: deviceId, name: deviceName ?? '', kind: deviceKind ?? '' },
    feeder: feederId === null ? null : { id: feederId, name: feederName ?? '' },
  }));
}

/** Reports that a page shows; all are counted. */
const REPORTS_SHOWN = 50;
const DIRECTLY_SHOWN = 60;

/** One incident with its history, what was heard of it and why it is believed; undefined: there is none. */
export async function incidentView(
  db: Db,
  reader: Reader,
  id: string,
  now: Instant,
): Promise<IncidentView | undefined> {
  const [found] = await listIncidents(db, reader, now, sql`i.id = ${id}`);
  if (found === undefined) return undefined;
  const { companyId } = reader;
  const more = await db.one<{
    explained: IncidentView['explained'];
    parentId: string | null;
    nested: string[];
    childIds: string[];
    at: string | null;
  }>(sql`
    select i.explained, i.parent_id as "parentId", i.nested, coalesce(i.device_id, s.device_id) as at,
      array(select k.id from outage_incidents k where k.company_id = i.company_id and k.parent_id = i.id order by k.since, k.id)
        as "childIds"
    from outage_incidents i
    left join lateral (select s.device_id from network_supplies s where s.company_id = i.company_id
      and s.household_id = i.household_id and s.until is null order by s.meter_id limit 1) s on true
    where i.company_id = ${companyId} and i.id = ${id}`);
  const { explained, parentId, childIds, at } = more;
  const above = at === null ? [] : await listAbove(db, companyId, at);
  const own = found.device === null && at !== null ? await listNamed(db, companyId, [at]) : [];
  return {
    ...found,
    losses: await listLosses(db, companyId, id),
    explained,
    parentId,
    childIds,
    nested: await listNamed(db, companyId, more.nested),
    above: [...own, ...above],
    below:
      found.device === null ? [] : (await listBelow(db, companyId, found.device.id)).slice(0, DIRECTLY_SHOWN),
    events: await listEvents(db, companyId, id),
    lastReports: await listReports(db, reader, id, now),
  };
}

async function listNamed(db: Db, companyId: string, ids: readonly string[]): Promise<readonly NamedDevice[]> {
  if (ids.length === 0) return [];
  return await db.rows<NamedDevice>(sql`
    select d.id, d.name, d.kind from network_devices d
    where d.company_id = ${companyId} and d.id = any(${ids}::uuid[]) order by d.code`);
}

async function listEvents(db: Db, companyId: string, id: string): Promise<readonly IncidentEvent[]> {
  return await db.rows<IncidentEvent>(sql`
    select e.type, e.at, p.name as by, f.name as "from", t.name as "to", e.other_id as "otherId", e.posterior
    from outage_incident_events e
    left join people p on p.company_id = e.company_id and p.id = e.by_id
    left join network_devices f on f.company_id = e.company_id and f.id = e.from_device_id
    left join network_devices t on t.company_id = e.company_id and t.id = e.to_device_id
    where e.company_id = ${companyId} and e.incident_id = ${id} order by e.seq desc limit 100`);
}

/** Where, not who: village or compound. A case is named only where the reader may see it. */
async function listReports(
  db: Db,
  reader: Reader,
  id: string,
  now: Instant,
): Promise<readonly IncidentReport[]> {
  return await db.rows<IncidentReport>(sql`
    select r.id, r.source, r.says, r.at, r.received_at as "receivedAt", m.place, c.id as "caseId" from outage_reports r
    left join households h on h.company_id = r.company_id and h.id = r.household_id
    left join premises m on m.company_id = h.company_id and m.id = h.premises_id
    left join cases c on c.company_id = r.company_id and c.id = r.case_id and ${visibleCase(reader, now)}
    where r.company_id = ${reader.companyId} and r.incident_id = ${id}
    order by r.received_at desc, r.id desc limit ${REPORTS_SHOWN}`);
}
