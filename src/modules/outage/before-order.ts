import type { Instant } from '#kernel/instant.ts';
import type { CaseDeps } from '#modules/case/index.ts';
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
  const outage = await findOutage(db, companyId, householdId);
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
    inside: outage !== undefined || inside === undefined ? null : inside,
  };
}

/** The widest incident, among those that something still speaks for, on whose places a supply of the household hangs. */
async function findOutage(db: Db, companyId: string, householdId: string): Promise<OutageRow | undefined> {
  return await db.maybe<OutageRow>(sql`
    select i.id as "incidentId", i.device_id as "deviceId", d.name, d.kind, i.since, i.households, i.reports, i.order_id as "orderId", i.state, i.planned,
      k."arrivedAt", k."dueAt", w.crew
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
    where s.company_id = ${companyId} and s.household_id = ${householdId} and s.until is null
    order by i.households desc, i.since limit 1`);
}

/** News comes at the promised arrival, or at the next round of news if that is sooner or the crew is there already. */
function viewOf(
  { deviceId, name, kind, ...row }: OutageRow,
  newsEvery: number,
  now: Instant,
): NonNullable<BeforeOrder['outage']> {
  const rounds = newsEvery > 0 ? Math.floor((now - row.since) / newsEvery) + 1 : 0;
  const round = newsEvery > 0 ? row.since + rounds * newsEvery : null;
  const due = row.arrivedAt === null && row.dueAt !== null && row.dueAt > now ? row.dueAt : null;
  const nextNewsAt = due === null ? round : round === null ? due : Math.min(due, round);
  const what = deviceId === null ? null : { id: deviceId, name: name ?? '', kind: kind ?? '' };
  return { ...row, what, nextNewsAt };
}
