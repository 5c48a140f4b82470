import { HOUR, type Instant } from '#kernel/instant.ts';
import { type Db, timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { KnownFault, PagePlace } from './page-api.ts';

/** One house without power says nothing of its village yet; two do. */
const VILLAGE_FROM = 2;
/** What was reported by the page longer ago is no longer one and the same outage. */
const SAME_OUTAGE = 12 * HOUR;
const PLACES = 12;

/** The company of this page; undefined where the database holds several. */
export async function pageCompany(db: Db): Promise<{ id: string; name: string } | undefined> {
  const rows = await db.rows<{ id: string; name: string }>(sql`
    select c.company_id as id, c.name from companies c limit 2`);
  return rows.length === 1 ? rows[0] : undefined;
}

/** Villages, compounds and towns by a piece of their name. */
export async function findPlaces(db: Db, companyId: string, typed: string): Promise<PagePlace[]> {
  return await db.rows<PagePlace>(sql`
    select a.division_code as code, a.name, a.town_name as town from service_areas a
    where a.company_id = ${companyId} and position(${typed} in a.town_name || a.name) > 0
    order by position(${typed} in a.name) = 0, length(a.name), a.division_code limit ${PLACES}`);
}

export type ReportPlace = {
  readonly area: 'city' | 'rural' | 'remote';
  readonly stationId: string;
  readonly name: string;
};

export async function findDivision(
  db: Db,
  companyId: string,
  code: string,
): Promise<ReportPlace | undefined> {
  return await db.maybe<ReportPlace>(sql`
    select a.area_class as area, a.station_id as "stationId", a.town_name || a.name as name from service_areas a
    where a.company_id = ${companyId} and a.division_code = ${code}`);
}

/**
 * The oldest open outage of his transformer area, or one that several have reported in his village. Only times and a count:
 * nothing of who reported.
 */
export async function findKnownFault(
  db: Db,
  companyId: string,
  at: { readonly householdId: string | null; readonly divisionCode: string | null },
  now: Instant,
): Promise<Omit<KnownFault, 'planned'> | undefined> {
  const row = await db.maybe<Omit<KnownFault, 'planned'>>(sql`
    with near as (
      select c.id, c.accepted_at, true as same_transformer from households mine
      join households h on h.company_id = mine.company_id and h.transformer_code = mine.transformer_code
      join cases c on c.company_id = h.company_id and c.household_id = h.id
      where mine.company_id = ${companyId} and mine.id = ${at.householdId}::uuid and c.state = 'open'
        and c.business = 'repair'
      union
      select c.id, c.accepted_at, false from page_reports r
      join cases c on c.company_id = r.company_id and c.id = r.case_id
      where r.company_id = ${companyId} and r.division_code = ${at.divisionCode}::text and c.state = 'open'
        and c.business = 'repair' and r.at > ${timestamp(now - SAME_OUTAGE)}
      union
      select c.id, c.accepted_at, false from premises p
      join households h on h.company_id = p.company_id and h.premises_id = p.id
      join cases c on c.company_id = h.company_id and c.household_id = h.id
      where p.company_id = ${companyId} and p.division_code = ${at.divisionCode}::text and c.state = 'open'
        and c.business = 'repair' and c.accepted_at > ${timestamp(now - SAME_OUTAGE)}
    )
    select min(near.accepted_at) as since, count(distinct near.id) as reports,
      min(a.arrived) as "arrivedAt", min(a.due) as "dueAt"
    from near
    left join lateral (
      select min(k.stopped_at) filter (where starts_with(k.clock, 'arrive-') and k.state = 'met') as arrived,
        min(k.due_at) filter (where k.state = 'running' and k.role = 'promise') as due
      from case_orders l join clocks k on k.company_id = l.company_id and k.order_id = l.order_id
      where l.company_id = ${companyId} and l.case_id = near.id and l.unlinked_at is null) a on true
    having bool_or(near.same_transformer) or count(distinct near.id) >= ${VILLAGE_FROM}`);
  return row;
}
