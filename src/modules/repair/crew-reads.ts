import { DAY, type Instant } from '#kernel/instant.ts';
import type { HandbookVersion } from '#modules/process/index.ts';
import { type Db, timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { type CrewActor, manages } from './crew-actor.ts';
import type { CrewPerson, PointRow, PointsView, PointView, ShiftRow } from './crew-api.ts';
import { crewsOnDuty, namesOf } from './crews-on-duty.ts';

/** Shifts are shown from yesterday on for so long. */
const SHIFTS_AHEAD = 8 * DAY;
const BOOKINGS_SHOWN = 30;

/** All points: who stands ready there, and what runs short. */
export async function pointsView(db: Db, actor: CrewActor, now: Instant): Promise<PointsView> {
  const { companyId } = actor;
  const ready = Map.groupBy(await crewsOnDuty(db, companyId, now), (crew) => crew.point.id);
  const rows = await db.rows<Omit<PointRow, 'onDuty' | 'mayManage'>>(sql`
    select g.id, g.code, g.name, g.lon, g.lat, jsonb_build_object('id', u.id, 'name', u.name) as station,
      g.coverage_minutes as "coverageMinutes",
      (select count(*) from crews c where c.company_id = g.company_id and c.grid_point_id = g.id and c.closed_at is null) as crews,
      coalesce((select jsonb_agg(jsonb_build_object('material', m.material, 'amount', m.amount, 'minimum', m.minimum)
          order by m.material) from point_materials m
        where m.company_id = g.company_id and m.grid_point_id = g.id and m.amount < m.minimum), '[]') as "belowMinimum"
    from grid_points g join units u on u.company_id = g.company_id and u.id = g.station_id
    where g.company_id = ${companyId} order by g.code`);
  const points = rows.map(
    (row): PointRow => ({
      ...row,
      mayManage: manages(actor, row.station.id),
      onDuty: (ready.get(row.id) ?? []).map(({ id, name, shift, lead, skills, job }) => ({
        id,
        name,
        kind: shift.kind,
        lead: lead.name,
        until: shift.until,
        skills,
        busy: job !== null,
      })),
    }),
  );
  return { points };
}

/** One point with all that belongs to it; undefined: there is none such. */
export async function pointView(
  db: Db,
  actor: CrewActor,
  version: HandbookVersion | undefined,
  { gridPointId, now }: { readonly gridPointId: string; readonly now: Instant },
): Promise<PointView | undefined> {
  const { companyId } = actor;
  const point = await db.maybe<PointView['point']>(sql`
    select g.id, g.code, g.name, g.lon, g.lat, jsonb_build_object('id', u.id, 'name', u.name) as station,
      g.coverage_minutes as "coverageMinutes"
    from grid_points g join units u on u.company_id = g.company_id and u.id = g.station_id
    where g.company_id = ${companyId} and g.id = ${gridPointId}`);
  if (point === undefined) return undefined;
  const crews = await db.rows<Pick<PointView['crews'][number], 'id' | 'name' | 'kind'>>(sql`
    select c.id, c.name, c.kind from crews c
    where c.company_id = ${companyId} and c.grid_point_id = ${gridPointId} and c.closed_at is null order by c.name, c.id`);
  const ids = crews.map((crew) => crew.id);
  const people = Map.groupBy(await peopleOf(db, companyId, ids), (one) => one.crewId);
  const shifts = Map.groupBy(await shiftsOf(db, companyId, ids, now), (one) => one.crewId);
  const cards = version?.handbook.faultCards ?? [];
  const named = <T extends { readonly post: string | null }>(one: T) => ({
    ...one,
    post: version?.handbook.posts.find((post) => post.id === one.post)?.name ?? null,
  });
  return {
    point,
    mayManage: manages(actor, point.station.id),
    crews: crews.map((crew) => ({
      ...crew,
      people: (people.get(crew.id) ?? []).map(({ crewId: _crew, ...person }) => named(person)),
      shifts: (shifts.get(crew.id) ?? []).map(({ crewId: _crew, ...shift }) => shift),
    })),
    ...(await stockOf(db, companyId, gridPointId)),
    free: (await freePeople(db, companyId, point.station.id)).map(named),
    cards: cards.map(({ id, name }) => ({ id, name })),
    goods: [...new Set(cards.flatMap((card) => card.materials))],
  };
}

/** With the code of the post, which the handbook names. */
type Held<T extends { readonly post: unknown }> = Omit<T, 'post'> & { readonly post: string | null };

async function peopleOf(
  db: Db,
  companyId: string,
  crewIds: readonly string[],
): Promise<readonly (Held<CrewPerson> & { readonly crewId: string })[]> {
  return await db.rows(sql`
    select m.crew_id as "crewId", p.id, p.name, a.post,
      coalesce((select jsonb_agg(jsonb_build_object('skill', k.skill, 'untilOn', k.until_on) order by k.skill)
        from person_skills k where k.company_id = p.company_id and k.person_id = p.id), '[]') as skills,
      coalesce((select jsonb_agg(jsonb_build_object('card', t.card, 'trainedOn', t.trained_on, 'untilOn', t.until_on)
          order by t.card) from (
        select distinct on (f.card) f.card, f.trained_on, f.until_on from fault_trainings f
        where f.company_id = p.company_id and f.person_id = p.id order by f.card, f.trained_on desc) t), '[]') as trainings
    from crew_members m
    join people p on p.company_id = m.company_id and p.id = m.person_id
    left join assignments a on a.company_id = p.company_id and a.person_id = p.id and a.main and a.until is null
    where m.company_id = ${companyId} and m.crew_id = any(${crewIds}::uuid[]) and m.until is null
    order by m.crew_id, p.staff_no`);
}

async function shiftsOf(
  db: Db,
  companyId: string,
  crewIds: readonly string[],
  now: Instant,
): Promise<readonly (ShiftRow & { readonly crewId: string })[]> {
  const rows = await db.rows<{
    readonly crewId: string;
    readonly id: string;
    readonly kind: 'duty' | 'on-call';
    readonly from: Instant;
    readonly until: Instant;
    readonly leadId: string;
    readonly watcherId: string;
    readonly otherIds: readonly string[];
  }>(sql`
    select s.crew_id as "crewId", s.id, s.kind, s.from_at as "from", s.until_at as "until", s.lead_id as "leadId",
      s.watcher_id as "watcherId", s.others as "otherIds"
    from crew_shifts s
    where s.company_id = ${companyId} and s.crew_id = any(${crewIds}::uuid[]) and s.withdrawn_at is null
      and s.until_at > ${timestamp(now)} and s.from_at < ${timestamp(now + SHIFTS_AHEAD)}
    order by s.from_at, s.id`);
  const ids = [...new Set(rows.flatMap((row) => [row.leadId, row.watcherId, ...row.otherIds]))];
  const names = await namesOf(db, companyId, ids);
  const named = (id: string) => names.get(id) ?? { id, name: '' };
  return rows.map(({ leadId, watcherId, otherIds, ...row }) => ({
    ...row,
    lead: named(leadId),
    watcher: named(watcherId),
    others: otherIds.map(named),
  }));
}

async function stockOf(
  db: Db,
  companyId: string,
  gridPointId: string,
): Promise<Pick<PointView, 'vehicles' | 'materials' | 'bookings'>> {
  return {
    vehicles: await db.rows(sql`
      select v.id, v.plate, v.kind, v.out_since as "outSince" from crew_vehicles v
      where v.company_id = ${companyId} and v.grid_point_id = ${gridPointId} and v.gone_at is null order by v.plate`),
    materials: await db.rows(sql`
      select m.material, m.amount, m.minimum from point_materials m
      where m.company_id = ${companyId} and m.grid_point_id = ${gridPointId}
      order by m.amount < m.minimum desc, m.material`),
    bookings: await db.rows(sql`
      select b.id, b.at, b.material, b.change, b.why, p.name as by from material_bookings b
      join people p on p.company_id = b.company_id and p.id = b.by_id
      where b.company_id = ${companyId} and b.grid_point_id = ${gridPointId}
      order by b.at desc, b.id desc limit ${BOOKINGS_SHOWN}`),
  };
}

/** People of the station, of its crews, or of the repair centre's and the operation's crews, who belong to no crew. */
async function freePeople(
  db: Db,
  companyId: string,
  stationId: string,
): Promise<readonly Held<PointView['free'][number]>[]> {
  return await db.rows(sql`
    select p.id, p.name, a.post from people p
    join assignments a on a.company_id = p.company_id and a.person_id = p.id and a.main and a.until is null
      and a.post in ('repair-lead', 'repair-worker', 'grid-manager', 'meter-worker')
    join units u on u.company_id = a.company_id and u.id = a.unit_id
    where p.company_id = ${companyId} and p.left_at is null
      and (u.id = ${stationId} or u.parent_id = ${stationId} or u.code in ('repair-centre', 'crew-city'))
      and not exists (select 1 from crew_members m
        where m.company_id = p.company_id and m.person_id = p.id and m.until is null)
    order by p.staff_no limit 200`);
}
