import type { Instant } from '#kernel/instant.ts';
import { type CaseActor, visibleCase } from '#modules/case/index.ts';
import { type Db, timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { DispatchDeps } from './dispatch-board.ts';
import type { MyCrew } from './dispatch-api.ts';
import { nextJobs } from './dispatch-view.ts';

/** For the phone of whoever stands on a shift: his crew, its job, and the two arranged behind it. */
export async function myCrew(
  db: Db,
  deps: Pick<DispatchDeps, 'activeHandbook' | 'version' | 'roads'>,
  actor: CaseActor,
  now: Instant,
): Promise<MyCrew> {
  const { companyId, personId } = actor;
  const crew = await db.maybe<
    Pick<NonNullable<MyCrew['crew']>, 'id' | 'name' | 'kind' | 'until' | 'standBy'>
  >(sql`
    select c.id, c.name, s.kind, s.until_at as until, (
        select jsonb_build_object('point', jsonb_build_object('id', g.id, 'name', g.name),
          'expectedAt', (extract(epoch from b.expected_at) * 1000)::bigint)
        from crew_stand_bys b join grid_points g on g.company_id = b.company_id and g.id = b.grid_point_id
        where b.company_id = c.company_id and b.crew_id = c.id and b.ended_at is null and b.asked_at >= s.from_at) as "standBy"
    from crew_shifts s
    join crews c on c.company_id = s.company_id and c.id = s.crew_id and c.closed_at is null
    where s.company_id = ${companyId} and s.withdrawn_at is null and s.from_at <= ${timestamp(now)}
      and s.until_at > ${timestamp(now)} and ${personId}::uuid = any(array[s.lead_id, s.watcher_id] || s.others)
    limit 1`);
  if (crew === undefined) return { crew: null };
  const jobs = await nextJobs(db, deps, actor, { crewId: crew.id, now });
  const current =
    jobs === undefined || jobs.current === null ? null : await caseOf(db, actor, jobs.current, now);
  return { crew: { ...crew, current, arranged: jobs?.arranged ?? [] } };
}

async function caseOf(db: Db, actor: CaseActor, orderId: string, now: Instant) {
  const found = await db.maybe<{ caseId: string; no: string }>(sql`
    select c.id as "caseId", c.no from case_orders l
    join cases c on c.company_id = l.company_id and c.id = l.case_id
    where l.company_id = ${actor.companyId} and l.order_id = ${orderId} and l.unlinked_at is null
      and ${visibleCase(actor, now)} order by l.linked_at, c.id limit 1`);
  return found === undefined ? null : { orderId, ...found };
}
