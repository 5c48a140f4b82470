import type { Refusal } from '#kernel/result.ts';
import { inputReader, type InputReader, type Members } from './input-reader.ts';
import { matrixOfPositions, matrixOfTable, readPosition, readTables, type Table } from './read-matrices.ts';
import {
  type Break,
  type Depot,
  type Job,
  type Matrix,
  NEVER,
  type RouteProblem,
  type Vehicle,
  type Windows,
} from './route-problem.ts';

const PROBLEM = { known: ['jobs', 'vehicles', 'matrices'], unsupported: ['shipments', 'matrix', 'options'] };
const JOB = {
  known: [
    'id',
    'description',
    'location',
    'location_index',
    'setup',
    'service',
    'delivery',
    'pickup',
    'skills',
    'priority',
    'time_windows',
  ],
  unsupported: ['amount', 'setup_per_type', 'service_per_type', 'type'],
};
const VEHICLE = {
  known: [
    'id',
    'description',
    'profile',
    'start',
    'start_index',
    'end',
    'end_index',
    'capacity',
    'skills',
    'time_window',
    'breaks',
    'speed_factor',
    'max_tasks',
    'max_travel_time',
    'costs',
  ],
  unsupported: ['max_distance', 'steps', 'type'],
};
const BREAK = { known: ['id', 'description', 'service', 'time_windows'], unsupported: ['max_load'] };
const COSTS = { known: ['fixed', 'per_hour', 'per_km'], unsupported: ['per_task_hour'] };

/** VROOM's bounds. */
const MOST_PRIORITY = 100;
const MOST_SPEED = 5;
const FIXED_MOST = 1_000_000_000;

/**
 * One routing problem in VROOM's JSON. The first fault is refused with its path (`route.bad-input`); what of the format is not
 * supported is refused as well, never passed over.
 */
export function readRouteProblem(document: unknown): RouteProblem | Refusal {
  const read = inputReader(NEVER);
  const problem = read.object('', document, PROBLEM);
  const tables = readTables(read, problem['matrices']);
  const places = placeBook(read, tables);
  const jobs = read.list('jobs', problem['jobs']).map((job, i) => readJob(read, `jobs[${i}]`, job, places));
  const drafts = read
    .list('vehicles', problem['vehicles'])
    .map((one, i) => readVehicle(read, `vehicles[${i}]`, one, places));
  if (drafts.length === 0) read.say('vehicles', 'empty');
  noneTwice(read, 'jobs', jobs);
  noneTwice(read, 'vehicles', drafts);
  const dimensions = sameLengths(read, jobs, drafts);
  for (const [i, { profile }] of drafts.entries())
    if (tables !== undefined && !tables.has(profile)) read.say(`vehicles[${i}].profile`, 'no-matrix');
  const fault = read.fault();
  if (fault !== undefined) return fault;
  const matrixOf = matrices(tables, places);
  const vehicles = drafts.map(({ speed, ...vehicle }) => ({
    ...vehicle,
    matrix: matrixOf(vehicle.profile, speed),
  }));
  return { jobs, vehicles, nowhere: places.count(), dimensions };
}

type Place = Depot;
type VehicleDraft = Omit<Vehicle, 'matrix'> & { readonly speed: number };

/** Numbers the places as they are met: rows of the matrices, or pairs of coordinates. */
function placeBook(read: InputReader, tables: ReadonlyMap<string, Table> | undefined) {
  const numbers = new Map<string, number>();
  const rows: number[] = [];
  const coordinates: (readonly [number, number])[] = [];
  const most = tables === undefined ? 0 : ([...tables.values()][0]?.size ?? 1) - 1;
  const numberOf = (key: string) => {
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  };
  return {
    rows,
    coordinates,
    count: () => numbers.size,
    /** A place by two members of an object, either of which may be missing; `undefined` when both are. */
    read(at: string, members: Members, name: string, index: string): Place | undefined {
      if (members[name] === undefined && members[index] === undefined) return undefined;
      const pair =
        members[name] === undefined ? undefined : readPosition(read, `${at}.${name}`, members[name]);
      const row = members[index] === undefined ? undefined : read.integer(`${at}.${index}`, members[index]);
      const shown = { ...(pair && { coordinates: pair }), ...(row !== undefined && { locationIndex: row }) };
      if (tables === undefined) {
        if (pair === undefined) read.say(`${at}.${index}`, 'index-without-matrix');
        const [x, y] = pair ?? [0, 0];
        const place = numberOf(`${x},${y}`);
        coordinates[place] = [x, y];
        return { place, ...shown };
      }
      if (row === undefined) read.say(`${at}.${index}`, 'missing');
      else if (row > most) read.say(`${at}.${index}`, 'not-in-matrix');
      const place = numberOf(String(row));
      rows[place] = row ?? 0;
      return { place, ...shown };
    },
  };
}

type PlaceBook = ReturnType<typeof placeBook>;

function matrices(
  tables: ReadonlyMap<string, Table> | undefined,
  places: PlaceBook,
): (profile: string, speed: number) => Matrix {
  const built = new Map<string, Matrix>();
  const positions = places.coordinates.map(([longitude, latitude]) => ({ longitude, latitude }));
  return (profile, speed) => {
    const key = JSON.stringify([tables === undefined ? '' : profile, speed]);
    const table = tables?.get(profile);
    const matrix =
      built.get(key) ??
      (table === undefined ? matrixOfPositions(positions, speed) : matrixOfTable(table, places.rows, speed));
    built.set(key, matrix);
    return matrix;
  };
}

function readJob(read: InputReader, at: string, value: unknown, places: PlaceBook): Job {
  const job = read.object(at, value, JOB);
  const place = places.read(at, job, 'location', 'location_index');
  if (place === undefined) read.say(`${at}.location`, 'missing');
  return {
    id: idOf(read, at, job),
    ...described(read, at, job),
    ...(place ?? { place: 0 }),
    setup: optional(read, `${at}.setup`, job['setup'], 0),
    service: optional(read, `${at}.service`, job['service'], 0),
    delivery: integers(read, `${at}.delivery`, job['delivery']),
    pickup: integers(read, `${at}.pickup`, job['pickup']),
    skills: integers(read, `${at}.skills`, job['skills']),
    priority:
      job['priority'] === undefined ? 0 : read.integer(`${at}.priority`, job['priority'], MOST_PRIORITY),
    windows: windowsOf(read, `${at}.time_windows`, job['time_windows']),
  };
}

function readVehicle(read: InputReader, at: string, value: unknown, places: PlaceBook): VehicleDraft {
  const vehicle = read.object(at, value, VEHICLE);
  const start = places.read(at, vehicle, 'start', 'start_index');
  const end = places.read(at, vehicle, 'end', 'end_index');
  if (start === undefined && end === undefined) read.say(`${at}.start`, 'no-start-no-end');
  const shift =
    vehicle['time_window'] === undefined
      ? undefined
      : windowOf(read, `${at}.time_window`, vehicle['time_window']);
  const profile = vehicle['profile'] ?? 'car';
  if (typeof profile !== 'string') read.say(`${at}.profile`, 'not-text');
  return {
    id: idOf(read, at, vehicle),
    ...described(read, at, vehicle),
    profile: String(profile),
    ...(start && { start }),
    ...(end && { end }),
    capacity: integers(read, `${at}.capacity`, vehicle['capacity']),
    skills: integers(read, `${at}.skills`, vehicle['skills']),
    from: shift?.[0] ?? 0,
    to: shift?.[1] ?? NEVER,
    breaks: breaksOf(read, `${at}.breaks`, vehicle['breaks']),
    maxTasks: optional(read, `${at}.max_tasks`, vehicle['max_tasks'], Infinity),
    maxTravel: optional(read, `${at}.max_travel_time`, vehicle['max_travel_time'], Infinity),
    fixedCost: fixedCost(read, `${at}.costs`, vehicle['costs']),
    speed: speedOf(read, `${at}.speed_factor`, vehicle['speed_factor']),
  };
}

function breaksOf(read: InputReader, at: string, value: unknown): readonly Break[] {
  if (value === undefined) return [];
  const breaks = read.list(at, value).map((one, i): Break => {
    const rest = read.object(`${at}[${i}]`, one, BREAK);
    return {
      id: idOf(read, `${at}[${i}]`, rest),
      ...described(read, `${at}[${i}]`, rest),
      windows: windowsOf(read, `${at}[${i}].time_windows`, rest['time_windows']),
      service: optional(read, `${at}[${i}].service`, rest['service'], 0),
    };
  });
  noneTwice(read, at, breaks);
  return breaks.toSorted((a, b) => endOf(a) - endOf(b) || beginOf(a) - beginOf(b));
}

function endOf({ windows }: Break): number {
  return windows.at(-1)?.[1] ?? NEVER;
}

function beginOf({ windows }: Break): number {
  return windows[0]?.[0] ?? 0;
}

/** Time is what a way costs; another price of time or kilometres would need a cost matrix, which the file can give. */
function fixedCost(read: InputReader, at: string, value: unknown): number {
  if (value === undefined) return 0;
  const costs = read.object(at, value, COSTS);
  if (costs['per_hour'] !== undefined && costs['per_hour'] !== 3600)
    read.say(`${at}.per_hour`, 'unsupported');
  if (costs['per_km'] !== undefined && costs['per_km'] !== 0) read.say(`${at}.per_km`, 'unsupported');
  return costs['fixed'] === undefined ? 0 : read.integer(`${at}.fixed`, costs['fixed'], FIXED_MOST);
}

function speedOf(read: InputReader, at: string, value: unknown): number {
  if (value === undefined) return 1;
  if (typeof value === 'number' && value > 0 && value <= MOST_SPEED) return value;
  read.say(at, 'not-a-speed');
  return 1;
}

function windowsOf(read: InputReader, at: string, value: unknown): Windows {
  if (value === undefined) return [[0, NEVER]];
  const windows = read.list(at, value).map((one, i) => windowOf(read, `${at}[${i}]`, one));
  if (windows.length === 0) read.say(at, 'empty');
  for (const [i, [from]] of windows.entries())
    if (i > 0 && from <= (windows[i - 1]?.[1] ?? 0)) read.say(at, 'windows-not-sorted');
  return windows;
}

function windowOf(read: InputReader, at: string, value: unknown): readonly [number, number] {
  const ends = read.list(at, value);
  if (ends.length !== 2) read.say(at, 'not-a-window');
  const from = read.integer(at, ends[0]);
  const to = read.integer(at, ends[1]);
  if (from > to) read.say(at, 'not-a-window');
  return [from, to];
}

function idOf(read: InputReader, at: string, members: Members): number {
  return read.integer(`${at}.id`, members['id'], Number.MAX_SAFE_INTEGER);
}

function described(
  read: InputReader,
  at: string,
  { description }: Members,
): { readonly description?: string } {
  if (description === undefined) return {};
  if (typeof description === 'string') return { description };
  read.say(`${at}.description`, 'not-text');
  return {};
}

function optional(read: InputReader, at: string, value: unknown, otherwise: number): number {
  return value === undefined ? otherwise : read.integer(at, value);
}

function integers(read: InputReader, at: string, value: unknown): readonly number[] {
  return value === undefined ? [] : read.list(at, value).map((one, i) => read.integer(`${at}[${i}]`, one));
}

function noneTwice(read: InputReader, at: string, things: readonly { readonly id: number }[]): void {
  const seen = new Set<number>();
  for (const [i, { id }] of things.entries()) {
    if (seen.has(id)) read.say(`${at}[${i}].id`, 'twice');
    seen.add(id);
  }
}

/** How many goods are counted. Amounts that are given must count the same ones; a vehicle without a capacity carries nothing. */
function sameLengths(read: InputReader, jobs: readonly Job[], vehicles: readonly VehicleDraft[]): number {
  const amounts = [
    ...vehicles.map(({ capacity }, i) => [`vehicles[${i}].capacity`, capacity.length] as const),
    ...jobs.flatMap(({ delivery, pickup }, i) => [
      [`jobs[${i}].delivery`, delivery.length] as const,
      [`jobs[${i}].pickup`, pickup.length] as const,
    ]),
  ].filter(([, length]) => length > 0);
  const dimensions = amounts[0]?.[1] ?? 0;
  for (const [at, length] of amounts) if (length !== dimensions) read.say(at, 'amount-length');
  return dimensions;
}
