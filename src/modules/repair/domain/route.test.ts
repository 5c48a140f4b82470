import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRefusal } from '#kernel/result.ts';
import { faultsOf } from '../testing/check-plan.ts';
import { type DrawnProblem, type DrawnVehicle, randomProblem } from '../testing/random-problem.ts';
import { printRoutePlan, type PrintedPlan } from './print-route-plan.ts';
import { seededRandom } from './random.ts';
import { readRouteProblem } from './read-route-problem.ts';
import { solveRoute } from './solve-route.ts';

function plan(problem: unknown, rounds: number, seed = 1): PrintedPlan {
  const read = readRouteProblem(problem);
  assert.ok(!isRefusal(read), JSON.stringify(read));
  return printRoutePlan(read, solveRoute(read, { rounds, seed }).routes);
}

test('every plan of a random problem is feasible, whatever the format allows', () => {
  for (let seed = 1; seed <= 150; seed += 1) {
    const random = seededRandom(seed);
    const size = { jobs: 1 + Math.floor(random() * 40), vehicles: 1 + Math.floor(random() * 6) };
    const problem = randomProblem(random, size);
    assert.deepEqual(faultsOf(problem, plan(problem, 300, seed)), [], `seed ${seed}`);
  }
});

test('the checker finds what is planted: late, overloaded, unskilled, forgotten', () => {
  let found = 0;
  for (let seed = 1; seed <= 40; seed += 1) {
    const problem = randomProblem(seededRandom(seed), { jobs: 12, vehicles: 3 });
    const good = plan(problem, 200);
    const vehicles = problem.vehicles.map((one) => ({
      ...one,
      time_window: [5000, 5001] as const,
      skills: [],
      capacity: [0, 0],
    }));
    if (good.routes.length > 0 && faultsOf({ ...problem, vehicles }, good).length > 0) found += 1;
    assert.notDeepEqual(faultsOf(problem, { ...good, unassigned: [], routes: [] }), []);
  }
  assert.ok(found > 30, `${found}`);
});

test('small problems are solved as well as by trying everything', () => {
  let [solved, withLeft] = [0, 0];
  for (let seed = 1; seed <= 60; seed += 1) {
    const problem = randomProblem(seededRandom(1000 + seed), { jobs: 5, vehicles: 2 });
    const found = plan(problem, 2000, seed);
    const best = byTryingAll(problem);
    const reached = [found.summary.priority, 5 - found.summary.unassigned, -found.summary.cost];
    assert.deepEqual(reached, best, `seed ${seed}`);
    solved += 1;
    if (found.summary.unassigned > 0) withLeft += 1;
  }
  assert.ok(solved === 60 && withLeft > 10 && withLeft < 60, `${withLeft}`);
});

test('the same seed gives the same plan, another one may give another', () => {
  const problem = randomProblem(seededRandom(7), { jobs: 60, vehicles: 6 });
  assert.deepEqual(plan(problem, 400, 3), plan(problem, 400, 3));
  assert.notDeepEqual(plan(problem, 400, 3), plan(problem, 400, 4));
});

test('more rounds are not worse, and no job of higher priority is left for a lower one', () => {
  const problem = randomProblem(seededRandom(11), { jobs: 40, vehicles: 3 });
  const [few, many] = [plan(problem, 50), plan(problem, 3000)];
  assert.ok(many.summary.priority >= few.summary.priority);
  const one = {
    vehicles: [{ id: 1, start: [122, 37], time_window: [0, 1000] }],
    jobs: [
      { id: 1, location: [122, 37], service: 1000 },
      { id: 2, location: [122, 37], service: 1000, priority: 7 },
    ].map((job) => ({ ...job, time_windows: [[0, 0]] })),
  };
  assert.deepEqual(
    plan(one, 50).unassigned.map((job) => job['id']),
    [1],
  );
});

/** The best [priority, jobs done, -cost] of two vehicles: every subset, every order, each break in every gap. */
function byTryingAll(problem: DrawnProblem): readonly number[] {
  const best = problem.vehicles.map((vehicle) => bestBySubset(problem, vehicle));
  let top: readonly number[] = [0, 0, 0];
  const all = (1 << problem.jobs.length) - 1;
  for (let first = 0; first <= all; first += 1)
    for (let second = 0; second <= all; second += 1) {
      if ((first & second) !== 0) continue;
      const [a, b] = [best[0]?.[first], best[1]?.[second]];
      if (a === undefined || b === undefined) continue;
      const done = problem.jobs.filter((_, i) => ((first | second) & (1 << i)) !== 0);
      const value = [done.reduce((sum, { priority }) => sum + priority, 0), done.length, -(a + b)];
      if (isMore(value, top)) top = value;
    }
  return top;
}

function isMore(a: readonly number[], b: readonly number[]): boolean {
  const i = a.findIndex((value, at) => value !== b[at]);
  return i >= 0 && (a[i] ?? 0) > (b[i] ?? 0);
}

/** The least cost of each subset of jobs in any order; a hole where none is feasible. */
function bestBySubset(problem: DrawnProblem, vehicle: DrawnVehicle): readonly (number | undefined)[] {
  const best: (number | undefined)[] = [0];
  const visit = (order: readonly number[], mask: number) => {
    if (order.length > 0) {
      const cost = leastCost(problem, vehicle, order);
      if (cost !== undefined && cost < (best[mask] ?? Infinity)) best[mask] = cost;
    }
    for (let i = 0; i < problem.jobs.length; i += 1)
      if ((mask & (1 << i)) === 0) visit([...order, i], mask | (1 << i));
  };
  visit([], 0);
  return best;
}

/** The cost of an order of jobs, when the checker accepts it with the breaks somewhere. */
function leastCost(
  problem: DrawnProblem,
  vehicle: DrawnVehicle,
  order: readonly number[],
): number | undefined {
  const alone = { ...problem, vehicles: [vehicle], jobs: order.map((i) => problem.jobs[i]!) };
  const read = readRouteProblem(alone);
  assert.ok(!isRefusal(read));
  for (const turned of restOrders(read.vehicles[0]!.breaks)) {
    const own = { ...read, vehicles: [{ ...read.vehicles[0]!, breaks: turned }] };
    const printed = printRoutePlan(own, [order.map((_, i) => i)]);
    const times = JSON.stringify(printed);
    if (!times.includes('null') && faultsOf(alone, printed).length === 0) return printed.summary.cost;
  }
  return undefined;
}

function restOrders<T>(rests: readonly T[]): readonly (readonly T[])[] {
  return rests.length < 2 ? [rests] : [rests, rests.toReversed()];
}
