import type { Name, Network } from './network.ts';

export type Answer = 'on' | 'off' | 'silent';

/** What the engine is told, in the order in which it happened; `at` in seconds. Customers and devices by their number. */
export type OutageEvent = CustomerEvent | DeviceEvent;

export type CustomerEvent =
  | { readonly kind: 'call' | 'last_gasp'; readonly at: number; readonly id: Name; readonly customer: number }
  | { readonly kind: 'ping'; readonly at: number; readonly customer: number; readonly answer: Answer };

export type DeviceEvent =
  | {
      readonly kind: 'telemetry';
      readonly at: number;
      readonly device: number;
      readonly state: 'open' | 'closed';
    }
  | { readonly kind: 'restored'; readonly at: number; readonly device: number };

export type Report = {
  readonly id: Name;
  readonly at: number;
  readonly minute: number;
  readonly kind: 'call' | 'last_gasp';
  /** How many reports came before it. */
  readonly place: number;
};

/** What one customer has said. `past` is what he said before a device above him was restored. */
export type Voice = {
  readonly customer: number;
  reports: Report[];
  past: Report[];
  pings: { readonly minute: number; readonly answer: Answer }[];
};

/** What is known of a device beside its customers. */
export type DeviceNews = {
  state: 'open' | 'closed' | undefined;
  /** Since when telemetry says so. */
  stateMinute: number;
  stateAt: number;
  /** The minute of its last restoration. */
  restored: number | undefined;
  /** Probability that it was open already when a device above it was restored, and since when. */
  carried: { readonly probability: number; readonly since: number } | undefined;
};

/** All that is known of one feeder. */
export type FeederEvidence = {
  readonly head: number;
  readonly voices: Map<number, Voice>;
  readonly news: Map<number, DeviceNews>;
  lastReport: number;
};

export function minuteOf(at: number): number {
  return Math.floor(at / 60);
}

export function feederEvidence(head: number): FeederEvidence {
  return { head, voices: new Map(), news: new Map(), lastReport: -Infinity };
}

export function voiceOf(evidence: FeederEvidence, customer: number): Voice {
  const known = evidence.voices.get(customer);
  if (known !== undefined) return known;
  const voice: Voice = { customer, reports: [], past: [], pings: [] };
  evidence.voices.set(customer, voice);
  return voice;
}

export function newsOf(evidence: FeederEvidence, device: number): DeviceNews {
  const known = evidence.news.get(device);
  if (known !== undefined) return known;
  const news: DeviceNews = {
    state: undefined,
    stateMinute: 0,
    stateAt: 0,
    restored: undefined,
    carried: undefined,
  };
  evidence.news.set(device, news);
  return news;
}

/** The device is closed again: what was said below it is explained, whoever is still dark was so before. */
export function closeBook(
  network: Network,
  evidence: FeederEvidence,
  device: number,
  minute: number,
  carried: ReadonlyMap<number, { readonly probability: number; readonly since: number }>,
): void {
  const end = network.end[device] as number;
  const isBelow = (d: number) => d >= device && d < end;
  for (const voice of evidence.voices.values()) {
    if (!isBelow(network.customerDevice[voice.customer] as number)) continue;
    voice.past.push(...voice.reports);
    voice.reports = [];
    voice.pings = [];
  }
  for (const [d, news] of evidence.news) if (isBelow(d)) news.carried = undefined;
  for (const [d, one] of carried) newsOf(evidence, d).carried = one;
  const own = newsOf(evidence, device);
  own.restored = minute;
  if (own.state === 'open') own.state = undefined;
}
