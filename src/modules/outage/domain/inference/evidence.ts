import type { Name, Network } from './network.ts';

export type Answer = 'on' | 'off' | 'silent';

/** What the engine is told, in the order in which it happened; `at` in seconds. Customers and devices by their number. */
export type OutageEvent = CustomerEvent | DeviceEvent;

export type CustomerEvent = {
  readonly at: number;
  readonly customer: number;
  /** When it happened, where it became known later; absent: now. */
  readonly since?: number;
} & (
  | { readonly kind: 'call' | 'last_gasp'; readonly id: Name }
  | { readonly kind: 'ping'; readonly answer: Answer }
);

export type DeviceEvent =
  | {
      readonly kind: 'telemetry';
      readonly at: number;
      readonly device: number;
      readonly state: 'open' | 'closed';
      /** When it happened, where it became known later; absent: now. */
      readonly since?: number;
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

/** What one customer has said. `past` is what an outage that has ended explains. */
export type Voice = {
  readonly customer: number;
  reports: Report[];
  past: Report[];
  /** Reports from before an outage that has ended: never evidence of another, never dropped. */
  own: Report[];
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
  carried: Carried | undefined;
};

export type Carried = { readonly probability: number; readonly since: number };

/** All that is known of one feeder. */
export type FeederEvidence = {
  readonly head: number;
  readonly voices: Map<number, Voice>;
  readonly news: Map<number, DeviceNews>;
  lastReport: number;
  /** Reports that are evidence now, by minute. */
  readonly perMinute: Map<number, number>;
  /** The last minute in which a customer rang. */
  lastCall: number;
};

export function minuteOf(at: number): number {
  return Math.floor(at / 60);
}

export function feederEvidence(head: number): FeederEvidence {
  return {
    head,
    voices: new Map(),
    news: new Map(),
    lastReport: -Infinity,
    perMinute: new Map(),
    lastCall: -Infinity,
  };
}

export function hearReport(evidence: FeederEvidence, customer: number, report: Report): void {
  const { reports } = voiceOf(evidence, customer);
  // In the order in which they happened; what became known late goes between.
  let place = reports.length;
  while (place > 0 && (reports[place - 1] as Report).minute > report.minute) place -= 1;
  reports.splice(place, 0, report);
  countReport(evidence, report);
  evidence.lastReport = Math.max(evidence.lastReport, report.minute);
}

/** Supply came back to this customer in or after that minute: what he said of before says nothing of now. */
export function isOvertaken(
  network: Network,
  evidence: FeederEvidence,
  customer: number,
  minute: number,
): boolean {
  for (let d = network.customerDevice[customer] as number; d >= 0; d = network.parent[d] as number)
    if ((evidence.news.get(d)?.restored ?? -Infinity) >= minute) return true;
  return false;
}

function countReport(evidence: FeederEvidence, { kind, minute }: Report): void {
  const { perMinute } = evidence;
  perMinute.set(minute, (perMinute.get(minute) ?? 0) + 1);
  if (kind === 'call') evidence.lastCall = Math.max(evidence.lastCall, minute);
}

export function voiceOf(evidence: FeederEvidence, customer: number): Voice {
  const known = evidence.voices.get(customer);
  if (known !== undefined) return known;
  const voice: Voice = { customer, reports: [], past: [], own: [], pings: [] };
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

/** What is known of a device at the moment of its restoration. */
export type Restoration = {
  readonly device: number;
  readonly minute: number;
  /** Devices below that went before it, and stay dark. */
  readonly carried: ReadonlyMap<number, Carried>;
  /** Whether the outage that ends can have caused a report of that minute. */
  readonly explains: (minute: number) => boolean;
};

/**
 * The device is closed again: what its outage explains is done, and counts again only for whoever is still dark. A report from before
 * that outage stays what it was, its customer's own.
 */
export function closeBook(network: Network, evidence: FeederEvidence, restoration: Restoration): void {
  const { device, minute, carried, explains } = restoration;
  const isBelow = (d: number, upper: number) => d >= upper && d < (network.end[upper] as number);
  for (const voice of evidence.voices.values()) {
    const at = network.customerDevice[voice.customer] as number;
    if (!isBelow(at, device)) continue;
    const stillDark = [...carried]
      .filter(([d, { probability }]) => probability >= 0.5 && isBelow(at, d))
      .map(([, { since }]) => since);
    const isDone = (report: Report) =>
      at === device || explains(report.minute) || stillDark.some((since) => report.minute >= since);
    voice.past = [...(stillDark.length > 0 ? voice.past : []), ...voice.reports.filter(isDone)];
    voice.own = [...voice.own, ...voice.reports].filter((report) => !isDone(report));
    voice.reports = [];
    voice.pings = [];
  }
  evidence.perMinute.clear();
  evidence.lastCall = -Infinity;
  for (const { reports } of evidence.voices.values())
    for (const report of reports) countReport(evidence, report);
  for (const [d, news] of evidence.news) if (isBelow(d, device)) news.carried = undefined;
  for (const [d, one] of carried) newsOf(evidence, d).carried = one;
  const news = newsOf(evidence, device);
  news.restored = minute;
  if (news.state === 'open') news.state = undefined;
}
