import type { Instant } from '#kernel/instant.ts';
import { isRefusal } from '#kernel/result.ts';
import type { Explanation } from '../inference/explain.ts';
import { createInference, type Incident, type Inference } from '../inference/inference.ts';
import type { Network } from '../inference/network.ts';
import type { Believed } from './reconcile.ts';

/** A report as it lies in the database. */
export type HeardReport = {
  readonly id: string;
  readonly source: string;
  readonly says: 'off' | 'on' | 'silent' | 'open' | 'closed';
  readonly householdId: string | null;
  readonly meterId: string | null;
  readonly deviceId: string | null;
  /** When it happened, as the source says. */
  readonly at: Instant;
  readonly receivedAt: Instant;
};

/** What machines say carries its own time and may come hours late; a person's report is of the moment in which it is made. */
const TIMED = new Set(['last_gasp', 'ping', 'telemetry']);

export type LiveEngine = {
  /**
   * A person's report counts from when it was heard: how long customers take to ring is part of what inference knows. A meter's or a
   * device's counts from when it happened, also when a backlog of hours comes at once.
   */
  hear(report: HeardReport): void;
  /** Everything on the feeder of these devices as if nothing had been said there; it is heard again by `hearAgain`. */
  forget(deviceIds: readonly string[]): {
    readonly devices: readonly string[];
    readonly meters: readonly string[];
  };
  /** What was heard before, at its own time. */
  hearAgain(report: HeardReport): void;
  /** A recorded opening, or a dispatcher's word, that holds since then. */
  opened(deviceId: string, since: Instant, now: Instant): void;
  /** Not this one, says the dispatcher. */
  excluded(deviceId: string, now: Instant): void;
  /** It is closed again: what its outage explains is done. */
  restored(deviceId: string, now: Instant): void;
  believe(now: Instant): readonly Believed[];
  explain(name: string): Explanation | undefined;
  /** Customers below a device, and the places by which a household is found to be below it. */
  extent(deviceId: string): { readonly households: number; readonly places: readonly string[] };
  /** The grid has him, and on another feeder than that device. */
  onOtherFeeder(meterId: string | null, deviceId: string): boolean;
  isBelow(one: Believed, deviceId: string): boolean;
};

/** The inference of one company in the words of its database: ids and instants instead of numbers and seconds. */
export function liveEngine(network: Network): LiveEngine {
  const inference: Inference = createInference(network);
  const voices = new Map<string, { readonly householdId: string | null; readonly customer: number }>();
  const held = new Set<string>();
  // Customers whom the grid does not have: nobody can say more of them than that they have no supply.
  const unplaced = new Map<string, { householdId: string | null; since: Instant; reports: string[] }>();
  const engineIds = new Map<string, number>();
  let latest = 0;

  const second = (at: Instant) => {
    latest = Math.max(latest, Math.floor(at / 1000));
    return latest;
  };
  const customerOf = (meterId: string | null) =>
    meterId === null ? undefined : network.customerNamed.get(meterId);

  function tell(event: Parameters<Inference['observe']>[0]): void {
    const refused = inference.observe(event);
    if (refused !== undefined) throw new Error(`inference refuses what is in order: ${refused.refused}`);
  }

  function hear(report: HeardReport, again = false): void {
    const at = second(report.receivedAt);
    if (report.says === 'open' || report.says === 'closed') {
      if (report.deviceId !== null)
        signal(report.deviceId, report.says, at, Math.min(report.at, report.receivedAt));
      return;
    }
    const customer = customerOf(report.meterId);
    if (customer === undefined) {
      if (report.says === 'off') keepUnplaced(report);
      return;
    }
    const isTimed = TIMED.has(report.source);
    const moment = Math.floor((isTimed ? report.at : report.receivedAt) / 1000);
    const since = isTimed || again ? { since: Math.min(moment, at) } : {};
    if (report.says !== 'off' || report.source === 'ping') {
      tell({ kind: 'ping', at, customer, answer: report.says, ...since });
      return;
    }
    voices.set(report.id, { householdId: report.householdId, customer });
    const kind = report.source === 'last_gasp' ? 'last_gasp' : 'call';
    tell({ kind, at, id: report.id, customer, ...since });
  }

  function forget(deviceIds: readonly string[]) {
    const heads = new Set<number>();
    for (const id of deviceIds) {
      const device = network.deviceNamed.get(id);
      if (device !== undefined) heads.add(network.feeder[device] as number);
    }
    const devices: string[] = [];
    for (const head of heads) {
      inference.forget(head);
      for (let d = head; d < (network.end[head] as number); d += 1) devices.push(String(network.devices[d]));
    }
    for (const id of devices) held.delete(id);
    const meters = network.customers.flatMap((name, x) =>
      heads.has(network.feeder[network.customerDevice[x] as number] as number) ? [String(name)] : [],
    );
    return { devices, meters };
  }

  function keepUnplaced({ id, householdId, receivedAt }: HeardReport): void {
    const name = `unplaced ${householdId ?? id}`;
    const known = unplaced.get(name);
    if (known === undefined) unplaced.set(name, { householdId, since: receivedAt, reports: [id] });
    else known.reports.push(id);
  }

  function signal(deviceId: string, state: 'open' | 'closed', at: number, since?: Instant): void {
    const device = network.deviceNamed.get(deviceId);
    if (device === undefined) return;
    if (state === 'open') held.add(deviceId);
    else held.delete(deviceId);
    const known = since === undefined ? {} : { since: Math.floor(since / 1000) };
    tell({ kind: 'telemetry', at, device, state, ...known });
  }

  function restored(deviceId: string, now: Instant): void {
    const device = network.deviceNamed.get(deviceId);
    held.delete(deviceId);
    if (device !== undefined) tell({ kind: 'restored', at: second(now), device });
  }

  function believe(now: Instant): readonly Believed[] {
    const answer = inference.incidents(second(now));
    if (isRefusal(answer)) throw new Error(`inference refuses now: ${answer.refused}`);
    engineIds.clear();
    const alone = [...unplaced].map(
      ([name, { householdId, since, reports }]): Believed => ({
        name,
        deviceId: null,
        householdId,
        posterior: 1,
        since,
        reports: [...reports],
        nested: [],
        certain: false,
      }),
    );
    return [...answer.map(inOurWords), ...alone];
  }

  function inOurWords({ id, device, posterior, since, reports, nested }: Incident): Believed {
    const name = `engine ${id}`;
    engineIds.set(name, id);
    const deviceId = device === null ? null : String(device);
    return {
      name,
      deviceId,
      householdId: deviceId === null ? (voices.get(String(reports[0]))?.householdId ?? null) : null,
      posterior: Math.min(Math.max(posterior, 0), 1),
      since: since * 1000,
      reports: reports.map(String),
      nested: nested.map(String),
      certain: deviceId !== null && held.has(deviceId),
    };
  }

  function extent(deviceId: string): { readonly households: number; readonly places: readonly string[] } {
    const d = network.deviceNamed.get(deviceId);
    if (d === undefined) return { households: 0, places: [deviceId] };
    const isLow = network.kinds[d] === 'lv_branch' || network.kinds[d] === 'meter_box';
    const places: string[] = [];
    for (let i = d; i < (network.end[d] as number); i += 1)
      if (isLow || network.kinds[i] === 'transformer') places.push(String(network.devices[i]));
    return { households: network.customersBelow[d] as number, places };
  }

  function lies(at: number | undefined, deviceId: string): boolean {
    const upper = network.deviceNamed.get(deviceId);
    if (at === undefined || upper === undefined) return false;
    return at >= upper && at < (network.end[upper] as number);
  }

  function onOtherFeeder(meterId: string | null, deviceId: string): boolean {
    const customer = customerOf(meterId);
    const device = network.deviceNamed.get(deviceId);
    if (customer === undefined || device === undefined) return false;
    return network.feeder[network.customerDevice[customer] as number] !== network.feeder[device];
  }

  function isBelow(one: Believed, deviceId: string): boolean {
    if (one.deviceId !== null) return lies(network.deviceNamed.get(one.deviceId), deviceId);
    const customer = voices.get(one.reports[0] ?? '')?.customer;
    return customer !== undefined && lies(network.customerDevice[customer], deviceId);
  }

  return {
    hear: (report) => hear(report),
    hearAgain: (report) => hear(report, true),
    forget,
    // Told anew after a start it comes before the reports that are told anew, and began when it began.
    opened: (deviceId, since, now) => signal(deviceId, 'open', second(now), since),
    excluded: (deviceId, now) => signal(deviceId, 'closed', second(now)),
    restored,
    believe,
    explain(name) {
      const id = engineIds.get(name);
      return id === undefined ? undefined : inference.explain(id);
    },
    extent,
    onOtherFeeder,
    isBelow,
  };
}
