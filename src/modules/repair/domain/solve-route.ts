import { hardWindows, placesOf } from './hard-windows.ts';
import { seededRandom } from './random.ts';
import { emptyBook, type RouteBook } from './route-book.ts';
import type { RouteProblem } from './route-problem.ts';
import { type Budget, ruinAndRecreate, type SearchResult } from './ruin-and-recreate.ts';

/** How many neighbours a job knows: more are never asked for, and the list of 10,000 jobs would fill the memory. */
const NEIGHBOURS = 500;

/** The best plan found within the budget: jobs in the order of their vehicle, by rank in the problem. */
export function solveRoute(problem: RouteProblem, budget: Budget & { readonly seed: number }): SearchResult {
  const jobs = problem.jobs.length;
  const book = emptyBook(jobs, problem.vehicles.length);
  const random = seededRandom(budget.seed);
  const evaluator = hardWindows(problem, book, random);
  const { near, reach } = nearest(problem, book);
  const orders = ordersOf(problem);
  const task = {
    book,
    evaluator,
    random,
    penalty: penalties(problem),
    near,
    reach,
    orders,
    kindOf: kindsOf(problem),
  };
  return ruinAndRecreate(task, budget);
}

/** More priority first, then more jobs. */
function penalties({ jobs }: RouteProblem): Float64Array {
  return Float64Array.from(jobs, ({ priority }) => 1 + priority * (jobs.length + 1));
}

function nearest(problem: RouteProblem, book: RouteBook): { near: Int32Array; reach: number } {
  const { jobs, vehicles } = problem;
  const reach = Math.min(NEIGHBOURS, Math.max(0, jobs.length - 1));
  const near = new Int32Array(jobs.length * reach);
  const matrix = vehicles[0]?.matrix;
  if (matrix === undefined) return { near, reach: 0 };
  const placeOf = placesOf(problem, book.next.length);
  // Distance and number in one figure: a plain numeric sort is ten times as fast as one that asks back.
  const keys = new Float64Array(jobs.length);
  for (let job = 0; job < jobs.length; job += 1) {
    const row = (placeOf[job] as number) * matrix.size;
    for (let other = 0; other < jobs.length; other += 1) {
      const there = placeOf[other] as number;
      const away = (matrix.cost[row + there] as number) + (matrix.costTo[row + there] as number);
      keys[other] = other === job ? Infinity : away * jobs.length + other;
    }
    keys.sort();
    for (let i = 0; i < reach; i += 1) near[job * reach + i] = (keys[i] as number) % jobs.length;
  }
  return { near, reach };
}

/** SISR's orders for time windows: heaviest, farthest, nearest, narrowest, earliest and latest first; a weight each. */
function ordersOf(problem: RouteProblem) {
  const { jobs, vehicles } = problem;
  const matrix = vehicles[0]?.matrix;
  const depot = vehicles[0]?.start?.place ?? vehicles[0]?.end?.place ?? problem.nowhere;
  const far = Float64Array.from(jobs, ({ place }) => matrix?.cost[depot * matrix.size + place] ?? 0);
  const by = (weight: number, rank: (job: (typeof jobs)[number], i: number) => number) => ({
    weight,
    rank: Float64Array.from(jobs, rank),
  });
  const usual = [
    by(4, ({ delivery, pickup }) => -sumOf(delivery) - sumOf(pickup)),
    by(2, (_, i) => -(far[i] ?? 0)),
    by(1, (_, i) => far[i] ?? 0),
    by(2, ({ windows }) => sumOf(windows.map(([from, to]) => to - from))),
    by(2, ({ windows }) => windows[0]?.[0] ?? 0),
    by(2, ({ windows }) => -(windows.at(-1)?.[1] ?? 0)),
  ];
  const ranked = jobs.some(({ priority }) => priority !== jobs[0]?.priority);
  return ranked ? [...usual, by(6, ({ priority }) => -priority)] : usual;
}

function sumOf(amounts: readonly number[]): number {
  return amounts.reduce((a, b) => a + b, 0);
}

/** Vehicles that differ in nothing but their number. */
function kindsOf({ vehicles }: RouteProblem): Int32Array {
  const kinds = new Map<string, number>();
  const matrices = [...new Set(vehicles.map(({ matrix }) => matrix))];
  return Int32Array.from(vehicles, (vehicle) => {
    const { start, end, skills, matrix, id: _id, description: _description, ...rest } = vehicle;
    const places = [start?.place ?? -1, end?.place ?? -1, matrices.indexOf(matrix)];
    const key = JSON.stringify([places, skills.toSorted((a, b) => a - b), rest]);
    const kind = kinds.get(key) ?? kinds.size;
    kinds.set(key, kind);
    return kind;
  });
}
