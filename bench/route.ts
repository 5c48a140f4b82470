import { isRefusal } from '#kernel/result.ts';
import { type PrintedPlan, printRoutePlan, readRouteProblem, solveRoute } from '#modules/repair/index.ts';
import { faultsOf } from '#modules/repair/testing/check-plan.ts';
import type { DrawnProblem } from '#modules/repair/testing/random-problem.ts';
import { record } from './measure.ts';
import { longProblems } from './long-routes.ts';
import { bestKnown, solomon } from './solomon.ts';

// `dafuwu route` on the 29 instances of Solomon: mean gap to the best known distance in 2 and in 10 seconds on one core, beside
// what 300 rounds find as floor; and on rounds of 60 to 100 stops, three of them at most, whose optimum is proven. ROUTE_ONLY=R1 takes
// those whose name begins so, ROUTE_SECONDS=2 one of the two times.

type Measured = { readonly name: string; readonly best: number; readonly problem: DrawnProblem };

const MOST_GAP: Readonly<Record<string, number>> = { 2: 1.5, 10: 0.6 };
const only = process.env['ROUTE_ONLY'] ?? '';
const times = process.env['ROUTE_SECONDS']?.split(',') ?? Object.keys(MOST_GAP);

measure(
  'instances',
  bestKnown().map(({ name, best }) => ({ name, best, problem: solomon(name) })),
);
measure('rounds of 60 to 100 stops', longProblems());

function measure(what: string, all: readonly Measured[]): void {
  const instances = all.filter(({ name }) => name.startsWith(only));
  if (instances.length === 0) return;
  const first = mean(instances.map((one) => gap(one, undefined)));
  for (const seconds of times) {
    const gaps = instances.map((one) => ({ name: one.name, gap: gap(one, Number(seconds)) }));
    const [found, most] = [mean(gaps.map((one) => one.gap)), MOST_GAP[seconds] ?? Infinity];
    const worst = gaps.reduce((a, b) => (a.gap > b.gap ? a : b));
    record('route', [
      `route: ${instances.length} ${what}, ${seconds} s each: mean gap ${found.toFixed(3)} % (at most ${most}), worst ${worst.gap.toFixed(2)} % (${worst.name}), ` +
        `${gaps.filter((one) => one.gap <= 0).length} at the best known; ${(found / first).toFixed(3)} × the gap after 300 rounds (${first.toFixed(1)} %)`,
    ]);
    if (found > most) process.exitCode = 1;
  }
}

function gap({ problem, best }: Measured, seconds: number | undefined): number {
  const begun = performance.now();
  const budget =
    seconds === undefined
      ? { rounds: 300 }
      : { rounds: Infinity, used: () => (performance.now() - begun) / (1000 * seconds) };
  const read = readRouteProblem(problem);
  if (isRefusal(read)) throw new Error(JSON.stringify(read));
  const plan: PrintedPlan = printRoutePlan(read, solveRoute(read, { ...budget, seed: 1 }).routes);
  const faults = faultsOf(problem, plan);
  if (faults.length > 0 || plan.summary.unassigned > 0) throw new Error(`not feasible: ${faults.join('; ')}`);
  return (plan.summary.cost / best - 1) * 100;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
