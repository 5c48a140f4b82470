import type { Random } from '../domain/random.ts';

// Problems in VROOM's JSON with everything the format allows here, from a seed. Plain objects: the reader is under test too.

export type DrawnJob = {
  readonly id: number;
  readonly location_index: number;
  readonly service: number;
  readonly setup: number;
  readonly delivery: readonly number[];
  readonly pickup: readonly number[];
  readonly skills: readonly number[];
  readonly priority: number;
  readonly time_windows?: readonly (readonly [number, number])[];
};

type DrawnBreak = {
  readonly id: number;
  readonly service: number;
  readonly time_windows: readonly (readonly [number, number])[];
};

export type DrawnVehicle = {
  readonly id: number;
  readonly profile: string;
  readonly start_index?: number;
  readonly end_index?: number;
  readonly capacity: readonly number[];
  readonly skills: readonly number[];
  readonly time_window: readonly [number, number];
  readonly breaks: readonly DrawnBreak[];
  readonly speed_factor: number;
  readonly max_tasks: number;
  readonly max_travel_time?: number;
  readonly costs: { readonly fixed: number };
};

export type DrawnProblem = {
  readonly jobs: readonly DrawnJob[];
  readonly vehicles: readonly DrawnVehicle[];
  readonly matrices: Readonly<
    Record<string, { readonly durations: number[][]; readonly costs?: number[][] }>
  >;
};

export type Size = { readonly jobs: number; readonly vehicles: number };

const DAY = 10_000;

export function randomProblem(random: Random, { jobs, vehicles }: Size): DrawnProblem {
  const below = (most: number) => Math.floor(random() * most);
  const places = Math.max(2, Math.ceil(jobs * 0.8));
  // Without the triangle inequality now and then: a detour may be quicker.
  const rough = random() < 0.5;
  const table = (spread: number) =>
    Array.from({ length: places }, (_, i) =>
      Array.from({ length: places }, (__, j) => (i === j ? 0 : 100 + below(spread))),
    );
  const durations = rough ? table(1500) : planar(places, below);
  const pickups = random() < 0.5;
  return {
    jobs: Array.from({ length: jobs }, (_, i) => ({
      id: 10 + i,
      location_index: below(places),
      service: below(600),
      setup: random() < 0.3 ? below(300) : 0,
      delivery: [below(4), below(2)],
      pickup: pickups ? [below(3), below(2)] : [0, 0],
      skills: random() < 0.2 ? [1 + below(2)] : [],
      priority: random() < 0.3 ? below(101) : 0,
      ...(random() < 0.7 && { time_windows: windows(random, below) }),
    })),
    vehicles: Array.from({ length: vehicles }, (_, i) => vehicle(i, random, below, places)),
    matrices: {
      car: { durations, ...(random() < 0.5 && { costs: table(900) }) },
      foot: { durations: durations.map((row) => row.map((seconds) => seconds * 2)) },
    },
  };
}

function vehicle(i: number, random: Random, below: (most: number) => number, places: number): DrawnVehicle {
  const shift = below(DAY / 4);
  const open = below(3);
  return {
    id: 1 + i,
    profile: random() < 0.8 ? 'car' : 'foot',
    ...(open !== 1 && { start_index: below(places) }),
    ...(open !== 2 && { end_index: below(places) }),
    capacity: [4 + below(12), 2 + below(6)],
    skills: [1, 2].filter(() => random() < 0.6),
    time_window: [shift, shift + DAY / 2 + below(DAY)],
    breaks: Array.from({ length: below(3) }, (_, k) => ({
      id: k + 1,
      service: below(900),
      time_windows: windows(random, below),
    })),
    speed_factor: random() < 0.7 ? 1 : 0.5 + random() * 2,
    max_tasks: 1 + below(12),
    ...(random() < 0.2 && { max_travel_time: 1000 + below(6000) }),
    costs: { fixed: random() < 0.3 ? below(2000) : 0 },
  };
}

function windows(random: Random, below: (most: number) => number): readonly (readonly [number, number])[] {
  const from = below(DAY);
  const to = from + below(DAY / 4);
  return random() < 0.7
    ? [[from, to]]
    : [
        [from, to],
        [to + 500, to + 500 + below(DAY / 5)],
      ];
}

function planar(places: number, below: (most: number) => number): number[][] {
  const points = Array.from({ length: places }, () => [below(1000), below(1000)] as const);
  return points.map(([x, y]) => points.map(([u, v]) => Math.ceil(Math.hypot(x - u, y - v))));
}
