import type { DeviceNews, FeederEvidence, Voice } from './evidence.ts';
import type { Network } from './network.ts';

/** A device of which something is known, or something below it. */
export type ActiveNode = {
  readonly device: number;
  /** Place of the next active device above in the list, -1 for the head. */
  readonly above: number;
  readonly voices: readonly Voice[];
  readonly news: DeviceNews | undefined;
  /** The last minute at which it, or a device above it, was restored. */
  readonly restored: number | undefined;
  /** Customers of its own and below it, but not below an active device below it. */
  readonly customers: number;
  readonly meters: number;
};

/** The devices of a feeder that have evidence below them, each after the one above it. All others are only silent customers. */
export function activeTree(network: Network, evidence: FeederEvidence): readonly ActiveNode[] {
  const { head } = evidence;
  // A feeder's devices are a range of numbers: an array by device instead of maps, as a storm asks for each of them.
  const place = new Int32Array((network.end[head] as number) - head);
  place[0] = 1;
  for (const voice of evidence.voices.values())
    if (isHeard(voice)) markUpwards(network, place, head, network.customerDevice[voice.customer] as number);
  for (const d of evidence.news.keys()) markUpwards(network, place, head, d);
  const devices: number[] = [];
  for (let d = 0; d < place.length; d += 1) if (place[d] === 1) place[d] = devices.push(head + d) - 1;
  return nodesOf(network, evidence, devices, place);
}

function isHeard(voice: Voice): boolean {
  return voice.reports.length > 0 || voice.pings.length > 0;
}

function markUpwards(network: Network, place: Int32Array, head: number, device: number): void {
  for (let d = device; d >= 0 && place[d - head] === 0; d = network.parent[d] as number) place[d - head] = 1;
}

type Growing = { -readonly [member in keyof ActiveNode]: ActiveNode[member] } & { voices: Voice[] };

/** Shared by all devices nobody has spoken of. */
const NOBODY: Voice[] = [];

function nodesOf(
  network: Network,
  evidence: FeederEvidence,
  devices: readonly number[],
  place: Int32Array,
): readonly ActiveNode[] {
  const { head } = evidence;
  const nodes: Growing[] = [];
  for (const device of devices) {
    const above = device === head ? -1 : (place[(network.parent[device] as number) - head] as number);
    const up = nodes[above];
    const news = evidence.news.get(device);
    const customers = network.customersBelow[device] as number;
    const meters = network.metersBelow[device] as number;
    if (up !== undefined) {
      up.customers -= customers;
      up.meters -= meters;
    }
    const restored = later(news?.restored, up?.restored);
    nodes.push({ device, above, voices: NOBODY, news, restored, customers, meters });
  }
  for (const voice of evidence.voices.values()) {
    if (!isHeard(voice)) continue;
    const d = network.customerDevice[voice.customer] as number;
    const node = nodes[place[d - head] as number] as Growing;
    if (node.voices === NOBODY) node.voices = [voice];
    else node.voices.push(voice);
  }
  return nodes;
}

function later(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || (other !== undefined && other > one) ? other : one;
}

/** Where a device stands in the list, -1 when it is not active. */
export function placeOf(nodes: readonly ActiveNode[], device: number): number {
  let [low, high] = [0, nodes.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const there = (nodes[middle] as ActiveNode).device;
    if (there === device) return middle;
    if (there < device) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
