import type { Instant } from '#kernel/instant.ts';
import { type CaseDeps, litPlaces } from '#modules/case/index.ts';
import { type Db, timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { BeforeOrder, IncidentState } from './incident-api.ts';
import { outagePolicy } from './outage-policy.ts';
import { plannedFor } from './planned-reads.ts';
import { noticeFor } from './supply-notice-reads.ts';

type OutageRow = {
  readonly incidentId: string;
  readonly deviceId: string | null;
  readonly name: string | null;
  readonly kind: string | null;
  readonly since: Instant;
  readonly households: number;
  readonly reports: number;
  readonly orderId: string | null;
  readonly state: IncidentState;
  readonly planned: boolean;
  readonly crew: string | null;
  readonly arrivedAt: Instant | null;
  readonly dueAt: Instant | null;
  readonly newsAt: Instant | null;
  readonly expectedAt: Instant | null;
  readonly toldAt: Instant | null;
  readonly toldNews: string | null;
};

/**
 * What is known of a household's supply before an order is made (domain-rules §5.3): an announced outage, an open notice, an outage above it, and whether its own meter said
 * lately that it has supply. Of arrears nothing is said here.
 */
export async function beforeOrder(
  db: Db,
  deps: Pick<CaseDeps, 'activeHandbook'>,
  companyId: string,
  householdId: string,
  now: Instant,
): Promise<BeforeOrder> {
  const policy = await outagePolicy(db, deps, companyId);
  const found = await findOutage(db, companyId, householdId, now);
  const lit = found === undefined ? undefined : await litAgain(db, companyId, householdId, found.orderId);
  const outage = lit === undefined ? found : undefined;
  const inside = await db.maybe<{ at: Instant }>(sql`
    select r.at from network_supplies s
    join lateral (select r.at, r.says from outage_reports r where r.company_id = s.company_id and r.meter_id = s.meter_id
      and r.source in ('ping', 'last_gasp') order by r.at desc limit 1) r on r.says = 'on'
    where s.company_id = ${companyId} and s.household_id = ${householdId} and s.until is null
      and r.at > ${timestamp(now - policy.insideFor)} order by r.at desc limit 1`);
  const [planned = null, notice = null] = await Promise.all([
    plannedFor(db, companyId, householdId, now),
    noticeFor(db, companyId, householdId, now),
  ]);
  return {
    planned,
    notice,
    outage: outage === undefined ? null : viewOf(outage, policy.newsEvery, now),
    litAgain: lit ?? null,
    inside: outage !== undefined || inside === undefined ? null : inside,
  };
}

/** He hangs in a group of the outage that has supply again: by transfer, by a generator, or as what is repaired first. */
async function litAgain(
  db: Db,
  companyId: string,
  householdId: string,
  orderId: string | null,
): Promise<{ readonly at: Instant } | undefined> {
  if (orderId === null) return undefined;
  return await db.maybe<{ at: Instant }>(sql`
    with lit as (${litPlaces(companyId, orderId)})
    select lit.at from network_supplies s join lit on lit.id in (s.transformer_id, s.device_id)
    where s.company_id = ${companyId} and s.household_id = ${householdId} and s.until is null order by lit.at desc limit 1`);
}

/** The widest incident, among those that something still speaks for, on whose places a supply of the household hangs. */
async function findOutage(
  db: Db,
  companyId: string,
  householdId: string,
  now: Instant,
): Promise<OutageRow | undefined> {
  return await db.maybe<OutageRow>(sql`
    select i.id as "incidentId", i.device_id as "deviceId", d.name, d.kind, i.since, i.households, i.reports, i.order_id as "orderId", i.state, i.planned,
      k."arrivedAt", k."dueAt", w.crew, g."newsAt", e."expectedAt", l."toldAt", l."toldNews"
    from network_supplies s
    join outage_incidents i on i.company_id = s.company_id and i.state in ('suspected', 'confirmed')
      and i.places && array[s.transformer_id, s.device_id] and i.posterior > 0 and not i.held
    join network_devices d on d.company_id = i.company_id and d.id = i.device_id
    left join lateral (select min(c.stopped_at) filter (where starts_with(c.clock, 'arrive-') and c.state = 'met') as "arrivedAt",
        min(c.due_at) filter (where c.state = 'running' and c.role = 'promise') as "dueAt"
      from clocks c where c.company_id = i.company_id and c.order_id = i.order_id) k on true
    left join lateral (select u.name as crew from tasks t join units u on u.company_id = t.company_id and u.id = t.unit_id
      where t.company_id = i.company_id and t.order_id = i.order_id and t.step in ('accept', 'arrive')
      order by t.ready_at desc limit 1) w on true
    left join lateral (select min(g.due_at) as "newsAt" from outage_groups g
      where g.company_id = i.company_id and g.order_id = i.order_id and g.audience in ('reporters', 'households')
        and g.due_at > ${timestamp(now)}) g on true
    left join lateral (select g.last_told_at as "toldAt", g.last_news as "toldNews" from outage_groups g
      where g.company_id = i.company_id and g.order_id = i.order_id and g.audience in ('reporters', 'households')
        and g.last_told_at is not null order by g.last_told_at desc limit 1) l on true
    left join lateral (select e.estimated_at as "expectedAt" from outage_estimates e
      where e.company_id = i.company_id and e.order_id = i.order_id order by e.set_at desc, e.id desc limit 1) e on true
    where s.company_id = ${companyId} and s.household_id = ${householdId} and s.until is null
    order by i.households desc, i.since limit 1`);
}

/**
 * News comes when the customers of the order are told next; before anybody counts that, at the promised arrival, or at the next round of
 * news if that is sooner or the crew is there already. A time that has passed is expected by nobody.
 */
function viewOf(
  { deviceId, name, kind, newsAt, expectedAt, toldAt, toldNews, ...row }: OutageRow,
  newsEvery: number,
  now: Instant,
): NonNullable<BeforeOrder['outage']> {
  const rounds = newsEvery > 0 ? Math.floor((now - row.since) / newsEvery) + 1 : 0;
  const round = newsEvery > 0 ? row.since + rounds * newsEvery : null;
  const due = row.arrivedAt === null && row.dueAt !== null && row.dueAt > now ? row.dueAt : null;
  const reckoned = due === null ? round : round === null ? due : Math.min(due, round);
  const what = deviceId === null ? null : { id: deviceId, name: name ?? '', kind: kind ?? '' };
  return {
    ...row,
    what,
    told: toldAt === null || toldNews === null ? null : { at: toldAt, news: toldNews },
    nextNewsAt: newsAt ?? reckoned,
    expectedAt: expectedAt !== null && expectedAt > now ? expectedAt : null,
  };
}
