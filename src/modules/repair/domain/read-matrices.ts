import type { InputReader } from './input-reader.ts';
import type { Matrix } from './route-problem.ts';
import { kilometres, type Position } from './travel-time.ts';

/** Without a matrix: as the crow flies times 1.3 (arXiv 2406.06490) at 40 km/h, the pace of country roads. */
const DETOUR = 1.3;
const SPEED_KMH = 40;

/** A table of a file, row by row. */
export type Table = {
  readonly size: number;
  readonly durations: Int32Array;
  readonly costs: Int32Array | undefined;
};

const TABLE = { known: ['durations', 'costs', 'distances'], unsupported: [] };

/** The tables by profile; `undefined` when the file has none and coordinates count. */
export function readTables(read: InputReader, value: unknown): ReadonlyMap<string, Table> | undefined {
  if (value === undefined) return undefined;
  const profiles = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  if (profiles === undefined) read.say('matrices', 'not-an-object');
  const tables = new Map<string, Table>();
  for (const [profile, table] of Object.entries(profiles ?? {}))
    tables.set(profile, readTable(read, `matrices.${profile.slice(0, 60)}`, table));
  const sizes = new Set([...tables.values()].map(({ size }) => size));
  if (sizes.size > 1) read.say('matrices', 'different-sizes');
  if (profiles !== undefined && tables.size === 0) read.say('matrices', 'empty');
  return tables;
}

function readTable(read: InputReader, at: string, value: unknown): Table {
  const members = read.object(at, value, TABLE);
  const size = read.list(`${at}.durations`, members['durations']).length;
  if (size === 0) read.say(`${at}.durations`, 'empty');
  const durations = readSquare(read, `${at}.durations`, members['durations'], size);
  if (members['distances'] !== undefined) readSquare(read, `${at}.distances`, members['distances'], size);
  const costs =
    members['costs'] === undefined ? undefined : readSquare(read, `${at}.costs`, members['costs'], size);
  return { size, durations, costs };
}

function readSquare(read: InputReader, at: string, value: unknown, size: number): Int32Array {
  const table = new Int32Array(size * size);
  const rows = read.list(at, value);
  if (rows.length !== size) read.say(at, 'not-square');
  for (const [i, row] of rows.entries()) {
    if (read.fault() !== undefined) break;
    const cells = read.list(`${at}[${i}]`, row);
    if (cells.length !== size) read.say(`${at}[${i}]`, 'not-square');
    for (let j = 0; j < size && read.fault() === undefined; j += 1)
      table[i * size + j] = read.integer(`${at}[${i}][${j}]`, cells[j]);
  }
  return table;
}

/** The rows of a table that are used, at the vehicle's speed (rounded up), and after them the place that is nowhere. */
export function matrixOfTable(table: Table, rows: readonly number[], speed: number): Matrix {
  const way = (i: number, j: number) => (rows[i] as number) * table.size + (rows[j] as number);
  const seconds = (i: number, j: number) => Math.ceil((table.durations[way(i, j)] as number) / speed);
  const { costs } = table;
  return squareOf(rows.length, seconds, costs === undefined ? seconds : (i, j) => costs[way(i, j)] as number);
}

export function matrixOfPositions(places: readonly Position[], speed: number): Matrix {
  const seconds = (i: number, j: number) => {
    const way = kilometres(places[i] as Position, places[j] as Position) * DETOUR;
    return Math.ceil(((way / SPEED_KMH) * 3600) / speed);
  };
  return squareOf(places.length, seconds, seconds);
}

function squareOf(
  places: number,
  seconds: (i: number, j: number) => number,
  price: (i: number, j: number) => number,
): Matrix {
  const size = places + 1;
  const [time, cost] = [new Int32Array(size * size), new Int32Array(size * size)];
  for (let i = 0; i < places; i += 1)
    for (let j = 0; j < places; j += 1) {
      time[i * size + j] = seconds(i, j);
      cost[i * size + j] = price(i, j);
    }
  return { size, time, timeTo: turned(time, size), cost, costTo: turned(cost, size) };
}

function turned(table: Int32Array, size: number): Int32Array {
  const other = new Int32Array(table.length);
  for (let i = 0; i < size; i += 1)
    for (let j = 0; j < size; j += 1) other[j * size + i] = table[i * size + j] as number;
  return other;
}

export function readPosition(read: InputReader, at: string, value: unknown): readonly [number, number] {
  const [longitude, latitude, ...more] = read.list(at, value);
  const right =
    typeof longitude === 'number' &&
    typeof latitude === 'number' &&
    more.length === 0 &&
    Math.abs(longitude) <= 180 &&
    Math.abs(latitude) <= 90;
  if (right) return [longitude, latitude];
  read.say(at, 'not-coordinates');
  return [0, 0];
}
