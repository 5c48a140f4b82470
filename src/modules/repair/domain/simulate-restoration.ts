import { type Instant, MINUTE } from '#kernel/instant.ts';
import type { DispatchFacts } from './dispatch-facts.ts';

/** When a fault would be reached and mended, if its crew goes as planned and each repair takes its usual time. */
export type Expected = {
  readonly fault: string;
  readonly crew: string;
  readonly reachedAt: Instant;
  readonly litAt: Instant;
};

/** Plays the whole plan, one job of a crew after the other, from when it is free. Jobs of a crew that is not there are left out. */
export function simulateRestoration(
  { now, crews, faults, travel }: DispatchFacts,
  plan: ReadonlyMap<string, readonly string[]>,
): readonly Expected[] {
  const points = crews.length + faults.length;
  const numberOf = new Map(faults.map(({ id }, fault) => [id, fault]));
  return crews.flatMap((crew, index) => {
    let [at, from] = [Math.max(now, crew.freeAt), index];
    return (plan.get(crew.id) ?? []).flatMap((id): Expected | [] => {
      const fault = numberOf.get(id);
      const repair = faults[fault ?? -1];
      if (fault === undefined || repair === undefined) return [];
      const to = crews.length + fault;
      const reachedAt = Math.round(at + (travel[from * points + to] ?? 0) * MINUTE);
      at = reachedAt + repair.repairMinutes * MINUTE;
      from = to;
      return { fault: id, crew: crew.id, reachedAt, litAt: at };
    });
  });
}

/** When so large a share of those who wait would have supply; null: not all of them are in the plan. */
export function litBy(
  expected: readonly { readonly litAt: Instant; readonly households: number }[],
  households: number,
  share: number,
): Instant | null {
  let lit = 0;
  for (const one of expected.toSorted((a, b) => a.litAt - b.litAt)) {
    lit += one.households;
    if (lit >= households * share) return one.litAt;
  }
  return null;
}
