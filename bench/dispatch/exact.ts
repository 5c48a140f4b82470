import highsLoader from 'highs';
import {
  type DispatchFacts,
  type DispatchPolicy,
  planDispatch,
  seededRandom,
} from '#modules/repair/domain/index.ts';
import { bestBySet } from '#modules/repair/testing/dispatch-by-hand.ts';
import { randomFacts } from '#modules/repair/testing/dispatch-builders.ts';

const CREWS = 4;
const FAULTS = 8;

/**
 * Small cases against the exact optimum: each crew takes one set of faults in its best order (all orders tried), each fault is in one
 * set, HiGHS chooses the sets. Answers by which share our plan costs more, case by case; only cases in which all can be done.
 */
export async function gapsToOptimum(policy: DispatchPolicy, cases: number): Promise<readonly number[]> {
  const highs = await highsLoader();
  const gaps: number[] = [];
  for (let seed = 1; gaps.length < cases; seed += 1) {
    const facts = randomFacts(seededRandom(9000 + seed), { crews: CREWS, faults: FAULTS });
    const found = planDispatch(facts, policy, seed);
    if (found.unplanned.length > 0) continue;
    const solution = highs.solve(programOf(facts, policy));
    if (solution.Status !== 'Optimal') throw new Error(`HiGHS: ${solution.Status}`);
    gaps.push(found.cost / solution.ObjectiveValue - 1);
  }
  return gaps;
}

/** Set partitioning in CPLEX LP form. */
function programOf(facts: DispatchFacts, policy: DispatchPolicy): string {
  const columns = bestBySet(facts, policy).flatMap((best, crew) =>
    best.flatMap((cost, set) =>
      cost === undefined || set === 0 ? [] : [{ name: `x_${crew}_${set}`, crew, set, cost }],
    ),
  );
  const row = (chosen: typeof columns) => chosen.map(({ name }) => name).join('\n + ');
  const once = facts.faults.map(
    (_, i) => ` f${i}: ${row(columns.filter(({ set }) => (set & (1 << i)) !== 0))} = 1`,
  );
  const oneSet = facts.crews.map(
    (_, crew) => ` c${crew}: ${row(columns.filter((one) => one.crew === crew))} <= 1`,
  );
  return [
    'Minimize',
    ` cost: ${columns.map(({ name, cost }) => `${cost.toFixed(6)} ${name}`).join('\n + ')}`,
    'Subject To',
    ...once,
    ...oneSet,
    'Binary',
    ...columns.map(({ name }) => ` ${name}`),
    'End',
  ].join('\n');
}
