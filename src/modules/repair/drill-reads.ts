import { MINUTE, type Instant } from '#kernel/instant.ts';
import type { HandbookVersion } from '#modules/process/index.ts';
import type { Db } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { DrillFinding, DrillInject, DrillLine, DrillView } from './drill-api.ts';

export async function listDrills(db: Db, companyId: string): Promise<readonly DrillLine[]> {
  return await db.rows<DrillLine>(sql`
    select d.id, d.title, d.planned_at as "plannedAt", d.state,
      (select count(*) from drill_injects i where i.company_id = d.company_id and i.drill_id = d.id) as injects,
      (select count(*) from drill_findings f where f.company_id = d.company_id and f.drill_id = d.id) as findings,
      (select count(*) from drill_findings f where f.company_id = d.company_id and f.drill_id = d.id
        and f.closed_at is null) as "findingsOpen",
      (select count(*) from drill_findings f where f.company_id = d.company_id and f.drill_id = d.id
        and f.closed_at is not null and f.checked_at is null) as "findingsUnchecked"
    from drills d where d.company_id = ${companyId} order by d.planned_at desc, d.id limit 100`);
}

/** An exercise with its measured times. Undefined: the company has no such exercise. */
export async function drillView(
  db: Db,
  reader: {
    readonly companyId: string;
    readonly personId: string;
    readonly unitIds: readonly string[];
    readonly mayRun: boolean;
  },
  version: HandbookVersion | undefined,
  id: string,
): Promise<DrillView | undefined> {
  const { companyId } = reader;
  const drill = await db.maybe<Omit<DrillView, 'parties' | 'injects' | 'findings'>>(sql`
    select d.id, d.title, d.scene, d.planned_at as "plannedAt", d.state, d.began_at as "beganAt", d.ended_at as "endedAt"
    from drills d where d.company_id = ${companyId} and d.id = ${id}`);
  if (drill === undefined) return undefined;
  const parties = await db.rows<DrillView['parties'][number]>(sql`
    select p.id, coalesce(u.name, p.body) as name, coalesce(u.name_en, p.body) as "nameEn", p.unit_id is null as outside, p.came
    from drill_parties p left join units u on u.company_id = p.company_id and u.id = p.unit_id
    where p.company_id = ${companyId} and p.drill_id = ${id} order by (p.unit_id is null), u.sort, p.body`);
  const findings = await db.rows<
    DrillFinding & { readonly unitId: string; readonly closer: string | null }
  >(sql`
    select f.id, f.words, u.name as unit, u.name_en as "unitEn", f.unit_id as "unitId", f.due_at as "dueAt",
      o.name as owner, f.closed_at as "closedAt", x.name as "closedBy", f.closed_by as closer, f.closing,
      f.checked_at as "checkedAt", y.name as "checkedBy", f.times_reopened as "timesReopened"
    from drill_findings f join units u on u.company_id = f.company_id and u.id = f.unit_id
    left join people o on o.company_id = f.company_id and o.id = f.owner_id
    left join people x on x.company_id = f.company_id and x.id = f.closed_by
    left join people y on y.company_id = f.company_id and y.id = f.checked_by
    where f.company_id = ${companyId} and f.drill_id = ${id} order by f.due_at, f.id`);
  return {
    ...drill,
    parties,
    injects: await injectsOf(db, companyId, version, id),
    findings: findings.map(({ unitId, closer, ...finding }) => ({
      ...finding,
      mayClose: finding.closedAt === null && (reader.mayRun || reader.unitIds.includes(unitId)),
      mayCheck:
        reader.mayRun &&
        finding.closedAt !== null &&
        finding.checkedAt === null &&
        closer !== reader.personId,
    })),
  };
}

type InjectRow = Omit<DrillInject, 'reaction' | 'arrival' | 'restoration'> & {
  readonly answeredAt: Instant | null;
  readonly firstAt: Instant | null;
  readonly arrivedAt: Instant | null;
  readonly backAt: Instant | null;
};

/** Times by the record of the case that an inject became: first touched, crew there, supply back. */
async function injectsOf(
  db: Db,
  companyId: string,
  version: HandbookVersion | undefined,
  drillId: string,
): Promise<readonly DrillInject[]> {
  const bringing = (moment: string) =>
    (version?.handbook.processes ?? []).flatMap((one) =>
      one.steps.filter((step) => step.milestones?.some(({ name }) => name === moment)).map((step) => step.id),
    );
  const rows = await db.rows<InjectRow>(sql`
    select i.id, i.after_minutes as "afterMinutes", i.words, i.process, i.place, i.given_at as "givenAt", i.case_id as "caseId",
      c.no, i.answered_at as "answeredAt", e.first as "firstAt", e.arrived as "arrivedAt", e.back as "backAt"
    from drill_injects i
    left join cases c on c.company_id = i.company_id and c.id = i.case_id
    left join lateral (
      select min(v.occurred_at) filter (where v.type in ('task.taken', 'step.done')) as first,
        min(v.occurred_at) filter (where v.type = 'step.done'
          and v.data #>> '{ref,step}' = any(${bringing('arrived')}::text[])) as arrived,
        max(v.occurred_at) filter (where v.type = 'step.done'
          and v.data #>> '{ref,step}' = any(${bringing('resupplied')}::text[])) as back
      from case_orders l join order_events v on v.company_id = l.company_id and v.stream_id = l.order_id
      where l.company_id = i.company_id and l.case_id = i.case_id) e on true
    where i.company_id = ${companyId} and i.drill_id = ${drillId} order by i.after_minutes, i.id`);
  return rows.map(({ answeredAt, firstAt, arrivedAt, backAt, ...inject }) => {
    const after = (at: Instant | null) =>
      at === null || inject.givenAt === null ? null : (at - inject.givenAt) / MINUTE;
    return {
      ...inject,
      reaction: after(firstAt ?? answeredAt),
      arrival: after(arrivedAt),
      restoration: after(backAt),
    };
  });
}

/** The script of an exercise, in its order. */
export async function drillInjects(
  db: Db,
  companyId: string,
  drillId: string,
): Promise<readonly { readonly id: string; readonly afterMinutes: number }[]> {
  return await db.rows(sql`
    select i.id, i.after_minutes as "afterMinutes" from drill_injects i
    where i.company_id = ${companyId} and i.drill_id = ${drillId} order by i.after_minutes, i.id`);
}

/** Who works in a unit or a crew of it, and can put something right there. */
export async function listOwners(
  db: Db,
  companyId: string,
  unitId: string,
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  return await db.rows(sql`
    select distinct p.id, p.name from assignments a
    join units u on u.company_id = a.company_id and u.id = a.unit_id
    join people p on p.company_id = a.company_id and p.id = a.person_id and p.left_at is null
    where a.company_id = ${companyId} and a.until is null and ${unitId}::uuid in (u.id, u.parent_id)
    order by p.name, p.id limit 200`);
}
