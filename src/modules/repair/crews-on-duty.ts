import type { Instant } from '#kernel/instant.ts';
import { type Db, timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { isAtWork } from './at-work.ts';
import type { CrewJob, CrewOnDuty, Named } from './crew-api.ts';
import { type Qualification, qualifiedTogether } from './domain/qualified.ts';

type Row = Omit<CrewOnDuty, 'watcher' | 'others' | 'skills' | 'cards' | 'position' | 'job' | 'lead'> & {
  readonly lead: CrewOnDuty['lead'];
  readonly watcherId: string;
  readonly otherIds: readonly string[];
  readonly place: string | null;
  readonly placeAt: Instant | null;
  readonly accuracy: number | null;
  readonly job: CrewJob | null;
};

/**
 * The crews that stand ready at `now`, on duty or on call: who they are, what they may do, where they are and what they are at. A
 * position is of this shift only. Some statements, whatever the number of crews.
 */
export async function crewsOnDuty(db: Db, companyId: string, now: Instant): Promise<readonly CrewOnDuty[]> {
  const rows = await db.rows<Row>(sql`
    select c.id, c.name, c.kind,
      jsonb_build_object('id', g.id, 'name', g.name, 'lon', g.lon, 'lat', g.lat, 'stationId', g.station_id,
        'zone', coalesce(v.area_class, 'rural')) as point,
      jsonb_build_object('id', s.id, 'kind', s.kind, 'from', ${millis('s.from_at')}, 'until', ${millis('s.until_at')}) as shift,
      jsonb_build_object('id', p.id, 'name', p.name, 'phone', p.phone, 'unitId', a.unit_id) as lead,
      s.watcher_id as "watcherId", s.others as "otherIds", x.place, x.at as "placeAt", x.accuracy_m as accuracy, j.job, b.stand_by as "standBy"
    from crew_shifts s
    join crews c on c.company_id = s.company_id and c.id = s.crew_id and c.closed_at is null
    join grid_points g on g.company_id = c.company_id and g.id = c.grid_point_id
    left join service_areas v on v.company_id = g.company_id and v.division_code = g.division_code
    join people p on p.company_id = s.company_id and p.id = s.lead_id
    join assignments a on a.company_id = p.company_id and a.person_id = p.id and a.main and a.until is null
    left join lateral (select o.place, o.at, o.accuracy_m from crew_positions o
      where o.company_id = c.company_id and o.crew_id = c.id and o.at >= s.from_at and o.at <= ${timestamp(now)}
      order by o.at desc limit 1) x on true
    left join lateral (${openJob(now)}) j on true
    left join lateral (select jsonb_build_object('point', jsonb_build_object('id', bg.id, 'name', bg.name, 'lon', bg.lon,
        'lat', bg.lat, 'zone', coalesce(bv.area_class, 'rural')), 'expectedAt', ${millis('b.expected_at')},
        'arrivedAt', ${millis('b.arrived_at')}) as stand_by
      from crew_stand_bys b
      join grid_points bg on bg.company_id = b.company_id and bg.id = b.grid_point_id
      left join service_areas bv on bv.company_id = bg.company_id and bv.division_code = bg.division_code
      where b.company_id = c.company_id and b.crew_id = c.id and b.ended_at is null and b.asked_at >= s.from_at) b on true
    where s.company_id = ${companyId} and s.withdrawn_at is null and s.until_at > ${timestamp(now)}
      and s.from_at <= ${timestamp(now)}
    order by g.code, c.name, c.id`);
  const people = [...new Set(rows.flatMap((row) => [row.lead.id, row.watcherId, ...row.otherIds]))];
  const names = await namesOf(db, companyId, people);
  const able = await qualificationsOf(db, companyId, people, now);
  return rows.map((row) => crewOf(row, names, able));
}

/** What a crew was sent to last and has not finished; an order that came back to be dispatched is nobody's. */
function openJob(now: Instant) {
  return sql`
    select jsonb_build_object('orderId', w.order_id, 'sentAt', ${millis('w.sent_at')}, 'expectedAt', ${millis('w.expected_at')},
      'arrivedAt', case when o.process_state #>> array['steps', w.arrive_step, 'status'] = 'done'
        then o.process_state #> array['steps', w.arrive_step, 'at'] end,
      'to', jsonb_build_object('lon', w.to_lon, 'lat', w.to_lat), 'zone', w.zone, 'repairMinutes', w.repair_minutes) as job
    from crew_assignments w
    join orders o on o.company_id = w.company_id and o.id = w.order_id and o.state = 'open'
    where w.company_id = c.company_id and w.crew_id = c.id and ${isAtWork(now)}
    order by w.sent_at desc limit 1`;
}

/** An instant within JSON, as everywhere in the program: milliseconds. */
function millis(
  column: 's.from_at' | 's.until_at' | 'w.sent_at' | 'w.expected_at' | 'b.expected_at' | 'b.arrived_at',
) {
  const columns = {
    's.from_at': sql`s.from_at`,
    's.until_at': sql`s.until_at`,
    'w.sent_at': sql`w.sent_at`,
    'w.expected_at': sql`w.expected_at`,
    'b.expected_at': sql`b.expected_at`,
    'b.arrived_at': sql`b.arrived_at`,
  };
  return sql`(extract(epoch from ${columns[column]}) * 1000)::bigint`;
}

export async function namesOf(
  db: Db,
  companyId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Named>> {
  const rows = await db.rows<Named>(sql`
    select p.id, p.name from people p where p.company_id = ${companyId} and p.id = any(${ids}::uuid[])`);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Skills and cards of people that hold on the day of `now`. */
async function qualificationsOf(
  db: Db,
  companyId: string,
  ids: readonly string[],
  now: Instant,
): Promise<ReadonlyMap<string, Qualification>> {
  const today = sql`(${timestamp(now)}::timestamptz at time zone 'Asia/Shanghai')::date`;
  const rows = await db.rows<{ id: string } & Qualification>(sql`
    select p.id,
      array(select k.skill from person_skills k
        where k.company_id = ${companyId} and k.person_id = p.id and k.until_on >= ${today} order by 1) as skills,
      array(select distinct t.card from fault_trainings t
        where t.company_id = ${companyId} and t.person_id = p.id and t.until_on >= ${today} order by 1) as cards
    from unnest(${ids}::uuid[]) p (id)`);
  return new Map(rows.map(({ id, skills, cards }) => [id, { skills, cards }]));
}

function crewOf(
  { watcherId, otherIds, place, placeAt, accuracy, ...row }: Row,
  names: ReadonlyMap<string, Named>,
  able: ReadonlyMap<string, Qualification>,
): CrewOnDuty {
  const named = (id: string): Named => names.get(id) ?? { id, name: '' };
  const nothing: Qualification = { skills: [], cards: [] };
  return {
    ...row,
    watcher: named(watcherId),
    others: otherIds.map(named),
    ...qualifiedTogether(able.get(row.lead.id) ?? nothing, able.get(watcherId) ?? nothing),
    position:
      place === null || placeAt === null ? null : { ...placeOf(place), at: placeAt, accuracy: accuracy ?? 0 },
  };
}

function placeOf(text: string): { readonly lat: number; readonly lon: number } {
  const [lat = Number.NaN, lon = Number.NaN] = text.split(',').map(Number);
  return { lat, lon };
}
