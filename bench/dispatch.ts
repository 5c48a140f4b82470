import { planDispatch, seededRandom } from '#modules/repair/domain/index.ts';
import { randomFacts } from '#modules/repair/testing/dispatch-builders.ts';
import { gapsToOptimum } from './dispatch/exact.ts';
import { hindsight } from './dispatch/hindsight.ts';
import { nearestIdle, ownGrid, rolling, stormPolicy } from './dispatch/policies.ts';
import { type Outcome, simulate } from './dispatch/simulate.ts';
import { type Load, makeWorld, type World } from './dispatch/world.ts';
import { percentile, record } from './measure.ts';

// The dispatch of crews in a made county under three loads, each day with the same faults, ways and repairs for every policy. The floor
// is the nearest idle crew in the order of the reports. Days are unseen ones: the weights were set on others (1 to 110,
// and 301 to 312 for the price of scarce skills; 1 to 8 for the blur of repairs and for stand-bys). Whoever is asked to wait elsewhere goes:
// the dispatcher of these days clicks on every proposal.
// DISPATCH_DAYS sets how many, DISPATCH_LOADS=busy which loads.

const DAYS = Number(process.env['DISPATCH_DAYS'] ?? 10);
const LOADS = (process.env['DISPATCH_LOADS']?.split(',') ?? ['quiet', 'busy', 'storm']) as readonly Load[];
const FIRST_DAY = Number(process.env['DISPATCH_FIRST'] ?? 201);
const HINDSIGHT_ROUNDS = 3000;
/** The most breaches, and the least saving of customer-minutes, against the nearest idle crew. */
const MUST: Readonly<Record<Load, { readonly breaches: number; readonly saved: number }>> = {
  quiet: { breaches: 1, saved: 0 },
  busy: { breaches: 0.28, saved: 0.22 },
  storm: { breaches: 0.36, saved: 0.35 },
};

for (const load of LOADS) compare(load);
await small();
speed();

function compare(load: Load): void {
  const days = Array.from({ length: DAYS }, (_, i) => makeWorld(load, FIRST_DAY + i));
  const play = (name: string, how: (world: World) => Outcome) => {
    const outcomes = days.map(how);
    record('dispatch', [`${load.padEnd(5)} ${name.padEnd(13)} ${figures(outcomes)}`]);
    return outcomes;
  };
  play('own grid', (world) => simulate(world, ownGrid));
  const floor = play('nearest idle', (world) => simulate(world, nearestIdle));
  play('no stand-by', (world) => simulate(world, { send: rolling(stormPolicy, world).send }));
  const ours = play('rolling', (world) => simulate(world, rolling(stormPolicy, world)));
  play('hindsight', (world) => hindsight(world, stormPolicy, HINDSIGHT_ROUNDS));
  const breaches = mean(ours, (day) => day.breaches) / mean(floor, (day) => day.breaches);
  const saved = 1 - mean(ours, (day) => day.customerMinutes) / mean(floor, (day) => day.customerMinutes);
  const must = MUST[load];
  record('dispatch', [
    `${load.padEnd(5)} rolling against nearest idle: ${breaches.toFixed(3)} × the breaches (at most ${must.breaches}; fewer by ` +
      `${interval(floor, ours, (day) => 100 * day.breaches)} points a day), ${(100 * saved).toFixed(1)} % fewer customer-minutes ` +
      `(at least ${100 * must.saved}; fewer by ${interval(floor, ours, (day) => day.customerMinutes)} a customer)`,
  ]);
  if (breaches > must.breaches || saved < must.saved) process.exitCode = 1;
}

function figures(days: readonly Outcome[]): string {
  const slow = percentile(
    days.flatMap((day) => day.decisions),
    95,
  );
  return (
    `breaches ${(100 * mean(days, (day) => day.breaches)).toFixed(1)} % (of weight ${(100 * mean(days, (day) => day.breachesOfWeight)).toFixed(1)} %), ` +
    `arrival ${mean(days, (day) => day.meanArrival).toFixed(1)} min, ${mean(days, (day) => day.customerMinutes).toFixed(0)} min a customer, ` +
    `travel ${mean(days, (day) => day.travelPerFault).toFixed(1)} min, ${mean(days, (day) => day.asked).toFixed(0)} stand-bys a day${Number.isNaN(slow) ? '' : `, p95 ${slow.toFixed(1)} ms a decision`}`
  );
}

async function small(): Promise<void> {
  const gaps = await gapsToOptimum(stormPolicy, 30);
  const [average, worst] = [gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length, Math.max(...gaps)];
  record('dispatch', [
    `8 faults, 4 crews, ${gaps.length} cases: ${(100 * average).toFixed(2)} % over the exact optimum (HiGHS) on average, ` +
      `${(100 * worst).toFixed(2)} % at worst (at most 5 %)`,
  ]);
  if (worst > 0.05) process.exitCode = 1;
}

function speed(): void {
  const spent = Array.from({ length: 40 }, (_, i) => {
    const facts = randomFacts(seededRandom(70 + i), { crews: 65, faults: 150 });
    const begun = performance.now();
    planDispatch(facts, stormPolicy, i);
    return performance.now() - begun;
  });
  const p95 = percentile(spent, 95);
  record('dispatch', [`150 faults, 65 crews, from nothing: p95 ${p95.toFixed(0)} ms a plan (at most 200)`]);
  if (p95 > 200) process.exitCode = 1;
}

function mean(days: readonly Outcome[], of: (day: Outcome) => number): number {
  return days.reduce((sum, day) => sum + of(day), 0) / days.length;
}

/** The mean difference by day and its 95 % interval: the days are the same for both. */
function interval(a: readonly Outcome[], b: readonly Outcome[], of: (day: Outcome) => number): string {
  const differences = a.map((day, i) => of(day) - of(b[i] as Outcome));
  const average = differences.reduce((sum, one) => sum + one, 0) / differences.length;
  const variance =
    differences.reduce((sum, one) => sum + (one - average) ** 2, 0) / Math.max(1, differences.length - 1);
  return `${average.toFixed(1)} ± ${(1.96 * Math.sqrt(variance / differences.length)).toFixed(1)}`;
}
