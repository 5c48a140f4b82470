import { type Instant, MINUTE } from '#kernel/instant.ts';
import { litPlaces, realOrder } from '#modules/case/index.ts';
import { type Db, timestamp } from '#platform/db/db.ts';
import { type Sql, sql } from '#platform/db/sql.ts';
import type { News } from './domain/index.ts';
import type { Reach } from './telling-api.ts';

// Who is dark by an order and did not report: by the incidents that are believed of it, less whoever has supply again.

/** How sure one must be of a device before those below it hear that they are dark. */
export type Sure = { readonly sure: number };

/** One message a customer, about one of his households. */
export type ToTell = { readonly householdId: string; readonly customerId: string };

/** What is known to be out by the order: held ones wait for a human's word, planned ones were announced, and a guess tells nobody that he is dark; of an exercise nobody hears. */
function believed(companyId: string, orderId: string, { sure }: Sure): Sql {
  return sql`i.company_id = ${companyId} and i.order_id = ${orderId} and i.device_id is not null
    and i.state in ('suspected', 'confirmed') and not i.planned and not i.held
    and (i.state = 'confirmed' or i.posterior >= ${sure})
    and exists (select 1 from orders o where o.company_id = i.company_id and o.id = i.order_id and ${realOrder()})`;
}

/**
 * `dark_households (household_id, customer_id)`: below the devices of the order, with no supply from elsewhere, not in a group that has
 * supply again, not below a wider outage (that one tells them), and nobody of the reporters.
 */
export function darkHouseholds(companyId: string, orderId: string, policy: Sure): Sql {
  return sql`
    place as materialized (
      select distinct p.device_id, coalesce(p.transformer_id, p.device_id) as transformer_id
      from outage_incidents i cross join unnest(i.places) u (id)
      join network_places p on p.company_id = i.company_id and p.device_id = u.id and p.until is null
      where ${believed(companyId, orderId, policy)}
    ), mine as materialized (
      select coalesce(array_agg(q.device_id), '{}') as ids, coalesce(array_agg(distinct q.transformer_id), '{}') as transformers from place q
    ), wider as materialized (
      select coalesce(array_agg(distinct u.id), '{}') as ids from mine
      join outage_incidents w on w.company_id = ${companyId} and w.state in ('suspected', 'confirmed') and w.device_id is not null
        and not w.held and w.order_id is distinct from ${orderId}::uuid and (w.places && mine.ids or w.places && mine.transformers)
        and (w.state = 'confirmed' or w.posterior >= ${policy.sure})
        and w.households > (select max(i.households) from outage_incidents i where ${believed(companyId, orderId, policy)})
      cross join unnest(w.places) u (id)
    ), lit as materialized (${litPlaces(companyId, orderId)}
    ), told_as_reporter as materialized (
      select h.customer_id from case_orders l join cases c on c.company_id = l.company_id and c.id = l.case_id
      join households h on h.company_id = c.company_id and h.id = c.household_id
      where l.company_id = ${companyId} and l.order_id = ${orderId} and l.unlinked_at is null
      union
      select h.customer_id from outage_incidents i
      join outage_reports r on r.company_id = i.company_id and r.incident_id = i.id and r.says = 'off'
        and r.source in ('phone', 'counter', 'page', 'sms', 'door') and r.household_id is not null
      join households h on h.company_id = r.company_id and h.id = r.household_id
      where i.company_id = ${companyId} and i.order_id = ${orderId}
    ), dark_households as materialized (
      select distinct h.id as household_id, h.customer_id from place q
      join network_supplies s on s.company_id = ${companyId} and s.transformer_id = q.transformer_id and s.until is null
        and q.device_id in (s.transformer_id, s.device_id)
      join households h on h.company_id = s.company_id and h.id = s.household_id and h.closed_on is null
      cross join mine cross join wider
      where not s.transformer_id = any(wider.ids) and not s.device_id = any(wider.ids)
        and not exists (select 1 from lit where lit.id in (s.transformer_id, s.device_id))
        and not exists (select 1 from network_supplies o where o.company_id = s.company_id and o.household_id = s.household_id
          and o.until is null and not o.transformer_id = any(mine.ids) and not o.device_id = any(mine.ids))
        and not exists (select 1 from told_as_reporter t where t.customer_id = h.customer_id)
    )`;
}

/** A message reaches him: a mobile, or a mail where he wants mail. `c` is the customer. */
const REACHABLE = sql`(c.blanked_at is null and (c.phone ~ '^1[0-9]{10}$' or (c.reach_by = 'mail' and c.email is not null)))`;

export async function reachOf(db: Db, companyId: string, orderId: string, policy: Sure): Promise<Reach> {
  return await db.one<Reach>(sql`
    with ${darkHouseholds(companyId, orderId, policy)}
    select count(*) as dark, count(*) filter (where c.outage_news and ${REACHABLE}) as "byMessage",
      count(*) filter (where c.outage_news and not ${REACHABLE}) as "withoutNumber",
      count(*) filter (where not c.outage_news) as unwilling
    from dark_households d join customers c on c.company_id = ${companyId} and c.id = d.customer_id`);
}

/** Whom this news is to reach, whoever waited longest first: nobody who heard just that within `again` minutes. */
export async function listToTell(
  db: Db,
  companyId: string,
  of: {
    readonly orderId: string;
    readonly news: News;
    readonly estimate: Instant | null;
    readonly now: Instant;
    readonly again: number;
  },
  policy: Sure,
): Promise<readonly ToTell[]> {
  return await db.rows<ToTell>(sql`
    with ${darkHouseholds(companyId, of.orderId, policy)}, heard as (
      select t.customer_id, max(t.told_at) as at from outage_told_households t
      where t.company_id = ${companyId} and t.order_id = ${of.orderId} group by t.customer_id
    ), to_tell as (
    select distinct on (d.customer_id) d.household_id, d.customer_id
    from dark_households d join customers c on c.company_id = ${companyId} and c.id = d.customer_id
    where c.outage_news and ${REACHABLE} and not exists (select 1 from outage_told_households t
      where t.company_id = ${companyId} and t.order_id = ${of.orderId} and t.customer_id = d.customer_id and t.news = ${of.news}
        and t.estimated_at is not distinct from ${timestamp(of.estimate)}::timestamptz
        and t.told_at > ${timestamp(of.now - of.again * MINUTE)})
    order by d.customer_id, d.household_id)
    select x.household_id as "householdId", x.customer_id as "customerId" from to_tell x left join heard on heard.customer_id = x.customer_id
    order by heard.at nulls first, x.customer_id`);
}

/**
 * Who was told that he is dark, has supply again and does not know that we know: all of them when the order says so, else those of the
 * groups that have it. Whoever is dark by another outage is left alone.
 */
export async function listLitAgain(
  db: Db,
  companyId: string,
  of: { readonly orderId: string; readonly since: Instant; readonly restoredAt: Instant | null },
): Promise<readonly (ToTell & { readonly litAt: Instant })[]> {
  return await db.rows<ToTell & { readonly litAt: Instant }>(sql`
    with lit as materialized (${litPlaces(companyId, of.orderId)}
    ), last_told as materialized (
      select distinct on (t.customer_id) t.customer_id, t.household_id, t.news from outage_told_households t
      where t.company_id = ${companyId} and t.order_id = ${of.orderId} and t.told_at >= ${timestamp(of.since)}
      order by t.customer_id, t.told_at desc
    )
    select distinct on (t.customer_id) t.customer_id as "customerId", t.household_id as "householdId",
      coalesce(lit.at, ${timestamp(of.restoredAt)}::timestamptz) as "litAt"
    from last_told t
    join network_supplies s on s.company_id = ${companyId} and s.household_id = t.household_id and s.until is null
    left join lit on lit.id in (s.transformer_id, s.device_id)
    where t.news <> 'back' and coalesce(lit.at, ${timestamp(of.restoredAt)}::timestamptz) is not null
      and not exists (select 1 from outage_incidents i where i.company_id = ${companyId} and i.state in ('suspected', 'confirmed')
        and i.order_id is distinct from ${of.orderId}::uuid and i.device_id is not null and not i.held
        and i.places && array[s.transformer_id, s.device_id])
    order by t.customer_id, lit.at desc nulls last`);
}

/** Messages of households that still wait although newer news of the order is on its way to them. */
export async function listOvertaken(
  db: Db,
  companyId: string,
  orderId: string,
  customers: readonly string[],
): Promise<readonly string[]> {
  const rows = await db.rows<{ id: string }>(sql`
    select t.message_id as id from outage_told_households t
    join outbox o on o.company_id = t.company_id and o.id = t.message_id and o.state = 'waiting'
    where t.company_id = ${companyId} and t.order_id = ${orderId} and t.customer_id = any(${customers}::uuid[])`);
  return rows.map(({ id }) => id);
}

/** Who said that he is dark and made no demand of it: he asked, and hears as those who did (at night as well). */
export async function listReportersWithoutCase(
  db: Db,
  companyId: string,
  orderId: string,
): Promise<readonly ToTell[]> {
  return await db.rows<ToTell>(sql`
    select distinct on (h.customer_id) h.id as "householdId", h.customer_id as "customerId"
    from outage_incidents i
    join outage_reports r on r.company_id = i.company_id and r.incident_id = i.id and r.says = 'off' and r.case_id is null
      and r.source in ('phone', 'counter', 'page', 'sms', 'door') and r.household_id is not null
    join households h on h.company_id = r.company_id and h.id = r.household_id
    join customers c on c.company_id = h.company_id and c.id = h.customer_id
    where i.company_id = ${companyId} and i.order_id = ${orderId} and c.outage_news and ${REACHABLE}
      and not exists (select 1 from case_orders l join cases k on k.company_id = l.company_id and k.id = l.case_id
        join households m on m.company_id = k.company_id and m.id = k.household_id
        where l.company_id = i.company_id and l.order_id = i.order_id and l.unlinked_at is null and m.customer_id = h.customer_id)
    order by h.customer_id, r.at desc`);
}

/** Messages to households of the last hour, of all orders. */
export async function sentLately(db: Db, companyId: string, since: Instant): Promise<number> {
  const row = await db.one<{ count: number }>(sql`
    select coalesce(sum(t.messages), 0) as count from outage_tellings t
    where t.company_id = ${companyId} and t.audience = 'households' and t.messages > 0 and t.told_at > ${timestamp(since)}`);
  return row.count;
}
