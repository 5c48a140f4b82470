import { HOUR, type Instant } from '#kernel/instant.ts';
import { smallCounty, type SmallCounty } from '#modules/case/testing/small-county.ts';
import { sql, sqlName } from '#platform/db/sql.ts';
import type { CrewActor } from '../crew-actor.ts';
import { addCrew, setShift } from '../crew-commands.ts';
import { grantSkill, recordTraining } from '../crew-people-commands.ts';

export type Point = {
  readonly id: string;
  readonly stationId: string;
  readonly lon: number;
  readonly lat: number;
};
type MadeCrew = { readonly id: string; readonly lead: string; readonly watcher: string };

export type CrewCounty = SmallCounty & {
  /** May arrange everything. */
  readonly centre: CrewActor;
  readonly points: readonly Point[];
  /** Two people of the station nobody has yet, as many as asked for. */
  people(point: Point, count: number): Promise<readonly string[]>;
  /** A crew of two on duty now that may do these things, until `until`. */
  crewAt(
    point: Point,
    able: {
      readonly skills?: readonly Skill[];
      readonly cards?: readonly string[];
      readonly until?: Instant;
    },
  ): Promise<MadeCrew>;
};
type Skill = 'low-voltage' | 'medium-voltage' | 'cable' | 'live-line' | 'meter';

const policy = { longestDutyHours: 12, restHours: 11 };

/** The small county with what tests of crews need; the demonstration's own crews are not in it. */
export async function crewCounty(now?: Instant): Promise<CrewCounty> {
  const county = await smallCounty(now);
  const { database, companyId } = county;
  for (const table of [
    'crew_positions',
    'crew_vehicles',
    'point_materials',
    'fault_trainings',
    'person_skills',
    'crew_shifts',
    'crew_members',
    'crews',
  ])
    await database.run(sql`delete from ${sqlName(table)}`);
  const dispatcher = await county.actor('dispatcher');
  const centre: CrewActor = {
    companyId,
    personId: dispatcher.personId,
    unitIds: dispatcher.unitIds,
    ofCentre: true,
    mayManage: true,
  };
  const points = await database.rows<Point>(sql`
    select g.id, g.station_id as "stationId", g.lon, g.lat from grid_points g
    where g.company_id = ${companyId} order by g.code`);
  const people = async (point: Point, count: number) => {
    const rows = await database.rows<{ id: string }>(sql`
      select p.id from people p
      join assignments a on a.company_id = p.company_id and a.person_id = p.id and a.main and a.until is null
        and a.post in ('repair-lead', 'repair-worker', 'grid-manager')
      join units u on u.company_id = a.company_id and u.id = a.unit_id
        and (u.id = ${point.stationId} or u.parent_id = ${point.stationId})
      where p.company_id = ${companyId} and not exists (select 1 from crew_members m
        where m.company_id = p.company_id and m.person_id = p.id and m.until is null)
      order by a.post desc, p.staff_no limit ${count}`);
    if (rows.length < count) throw new Error(`only ${rows.length} people left at the station`);
    return rows.map((row) => row.id);
  };
  return {
    ...county,
    centre,
    points,
    people,
    async crewAt(point, { skills = ['low-voltage'], cards = [], until }) {
      const [lead = '', watcher = ''] = await people(point, 2);
      const both = [lead, watcher];
      return await county.must(async (tx) => {
        const crew = await addCrew(tx, centre, {
          gridPointId: point.id,
          name: `班${lead}`,
          kind: 'point',
          people: both,
        });
        if ('refused' in crew) return crew;
        const end = until ?? tx.now + 8 * HOUR;
        const shift = await setShift(tx, centre, policy, crew.id, {
          kind: 'duty',
          from: tx.now - HOUR,
          until: end,
          leadId: lead,
          watcherId: watcher,
          others: [],
        });
        if ('refused' in shift) return shift;
        for (const person of both)
          for (const skill of skills) await grantSkill(tx, centre, person, { skill, untilOn: '2099-01-01' });
        for (const card of cards) {
          const trained = { people: both, card, trainedOn: shanghaiDay(tx.now) };
          const done = await recordTraining(tx, centre, { cards: [{ id: card }], months: 12 }, trained);
          if ('refused' in done) return done;
        }
        return { id: crew.id, lead, watcher };
      });
    },
  };
}

export function shanghaiDay(at: Instant): string {
  return new Date(at + 8 * HOUR).toISOString().slice(0, 10);
}
