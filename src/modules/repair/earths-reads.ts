import { DAY, type Instant } from '#kernel/instant.ts';
import { type CaseActor, realCase } from '#modules/case/index.ts';
import { earthedPlaces } from '#modules/network/index.ts';
import type { HandbookVersion } from '#modules/process/index.ts';
import { stepsLayingEarths } from '#modules/process/domain/index.ts';
import { type Db, timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { permissionSteps } from './domain/permission-steps.ts';
import { firstCase } from './first-case.ts';
import type { LaidEarths, LiftedForCrew } from './permission-api.ts';
import { saidAtSteps } from './said-at-steps.ts';

/** What a sheet and a step that lays earths call the place. */
const PLACE_WORDS = ['earthPlace', 'earthNumbers', 'workPlace'];

/**
 * Earths that lie anywhere, and what was entered for crews in the last day. Whoever switches must know of all of them, also where he sees
 * no case of the work: then its number alone, as the refusal to close onto them says it. Exercises lay none.
 */
export async function earthsDesk(
  db: Db,
  actor: CaseActor,
  version: HandbookVersion,
  now: Instant,
): Promise<{ readonly laid: readonly LaidEarths[]; readonly liftedFor: readonly LiftedForCrew[] }> {
  const rows = await listLaid(db, actor, now);
  const liftedFor = await listLiftedFor(db, actor, now);
  if (rows.length === 0) return { laid: [], liftedFor };
  const places = Map.groupBy(await earthedPlaces(db, actor.companyId), (place) => place.orderId);
  const { processes } = version.handbook;
  const steps = processes.flatMap((one) => [
    ...stepsLayingEarths(one).map((step) => step.id),
    ...(permissionSteps(one)?.sheets ?? []),
  ]);
  const orders = rows.map((row) => row.orderId);
  const words = await saidAtSteps(db, actor.companyId, orders, steps);
  const laid = rows.map((row) => ({
    ...row,
    devices: [...new Set((places.get(row.orderId) ?? []).map((place) => place.name))],
    where: PLACE_WORDS.flatMap(
      (field) => words.find((one) => one.orderId === row.orderId && one.field === field)?.body ?? [],
    ),
  }));
  return { laid, liftedFor };
}

/** The number of the work's first case that is no exercise's; `o` is the order. */
const ANY_CASE = sql`(select c.no from case_orders l join cases c on c.company_id = l.company_id and c.id = l.case_id
  where l.company_id = o.company_id and l.order_id = o.id and l.unlinked_at is null and ${realCase()}
  order by c.accepted_at, c.id limit 1)`;

async function listLaid(
  db: Db,
  actor: CaseActor,
  now: Instant,
): Promise<readonly Omit<LaidEarths, 'devices' | 'where'>[]> {
  return await db.rows(sql`
    select e.order_id as "orderId", s.id as "caseId", v.no, u.name as station, e.earths, e.laid_at as "laidAt", p.name as "laidBy",
      coalesce(w.crew, '[]') as crew
    from laid_earths e
    join orders o on o.company_id = e.company_id and o.id = e.order_id
    join lateral ${ANY_CASE} v on true
    left join lateral ${firstCase(actor, now)} s on true
    join people p on p.company_id = e.company_id and p.id = e.laid_by
    left join units u on u.company_id = o.company_id and u.id = o.station_id
    left join lateral (
      select jsonb_agg(jsonb_build_object('id', q.id, 'name', q.name) order by q.id = e.laid_by desc, q.name) as crew
      from people q where q.company_id = e.company_id and q.id in (
        select e.laid_by
        union select a.lead_id from crew_assignments a where a.company_id = e.company_id and a.order_id = e.order_id
        union select m.person_id from crew_assignments a
          join crew_members m on m.company_id = a.company_id and m.crew_id = a.crew_id and m.until is null
          where a.company_id = e.company_id and a.order_id = e.order_id
        union select t.holder_id from tasks t where t.company_id = e.company_id and t.order_id = e.order_id
          and t.case_id is null and t.holder_id is not null)) w on true
    where e.company_id = ${actor.companyId} and e.lifted_at is null
    order by e.laid_at, e.id`);
}

async function listLiftedFor(db: Db, actor: CaseActor, now: Instant): Promise<readonly LiftedForCrew[]> {
  return await db.rows(sql`
    select e.order_id as "orderId", s.id as "caseId", v.no, e.earths, e.lifted_at as "removedAt", p.name as "toldBy",
      e.lifted_way as way, e.lifted_why as why, b.name as "enteredBy", e.lifted_entered_at as "enteredAt"
    from laid_earths e
    join orders o on o.company_id = e.company_id and o.id = e.order_id
    join lateral ${ANY_CASE} v on true
    left join lateral ${firstCase(actor, now)} s on true
    join people p on p.company_id = e.company_id and p.id = e.lifted_told_by
    join people b on b.company_id = e.company_id and b.id = e.lifted_by
    where e.company_id = ${actor.companyId} and e.lifted_entered_at >= ${timestamp(now - DAY)}
    order by e.lifted_entered_at desc`);
}
