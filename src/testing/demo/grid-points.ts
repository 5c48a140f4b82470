import type { AreaClass } from '#modules/customer/domain/index.ts';
import { kilometres, type Place } from './places.ts';
import { seededIds, shareOut } from './seeded.ts';
import type { DemoStation, DemoUnits } from './units.ts';

export type DemoGridPoint = {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly station: DemoStation;
  readonly place: Place;
  readonly coverageMinutes: number;
};

/** 网格化抢修布点 65 个: the paper's own number. */
const POINTS = 65;

/** Arrival limits of the company's promise by area (domain rules §5.2): a point covers what it reaches in time. */
const COVERAGE_MINUTES: Readonly<Record<AreaClass, number>> = { city: 45, rural: 90, remote: 120 };

/** 65 repair points over 20 stations: at least one each, spread so that no village of the station is left far away. */
export function demoGridPoints(seed: number, units: DemoUnits): readonly DemoGridPoint[] {
  const nextId = seededIds(seed, 'grid-points');
  const extra = shareOut(
    POINTS - units.stations.length,
    units.stations.map((station) => station.places.length),
  );
  const sites = units.stations.flatMap((station, i) =>
    spread(station.places, 1 + (extra[i] ?? 0)).map((place) => ({ station, place })),
  );
  return sites.map(({ station, place }, i) => ({
    id: nextId(),
    code: `GP-${String(i + 1).padStart(2, '0')}`,
    name: `${place.name}抢修点`,
    station,
    place,
    coverageMinutes: COVERAGE_MINUTES[place.areaClass],
  }));
}

/** Farthest-point choice: begins nearest to the town, then always takes the village farthest from those taken. */
function spread(places: readonly Place[], count: number): Place[] {
  const first = places.toSorted((a, b) => kilometres(a, a.town) - kilometres(b, b.town))[0];
  const chosen = first === undefined ? [] : [first];
  while (chosen.length < count) {
    const gap = (place: Place) => Math.min(...chosen.map((taken) => kilometres(place, taken)));
    const next = places.toSorted((a, b) => gap(b) - gap(a))[0];
    if (next === undefined || gap(next) === 0) throw new Error(`too few villages for ${count} repair points`);
    chosen.push(next);
  }
  return chosen;
}
