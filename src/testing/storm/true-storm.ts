import { type Instant, MINUTE } from '#kernel/instant.ts';
import type { Network } from '#modules/outage/index.ts';
import type { StormPlan } from './plan-storm.ts';

/** What the program has to find out: which devices failed, and which of them have been put right. */
export type TrueStorm = {
  readonly network: Network;
  readonly plan: StormPlan;
  /** Business time that the storm began. */
  readonly begun: Instant;
  /** By fault; null: still dark. */
  readonly repairedAt: (Instant | null)[];
  /** Faults that a visit at this device finds: below it, or the one above it that darkens it. */
  foundAt(device: number, now: Instant): readonly number[];
  /** The fault by which a customer is dark now. */
  faultOf(customer: number, now: Instant): number | undefined;
  /** True minutes without supply, over all customers, up to that moment. */
  customerMinutes(now: Instant): number;
};

export function trueStorm(network: Network, plan: StormPlan, begun: Instant): TrueStorm {
  const { faults } = plan;
  const repairedAt: (Instant | null)[] = faults.map(() => null);
  const isDark = (fault: number, now: Instant) =>
    repairedAt[fault] === null && begun + (faults[fault]?.at ?? 0) <= now;
  const lies = (upper: number, d: number) => upper <= d && d < (network.end[upper] as number);
  const faultsAt = new Map<number, number[]>();
  for (const [i, { device }] of faults.entries()) faultsAt.set(device, [...(faultsAt.get(device) ?? []), i]);

  function above(device: number, now: Instant): number | undefined {
    for (let d = device; d >= 0; d = network.parent[d] as number)
      for (const fault of faultsAt.get(d) ?? []) if (isDark(fault, now)) return fault;
    return undefined;
  }

  return {
    network,
    plan,
    begun,
    repairedAt,
    foundAt(device, now) {
      const below = faults.flatMap((one, i) => (lies(device, one.device) && isDark(i, now) ? [i] : []));
      const upper = below.length > 0 ? undefined : above(device, now);
      return upper === undefined ? below : [upper];
    },
    faultOf: (customer, now) => above(network.customerDevice[customer] as number, now),
    customerMinutes(now) {
      return faults.reduce((sum, { at, customers }, i) => {
        const until = Math.min(repairedAt[i] ?? now, now);
        return sum + (Math.max(0, until - begun - at) / MINUTE) * customers;
      }, 0);
    },
  };
}
