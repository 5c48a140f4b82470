import { MINUTE } from '#kernel/instant.ts';
import { arrivalLimits } from '#modules/repair/dispatch-policy.ts';
import {
  type Fault,
  type Position,
  type Random,
  seededRandom,
  travelMinutes,
  type TravelPoint,
  usualTravel,
  type Zone,
} from '#modules/repair/domain/index.ts';

// A made county of 100 × 100 km: 65 grid points with a crew each, and twelve hours of faults. The figures that the design names
// (shares of skills and zones, loads, noise) are its own (dispatch-outage.md 6.4); those it leaves open (how many customers, how
// long repairs take) are set so that the nearest-idle policy breaks the limit about as often as there, with about as many
// customer-minutes (3.6, 31, 66 %; 153, 218, 283 minutes). Two of them were changed after rolling plans had been seen on earlier
// days: exact shares of skills, and more and longer faults of medium voltage. Read the savings with that in mind.

/** The company's own (R004 to R006). */
export const ARRIVAL_LIMIT = arrivalLimits(undefined);

export type Load = 'quiet' | 'busy' | 'storm';

/** Faults an hour, and how many more in how many first hours. */
const LOADS: Readonly<Record<Load, { readonly perHour: number; readonly burst: number }>> = {
  quiet: { perHour: 24, burst: 0 },
  busy: { perHour: 36, burst: 0 },
  storm: { perHour: 24, burst: 150 },
};
const BURST_FROM_MINUTE = 120;
const BURST_MINUTES = 120;
const DAY_MINUTES = 12 * 60;
const GRIDS = 65;
/** Faults of a week or so that are remembered. */
const PAST = 200;

export type Base = { readonly id: string; readonly at: TravelPoint; readonly skills: readonly string[] };

/** A fault as it will turn out: what the dispatcher knows, and what only time tells. */
export type TrueFault = Fault & {
  readonly trueRepairMinutes: number;
  /** By which factor the way to it takes longer than expected, whoever goes. */
  readonly noise: number;
};

export type World = {
  readonly bases: readonly Base[];
  readonly faults: readonly TrueFault[];
  /** Of other days of the same county: what the company knows of where faults come. */
  readonly past: readonly TrueFault[];
};

/** What kinds of faults there are: share, skill, customers (median, spread) and minutes of repair (median, spread). */
const KINDS = [
  { share: 0.64, skills: [], customers: [12, 0.9], repair: [30, 0.5] },
  { share: 0.31, skills: ['mv'], customers: [250, 0.9], repair: [107, 0.5] },
  { share: 0.05, skills: ['cable'], customers: [120, 0.9], repair: [100, 0.5] },
] as const;
const TRAVEL_SPREAD = 0.2;
const IMPORTANT = 0.05;
const MEDICAL = 0.03;

export function makeWorld(load: Load, seed: number): World {
  const random = seededRandom(seed * 7919 + 17);
  const [mv, cable] = [drawSome(random, 0.45), drawSome(random, 0.2)];
  const bases = Array.from({ length: GRIDS }, (_, i): Base => {
    const zone = drawZone(random);
    return {
      id: `grid-${i + 1}`,
      at: { position: positionOf(drawPlace(random, zone)), zone },
      skills: [...(mv.has(i) ? ['mv'] : []), ...(cable.has(i) ? ['cable'] : [])],
    };
  });
  const { perHour, burst } = LOADS[load];
  const minutes = [
    ...Array.from({ length: perHour * 12 }, () => random() * DAY_MINUTES),
    ...Array.from({ length: burst }, () => BURST_FROM_MINUTE + random() * BURST_MINUTES),
  ].toSorted((a, b) => a - b);
  const faults = minutes.map((minute, i) => drawFault(random, { minute, i, bases }));
  const past = Array.from({ length: PAST }, (_, i) => drawFault(random, { minute: 0, i, bases }));
  return { bases, faults, past };
}

function drawFault(
  random: Random,
  {
    minute,
    i,
    bases,
  }: {
    readonly minute: number;
    readonly i: number;
    readonly bases: readonly Base[];
  },
): TrueFault {
  let drawn = random();
  const kind = KINDS.find(({ share }) => (drawn -= share) < 0) ?? KINDS[0];
  for (;;) {
    const zone = drawZone(random);
    const at = { position: positionOf(drawPlace(random, zone)), zone };
    const able = bases.filter(({ skills }) => kind.skills.every((skill) => skills.includes(skill)));
    const ways = able.map((base) => travelMinutes(usualTravel, base.at.position, at));
    const nearest = Math.min(...ways);
    // Somebody suitable could be in time from his base: what is late is the dispatch's.
    if (nearest > ARRIVAL_LIMIT[zone] * 0.7) continue;
    const home = bases.reduce((a, b) =>
      travelMinutes(usualTravel, a.at.position, at) <= travelMinutes(usualTravel, b.at.position, at) ? a : b,
    );
    const [median, spread] = kind.repair;
    return {
      id: `fault-${i + 1}`,
      grid: home.id,
      at,
      reportedAt: minute * MINUTE,
      customers: Math.max(1, Math.round(logNormal(random, kind.customers[0], kind.customers[1]))),
      important: random() < IMPORTANT,
      medical: random() < MEDICAL ? 1 : 0,
      skills: kind.skills,
      materials: {},
      // The mean of the kind is what the dispatcher expects.
      repairMinutes: median * Math.exp(spread ** 2 / 2),
      trueRepairMinutes: logNormal(random, median, spread),
      noise: logNormal(random, 1, TRAVEL_SPREAD),
    };
  }
}

/** A share of the grid points, to the point. */
function drawSome(random: Random, share: number): ReadonlySet<number> {
  const drawn = Array.from({ length: GRIDS }, (_, i) => ({ i, at: random() })).toSorted(
    (a, b) => a.at - b.at,
  );
  return new Set(drawn.slice(0, Math.round(GRIDS * share)).map(({ i }) => i));
}

function drawZone(random: Random): Zone {
  const drawn = random();
  return drawn < 0.45 ? 'city' : drawn < 0.85 ? 'rural' : 'remote';
}

/** The town in the middle, villages around it, the far ones further out. Kilometres from the corner. */
const SPREAD_KM: Readonly<Record<Zone, number>> = { city: 6, rural: 18, remote: 28 };

function drawPlace(random: Random, zone: Zone): readonly [number, number] {
  for (;;) {
    const [x, y] = [50 + SPREAD_KM[zone] * normal(random), 50 + SPREAD_KM[zone] * normal(random)];
    if (x >= 0 && x <= 100 && y >= 0 && y <= 100) return [x, y];
  }
}

const KM_PER_DEGREE = 111.19;
const SOUTH = 36.9;
const WEST = 121.7;

function positionOf([x, y]: readonly [number, number]): Position {
  const latitude = SOUTH + y / KM_PER_DEGREE;
  return { latitude, longitude: WEST + x / (KM_PER_DEGREE * Math.cos((latitude * Math.PI) / 180)) };
}

function logNormal(random: Random, median: number, spread: number): number {
  return median * Math.exp(spread * normal(random));
}

function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
