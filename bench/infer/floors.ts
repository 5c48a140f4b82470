import type { Network } from '#modules/outage/domain/index.ts';
import type { Method } from './protocol.ts';
import type { Answer } from './score.ts';
import type { World } from './world.ts';

// The rules that control rooms use, as floors for the inference.

/** Each transformer with a report is one order. */
export const naive: Method = (network, world, _cell, minute) => {
  const devices = heardAt(network, world, minute).map(({ device }) => transformerAbove(network, device));
  return ordersOf(network, world, minute, new Set(devices));
};

/** Two devices below it have called, and a share of its customers: the order moves up. */
export function escalation(share: number): Method {
  return (network, world, _cell, minute) => {
    const customers = new Set<number>();
    const heard = heardAt(network, world, minute).filter(({ customer }) => {
      const fresh = !customers.has(customer);
      customers.add(customer);
      return fresh;
    });
    const below = new Int32Array(network.devices.length);
    const called = new Uint8Array(network.devices.length);
    const callingChildren = new Int32Array(network.devices.length);
    for (const { device } of heard) {
      called[device] = 1;
      below[device] = (below[device] as number) + 1;
    }
    for (let d = below.length - 1; d >= 0; d -= 1) {
      const reached = (below[d] as number) >= share * (network.customersBelow[d] as number);
      if ((callingChildren[d] as number) >= 2 && reached) called[d] = 1;
      const above = network.parent[d] as number;
      if (above < 0) continue;
      below[above] = (below[above] as number) + (below[d] as number);
      if (called[d] === 1) callingChildren[above] = (callingChildren[above] as number) + 1;
    }
    const devices = new Set<number>();
    for (const [d, is] of called.entries()) if (is === 1) devices.add(d);
    return ordersOf(network, world, minute, devices);
  };
}

/** Three reports of one transformer in 15 minutes: the transformer; three transformers: the lowest device above all of them. */
export const ruleOfThree: Method = (network, world, _cell, minute) => {
  const recent = new Map<number, number[]>();
  const devices = new Set<number>();
  for (const { device, at } of heardAt(network, world, minute)) {
    const transformer = transformerAbove(network, device);
    const times = (recent.get(transformer) ?? []).filter((one) => at - one <= 15 * 60);
    times.push(at);
    recent.set(transformer, times);
    if (times.length >= 3) devices.add(transformer);
  }
  if (devices.size >= 3) devices.add(lowestAbove(network, [...devices]));
  return ordersOf(network, world, minute, devices);
};

function heardAt(
  network: Network,
  world: World,
  minute: number,
): readonly {
  readonly device: number;
  readonly customer: number;
  readonly at: number;
  readonly id: string;
}[] {
  return world.events.flatMap((event) =>
    'id' in event && event.at <= minute * 60
      ? [
          {
            device: network.customerDevice[event.customer] as number,
            customer: event.customer,
            at: event.at,
            id: String(event.id),
          },
        ]
      : [],
  );
}

function transformerAbove(network: Network, device: number): number {
  for (let d = device; d >= 0; d = network.parent[d] as number)
    if (network.kinds[d] === 'transformer') return d;
  return device;
}

function lowestAbove(network: Network, devices: readonly number[]): number {
  const [first = 0] = devices;
  for (let d = first; d >= 0; d = network.parent[d] as number)
    if (devices.every((one) => d <= one && one < (network.end[d] as number))) return d;
  return first;
}

/** The topmost of the devices, each with the reports below it; further reports alone. */
function ordersOf(
  network: Network,
  world: World,
  minute: number,
  devices: ReadonlySet<number>,
): readonly Answer[] {
  const orders = new Map<number, string[]>();
  const alone: Answer[] = [];
  for (const d of devices) if (topmost(network, devices, d) === d) orders.set(d, []);
  for (const { device, id } of heardAt(network, world, minute)) {
    const order = orders.get(topmost(network, devices, device));
    if (order === undefined) alone.push({ device: null, posterior: 1, reports: [id] });
    else order.push(id);
  }
  const named = [...orders].map(([d, reports]) => ({
    device: network.devices[d] ?? null,
    posterior: 1,
    reports,
  }));
  return [...named, ...alone];
}

function topmost(network: Network, devices: ReadonlySet<number>, device: number): number {
  let found = -1;
  for (let d = device; d >= 0; d = network.parent[d] as number) if (devices.has(d)) found = d;
  return found;
}
