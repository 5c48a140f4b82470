import { HOUR, type Instant, MINUTE } from '#kernel/instant.ts';
import { isRefusal, type Refusal } from '#kernel/result.ts';
import { acceptCase, type CaseActor, type CaseDeps, linkCases, programActor } from '#modules/case/index.ts';
import { type Database, timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { transact } from '#platform/db/transact.ts';
import { askReporters } from './ask-reporters.ts';
import { recordIncident } from './incident-events.ts';
import { holdMass } from './mass-guard.ts';
import { type OutagePolicy, outagePolicy } from './outage-policy.ts';
import { BY_PEOPLE, LOW_VOLTAGE, PROGRAM, WANTS_ORDER } from './program.ts';

/** So many in one turn; in a storm the others come in the next ones. */
const MOST = 50;
/** What only meters, telemetry or people without a case have told settles for so long before somebody is sent: the device may still move. */
const SETTLES = 2 * MINUTE;
/** Demands of an incident that was merged so long ago have followed it, or never will. */
const MERGED_LATELY = 12 * HOUR;

/**
 * One incident, one order (五个一). The first demand's order is the incident's; later demands join it, each with its own contact and
 * call-back; where nobody has made a case the program opens one. Each in a transaction of its own, those that join one order together:
 * what is refused spoils nothing else.
 * `served`: supplies of the grid. True: there is more to do at once.
 */
export async function carryOrders(
  database: Database,
  deps: CaseDeps,
  companyId: string,
  served: number,
): Promise<boolean> {
  const attempt = async (work: (tx: Tx, actor: CaseActor) => Promise<object | Refusal>) =>
    await transact(database, async (tx) => work(tx, await programActor(tx, companyId, PROGRAM)));
  const policy = await outagePolicy(database, deps, companyId);
  await attempt((tx) => holdMass(tx, companyId, policy, served));
  const firsts = await listFirst(database, companyId);
  for (const one of firsts) await attempt((tx, actor) => takeFirst(tx, actor, one));
  const unordered = await listUnordered(database, companyId);
  for (const one of unordered) await attempt((tx, actor) => openOrder(tx, deps, actor, one));
  await attempt((tx) => settleOwn(tx, companyId));
  const joining = await listToJoin(database, companyId);
  for (const together of Map.groupBy(joining, (one) => `${one.incidentId} ${one.orderId}`).values()) {
    if (!isRefusal(await attempt((tx, actor) => join(tx, deps, actor, together)))) continue;
    for (const one of together) {
      const joined = await attempt((tx, actor) => join(tx, deps, actor, [one]));
      // It keeps the order that it has: closed meanwhile, or of another kind.
      if (isRefusal(joined)) await attempt((tx) => settle(tx, companyId, [one]));
    }
  }
  await attempt((tx) => askReporters(tx, companyId));
  await attempt((tx) => endLone(tx, companyId, policy));
  return [firsts, unordered, joining].some((some) => some.length === MOST);
}

type First = { readonly incidentId: string; readonly orderId: string };

/**
 * Incidents without an order of which a demand has one: its oldest, unless that is another incident's already. Each step is looked up by
 * its whole key (`offset 0` keeps it so): on tables that nobody has analysed yet, as in the first minute of a new company's first storm,
 * the planner had joined them by company alone, and 1,200 cases took half a minute (measured).
 */
async function listFirst(database: Database, companyId: string): Promise<readonly First[]> {
  return await database.rows<First>(sql`
    select i.id as "incidentId", f.order_id as "orderId" from outage_incidents i
    cross join lateral (select o.id as order_id from outage_reports r
      cross join lateral (select k.id, k.accepted_at from cases k
        where k.company_id = r.company_id and k.id = r.case_id and k.state = 'open' offset 0) c
      cross join lateral (select k.order_id from case_orders k
        where k.company_id = r.company_id and k.case_id = r.case_id and k.unlinked_at is null offset 0) l
      cross join lateral (select k.id from orders k
        where k.company_id = r.company_id and k.id = l.order_id and k.state = 'open' offset 0) o
      where r.company_id = i.company_id and r.incident_id = i.id and r.case_id is not null
        and not exists (select 1 from outage_incidents x where x.company_id = i.company_id and x.order_id = o.id
          and x.id <> i.id and x.state <> 'closed')
      order by c.accepted_at, c.id limit 1) f
    where i.company_id = ${companyId} and i.order_id is null and i.hazard is null and i.state in ('suspected', 'confirmed')
    order by i.since, i.id limit ${MOST}`);
}

async function takeFirst(tx: Tx, actor: CaseActor, { incidentId, orderId }: First): Promise<object> {
  const taken = await tx.run(sql`
    update outage_incidents i set order_id = ${orderId}
    where i.company_id = ${actor.companyId} and i.id = ${incidentId} and i.order_id is null and i.state <> 'closed'`);
  if (taken === 1) await recordIncident(tx, actor.companyId, incidentId, { type: 'ordered' });
  return {};
}

type Unordered = {
  readonly id: string;
  readonly deviceName: string | null;
  readonly deviceKind: string | null;
  readonly householdId: string | null;
  readonly households: number;
  readonly since: Instant;
  readonly people: number;
};

/** Incidents that nobody has made a case of; a lone meter's word is none until somebody rings. */
async function listUnordered(database: Database, companyId: string): Promise<readonly Unordered[]> {
  const now = await database.now();
  return await database.rows<Unordered>(sql`
    select i.id, d.name as "deviceName", d.kind as "deviceKind", i.household_id as "householdId", i.households, i.since,
      p.people
    from outage_incidents i
    left join network_devices d on d.company_id = i.company_id and d.id = i.device_id
    cross join lateral (select count(*) as people from outage_reports r where r.company_id = i.company_id
      and r.incident_id = i.id and r.source in ${BY_PEOPLE}) p
    where i.company_id = ${companyId} and i.order_id is null and ${WANTS_ORDER}
      and (i.device_id is not null or (i.household_id is not null and p.people > 0))
      and (select min(e.at) from outage_incident_events e where e.company_id = i.company_id and e.incident_id = i.id)
        <= ${timestamp(now - SETTLES)}
    order by i.households desc, i.since, i.id limit ${MOST}`);
}

async function openOrder(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  one: Unordered,
): Promise<object | Refusal> {
  const { companyId } = actor;
  const free = await tx.maybe<{ id: string }>(sql`
    select i.id from outage_incidents i where i.company_id = ${companyId} and i.id = ${one.id} and i.order_id is null
      and ${WANTS_ORDER} for update`);
  if (free === undefined) return {};
  const where = await placeOf(tx, companyId, one.id);
  const isOwn = one.deviceName === null;
  const accepted = await acceptCase(tx, deps, actor, {
    channel: 'other',
    process: isOwn || LOW_VOLTAGE.has(one.deviceKind ?? '') ? 'repair-low' : 'repair-medium',
    quickItem: null,
    caseType: null,
    householdId: one.householdId,
    area: where.area,
    words: isOwn
      ? '客户报告无电，没有另行立单，由系统立单。'
      : `研判停电：${one.deviceName}，约 ${one.households} 户，${one.people} 人报告。由系统立单。`,
    contactName: null,
    contactPhone: null,
    place: one.deviceName,
    accusedUnitId: null,
    mood: 'calm',
    escalationRisk: false,
    anonymous: !isOwn,
    noCallBack: !isOwn,
    papers: [],
    promiseSigned: false,
    startedAt: Math.min(one.since, tx.now),
    stationId: where.stationId,
  });
  if (isRefusal(accepted)) return accepted;
  await tx.run(sql`
    update outage_incidents i set order_id = ${accepted.orderId}
    where i.company_id = ${companyId} and i.id = ${one.id}`);
  await recordIncident(tx, companyId, one.id, { type: 'ordered' });
  return {};
}

/** In what kind of area, and of which station, most who hang below it are. Of a wide one a few of its places say it. */
async function placeOf(
  tx: Tx,
  companyId: string,
  incidentId: string,
): Promise<{ readonly area: 'city' | 'rural' | 'remote'; readonly stationId: string | null }> {
  const row = await tx.maybe<{ area: 'city' | 'rural' | 'remote'; stationId: string }>(sql`
    with incident as (
      select i.places[1:20] as places, i.household_id from outage_incidents i
      where i.company_id = ${companyId} and i.id = ${incidentId}), below as (
      select s.household_id as id from incident i join network_supplies s on s.company_id = ${companyId} and s.until is null
        and s.transformer_id = any(i.places)
      union select s.household_id from incident i join network_supplies s on s.company_id = ${companyId} and s.until is null
        and s.device_id = any(i.places)
      union select i.household_id from incident i)
    select m.area_class as area, h.station_id as "stationId" from below b
    join households h on h.company_id = ${companyId} and h.id = b.id
    join premises m on m.company_id = h.company_id and m.id = h.premises_id
    group by m.area_class, h.station_id order by count(*) desc, m.area_class, h.station_id limit 1`);
  return row ?? { area: 'rural', stationId: null };
}

type ToJoin = {
  readonly incidentId: string;
  readonly caseId: string;
  readonly orderId: string;
  readonly own: string | null;
};

/** The order that a case hangs on now; `i` is any row of the company. */
const ownOrder = sql`(select l.order_id from case_orders l where l.company_id = i.company_id and l.case_id = r.case_id
  and l.unlinked_at is null order by l.linked_at desc limit 1)`;

/** Demands of an incident whose order is another's, those of incidents that were merged into it among them. */
async function listToJoin(database: Database, companyId: string): Promise<readonly ToJoin[]> {
  const now = await database.now();
  return await database.rows<ToJoin>(sql`
    select i.id as "incidentId", r.case_id as "caseId", i.order_id as "orderId", ${ownOrder} as own
    from outage_reports r
    join outage_incidents i on i.company_id = r.company_id and i.id = r.incident_id and i.state in ('suspected', 'confirmed')
      and i.order_id is not null
    where r.company_id = ${companyId} and r.case_id is not null and not r.joined
    union all
    select i.id, l.case_id, i.order_id, l.order_id from outage_incident_events e
    join outage_incidents b on b.company_id = e.company_id and b.id = e.incident_id and b.state = 'closed'
    join outage_incidents i on i.company_id = e.company_id and i.id = e.other_id and i.state in ('suspected', 'confirmed')
      and i.order_id is not null and i.order_id <> b.order_id
    join orders o on o.company_id = b.company_id and o.id = b.order_id and o.state = 'open'
    join case_orders l on l.company_id = o.company_id and l.order_id = o.id and l.unlinked_at is null
    join cases c on c.company_id = l.company_id and c.id = l.case_id and c.state = 'open'
    where e.company_id = ${companyId} and e.type = 'merged' and e.at > ${timestamp(now - MERGED_LATELY)}
    limit ${MOST}`);
}

/** Demands of one incident join its order, all or none. */
async function join(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  together: readonly ToJoin[],
): Promise<object | Refusal> {
  const others = together.filter((one) => one.own !== one.orderId);
  const [first] = others;
  if (first !== undefined) {
    const { orderId, incidentId } = first;
    const caseIds = [...new Set(others.map((one) => one.caseId))];
    const linked = await linkCases(tx, deps, actor, { caseIds, orderId });
    if (isRefusal(linked)) return linked;
    for (let i = 0; i < caseIds.length; i++)
      await recordIncident(tx, actor.companyId, incidentId, { type: 'joined' });
  }
  return await settle(tx, actor.companyId, together);
}

/** Demands that hang on the order of their incident already, the first ones among them, and those of incidents that are over. */
async function settleOwn(tx: Tx, companyId: string): Promise<object> {
  await tx.run(sql`
    update outage_reports r set joined = true from outage_incidents i
    where r.company_id = ${companyId} and r.case_id is not null and not r.joined
      and i.company_id = r.company_id and i.id = r.incident_id
      and (i.state = 'closed' or i.order_id = ${ownOrder})`);
  return {};
}

async function settle(tx: Tx, companyId: string, together: readonly ToJoin[]): Promise<object> {
  await tx.run(sql`
    update outage_reports r set joined = true where r.company_id = ${companyId}
      and r.case_id = any(${together.map((one) => one.caseId)}::uuid[])`);
  return {};
}

/** A lone meter's last gasp of long ago that nobody ever rang about. */
async function endLone(tx: Tx, companyId: string, { oldest }: OutagePolicy): Promise<object> {
  await tx.run(sql`
    update outage_incidents i set state = 'closed', ended_at = ${timestamp(tx.now)}, changed_at = ${timestamp(tx.now)}
    where i.company_id = ${companyId} and i.state in ('suspected', 'confirmed') and i.device_id is null and i.hazard is null
      and i.order_id is null and i.since < ${timestamp(tx.now - oldest)}`);
  return {};
}
