import type { Instant } from '#kernel/instant.ts';
import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { auditWriter } from '#modules/audit/index.ts';
import { type Tx, timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { newId } from '#platform/ids.ts';
import type { ConfirmBody, DispatcherWord, MergeBody, MoveBody, SplitBody } from './incident-api.ts';
import { recordIncident } from './incident-events.ts';
import { listAbove, listBelow } from './device-lines.ts';

export type Dispatcher = { readonly companyId: string; readonly personId: string };

type Locked = {
  readonly id: string;
  readonly deviceId: string | null;
  readonly state: string;
  readonly since: Instant;
  readonly hazard: string | null;
  readonly orderId: string | null;
  readonly version: number;
};

type Decided = { readonly version: number };

/** It is so: the device is open. Refusals: those of `lockIncident`, `outage.no-device`. */
export async function confirmIncident(
  tx: Tx,
  who: Dispatcher,
  id: string,
  { version }: ConfirmBody,
): Promise<Decided | Refusal> {
  const found = await lockIncident(tx, who, id, version);
  if (isRefusal(found)) return found;
  if (found.deviceId === null && found.hazard === null) return refuse('outage.no-device');
  await say(tx, who, id, { word: 'confirmed', deviceId: found.deviceId, since: found.since });
  return await record(tx, who, id, { type: 'confirmed', to: found.deviceId });
}

/** Another device failed, above or below. The incident and its order stay the same. Refusals: those of `lockIncident`, `outage.not-in-line`, `outage.device-taken`. */
export async function moveIncident(
  tx: Tx,
  who: Dispatcher,
  id: string,
  { version, deviceId }: MoveBody,
): Promise<Decided | Refusal> {
  const found = await lockIncident(tx, who, id, version);
  if (isRefusal(found)) return found;
  const possible = await inLine(tx, who.companyId, found, [deviceId]);
  if (isRefusal(possible)) return possible;
  await say(tx, who, id, { word: 'moved', deviceId, since: found.since });
  return await record(tx, who, id, { type: 'moved', from: found.deviceId, to: deviceId });
}

/**
 * Not one fault but several: the incident stays with the first device and keeps its order, the others become incidents of their own. Their
 * reports go to them when inference has heard it. Refusals: those of `moveIncident`.
 */
export async function splitIncident(
  tx: Tx,
  who: Dispatcher,
  id: string,
  { version, deviceIds }: SplitBody,
): Promise<(Decided & { readonly ids: readonly string[] }) | Refusal> {
  const found = await lockIncident(tx, who, id, version);
  if (isRefusal(found)) return found;
  const possible = await inLine(tx, who.companyId, found, deviceIds);
  if (isRefusal(possible)) return possible;
  const [first, ...others] = deviceIds;
  const ids: string[] = [];
  for (const deviceId of others) {
    const newOne = newId();
    ids.push(newOne);
    await tx.run(sql`
      insert into outage_incidents (company_id, id, device_id, state, posterior, since, places, households, reports, nested, planned,
        held, word, word_by, word_at, version, changed_at)
      values (${who.companyId}, ${newOne}, ${deviceId}, 'confirmed', 1, ${timestamp(found.since)}, ${[deviceId]}, 0, 0, '{}',
        false, false, 'split', ${who.personId}, ${timestamp(tx.now)}, 0, ${timestamp(tx.now)})`);
    await recordIncident(tx, who.companyId, newOne, {
      type: 'begun',
      by: who.personId,
      to: deviceId,
      otherId: id,
    });
  }
  await say(tx, who, id, { word: 'split', deviceId: first ?? found.deviceId, since: found.since });
  const decided = await record(tx, who, id, {
    type: 'split',
    from: found.deviceId,
    to: first ?? null,
    otherId: ids[0] ?? null,
  });
  return { ...decided, ids };
}

/**
 * Two are one: the other ends, its reports and demands go to this one, which stays at its device or goes up to the lowest device above both.
 * Refusals: those of `lockIncident`, `outage.same-incident`, `outage.no-device`, `outage.nothing-above-both`.
 */
export async function mergeIncidents(
  tx: Tx,
  who: Dispatcher,
  id: string,
  { version, otherId, otherVersion }: MergeBody,
): Promise<Decided | Refusal> {
  if (otherId === id) return refuse('outage.same-incident');
  // In one order, so that two dispatchers who merge the same pair never wait for each other.
  const turns = id < otherId ? [id, otherId] : [otherId, id];
  const found = new Map<string, Locked>();
  for (const one of turns) {
    const locked = await lockIncident(tx, who, one, one === id ? version : otherVersion);
    if (isRefusal(locked)) return locked;
    found.set(one, locked);
  }
  const [mine, other] = [found.get(id) as Locked, found.get(otherId) as Locked];
  if (mine.deviceId === null && other.deviceId === null) return refuse('outage.no-device');
  const deviceId = await lowestAboveBoth(tx, who.companyId, mine, other);
  if (deviceId === undefined) return refuse('outage.nothing-above-both');
  await tx.run(sql`
    update outage_reports r set incident_id = ${id}, joined = false
    where r.company_id = ${who.companyId} and r.incident_id = ${otherId}`);
  await say(tx, who, otherId, { word: 'merged', deviceId: other.deviceId, since: other.since });
  await record(tx, who, otherId, { type: 'merged', otherId: id });
  await end(tx, who.companyId, otherId);
  await say(tx, who, id, { word: 'merged', deviceId, since: Math.min(mine.since, other.since) });
  return await record(tx, who, id, { type: 'merged', from: mine.deviceId, to: deviceId, otherId });
}

/** There is none. What was reported for it is over; an order that was made ends at the desk, by its own steps. Refusals: those of `lockIncident`. */
export async function callFalseAlarm(
  tx: Tx,
  who: Dispatcher,
  id: string,
  { version }: ConfirmBody,
): Promise<Decided | Refusal> {
  const found = await lockIncident(tx, who, id, version);
  if (isRefusal(found)) return found;
  const recorded = await tx.maybe<{ id: string }>(sql`
    select n.device_id as id from network_states n
    where n.company_id = ${who.companyId} and n.device_id = ${found.deviceId}::uuid and n.open`);
  if (recorded !== undefined) return refuse('outage.recorded-open');
  await say(tx, who, id, { word: 'false-alarm', deviceId: found.deviceId, since: found.since });
  const decided = await record(tx, who, id, { type: 'false-alarm', from: found.deviceId });
  await end(tx, who.companyId, id);
  return decided;
}

/** Refuses with `http.not-found`, `outage.over` and, where it has moved since it was looked at, `outage.stale`. */
async function lockIncident(
  tx: Tx,
  { companyId }: Dispatcher,
  id: string,
  version: number,
): Promise<Locked | Refusal> {
  const found = await tx.maybe<Locked>(sql`
    select i.id, i.device_id as "deviceId", i.state, i.since, i.hazard, i.order_id as "orderId", i.version from outage_incidents i
    where i.company_id = ${companyId} and i.id = ${id} for update`);
  if (found === undefined) return refuse('http.not-found');
  if (found.version !== version) return refuse('outage.stale', { version: found.version });
  if (found.state === 'closed' || found.state === 'restored') return refuse('outage.over');
  return found;
}

/** Devices that the incident may stand at: above or below where it stands, for a customer's own trouble above him; none with an incident of its own. */
async function inLine(
  tx: Tx,
  companyId: string,
  found: Locked,
  deviceIds: readonly string[],
): Promise<true | Refusal> {
  const line = await lineOf(tx, companyId, found);
  if (deviceIds.some((one) => !line.has(one))) return refuse('outage.not-in-line');
  const taken = await tx.maybe<{ id: string }>(sql`
    select i.id from outage_incidents i where i.company_id = ${companyId} and i.device_id = any(${deviceIds}::uuid[])
      and i.state in ('suspected', 'confirmed') and i.id <> ${found.id} limit 1`);
  return taken === undefined ? true : refuse('outage.device-taken');
}

async function lineOf(tx: Tx, companyId: string, { id, deviceId }: Locked): Promise<ReadonlySet<string>> {
  const start = deviceId ?? (await ownDevice(tx, companyId, id));
  if (start === undefined) return new Set();
  const above = await listAbove(tx, companyId, start);
  const below = deviceId === null ? [] : await listBelow(tx, companyId, start);
  return new Set([...above, ...below, { id: start }].map((one) => one.id));
}

/** The device by which the customer of an incident of his own is supplied. */
async function ownDevice(tx: Tx, companyId: string, incidentId: string): Promise<string | undefined> {
  const row = await tx.maybe<{ id: string }>(sql`
    select s.device_id as id from outage_incidents i
    join network_supplies s on s.company_id = i.company_id and s.household_id = i.household_id and s.until is null
    where i.company_id = ${companyId} and i.id = ${incidentId} order by s.meter_id limit 1`);
  return row?.id;
}

async function lowestAboveBoth(
  tx: Tx,
  companyId: string,
  mine: Locked,
  other: Locked,
): Promise<string | undefined> {
  const path = async (one: Locked) => {
    const start = one.deviceId ?? (await ownDevice(tx, companyId, one.id));
    if (start === undefined) return [];
    return [start, ...(await listAbove(tx, companyId, start)).map(({ id }) => id)];
  };
  const [own, others] = [await path(mine), new Set(await path(other))];
  return own.find((one) => others.has(one));
}

async function say(
  tx: Tx,
  who: Dispatcher,
  id: string,
  said: { readonly word: DispatcherWord; readonly deviceId: string | null; readonly since: Instant },
): Promise<void> {
  await tx.run(sql`
    update outage_incidents i set word = ${said.word}, word_by = ${who.personId}, word_at = ${timestamp(tx.now)},
      device_id = ${said.deviceId}, since = ${timestamp(said.since)}, state = 'confirmed', posterior = 1, held = false,
      household_id = case when ${said.deviceId}::uuid is null then i.household_id end
    where i.company_id = ${who.companyId} and i.id = ${id}`);
}

async function record(
  tx: Tx,
  who: Dispatcher,
  id: string,
  event: Omit<Parameters<typeof recordIncident>[3], 'by'>,
): Promise<Decided> {
  const version = await recordIncident(tx, who.companyId, id, { ...event, by: who.personId });
  await auditWriter(tx, who.companyId).write({
    actorId: who.personId,
    action: `outage.${event.type}`,
    outcome: 'done',
    objectType: 'outage-incident',
    objectId: id,
  });
  return { version };
}

async function end(tx: Tx, companyId: string, id: string): Promise<void> {
  await tx.run(sql`
    update outage_incidents i set state = 'closed', ended_at = ${timestamp(tx.now)}
    where i.company_id = ${companyId} and i.id = ${id}`);
}
