import type { Network, OutageEvent } from '#modules/outage/domain/index.ts';
import { type Random, seeded } from './random.ts';

/** How a made world behaves. Rates for each customer or meter and hour, delays in minutes. */
export type Conduct = {
  readonly callShare: readonly [number, number];
  readonly callDelay: (random: Random) => number;
  readonly wrongAddress: number;
  readonly falseCalls: readonly number[];
  readonly gaspShare: (meters: number, random: Random) => number;
  readonly falseGasps: number;
  readonly meters: number;
};

export const USUAL: Conduct = {
  callShare: [0.05, 0.4],
  callDelay: (random) => random.exponential(18),
  wrongAddress: 0.02,
  falseCalls: [0.0005, 0.002],
  gaspShare: gaspShareBySize,
  falseGasps: 0.0005,
  meters: 0,
};

export const SHIFTED: Conduct = {
  callShare: [0.03, 0.5],
  callDelay: (random) => 12 * Math.exp(random.normal()),
  wrongAddress: 0.04,
  falseCalls: [0.00075, 0.003],
  gaspShare: (meters, random) => gaspShareBySize(meters) + random.between(-0.15, 0.15),
  falseGasps: 0.001,
  meters: 0,
};

function gaspShareBySize(meters: number): number {
  return meters < 50 ? 0.65 : meters < 500 ? 0.45 : 0.3;
}

type Fault = {
  readonly device: number;
  readonly minute: number;
  readonly callShare: number;
  readonly gaspShare: number;
};

export type World = {
  readonly events: readonly OutageEvent[];
  /** The fault behind a report; none for stray ones. */
  readonly faultOf: ReadonlyMap<string, number>;
  readonly faults: readonly Fault[];
};

/** Faults at their minutes on one network, and what is heard of them until `end` (minutes). Devices fail by kind and exposed length. */
export function makeWorld(
  network: Network,
  conduct: Conduct,
  times: readonly number[],
  end: number,
  seed: number,
): World {
  const random = seeded(seed);
  const pick = faultPicker(network);
  const faults = times
    .map((minute): Fault => {
      const device = pick(random);
      return {
        device,
        minute,
        callShare: random.between(...conduct.callShare),
        gaspShare: conduct.gaspShare((network.customersBelow[device] as number) * conduct.meters, random),
      };
    })
    .toSorted((a, b) => a.minute - b.minute);
  const heard: {
    readonly minute: number;
    readonly kind: 'call' | 'last_gasp';
    customer: number;
    fault: number;
  }[] = [];
  reportsOfFaults(network, conduct, faults, random, heard);
  strayReports(network, conduct, end, random, heard);
  const faultOf = new Map<string, number>();
  const events = heard
    .filter(({ minute }) => minute < end)
    .toSorted((a, b) => a.minute - b.minute)
    .map(({ minute, kind, customer, fault }, i): OutageEvent => {
      if (fault >= 0) faultOf.set(`r${i}`, fault);
      return { kind, at: minute * 60, id: `r${i}`, customer };
    });
  return { events, faultOf, faults };
}

type Heard = { minute: number; kind: 'call' | 'last_gasp'; customer: number; fault: number }[];

function reportsOfFaults(
  network: Network,
  conduct: Conduct,
  faults: readonly Fault[],
  random: Random,
  heard: Heard,
): void {
  const dark = new Uint8Array(network.customers.length);
  for (const [f, { device, minute, callShare, gaspShare }] of faults.entries())
    for (let customer = 0; customer < dark.length; customer += 1) {
      const at = network.customerDevice[customer] as number;
      if (dark[customer] === 1 || at < device || at >= (network.end[device] as number)) continue;
      dark[customer] = 1;
      if (random.unit() < callShare) {
        const wrong = random.unit() < conduct.wrongAddress;
        heard.push({
          minute: minute + conduct.callDelay(random),
          kind: 'call',
          customer: wrong ? random.whole(0, dark.length - 1) : customer,
          fault: wrong ? -1 : f,
        });
      }
      if (random.unit() < gaspShare && network.metered[customer] === 1)
        heard.push({ minute: minute + random.exponential(1.5), kind: 'last_gasp', customer, fault: f });
    }
}

function strayReports(network: Network, conduct: Conduct, end: number, random: Random, heard: Heard): void {
  const customers = network.customers.length;
  const falseCalls = conduct.falseCalls[random.whole(0, conduct.falseCalls.length - 1)] ?? 0;
  const stray = (kind: 'call' | 'last_gasp', rate: number, among: readonly number[]) => {
    for (let n = random.poisson((rate * among.length * end) / 60); n > 0; n -= 1)
      heard.push({
        minute: random.between(0, end),
        kind,
        customer: among[random.whole(0, among.length - 1)] ?? 0,
        fault: -1,
      });
  };
  const all = Array.from({ length: customers }, (_, x) => x);
  stray('call', falseCalls, all);
  stray(
    'last_gasp',
    conduct.falseGasps,
    all.filter((x) => network.metered[x] === 1),
  );
}

/**
 * Relative fault rates for each kilometre, by kind: the world's, not the engine's. Chosen so that the floors come out as published for
 * such worlds (best escalation share, six faults, calls 55 and meters 70 on American feeders, 33 and 57 on Chinese trees).
 */
const WEIGHT: Readonly<Record<string, number>> = {
  breaker: 0.3,
  recloser: 0.6,
  switch: 0.6,
  transformer: 0.35,
  lv_branch: 0.4,
  meter_box: 0.25,
};

function faultPicker(network: Network): (random: Random) => number {
  let total = 0;
  const cumulative = Float64Array.from(network.kinds, (kind, d) => {
    total += (WEIGHT[kind] ?? 1) * (network.exposure[d] as number);
    return total;
  });
  return (random) => {
    const at = random.between(0, total);
    const found = cumulative.findIndex((sum) => sum > at);
    return found < 0 ? cumulative.length - 1 : found;
  };
}

/** The topmost open device above a device at a minute, -1 when it has supply. */
export function topmostOpen(
  network: Network,
  faults: readonly Fault[],
  device: number,
  minute: number,
): number {
  const open = new Set(faults.filter((one) => one.minute <= minute).map((one) => one.device));
  let topmost = -1;
  for (let d = device; d >= 0; d = network.parent[d] as number) if (open.has(d)) topmost = d;
  return topmost;
}
