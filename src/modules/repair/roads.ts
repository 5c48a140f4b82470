import type { RoutingServer } from '#platform/config.ts';
import type { Position } from './domain/travel-time.ts';

/** Minutes on the road by a routing server of one's own; getting out and finding the place come on top. */
export type Roads = {
  readonly kind: RoutingServer['kind'];
  /** Asks for the ways that are not known yet; false: it did not answer in time, and what is missing stays estimated. */
  readonly learn: (from: readonly Position[], to: readonly Position[]) => Promise<boolean>;
  /** What it answered; undefined: not asked, or it knows no road. */
  readonly minutes: (from: Position, to: Position) => number | undefined;
};

/** Places a side of one table: OSRM takes 100 places a request unless told otherwise, Valhalla 2,500 pairs. */
const SIDE = 50;
/** A dispatcher does not wait for it (dispatch-outage.md §7). */
const TIME_OUT_MS = 300;
/** After a failure it is left alone for so long. */
const REST_MS = 30_000;
/** Pairs that are kept; then it begins anew. 65 points and 3,000 faults. */
const MOST_KEPT = 200_000;

/** `clock` counts milliseconds from anywhere. */
export function roadsBy(server: RoutingServer, clock: () => number): Roads {
  const known = new Map<string, number | null>();
  let restsUntil = -Infinity;

  return {
    kind: server.kind,
    minutes: (from, to) => known.get(pairOf(from, to)) ?? undefined,
    async learn(from, to) {
      const sources = distinct(from).filter((one) => to.some((other) => !known.has(pairOf(one, other))));
      const targets = distinct(to).filter((other) => sources.some((one) => !known.has(pairOf(one, other))));
      if (targets.length === 0) return true;
      if (clock() < restsUntil) return false;
      if (known.size > MOST_KEPT) known.clear();
      const signal = AbortSignal.timeout(TIME_OUT_MS);
      const tables = blocksOf(sources).flatMap((rows) =>
        blocksOf(targets).map(async (columns) => {
          const seconds = await askTable(server, rows, columns, signal);
          for (const [i, one] of rows.entries())
            for (const [j, other] of columns.entries()) {
              const way = seconds[i]?.[j] ?? null;
              known.set(pairOf(one, other), way === null ? null : way / 60);
            }
        }),
      );
      const answered = (await Promise.allSettled(tables)).every((table) => table.status === 'fulfilled');
      if (!answered) restsUntil = clock() + REST_MS;
      return answered;
    },
  };
}

/** To eleven metres: a phone that lies still is one place. */
function placeOf({ longitude, latitude }: Position): string {
  return `${longitude.toFixed(4)},${latitude.toFixed(4)}`;
}

function pairOf(from: Position, to: Position): string {
  return `${placeOf(from)};${placeOf(to)}`;
}

function distinct(places: readonly Position[]): readonly Position[] {
  return [...new Map(places.map((one) => [placeOf(one), one])).values()];
}

function blocksOf<T>(all: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / SIDE) }, (_, i) => all.slice(i * SIDE, (i + 1) * SIDE));
}

type Table = readonly (readonly (number | null)[])[];

/** Seconds, row by row. Throws when it does not answer, or not with a table of this size. */
async function askTable(
  { kind, url }: RoutingServer,
  rows: readonly Position[],
  columns: readonly Position[],
  signal: AbortSignal,
): Promise<Table> {
  const table = kind === 'osrm' ? osrm(url, rows, columns, signal) : valhalla(url, rows, columns, signal);
  const seconds = await table;
  const fits = seconds.length === rows.length && seconds.every((row) => row.length === columns.length);
  if (!fits) throw new Error(`${kind} answered with a table of another size`);
  return seconds;
}

/** https://project-osrm.org/docs/v5.24.0/api/#table-service */
async function osrm(
  url: string,
  rows: readonly Position[],
  columns: readonly Position[],
  signal: AbortSignal,
): Promise<Table> {
  const places = [...rows, ...columns].map(placeOf).join(';');
  const sources = rows.map((_, i) => i).join(';');
  const targets = columns.map((_, i) => rows.length + i).join(';');
  const path = `/table/v1/driving/${places}?sources=${sources}&destinations=${targets}`;
  const body = await read(await fetch(url + path, { signal, redirect: 'error' }));
  return tableOf(body['durations'], secondsOf);
}

/** https://valhalla.github.io/valhalla/api/matrix/api-reference/ */
async function valhalla(
  url: string,
  rows: readonly Position[],
  columns: readonly Position[],
  signal: AbortSignal,
): Promise<Table> {
  const response = await fetch(`${url}/sources_to_targets`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ sources: rows.map(named), targets: columns.map(named), costing: 'auto' }),
    signal,
    redirect: 'error',
  });
  const body = await read(response);
  return tableOf(body['sources_to_targets'], (cell) =>
    secondsOf(typeof cell === 'object' && cell !== null && 'time' in cell ? cell.time : null),
  );
}

function named({ longitude, latitude }: Position) {
  return { lon: longitude, lat: latitude };
}

async function read(response: Response): Promise<Readonly<Record<string, unknown>>> {
  if (!response.ok) throw new Error(`the routing server answered ${response.status}`);
  const body: unknown = await response.json();
  if (typeof body !== 'object' || body === null)
    throw new Error('the routing server answered with no object');
  return body as Readonly<Record<string, unknown>>;
}

function tableOf(rows: unknown, cellOf: (cell: unknown) => number | null): Table {
  if (!Array.isArray(rows) || !rows.every((row) => Array.isArray(row)))
    throw new Error('the routing server answered without a table');
  return rows.map((row: readonly unknown[]) => row.map(cellOf));
}

/** No road, or nonsense, is not a way of no minutes. */
function secondsOf(cell: unknown): number | null {
  return typeof cell === 'number' && Number.isFinite(cell) && cell >= 0 ? cell : null;
}
