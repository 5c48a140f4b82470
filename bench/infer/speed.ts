import {
  createInference,
  type Inference,
  type Network,
  type OutageEvent,
  readNetwork,
} from '#modules/outage/domain/index.ts';
import { isRefusal } from '#kernel/result.ts';
import { type GivenNetwork, lvFeeder, STYLES } from './lv-trees.ts';
import { CELLS, equip, worldOf } from './protocol.ts';

const HOUSEHOLDS = 500_000;
const MINUTES = 60;

/** A county of so many households on made trees, with a storm of six faults an hour on each feeder, as one stream of events. */
export function county(): { readonly network: Network; readonly events: readonly OutageEvent[] } {
  const cell = CELLS.find(({ name }) => name === '6 faults, meters');
  if (cell === undefined) throw new Error('no such cell');
  const styles = Object.values(STYLES);
  const parts: GivenNetwork[] = [];
  const events: OutageEvent[] = [];
  let customers = 0;
  for (let seed = 0; customers < HOUSEHOLDS; seed += 1) {
    const given = named(lvFeeder(styles[seed % styles.length] ?? STYLES.town, seed), seed);
    const network = equip(given, cell.conduct.meters, seed);
    const first = customers;
    for (const event of worldOf(network, cell, seed).events)
      if ('id' in event && event.at < MINUTES * 60)
        events.push({ ...event, id: `${seed}-${event.id}`, customer: first + event.customer });
    parts.push({
      devices: given.devices,
      customers: given.customers.map((one, x) => ({ ...one, meter: network.metered[x] === 1 })),
    });
    customers += given.customers.length;
  }
  const network = readNetwork({
    devices: parts.flatMap((one) => one.devices),
    customers: parts.flatMap((one) => one.customers),
  });
  if (isRefusal(network)) throw new Error(network.refused);
  return { network, events: events.toSorted((a, b) => a.at - b.at) };
}

function named(given: GivenNetwork, seed: number): GivenNetwork {
  const name = (id: string) => `${seed}-${id}`;
  return {
    devices: given.devices.map((one) => ({
      ...one,
      id: name(one.id),
      parent: one.parent === null ? null : name(one.parent),
    })),
    customers: given.customers.map((one) => ({ id: name(one.id), device: name(one.device) })),
  };
}

export type Speed = {
  readonly reports: number;
  /** Milliseconds of processor: taking in all reports; one answer a minute later, with all feeders weighed again. */
  readonly observe: number;
  readonly refresh: number;
  /** Milliseconds of processor: one answer in the same minute, after one more report. */
  readonly oneMore: number;
  /** Milliseconds of processor: all reports taken in with an answer every minute. */
  readonly stream: number;
  /** Milliseconds of processor: the same events counted up the tree, which is what an escalation rule does at least. */
  readonly floor: number;
};

export function measureSpeed(network: Network, events: readonly OutageEvent[]): Speed {
  const floor = Math.min(...[1, 2, 3].map(() => timed(() => countUp(network, events))));
  const stream = timed(() => {
    const inference = createInference(network, { faultsPerFeederHour: 6 });
    let minute = 1;
    for (const event of events) {
      for (; event.at >= minute * 60; minute += 1) answer(inference, minute);
      inference.observe(event);
    }
    answer(inference, MINUTES);
  });
  const inference = createInference(network, { faultsPerFeederHour: 6 });
  const observe = timed(() => {
    for (const event of events) inference.observe(event);
  });
  // The first answer makes the arrays and wakes the compiler.
  answer(inference, MINUTES);
  // A new minute each time: within one, a feeder of which nothing was heard is not weighed again.
  const refresh = Math.min(...[1, 2, 3].map((later) => timed(() => answer(inference, MINUTES + later))));
  inference.observe({ kind: 'last_gasp', at: (MINUTES + 3) * 60, id: 'one more', customer: 0 });
  const oneMore = timed(() => answer(inference, MINUTES + 3));
  return { reports: events.length, stream, observe, refresh, oneMore, floor };
}

/** Milliseconds of processor: on a shared machine the fair figure. */
function timed(work: () => void): number {
  const begun = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000;
}

function answer(inference: Inference, minute: number): void {
  const incidents = inference.incidents(minute * 60);
  if (isRefusal(incidents)) throw new Error(incidents.refused);
}

function countUp(network: Network, events: readonly OutageEvent[]): void {
  const reports = new Int32Array(network.devices.length);
  for (const event of events)
    if ('customer' in event)
      for (let d = network.customerDevice[event.customer] as number; d >= 0; d = network.parent[d] as number)
        reports[d] = (reports[d] as number) + 1;
  if ((reports[0] as number) === 0) throw new Error('nothing was counted');
}
