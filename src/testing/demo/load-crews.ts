import type { PoolClient } from 'pg';
import { DAY, HOUR, type Instant } from '#kernel/instant.ts';
import { timestamp } from '#platform/db/db.ts';
import { type CopyValue, copyRows } from './copy-rows.ts';
import {
  type DemoShift,
  demoCrews,
  demoShifts,
  demoSkills,
  demoStock,
  demoTrainings,
  demoVehicles,
} from './crews.ts';
import type { DemoCompany } from './demo-company.ts';
import { seeded, seededIds } from './seeded.ts';

/** Shifts from before the first lived day until so far ahead; a running demonstration adds days (`crew-days.ts`). */
const SHIFTS_BEFORE = 10 * DAY;
const SHIFTS_AHEAD = 8 * DAY;
const YEAR = 365 * DAY;

/** Writes the crews of the demonstration with their shifts, people, stock and vehicles. */
export async function loadCrews(
  client: PoolClient,
  company: DemoCompany,
  { since, now }: { readonly since: string; readonly now: Instant },
): Promise<void> {
  const copy = (table: string, columns: string, rows: readonly (readonly CopyValue[])[]) =>
    copyRows(
      client,
      table,
      ['company_id', ...columns.split(' ')],
      rows.map((row) => [company.id, ...row]),
    );
  const crews = demoCrews(company);
  const nextId = seededIds(company.seed, 'shifts');
  const by = company.staff.find((person) => person.post === 'dispatcher')?.id ?? '';
  const shifts = crews.flatMap((crew) => demoShifts(crew, now - SHIFTS_BEFORE, now + SHIFTS_AHEAD));
  await copy(
    'crews',
    'id grid_point_id name kind',
    crews.map((crew) => [crew.id, crew.point.id, crew.name, crew.kind]),
  );
  await copy(
    'crew_members',
    'crew_id person_id since',
    crews.flatMap((crew) => crew.teams.flat().map((person) => [crew.id, person.id, since])),
  );
  await copy(
    'crew_shifts',
    'id crew_id kind from_at until_at lead_id watcher_id set_by set_at',
    shifts.map(({ crew, kind, from, until, people }) => [
      nextId(),
      crew.id,
      kind,
      timestamp(from),
      timestamp(until),
      people[0]?.id ?? null,
      people[1]?.id ?? null,
      by,
      timestamp(now - SHIFTS_BEFORE),
    ]),
  );
  await copy('crew_positions', 'crew_id at place accuracy_m by_id', positionsOf(company, shifts, now));
  await copy(
    'person_skills',
    'person_id skill until_on by_id at',
    demoSkills(company, crews, now).map((one) => [one.person.id, one.skill, dayOf(one.until), by, since]),
  );
  await copy(
    'fault_trainings',
    'id person_id card trained_on until_on by_id at',
    demoTrainings(company, crews, now).map((one) => [
      nextId(),
      one.person.id,
      one.card,
      dayOf(one.on),
      dayOf(one.on + YEAR),
      by,
      timestamp(one.on),
    ]),
  );
  await copy(
    'point_materials',
    'grid_point_id material amount minimum',
    demoStock(company).map((one) => [one.point.id, one.material, one.amount, one.minimum]),
  );
  await copy(
    'crew_vehicles',
    'id grid_point_id plate kind out_since',
    demoVehicles(company, crews).map((one) => [
      one.id,
      one.point.id,
      one.plate,
      one.kind,
      one.out ? timestamp(now - 2 * DAY) : null,
    ]),
  );
}

/** Crews on duty are somewhere near their point; two of three have sent where. */
function positionsOf(
  company: DemoCompany,
  shifts: readonly DemoShift[],
  now: Instant,
): readonly (readonly CopyValue[])[] {
  const random = seeded(company.seed, 'positions');
  const around = (degrees: number) => (degrees + (random.next() - 0.5) * 0.02).toFixed(5);
  return shifts
    .filter(({ kind, from, until }) => kind === 'duty' && from <= now - HOUR / 4 && until > now)
    .filter(() => random.chance(0.66))
    .map(({ crew, people }) => [
      crew.id,
      timestamp(now - random.int(900_000)),
      `${around(crew.point.place.lat)},${around(crew.point.place.lon)}`,
      5 + random.int(40),
      people[0]?.id ?? null,
    ]);
}

/** The day in Shanghai. */
function dayOf(at: Instant): string {
  return new Date(at + 8 * HOUR).toISOString().slice(0, 10);
}
