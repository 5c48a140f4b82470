import { HOUR, MINUTE } from '#kernel/instant.ts';
import type { DispatchFacts, DispatchPolicy } from '../domain/dispatch-facts.ts';

/**
 * What an order of faults costs one crew, told a second time and in plain words: the tests compare the search with it. `undefined` when
 * the crew may not do it. Faults are numbers in `facts`.
 */
export function costByHand(
  facts: DispatchFacts,
  policy: DispatchPolicy,
  crewNumber: number,
  order: readonly number[],
): number | undefined {
  const crew = facts.crews[crewNumber];
  if (crew === undefined || order.length === 0) return order.length === 0 ? 0 : undefined;
  const { weights } = policy;
  const points = facts.crews.length + facts.faults.length;
  let [cost, minute, from] = [0, Math.max(0, (crew.freeAt - facts.now) / MINUTE), crewNumber];
  const stock: Record<string, number> = { ...crew.materials };
  for (const number of order) {
    const fault = facts.faults[number];
    if (fault === undefined || fault.skills.some((skill) => !crew.skills.includes(skill))) return undefined;
    for (const [good, amount] of Object.entries(fault.materials)) {
      stock[good] = (stock[good] ?? 0) - amount;
      if ((stock[good] ?? 0) < 0) return undefined;
    }
    const to = facts.crews.length + number;
    const way = facts.travel[from * points + to] ?? Number.NaN;
    const reported = (fault.reportedAt - facts.now) / MINUTE;
    const blur = weights.blurMinutes + weights.blurShare * minute;
    minute = Math.max(minute + way, reported);
    const over = minute - reported - policy.arrivalLimit[fault.at.zone];
    const times =
      (fault.important || fault.medical > 0 ? weights.importantTimes : 1) *
      (fault.customers > weights.manyCustomers ? weights.manyTimes : 1);
    const likely = Math.min(1, Math.max(0, 0.5 + over / (2 * blur)));
    const spare = crew.skills.filter((skill) => !fault.skills.includes(skill));
    cost +=
      (minute - reported) * fault.customers * weights.customerMinute +
      times * (likely * weights.breach + Math.max(0, over) * weights.lateMinute) +
      way * (weights.travelMinute + dearest(facts, policy, crew.skills)) +
      fault.repairMinutes * dearest(facts, policy, spare) +
      spare.length * weights.spareSkill +
      (!policy.storm && crew.grid !== fault.grid ? weights.crossing : 0);
    minute += fault.repairMinutes;
    from = to;
  }
  const shift = (crew.shiftEnd - facts.now) / MINUTE + policy.overtimeMinutes;
  const duty = (crew.onDutySince + policy.longestDutyHours * HOUR - facts.now) / MINUTE;
  return minute <= Math.min(shift, duty) ? cost : undefined;
}

/** What a minute of the scarcest of these skills is worth: from a load of one half on, at most one and a half of the weight. */
function dearest(
  { now, crews, faults }: DispatchFacts,
  { weights }: DispatchPolicy,
  skills: readonly string[],
): number {
  let most = 0;
  for (const skill of skills) {
    let [work, able] = [0, 0];
    for (const crew of crews) {
      if (!crew.skills.includes(skill)) continue;
      able += 1;
      work += Math.min(60, Math.max(0, (crew.freeAt - now) / MINUTE));
    }
    for (const fault of faults) if (fault.skills.includes(skill)) work += fault.repairMinutes + 20;
    most = Math.max(most, Math.min(1.5, work / (60 * able) / 0.5 - 1) * weights.scarceMinute);
  }
  return most;
}

/** For each crew and each set of faults (a bit each) the least cost in any order; `undefined` where none is allowed. */
export function bestBySet(
  facts: DispatchFacts,
  policy: DispatchPolicy,
): readonly (readonly (number | undefined)[])[] {
  return facts.crews.map((_, crew) => {
    const best: (number | undefined)[] = [];
    best.length = 1 << facts.faults.length;
    const visit = (order: readonly number[], set: number) => {
      const cost = costByHand(facts, policy, crew, order);
      // What cannot be done cannot be done with one more at its end.
      if (cost === undefined) return;
      if (cost < (best[set] ?? Infinity)) best[set] = cost;
      for (let i = 0; i < facts.faults.length; i += 1)
        if ((set & (1 << i)) === 0) visit([...order, i], set | (1 << i));
    };
    visit([], 0);
    return best;
  });
}
