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
  const voicesAt = new Map<number, Voice[]>();
  const active = new Set<number>([evidence.head]);
  for (const voice of evidence.voices.values()) {
    if (voice.reports.length === 0 && voice.pings.length === 0) continue;
    const d = network.customerDevice[voice.customer] as number;
    const there = voicesAt.get(d);
    if (there === undefined) voicesAt.set(d, [voice]);
    else there.push(voice);
    markUpwards(network, active, d);
  }
  for (const d of evidence.news.keys()) markUpwards(network, active, d);
  return nodesOf(network, evidence, Int32Array.from(active).toSorted(), voicesAt);
}

function markUpwards(network: Network, active: Set<number>, device: number): void {
  for (let d = device; d >= 0 && !active.has(d); d = network.parent[d] as number) active.add(d);
}

function nodesOf(
  network: Network,
  evidence: FeederEvidence,
  devices: Int32Array,
  voicesAt: ReadonlyMap<number, readonly Voice[]>,
): readonly ActiveNode[] {
  const place = new Map<number, number>();
  const customers = Int32Array.from(devices, (d) => network.customersBelow[d] as number);
  const meters = Int32Array.from(devices, (d) => network.metersBelow[d] as number);
  const above = Int32Array.from(devices, (d, i) => {
    place.set(d, i);
    const up = place.get(network.parent[d] as number) ?? -1;
    if (up >= 0) {
      customers[up] = (customers[up] as number) - (network.customersBelow[d] as number);
      meters[up] = (meters[up] as number) - (network.metersBelow[d] as number);
    }
    return up;
  });
  const nodes: ActiveNode[] = [];
  for (const [i, device] of devices.entries()) {
    const news = evidence.news.get(device);
    nodes.push({
      device,
      above: above[i] as number,
      voices: voicesAt.get(device) ?? [],
      news,
      restored: later(news?.restored, nodes[above[i] as number]?.restored),
      customers: customers[i] as number,
      meters: meters[i] as number,
    });
  }
  return nodes;
}

function later(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || (other !== undefined && other > one) ? other : one;
}
