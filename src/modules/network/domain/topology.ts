import type { NetworkDevice } from './device.ts';

/**
 * A network as it is switched at one moment. Answers are exact for any switching, rings closed for a moment included: what is
 * below a device is what loses supply when it opens.
 */
type Topology = {
  has(id: string): boolean;
  isSupplied(id: string): boolean;
  /** The devices through which this one's lower end is fed, nearest first, the substation last. Empty without supply. */
  up(id: string): readonly string[];
  /** Every way that is fed, from the sources outward, with the one that feeds it (a substation for the first of a feeder). */
  feeds(): readonly { readonly device: string; readonly above: string }[];
  /** The way through which this device's lower end is fed; the substation itself at a substation, null without supply. */
  carrier(id: string): string | null;
  /** Everything that is dark if these devices open (or are open) in addition: what is dark already is left out. */
  darkIfOpen(ids: readonly string[]): readonly string[];
  /** Devices without supply. */
  dark(): readonly string[];
  /** Closed devices that complete a ring: without them everything would still be supplied. */
  ringClosers(): readonly string[];
};

type Way = { readonly device: number; readonly to: number };

/**
 * `open`: the devices that are open now (normal state is not looked at). Unknown ids are left out. Parents that are not in the list
 * make an island, which is dark.
 */
export function topologyOf(devices: readonly NetworkDevice[], open: ReadonlySet<string>): Topology {
  const index = new Map(devices.map(({ id }, i) => [id, i]));
  const ways = waysOf(devices, index);
  const isOpen = devices.map(({ id }) => open.has(id));
  const sources = devices.flatMap(({ kind }, i) => (kind === 'substation' && !isOpen[i] ? [i] : []));
  const now = spread(ways, sources, isOpen, devices.length);
  const idAt = (i: number) => devices[i]?.id ?? '';
  const ids = (list: readonly number[]) => list.map(idAt);

  return {
    has: (id) => index.has(id),
    isSupplied: (id) => now.reached[index.get(id) ?? -1] === 1,
    up(id) {
      const path: number[] = [];
      for (let at = index.get(id) ?? -1; at >= 0 && now.reached[at] === 1; at = now.from[at] ?? -1) {
        const way = now.via[at] ?? -1;
        if (way >= 0) path.push(way);
        else if ((now.from[at] ?? -1) < 0) path.push(at);
      }
      return ids(path);
    },
    feeds: () =>
      now.order.flatMap((at) => {
        const [way, from] = [now.via[at] ?? -1, now.from[at] ?? -1];
        return way < 0 ? [] : [{ device: idAt(way), above: idAt(now.into[from] ?? -1) }];
      }),
    carrier(id) {
      const at = index.get(id) ?? -1;
      return now.reached[at] === 1 ? idAt(now.into[at] ?? -1) : null;
    },
    darkIfOpen(opened) {
      const then = [...isOpen];
      for (const id of opened) {
        const at = index.get(id);
        if (at !== undefined) then[at] = true;
      }
      const left = spread(
        ways,
        sources.filter((i) => !then[i]),
        then,
        devices.length,
      );
      return ids(devices.flatMap((_, i) => (now.reached[i] === 1 && left.reached[i] === 0 ? [i] : [])));
    },
    dark: () => ids(devices.flatMap((_, i) => (now.reached[i] === 0 ? [i] : []))),
    ringClosers: () => ids(now.closers),
  };
}

/** From each lower end, the devices one can go through and where one arrives. */
function waysOf(devices: readonly NetworkDevice[], index: ReadonlyMap<string, number>): readonly Way[][] {
  const ways: Way[][] = devices.map(() => []);
  const join = (a: number, b: number, device: number) => {
    ways[a]?.push({ device, to: b });
    ways[b]?.push({ device, to: a });
  };
  for (const [i, { parent, tieTo }] of devices.entries()) {
    const above = parent === null ? undefined : index.get(parent);
    if (above !== undefined) join(above, i, i);
    // Beyond a tie there is no second switch: its lower end is the other side.
    const other = tieTo === null ? undefined : index.get(tieTo);
    if (other !== undefined) join(i, other, -1);
  }
  return ways;
}

type Spread = {
  readonly reached: Uint8Array;
  /** The device through which a lower end was reached; -1 at a source and beyond a tie. */
  readonly via: Int32Array;
  readonly from: Int32Array;
  /** The last way before a lower end, ties without a second switch looked through; a source itself. */
  readonly into: Int32Array;
  /** Lower ends in the order in which they were reached. */
  readonly order: readonly number[];
  readonly closers: readonly number[];
};

function spread(
  ways: readonly (readonly Way[])[],
  sources: readonly number[],
  isOpen: readonly boolean[],
  size: number,
): Spread {
  const reached = new Uint8Array(size);
  const via = new Int32Array(size).fill(-1);
  const from = new Int32Array(size).fill(-1);
  const into = new Int32Array(size).fill(-1);
  const used = new Uint8Array(size);
  const closers = new Set<number>();
  const queue = [...sources];
  for (const source of sources) {
    reached[source] = 1;
    into[source] = source;
  }
  for (let head = 0; head < queue.length; head += 1) {
    const at = queue[head] ?? 0;
    for (const { device, to } of ways[at] ?? []) {
      if (device >= 0 && isOpen[device] === true) continue;
      if (reached[to] === 1) {
        if (device >= 0 && used[device] === 0) closers.add(device);
        continue;
      }
      reached[to] = 1;
      from[to] = at;
      via[to] = device;
      into[to] = device >= 0 ? device : (into[at] ?? -1);
      if (device >= 0) used[device] = 1;
      queue.push(to);
    }
  }
  return { reached, via, from, into, order: queue, closers: [...closers].toSorted((a, b) => a - b) };
}
