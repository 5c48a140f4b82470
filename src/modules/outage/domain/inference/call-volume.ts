import type { Network } from './network.ts';

/** Calls by minute, of one feeder or of all: the more ring, the more are booked on somebody else. */
export type CallVolume = {
  readonly perMinute: Map<number, number>;
  readonly customers: number;
  calls: number;
};

const WINDOW = 10;

/** So few calls cannot be the wrong addresses of each other. */
const FEW = 4;

function callVolume(customers: number): CallVolume {
  return { perMinute: new Map(), customers: Math.max(customers, 1), calls: 0 };
}

export function countCall(volume: CallVolume, minute: number): void {
  const { perMinute } = volume;
  perMinute.set(minute, (perMinute.get(minute) ?? 0) + 1);
  volume.calls += 1;
}

/** A call in the minute `now` does not change how likely it is that one of `minute` was stray. */
export function isBeyondWindow(minute: number, now: number): boolean {
  return minute + WINDOW < now;
}

/** Calls of one customer in one minute around `minute`. */
function callRate({ perMinute, customers }: CallVolume, minute: number, now: number): number {
  let calls = 0;
  const to = Math.min(minute + WINDOW, now);
  for (let m = minute - WINDOW; m <= to; m += 1) calls += perMinute.get(m) ?? 0;
  return Math.max(calls - FEW, 0) / ((to - minute + WINDOW + 1) * customers);
}

/** Half of the wrong addresses stay on the feeder of the right one. */
export function strayCalls(
  belief: { readonly strayCalls: number; readonly wrongAddress: number },
  feeder: CallVolume,
  all: CallVolume,
  now: number,
): (minute: number) => number {
  const known = new Map<number, number>();
  return (minute) => {
    const before = known.get(minute);
    if (before !== undefined) return before;
    const near = 0.5 * callRate(feeder, minute, now) + 0.5 * callRate(all, minute, now);
    const rate = belief.strayCalls / 60 + belief.wrongAddress * near;
    known.set(minute, rate);
    return rate;
  };
}

export function volumes(network: Network): {
  readonly of: (head: number) => CallVolume;
  readonly all: CallVolume;
  /** As if nobody had called on that feeder. */
  readonly forget: (head: number) => void;
} {
  const byFeeder = new Map<number, CallVolume>();
  const all = callVolume(network.customers.length);
  return {
    all,
    forget(head) {
      const gone = byFeeder.get(head);
      byFeeder.delete(head);
      for (const [minute, calls] of gone?.perMinute ?? [])
        all.perMinute.set(minute, (all.perMinute.get(minute) ?? 0) - calls);
      all.calls -= gone?.calls ?? 0;
    },
    of: (head) => {
      const known = byFeeder.get(head);
      if (known !== undefined) return known;
      const fresh = callVolume(network.customersBelow[head] as number);
      byFeeder.set(head, fresh);
      return fresh;
    },
  };
}
