import { refuse, type Refusal } from '#kernel/result.ts';
import { type ActiveNode, activeTree, placeOf } from './active-tree.ts';
import { attach, type Bundle, CLOSED_STILL } from './attach.ts';
import { BELIEF, type Belief } from './belief.ts';
import { countCall, isBeyondWindow, strayCalls, volumes } from './call-volume.ts';
import { endOf } from './choose.ts';
import {
  type Carried,
  closeBook,
  type CustomerEvent,
  type DeviceEvent,
  type FeederEvidence,
  feederEvidence,
  hearReport,
  isOvertaken,
  minuteOf,
  newsOf,
  type OutageEvent,
  type Report,
  type Restoration,
  voiceOf,
} from './evidence.ts';
import { explainOpening, type Explanation } from './explain.ts';
import { keepIdentity } from './identity.ts';
import { likelihoodOf } from './likelihood.ts';
import { minuteGrid } from './minute-grid.ts';
import type { Name, Network } from './network.ts';
import { likeliestColumn, type OpenDevice, openDevices, openedBefore } from './open-devices.ts';
import { silenceTable } from './silence.ts';
import { columnAt } from './opening-prior.ts';
import { emptyScratch, logOpenedBefore, type Weighed, weigh } from './weigh.ts';

export type InferenceSettings = {
  /** Expected faults of one feeder in an hour; calm weather when nobody says. */
  readonly faultsPerFeederHour?: number | undefined;
  readonly belief?: Belief;
};

/** A device believed open and the reports it explains; or, with `device` null, one customer's own trouble. */
export type Incident = {
  /** Stays when the device moves; new when there is nothing it could come from. */
  readonly id: number;
  readonly device: Name | null;
  /** That this device is the topmost open one; with null, that no device above the customer is open. */
  readonly posterior: number;
  /** Seconds, on the clock of the events. */
  readonly since: number;
  readonly reports: readonly Name[];
  /** Devices below that went before it and will stay open when it is closed again. */
  readonly nested: readonly Name[];
};

export type Inference = {
  observe(event: OutageEvent): Refusal | undefined;
  /** Begins a feeder anew, by any of its devices: nothing was heard there. Its reports may be told again, with the moment of each as `since`. */
  forget(device: number): void;
  /** What is believed at that moment; silence up to then is evidence. */
  incidents(at: number): readonly Incident[] | Refusal;
  /** Why the device of an incident of the last answer is believed open; undefined for a customer's own trouble and when it is not any more. */
  explain(id: number): Explanation | undefined;
};

/** An incident that has no number yet. */
type Draft = Omit<Incident, 'id'> & {
  readonly key: string;
  readonly from: readonly Report[];
  /** The open device. */
  readonly at: number | undefined;
};

/** The last answer for a feeder, and what it rests on beside the feeder's own evidence: the minute, and all calls. */
type Drafted = {
  readonly now: number;
  readonly calls: number;
  readonly lastCall: number;
  readonly drafts: readonly Draft[];
};

export function createInference(network: Network, settings: InferenceSettings = {}): Inference {
  const belief = settings.belief ?? BELIEF;
  const likelihood = likelihoodOf(network, belief, settings.faultsPerFeederHour);
  const feeders = new Map<number, FeederEvidence>();
  const volume = volumes(network);
  const seen = new Set<string>();
  let heard = 0;
  const identity = keepIdentity();
  const silence = silenceTable(likelihood);
  const scratch = emptyScratch();
  // By the head of the feeder, until something is said there.
  const nodes = new Map<number, readonly ActiveNode[]>();
  const drafted = new Map<number, Drafted>();
  const explained = new Map<number, { readonly evidence: FeederEvidence; readonly device: number }>();
  let latest = -Infinity;

  function observe(event: OutageEvent): Refusal | undefined {
    if ('id' in event && seen.has(String(event.id))) return undefined;
    if (event.at < latest) return refuse('infer.time-goes-back', { t: event.at, latest });
    latest = event.at;
    const minute = minuteOf(event.at);
    if (event.kind === 'telemetry' || event.kind === 'restored') observeDevice(event, minute);
    else observeCustomer(event);
    return undefined;
  }

  function evidenceAt(device: number): FeederEvidence {
    const head = network.feeder[device] as number;
    drafted.delete(head);
    nodes.delete(head);
    const known = feeders.get(head);
    if (known !== undefined) return known;
    const fresh = feederEvidence(head);
    feeders.set(head, fresh);
    return fresh;
  }

  function observeCustomer(event: CustomerEvent): void {
    const evidence = evidenceAt(network.customerDevice[event.customer] as number);
    const happened = event.since ?? event.at;
    const minute = minuteOf(happened);
    const late = event.since !== undefined && isOvertaken(network, evidence, event.customer, minute);
    if (event.kind === 'ping') {
      // Supply within a minute in which nothing was reported yet is supply until the minute before.
      const known = event.answer === 'on' && evidence.lastReport < minute ? minute - 1 : minute;
      if (!late) voiceOf(evidence, event.customer).pings.push({ minute: known, answer: event.answer });
      return;
    }
    const { id, kind } = event;
    if (!late) hearReport(evidence, event.customer, { id, at: happened, minute, kind, place: heard });
    heard += 1;
    seen.add(String(id));
    if (kind === 'call') {
      countCall(volume.of(evidence.head), minute);
      countCall(volume.all, minute);
    }
  }

  function observeDevice(event: DeviceEvent, minute: number): void {
    const evidence = evidenceAt(event.device);
    const news = newsOf(evidence, event.device);
    if (event.kind === 'restored' || (event.state === 'closed' && news.state === 'open')) {
      closeBook(network, evidence, restorationOf(evidence, event.device, minute));
      nodes.delete(evidence.head);
    }
    if (event.kind !== 'telemetry' || news.state === event.state) return;
    news.state = event.state;
    news.stateAt = event.since ?? event.at;
    news.stateMinute = minuteOf(news.stateAt);
  }

  function forget(device: number): void {
    const head = network.feeder[device] as number;
    const evidence = feeders.get(head);
    for (const voice of evidence?.voices.values() ?? [])
      for (const { id } of [...voice.reports, ...voice.past, ...voice.own]) seen.delete(String(id));
    feeders.delete(head);
    nodes.delete(head);
    drafted.delete(head);
    volume.forget(head);
  }

  function strayCallsOf(evidence: FeederEvidence, now: number): (minute: number) => number {
    return strayCalls(belief, volume.of(evidence.head), volume.all, now);
  }

  function nodesOf(evidence: FeederEvidence): readonly ActiveNode[] {
    const known = nodes.get(evidence.head);
    if (known !== undefined) return known;
    const fresh = activeTree(network, evidence);
    nodes.set(evidence.head, fresh);
    return fresh;
  }

  function weighFeeder(evidence: FeederEvidence, now: number): Weighed {
    const active = nodesOf(evidence);
    const { perMinute } = evidence;
    const grid = minuteGrid(beginningOf(evidence, now), now, (minute) => perMinute.get(minute) ?? 0);
    const strayCall = strayCallsOf(evidence, now);
    return weigh({ network, likelihood, silence, now, nodes: active, grid, strayCall }, scratch);
  }

  function restorationOf(evidence: FeederEvidence, device: number, minute: number): Restoration {
    const weighed = weighFeeder(evidence, minute);
    const node = weighed.nodes.findIndex((one) => one.device === device);
    const column = likeliestColumn(weighed, node, weighed.columns);
    const before = openedBefore(weighed, node, column);
    const carried = new Map<number, Carried>();
    for (let i = node + 1; i < endOf(weighed, node, network.end); i += 1) {
      const probability = Math.min(before(i), 0.999);
      const since = weighed.grid.minutes[likeliestColumn(weighed, i, column)] as number;
      if (probability > 0.001) carried.set(weighed.nodes[i]?.device ?? -1, { probability, since });
    }
    const ever = weighed.everOpened[node] as number;
    const explains = (reported: number) =>
      ever === -Infinity ||
      Math.exp(logOpenedBefore(weighed, node, columnAt(weighed.grid, reported) + 1) - ever) > CLOSED_STILL;
    return { device, minute, carried, explains };
  }

  function incidents(at: number): readonly Incident[] | Refusal {
    if (at < latest) return refuse('infer.time-goes-back', { t: at, latest });
    latest = at;
    const now = minuteOf(at);
    explained.clear();
    const found: Incident[] = [];
    for (const evidence of feeders.values())
      for (const { key, from, at: open, ...incident } of draftsOf(evidence, now)) {
        const id = identity.idFor(key, from);
        if (open !== undefined) explained.set(id, { evidence, device: open });
        found.push({ id, ...incident });
      }
    identity.forget();
    return found;
  }

  /** A feeder is weighed again only when something was said there, the minute has passed, or calls elsewhere bear on its own. */
  function draftsOf(evidence: FeederEvidence, now: number): readonly Draft[] {
    const known = drafted.get(evidence.head);
    const { calls } = volume.all;
    if (known?.now === now && (known.calls === calls || isBeyondWindow(known.lastCall, now)))
      return known.drafts;
    const drafts = hasNews(evidence) ? draftsOfWeighed(evidence, weighFeeder(evidence, now)) : [];
    drafted.set(evidence.head, { now, calls, lastCall: evidence.lastCall, drafts });
    return drafts;
  }

  function draftsOfWeighed(evidence: FeederEvidence, weighed: Weighed): readonly Draft[] {
    const { open, lit } = openDevices(network, weighed, belief.nameFrom);
    const litAt = (device: number): number => {
      for (let d = device; d >= 0; d = network.parent[d] as number) {
        const place = placeOf(weighed.nodes, d);
        if (place >= 0) return lit[place] as number;
      }
      return 1;
    };
    return attach(network, evidence, weighed, open, litAt).map((bundle) => draftOf(weighed, bundle));
  }

  function draftOf(weighed: Weighed, { open, customer, posterior, reports }: Bundle): Draft {
    const named = (one: OpenDevice) => weighed.nodes[one.node]?.device ?? -1;
    const device = open === undefined ? undefined : named(open);
    const nested = open === undefined ? [] : nestedOf(open).map(named);
    return {
      key: device === undefined ? `customer ${customer}` : `device ${device}`,
      from: reports,
      at: device,
      device: device === undefined ? null : (network.devices[device] ?? null),
      posterior,
      since: sinceOf(weighed, open, reports[0]?.at),
      reports: reports.map((one) => one.id),
      nested: nested.map((d) => network.devices[d] ?? ''),
    };
  }

  function explain(id: number): Explanation | undefined {
    const { evidence, device } = explained.get(id) ?? {};
    if (evidence === undefined || device === undefined) return undefined;
    const now = minuteOf(latest);
    const weighed = weighFeeder(evidence, now);
    const open = openDevices(network, weighed, belief.nameFrom).open.find(
      ({ node }) => weighed.nodes[node]?.device === device,
    );
    if (open === undefined) return undefined;
    return explainOpening(network, likelihood, {
      weighed,
      open,
      now,
      strayCall: strayCallsOf(evidence, now),
    });
  }

  return { observe, forget, incidents, explain };
}

function nestedOf(open: OpenDevice): readonly OpenDevice[] {
  return open.nested.flatMap((one) => [one, ...nestedOf(one)]);
}

function sinceOf(
  { grid, nodes }: Weighed,
  open: OpenDevice | undefined,
  firstReport: number | undefined,
): number {
  if (open === undefined) return firstReport ?? 0;
  const news = nodes[open.node]?.news;
  if (news?.state === 'open') return Math.min(news.stateAt, firstReport ?? Infinity);
  return (grid.minutes[open.column] as number) * 60;
}

function hasNews(evidence: FeederEvidence): boolean {
  for (const voice of evidence.voices.values())
    if (voice.reports.length > 0 || voice.own.length > 0 || voice.pings.length > 0) return true;
  for (const news of evidence.news.values())
    if (news.state === 'open' || news.carried !== undefined) return true;
  return false;
}

/** The first minute of which anything is known. */
function beginningOf({ perMinute, news }: FeederEvidence, now: number): number {
  let first = now;
  for (const minute of perMinute.keys()) first = Math.min(first, minute);
  for (const { state, stateMinute, carried } of news.values()) {
    if (state === 'open') first = Math.min(first, stateMinute);
    if (carried !== undefined) first = Math.min(first, carried.since);
  }
  return first;
}
