import type { Instant } from '#kernel/instant.ts';
import { type Db, timestamp } from '#platform/db/db.ts';
import { type Sql, sql } from '#platform/db/sql.ts';
import type { NoticeFor, SupplyNoticeView } from './supply-notice-api.ts';

const MOST = 200;

/** Open ones, and those that changed since; newest change first. */
export async function listNotices(
  db: Db,
  companyId: string,
  changedSince: Instant,
): Promise<readonly SupplyNoticeView[]> {
  return await notices(
    db,
    sql`s.company_id = ${companyId} and (s.state = 'reported' or s.changed_at > ${timestamp(changedSince)})
      order by (s.state = 'reported') desc, s.from_at desc limit ${MOST}`,
  );
}

/** What changed after an instant, in that order: for other systems that ask again and again. */
export async function changedNotices(
  db: Db,
  companyId: string,
  after: Instant,
): Promise<readonly SupplyNoticeView[]> {
  return await notices(
    db,
    sql`s.company_id = ${companyId} and s.changed_at > ${timestamp(after)} order by s.changed_at, s.id limit ${MOST}`,
  );
}

async function notices(db: Db, which: Sql): Promise<readonly SupplyNoticeView[]> {
  return await db.rows<SupplyNoticeView>(sql`
    select s.id, s.no, s.seq, s.kind, s.state, s.reason, s.cancelled, s.plan_id as "planId", s.order_id as "orderId",
      s.due_at as "dueAt", s.reported_at as "reportedAt", s.from_at as "from", s.until_at as until,
      s.actual_from as "actualFrom", s.actual_until as "actualUntil", s.households, w.transformers,
      coalesce(w.areas, '{}') as areas, coalesce(w.lines, '{}') as lines, coalesce(w.devices, '{}') as devices,
      coalesce(r.reports, '[]') as reports
    from supply_notices s
    left join lateral (
      select count(*) filter (where d.kind = 'transformer') as transformers,
        array_agg(distinct f.name) filter (where f.name is not null) as lines,
        (array_agg(d.name order by d.code))[1:20] as devices,
        array_agg(distinct a.name) filter (where a.name is not null) as areas
      from supply_notice_places q
      join network_devices d on d.company_id = q.company_id and d.id = q.device_id
      left join network_places p on p.company_id = q.company_id and p.device_id = q.device_id and p.until is null
      left join network_places t on t.company_id = p.company_id and t.device_id = p.transformer_id and t.until is null
      left join network_devices f on f.company_id = q.company_id and f.id = coalesce(p.feeder_id, t.feeder_id)
      left join lateral (select v.town_name || v.name as name from network_supplies l
        join households h on h.company_id = l.company_id and h.id = l.household_id
        join premises m on m.company_id = h.company_id and m.id = h.premises_id
        join service_areas v on v.company_id = m.company_id and v.division_code = m.division_code
        where l.company_id = q.company_id and l.until is null and l.transformer_id = coalesce(p.transformer_id, q.device_id)
        limit 1) a on true
      where q.company_id = s.company_id and q.notice_id = s.id) w on true
    left join lateral (
      select jsonb_agg(jsonb_build_object('what', e.what, 'at', floor(extract(epoch from e.at) * 1000), 'by', b.name,
        'from', floor(extract(epoch from e.from_at) * 1000), 'until', floor(extract(epoch from e.until_at) * 1000),
        'late', e.late) order by e.seq) as reports
      from supply_notice_reports e
      left join people b on b.company_id = e.company_id and b.id = e.by_id
      where e.company_id = s.company_id and e.notice_id = s.id) r on true
    where ${which}`);
}

/** The open notice that says why a household has no supply now: what is answered before an order is made. Undefined: none. */
export async function noticeFor(
  db: Db,
  companyId: string,
  householdId: string,
  now: Instant,
): Promise<NoticeFor | undefined> {
  return await db.maybe<NoticeFor>(sql`
    select s.id, s.no, s.kind, coalesce(s.actual_from, s.from_at) as "from", s.until_at as until
    from network_supplies l
    join supply_notice_places q on q.company_id = l.company_id and q.device_id in (l.transformer_id, l.device_id)
    join supply_notices s on s.company_id = q.company_id and s.id = q.notice_id and s.state = 'reported'
      and coalesce(s.actual_from, s.from_at) <= ${timestamp(now)}
    where l.company_id = ${companyId} and l.household_id = ${householdId} and l.until is null and not exists (
      select 1 from network_supplies o where o.company_id = l.company_id and o.household_id = l.household_id
        and o.until is null and not exists (select 1 from supply_notice_places x where x.company_id = s.company_id
          and x.notice_id = s.id and x.device_id in (o.transformer_id, o.device_id)))
    order by s.from_at limit 1`);
}
