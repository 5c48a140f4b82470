import type { Answer, Incident, Name, OutageEvent } from '../domain/index.ts';

// Made days on a small network, heavy on purpose: a feeder that is dark below many devices at once, restorations, telemetry, pings.

export type GoldenWorld = {
  readonly network: unknown;
  readonly events: readonly OutageEvent[];
  /** Seconds. */
  readonly asks: readonly number[];
};

type Device = { readonly id: string; readonly parent: string | null; readonly kind: string };

export function goldenWorld(seed: number): GoldenWorld {
  const random = numbersFrom(seed);
  const whole = (most: number) => Math.floor(random() * most);
  const devices: Device[] = [];
  const add = (parent: string | null, kind: string) => {
    devices.push({ id: `${kind}-${devices.length}`, parent, kind });
    return devices.at(-1)?.id ?? '';
  };
  for (let feeder = 0; feeder < 2; feeder += 1) {
    const head = add(null, 'breaker');
    for (let f = 0; f < 3; f += 1) {
      const fuse = add(head, 'fuse');
      for (let t = 0; t < 3; t += 1) {
        const transformer = add(fuse, 'transformer');
        for (let b = 0; b < 6; b += 1) add(transformer, 'meter_box');
      }
    }
  }
  const places = new Map(devices.map(({ id }, d) => [id, d]));
  // Some boxes hold hundreds, so that silence is looked up and computed; every third world has no meters.
  const customers = devices.flatMap(({ id, kind }) =>
    kind !== 'meter_box' ? [] : Array.from({ length: random() < 0.05 ? 300 : 1 + whole(8) }, () => id),
  );
  const metered = customers.map(() => seed % 3 > 0 && random() < 0.7);
  const isBelow = (device: string, upper: string) => {
    for (let d: string | null = device; d !== null; d = devices[places.get(d) ?? 0]?.parent ?? null)
      if (d === upper) return true;
    return false;
  };
  const events: OutageEvent[] = [];
  const report = (kind: 'call' | 'last_gasp', at: number, customer: number) =>
    events.push({ kind, at: Math.round(at), id: `${seed}-${events.length}`, customer });
  const delay = (mean: number) => -mean * 60 * Math.log(1 - random());
  for (let fault = 0; fault < 5; fault += 1) {
    const top = devices[whole(devices.length)]?.id ?? '';
    const [at, calls, gasps] = [whole(3600), 0.05 + random() * 0.3, 0.3 + random() * 0.4];
    for (const [x, device] of customers.entries()) {
      if (!isBelow(device, top)) continue;
      if (random() < calls) report('call', at + delay(18), x);
      if (metered[x] === true && random() < gasps) report('last_gasp', at + delay(1.5), x);
    }
    if (fault < 2)
      events.push({ kind: 'restored', at: at + 3600 + whole(1800), device: places.get(top) ?? 0 });
    if (fault === 2)
      events.push({ kind: 'telemetry', at: at + 60, device: places.get(top) ?? 0, state: 'open' });
  }
  for (let stray = 0; stray < 8; stray += 1)
    report(random() < 0.7 ? 'call' : 'last_gasp', whole(6000), whole(customers.length));
  const answers: readonly Answer[] = ['on', 'off', 'silent'];
  for (let ping = 0; ping < 12; ping += 1)
    events.push({
      kind: 'ping',
      at: 1800 + whole(3600),
      customer: whole(customers.length),
      answer: answers[whole(3)] ?? 'on',
    });
  events.push({ kind: 'telemetry', at: 2000, device: whole(devices.length), state: 'closed' });
  return {
    network: {
      devices,
      customers: customers.map((device, x) => ({ id: `c${x}`, device, meter: metered[x] })),
    },
    events: events.toSorted((a, b) => a.at - b.at),
    asks: [1200, 2400, 2430, 3600, 5400, 9000, 40_000],
  };
}

/** Numbers in [0, 1) that repeat by their seed (mulberry32). */
function numbersFrom(seed: number): () => number {
  let state = Math.imul(seed, 0x9e3779b9) | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** An answer as short as it can be told: device, posterior, since, number of reports, nested. */
export type GoldenIncident = readonly [
  device: Name | null,
  posterior: number,
  since: number,
  reports: number,
  nested: readonly Name[],
];

export function shortened(incidents: readonly Incident[]): readonly GoldenIncident[] {
  return incidents.map(({ device, posterior, since, reports, nested }) => [
    device,
    posterior,
    since,
    reports.length,
    nested,
  ]);
}
