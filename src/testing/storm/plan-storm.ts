import { HOUR, MINUTE } from '#kernel/instant.ts';
import type { Network } from '#modules/outage/index.ts';
import type { Random } from '../demo/seeded.ts';

/** A real outage, as far as the mapping needs it. */
export type RealOutage = { readonly start: number; readonly gone: number; readonly customers: number };

type StormFault = {
  /** Number of the device in the network. */
  readonly device: number;
  /** Milliseconds after the storm began. */
  readonly at: number;
  /** Who lost supply by it and by nothing before. */
  readonly customers: number;
  /** Minutes that the real outage lasted. */
  readonly lasted: number;
};

type StormReport = {
  readonly at: number;
  readonly kind: 'call' | 'last_gasp';
  /** Number of the customer in the network. */
  readonly customer: number;
  readonly fault: number;
};

export type StormPlan = { readonly faults: readonly StormFault[]; readonly reports: readonly StormReport[] };

export type StormOptions = {
  /** Reports at most; the outages of the file are taken in their order until they are enough. */
  readonly reports: number;
  readonly lasts: number;
  readonly random: Random;
};

/** Shares and delays of dispatch-outage.md §5.4: callers 5–40 % with a mean of 18 minutes, gasps that arrive 65, 45 or 30 % by size. */
const CALLERS = { least: 0.05, most: 0.4, delay: 18 * MINUTE };
const GASPS = [
  { below: 40, share: 0.65 },
  { below: 300, share: 0.45 },
  { below: Infinity, share: 0.3 },
] as const;
const GASP_DELAY = 1.5 * MINUTE;
const METERED = 0.7;
/** Beginnings lie in the first part of the storm, so that reports have time to come. */
const BEGINNINGS = 0.75;
/** A device of about that many customers: this much more or less. */
const ABOUT = 0.25;

/**
 * Lays real outages on the devices of a network: each on one with about as many customers, at its place in time. Nobody
 * is dark twice in one storm.
 */
export function planStorm(
  network: Network,
  outages: readonly RealOutage[],
  options: StormOptions,
): StormPlan {
  const { random, lasts } = options;
  const bySize = Array.from(network.devices.keys())
    .filter((d) => (network.customersBelow[d] as number) > 0)
    .toSorted((a, b) => (network.customersBelow[a] as number) - (network.customersBelow[b] as number));
  const dark = new Uint8Array(network.customers.length);
  const below = customersOf(network);
  const faults: StormFault[] = [];
  const reports: StormReport[] = [];
  const first = outages[0]?.start ?? 0;
  const span = Math.max((outages.at(-1)?.start ?? first) - first, 1);
  for (let i = 0; reports.length < options.reports && i < outages.length * 20; i += 1) {
    const outage = outages[i % outages.length];
    if (outage === undefined) break;
    const device = deviceLike(network, bySize, outage.customers, random);
    const at =
      i < outages.length
        ? ((outage.start - first) / span) * lasts * BEGINNINGS
        : random.next() * lasts * BEGINNINGS;
    const fault = faults.length;
    const heard = darken(below(device), { fault, at, lasts, dark, random });
    if (heard.reports.length === 0) continue;
    faults.push({ device, at, customers: heard.customers, lasted: (outage.gone - outage.start) / MINUTE });
    reports.push(...heard.reports);
  }
  return { faults, reports: reports.toSorted((a, b) => a.at - b.at).slice(0, options.reports) };
}

function customersOf(network: Network): (device: number) => readonly number[] {
  const at = new Map<number, number[]>();
  for (let x = 0; x < network.customers.length; x += 1) {
    const d = network.customerDevice[x] as number;
    const there = at.get(d);
    if (there === undefined) at.set(d, [x]);
    else there.push(x);
  }
  return (device) => {
    const all: number[] = [];
    for (let d = device; d < (network.end[device] as number); d += 1) all.push(...(at.get(d) ?? []));
    return all;
  };
}

function deviceLike(network: Network, bySize: readonly number[], customers: number, random: Random): number {
  const size = (i: number) => network.customersBelow[bySize[i] as number] as number;
  const find = (wanted: number) => {
    let [low, high] = [0, bySize.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (size(middle) < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const from = Math.min(find(customers * (1 - ABOUT)), bySize.length - 1);
  const to = Math.max(find(customers * (1 + ABOUT)), from + 1);
  return bySize[from + random.int(to - from)] as number;
}

function darken(
  customers: readonly number[],
  of: {
    readonly fault: number;
    readonly at: number;
    readonly lasts: number;
    readonly dark: Uint8Array;
    readonly random: Random;
  },
): { readonly customers: number; readonly reports: readonly StormReport[] } {
  const { fault, at, lasts, dark, random } = of;
  const callers = CALLERS.least + random.next() * (CALLERS.most - CALLERS.least);
  const gasps = GASPS.find(({ below }) => customers.length < below)?.share ?? 0;
  const after = (mean: number) => at - mean * Math.log(1 - random.next());
  const heard: StormReport[] = [];
  let darkened = 0;
  for (const customer of customers) {
    if (dark[customer] === 1) continue;
    dark[customer] = 1;
    darkened += 1;
    if (random.chance(METERED * gasps))
      heard.push({ at: after(GASP_DELAY), kind: 'last_gasp', customer, fault });
    if (random.chance(callers)) heard.push({ at: after(CALLERS.delay), kind: 'call', customer, fault });
  }
  return { customers: darkened, reports: heard.filter((one) => one.at < Math.min(lasts, 100 * HOUR)) };
}

/** The faults that can be seen: somebody reported, and nothing above failed that takes in their customers. */
export function visibleFaults(network: Network, { faults, reports }: StormPlan): readonly number[] {
  const heard = new Set(reports.map(({ fault }) => fault));
  const devices = [...new Set([...heard].map((fault) => faults[fault]?.device ?? 0))];
  return devices.filter((d) => !devices.some((upper) => upper < d && d < (network.end[upper] as number)));
}
