import type { Instant } from '#kernel/instant.ts';
import type { Reader } from '#modules/case/index.ts';
import type { GridMaps } from '#modules/network/index.ts';
import { type OpenIncident, openIncidents } from '#modules/outage/index.ts';
import type { Db } from '#platform/db/db.ts';
import type { CommandRow } from './command-api.ts';

/** An incident with where it is drawn. */
type Placed = OpenIncident & { readonly at: readonly [number, number] | null };

/**
 * Joins what is open with what is believed to be out: an order learns its device, its danger and how many are dark; an outage of which
 * nobody made an order is a line of its own. What was planned, or is lit again, is none.
 */
export async function withIncidents(
  db: Db,
  maps: GridMaps,
  {
    reader,
    rows,
    now,
  }: { readonly reader: Reader; readonly rows: readonly CommandRow[]; readonly now: Instant },
): Promise<readonly CommandRow[]> {
  const open = await placed(db, maps, reader.companyId, await openIncidents(db, reader, now));
  // Of two that share an order (a child that stayed dark) the larger speaks for it; they come largest first.
  const byOrder = new Map(
    open.toReversed().flatMap((one) => (one.orderId === null ? [] : [[one.orderId, one] as const])),
  );
  const joined = rows.map((row) => {
    const incident = byOrder.get(row.orderId ?? '');
    return incident === undefined ? row : joinedTo(row, incident);
  });
  const alone = open.filter((one) => one.orderId === null && !one.planned && one.state !== 'restored');
  return [...joined, ...alone.map(lineOf)];
}

/** Devices without a place of their own stand where the map draws them. */
async function placed(
  db: Db,
  maps: GridMaps,
  companyId: string,
  incidents: readonly OpenIncident[],
): Promise<readonly Placed[]> {
  const unplaced = incidents.flatMap(({ device, lon }) =>
    lon === null && device !== null ? [device.id] : [],
  );
  const drawn = unplaced.length === 0 ? new Map() : await maps.positionOf(db, companyId, unplaced);
  return incidents.map((one) => {
    const on = drawn.get(one.device?.id ?? '');
    if (one.lon !== null && one.lat !== null) return { ...one, at: [one.lon, one.lat] };
    return { ...one, at: on === undefined ? null : [on.lon, on.lat] };
  });
}

function joinedTo(row: CommandRow, incident: Placed): CommandRow {
  const ofDevice = incident.device !== null && incident.at !== null;
  return {
    ...row,
    incident: incidentOf(incident),
    hazard: incident.hazard,
    households: Math.max(row.households, incident.households),
    feeder: incident.feeder?.name ?? row.feeder,
    ...(ofDevice ? { at: incident.at, located: 'device' as const } : {}),
  };
}

function lineOf(incident: Placed): CommandRow {
  return {
    id: incident.id,
    orderId: null,
    incident: incidentOf(incident),
    caseId: incident.caseId,
    no: incident.caseNo,
    cases: incident.reports,
    drill: false,
    process: null,
    stage: 'suspected',
    steps: [],
    hazard: incident.hazard,
    urgency: null,
    fault: null,
    since: incident.since,
    place: incident.place,
    area: null,
    transformer: null,
    feeder: incident.feeder?.name ?? null,
    at: incident.at,
    located: incident.at === null ? null : incident.device === null ? 'household' : 'device',
    station: null,
    crew: null,
    households: incident.households,
    important: 0,
    medical: 0,
    arrival: null,
    leading: null,
    permissionSince: null,
    estimate: null,
    telling: null,
  };
}

function incidentOf(incident: OpenIncident): NonNullable<CommandRow['incident']> {
  const { id, version, device, state, posterior, reports, held } = incident;
  return {
    id,
    version,
    device: device === null ? null : { name: device.name, kind: device.kind },
    state,
    posterior,
    reports,
    held,
  };
}
