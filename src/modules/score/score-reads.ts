import { type Db, timestamp } from '#platform/db/db.ts';
import { type Sql, sql } from '#platform/db/sql.ts';
import { type Reader, realCase } from '#modules/case/index.ts';
import { withheld } from '#modules/order/index.ts';
import type { UnitScore } from './board-api.ts';

/**
 * What each unit did in a period, from the record: steps done, done again, sent back by whoever came after, clocks stopped
 * by its work in time or late; beside it what the front office said of the monthly sample. A clock belongs to the unit whose step stopped it (same order, same moment).
 */
export async function unitScores(
  db: Db,
  reader: Reader,
  period: { readonly from: number; readonly to: number; readonly month: string },
): Promise<readonly UnitScore[]> {
  const { companyId } = reader;
  const from = timestamp(period.from);
  const to = timestamp(period.to);
  return await db.rows<UnitScore>(sql`
    with work as (select t.unit_id, count(*) as done, count(*) filter (where t.rework) as reworked from tasks t
        where t.company_id = ${companyId} and t.state = 'done' and t.ended_at >= ${from} and t.ended_at < ${to}
          and ${notWithheld(reader, sql`t.order_id`)} group by t.unit_id),
    back as (select t.unit_id, count(*) as n from order_events e
        join tasks t on t.company_id = e.company_id and t.order_id = e.stream_id and t.step = e.data ->> 'to'
          and t.state = 'done' and t.ended_at <= e.recorded_at
        where e.company_id = ${companyId} and e.type = 'step.returned' and e.recorded_at >= ${from} and e.recorded_at < ${to}
          and not exists (select 1 from tasks later where later.company_id = t.company_id and later.order_id = t.order_id
            and later.step = t.step and later.case_id is not distinct from t.case_id and later.round > t.round
            and later.ended_at <= e.recorded_at)
          and ${notWithheld(reader, sql`t.order_id`)} group by t.unit_id),
    promises as (select t.unit_id, count(*) as n, count(*) filter (where k.kept) as kept from clocks k
        join lateral (select t.unit_id from tasks t where t.company_id = k.company_id and t.order_id = k.order_id
          and t.state = 'done' and t.ended_at = k.stopped_at limit 1) t on true
        where k.company_id = ${companyId} and k.state = 'met' and k.role <> 'reference' and k.stopped_at >= ${from}
          and k.stopped_at < ${to} and ${notWithheld(reader, sql`k.order_id`)} group by t.unit_id),
    said as (select j.unit_id, count(*) as n, count(*) filter (where r.verdict = 'helped') as helped
        from support_reviews r join joint_requests j on j.company_id = r.company_id and j.id = r.request_id
        join cases c on c.company_id = j.company_id and c.id = j.case_id
        where r.company_id = ${companyId} and r.month = ${period.month} and r.verdict is not null
          and not ${withheld(reader)} group by j.unit_id)
    select u.id as "unitId", u.name as unit, u.kind, coalesce(work.done, 0) as done, coalesce(work.reworked, 0) as reworked,
      coalesce(back.n, 0) as "sentBack", coalesce(promises.n, 0) as clocks, coalesce(promises.kept, 0) as kept,
      coalesce(said.n, 0) as reviewed, coalesce(said.helped, 0) as helped
    from units u
    left join work on work.unit_id = u.id left join back on back.unit_id = u.id
    left join promises on promises.unit_id = u.id left join said on said.unit_id = u.id
    where u.company_id = ${companyId} and coalesce(work.done, back.n, promises.n, said.n) is not null order by u.sort`);
}

/**
 * What is withheld from a reader is not in the figures that he reads (design rule 2: counts included): a complaint about his
 * unit, one that he keeps away from, a report on staff.
 */
function notWithheld(reader: Reader, order: Sql): Sql {
  return sql`not exists (select 1 from case_orders l join cases c on c.company_id = l.company_id and c.id = l.case_id
    where l.company_id = ${reader.companyId} and l.order_id = ${order}
      and (${withheld(reader)} or not ${realCase()}))`;
}
