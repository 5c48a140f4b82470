import { readFileSync } from 'node:fs';
import type { AreaClass } from '#modules/customer/domain/index.ts';
import { type Random, seeded } from './seeded.ts';
import { TOWNS, type Town } from './towns.ts';

/** A real village or community at an invented position. */
export type Place = {
  readonly code: string;
  /** As in the national register, without the word for its committee: 口子, 横山. */
  readonly short: string;
  /** As people say it: 口子村, 横山社区. */
  readonly name: string;
  readonly urban: boolean;
  readonly town: Town;
  readonly lon: number;
  readonly lat: number;
  readonly areaClass: AreaClass;
};

/** Kilometres of one degree at 37° north. */
const KM_LON = 88.9;
const KM_LAT = 111;

/** A village farther than this from its town is called remote: a first guess that the company edits. */
const REMOTE_KM = 6;

/** All 721 villages and communities, placed on land around their towns; the same for the same seed. */
export function demoPlaces(seed: number): readonly Place[] {
  const land = readLand();
  const random = seeded(seed, 'places');
  const rows = readCommittees();
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(row.townCode, (counts.get(row.townCode) ?? 0) + 1);
  return rows.map((row) => {
    const town = TOWNS.find((candidate) => candidate.code === row.townCode);
    if (town === undefined) throw new Error(`committee ${row.code} names an unknown town ${row.townCode}`);
    const urban = row.kind === 'residents_committee';
    const point = scatter(town, counts.get(town.code) ?? 1, land, random);
    const remote = !urban && !town.urban && kilometres(town, point) > REMOTE_KM;
    return {
      code: row.code,
      short: row.short,
      name: `${row.short}${urban ? '社区' : /[村]$/.test(row.short) ? '' : '村'}`,
      urban,
      town,
      ...point,
      areaClass: urban ? ('city' as const) : remote ? ('remote' as const) : ('rural' as const),
    };
  });
}

/** Straight-line distance; good to a percent at the size of a county. */
export function kilometres(a: Point, b: Point): number {
  return Math.hypot((a.lon - b.lon) * KM_LON, (a.lat - b.lat) * KM_LAT);
}

export type Point = { readonly lon: number; readonly lat: number };
type Ring = readonly (readonly [number, number])[];
type CommitteeRow = {
  readonly code: string;
  readonly short: string;
  readonly kind: string;
  readonly townCode: string;
};

function scatter(town: Town, neighbours: number, land: readonly Ring[], random: Random): Point {
  const radius = (town.urban ? 0.55 : 0.95) * Math.sqrt(neighbours);
  for (let attempt = 0; attempt < 500; attempt++) {
    const angle = random.next() * 2 * Math.PI;
    const distance = radius * Math.sqrt(random.next());
    const point = {
      lon: round(town.lon + (distance * Math.cos(angle)) / KM_LON),
      lat: round(town.lat + (distance * Math.sin(angle)) / KM_LAT),
    };
    if (nearestTown(point) === town && onLand(point, land)) return point;
  }
  throw new Error(`no free land around ${town.name}`);
}

function nearestTown(point: Point): Town | undefined {
  return TOWNS.toSorted((a, b) => kilometres(a, point) - kilometres(b, point))[0];
}

/** Even–odd rule over all rings: a point in a hole lies in two of them. */
export function onLand(point: Point, land: readonly Ring[]): boolean {
  let inside = false;
  for (const ring of land) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [x1, y1] = ring[i] ?? [0, 0];
      const [x2, y2] = ring[j] ?? [0, 0];
      const crosses = y1 > point.lat !== y2 > point.lat;
      if (crosses && point.lon < ((x2 - x1) * (point.lat - y1)) / (y2 - y1) + x1) inside = !inside;
    }
  }
  return inside;
}

/** The land outline as rings of [longitude, latitude]. */
export function readLand(): readonly Ring[] {
  const file = new URL('./data/weihai-land-osm-wgs84.geojson', import.meta.url);
  const outline = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly features: readonly {
      readonly geometry: { readonly coordinates: readonly (readonly Ring[])[] };
    }[];
  };
  return outline.features.flatMap((feature) => feature.geometry.coordinates.flat());
}

function readCommittees(): readonly CommitteeRow[] {
  const file = new URL('./data/wendeng-committees.csv', import.meta.url);
  const lines = readFileSync(file, 'utf8').trim().split(/\r?\n/).slice(1);
  return lines.map((line) => {
    const [code = '', , short = '', kind = '', townCode = ''] = line.split(',');
    return { code, short, kind, townCode };
  });
}

/** Degrees to five places, about a metre. */
export function round(degrees: number): number {
  return Math.round(degrees * 1e5) / 1e5;
}
