import { MINUTE } from '#kernel/instant.ts';
import {
  type DispatchPolicy,
  planDispatch,
  type TravelPoint,
  travelMinutes,
  usualTravel,
} from '#modules/repair/domain/index.ts';
import { factsOf } from './policies.ts';
import { crewAtBase, type Outcome, outcomeOf } from './simulate.ts';
import type { TrueFault, World } from './world.ts';

/**
 * What could have been done if every fault, way and repair had been known in the morning; a crew may even wait at the place before it
 * is reported. Searched, not proven: no bound in the strict sense.
 */
export function hindsight({ bases, faults }: World, policy: DispatchPolicy, rounds: number): Outcome {
  const crews = bases.map(crewAtBase);
  const known = faults.map((fault) => ({ ...fault, repairMinutes: fault.trueRepairMinutes }));
  const facts = factsOf({ now: 0, crews, faults: known, minutes: trueMinutes, lastPlan: undefined });
  const exact = {
    ...policy,
    rounds,
    weights: { ...policy.weights, blurMinutes: 0, blurShare: 0, spareSkill: 0 },
  };
  const { plan } = planDispatch(facts, exact, 1);
  const arrivals = new Map<TrueFault, number>();
  let travel = 0;
  for (const { base } of crews) {
    let [minute, at] = [0, base.at];
    for (const id of plan.get(base.id) ?? []) {
      const fault = faults.find((one) => one.id === id) as TrueFault;
      const way = trueMinutes(at, fault);
      travel += way;
      minute = Math.max(minute + way, fault.reportedAt / MINUTE);
      arrivals.set(fault, minute);
      minute += fault.trueRepairMinutes;
      at = fault.at;
    }
  }
  return outcomeOf(faults, arrivals, { travel, asked: 0, decisions: [] });
}

function trueMinutes(from: TravelPoint, to: TrueFault): number {
  return travelMinutes(usualTravel, from.position, to.at) * to.noise;
}
