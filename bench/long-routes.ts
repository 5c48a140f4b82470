import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Random, seededRandom } from '#modules/repair/domain/index.ts';
import type { DrawnJob, DrawnProblem, DrawnVehicle } from '#modules/repair/testing/random-problem.ts';
import { placesOf } from './solomon.ts';

// Rounds of 60 to 100 stops whose optimum is known: shortest tours proven by HiGHS (`routing/long-tours.csv`, how: routing/README.md).
// Windows are planted around the arrivals of that tour, so that it stays possible and, being the shortest without windows, the best.
// Three rounds in one problem, each with stops that only its vehicle may serve, cost together what each costs alone.

export type LongProblem = { readonly name: string; readonly best: number; readonly problem: DrawnProblem };

type Point = readonly [x: number, y: number];
type Round = {
  readonly name: string;
  readonly points: readonly Point[];
  /** The optimum's order, from the depot 0, and its length. */
  readonly tour: readonly number[];
  readonly best: number;
};

const SERVICE = 600;
const DAY = 1_000_000;
/** Of a planted window: how many stops have one, and the most it opens before and closes after the arrival, as a share of the tour. */
const WITH_WINDOW = 0.7;
const WIDEST = 0.2;

/** What is measured: each round alone, free and with windows, and three at a time. */
export function longProblems(): readonly LongProblem[] {
  const rounds = readFileSync(join(import.meta.dirname, 'routing', 'long-tours.csv'), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((row): Round => {
      const [name = '', best, tour = ''] = row.split(',');
      return { name, best: Number(best), tour: tour.split(' ').map(Number), points: pointsOf(name) };
    });
  const alone = rounds.flatMap((round) => [
    problemOf(round.name, [round], false),
    problemOf(`${round.name} with windows`, [round], true),
  ]);
  const threes = [rounds.slice(0, 3), rounds.slice(3, 6)].flatMap((three) => [
    problemOf(`${three.map(({ name }) => name).join(' + ')} with windows`, three, true),
  ]);
  return [...alone, ...threes];
}

/** The depot first. `made-80-2`: eighty stops of seed 2; else the places of an instance of Solomon. */
export function pointsOf(name: string): readonly Point[] {
  const made = /^made-(\d+)-(\d+)$/.exec(name);
  if (made === null) return placesOf(name).map(({ x, y }): Point => [x, y]);
  const random = seededRandom(Number(made[2]));
  const somewhere = (): Point => [Math.round(random() * 1000) / 10, Math.round(random() * 1000) / 10];
  return Array.from({ length: Number(made[1]) + 1 }, somewhere);
}

/** Tenths, cut off. */
export function wayOf([ax, ay]: Point, [bx, by]: Point): number {
  return Math.floor(10 * Math.hypot(ax - bx, ay - by) + 1e-9);
}

function problemOf(name: string, rounds: readonly Round[], windows: boolean): LongProblem {
  const random = seededRandom(rounds.reduce((sum, { best }) => sum + best, 0));
  const points = rounds.flatMap((round) => round.points);
  const jobs: DrawnJob[] = [];
  const vehicles: DrawnVehicle[] = [];
  for (const [number, round] of rounds.entries()) {
    const depot = points.indexOf(round.points[0] as Point);
    vehicles.push(vehicleOf(number, depot));
    const planted = windows ? plant(round, random) : [];
    for (let stop = 1; stop < round.points.length; stop += 1)
      jobs.push(jobOf(depot + stop, number, planted[stop]));
  }
  const durations = points.map((a) => points.map((b) => wayOf(a, b)));
  return {
    name,
    best: rounds.reduce((sum, { best }) => sum + best, 0),
    problem: { jobs, vehicles, matrices: { car: { durations } } },
  };
}

/** By stop: a window around its arrival on the best tour. */
function plant(
  { points, tour, best }: Round,
  random: Random,
): readonly (readonly [number, number] | undefined)[] {
  const windows: (readonly [number, number] | undefined)[] = points.map(() => undefined);
  const whole = best + SERVICE * (tour.length - 1);
  let [at, before] = [0, 0];
  for (const stop of tour.slice(1)) {
    at += wayOf(points[before] as Point, points[stop] as Point);
    const [open, close] = [random() * WIDEST * whole, random() * WIDEST * whole];
    if (random() < WITH_WINDOW) windows[stop] = [Math.max(0, Math.floor(at - open)), Math.ceil(at + close)];
    at += SERVICE;
    before = stop;
  }
  return windows;
}

function jobOf(place: number, skill: number, window: readonly [number, number] | undefined): DrawnJob {
  return {
    id: place,
    location_index: place,
    service: SERVICE,
    setup: 0,
    delivery: [1],
    pickup: [],
    skills: [skill],
    priority: 0,
    ...(window && { time_windows: [window] }),
  };
}

function vehicleOf(number: number, depot: number): DrawnVehicle {
  return {
    id: number,
    profile: 'car',
    start_index: depot,
    end_index: depot,
    capacity: [1000],
    skills: [number],
    time_window: [0, DAY],
    breaks: [],
    speed_factor: 1,
    max_tasks: 1000,
    costs: { fixed: 0 },
  };
}
