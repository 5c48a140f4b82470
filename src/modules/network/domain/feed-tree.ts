import type { DeviceKind, NetworkDevice } from './device.ts';
import { topologyOf } from './topology.ts';

type FeedKind = Exclude<DeviceKind, 'substation' | 'section'>;

/** The grid as inference wants it: what can fail, each with the one above it. */
export type FeedTree = {
  readonly devices: readonly {
    readonly id: string;
    readonly parent: string | null;
    readonly kind: FeedKind;
    /** Kilometres that fail together with it. */
    readonly exposure: number;
  }[];
  /** The device whose failure darkens what hangs here; undefined for unknown devices and directly below a substation. */
  readonly deviceOf: (id: string) => string | undefined;
};

/**
 * As it is switched: a transfer turns parents round, and what is open between two supplied ends is left out: nothing hangs on it. What has no supply keeps its normal parents, so that its customers are still somewhere.
 * Substations and sections are no devices that operate: the length of a section belongs to the device above it.
 */
export function feedTree(devices: readonly NetworkDevice[], open: ReadonlySet<string>): FeedTree {
  const byId = new Map(devices.map((device) => [device.id, device]));
  const topology = topologyOf(devices, open);
  const above = new Map(topology.feeds().map((feed) => [feed.device, feed.above]));
  const order = [...above.keys()];
  for (const { id, parent, kind } of devices) {
    if (kind === 'substation' || above.has(id) || topology.isSupplied(id)) continue;
    above.set(id, parent ?? '');
    order.push(id);
  }
  const kept = keptAbove(order, above, byId);
  const exposure = new Map<string, number>();
  for (const id of order) {
    const holder = kept.get(id);
    if (holder !== undefined) exposure.set(holder, (exposure.get(holder) ?? 0) + (byId.get(id)?.km ?? 0));
  }
  return {
    devices: order.flatMap((id) => {
      const kind = byId.get(id)?.kind;
      if (kind === undefined || kind === 'section' || kind === 'substation') return [];
      const parent = kept.get(above.get(id) ?? '') ?? null;
      return [{ id, parent, kind, exposure: exposure.get(id) ?? 0 }];
    }),
    deviceOf: (id) => kept.get(topology.carrier(id) ?? id),
  };
}

/** Of each way, itself or the nearest above that is no section. */
function keptAbove(
  order: readonly string[],
  above: ReadonlyMap<string, string>,
  byId: ReadonlyMap<string, NetworkDevice>,
): ReadonlyMap<string, string> {
  const kept = new Map<string, string>();
  // Dark devices come in no particular order: their chain is walked, each link once.
  const keptOf = (id: string): string | undefined => {
    const chain: string[] = [];
    let at: string | undefined = id;
    while (at !== undefined && !kept.has(at) && byId.get(at)?.kind === 'section') {
      chain.push(at);
      at = above.get(at);
    }
    const known = at === undefined ? undefined : (kept.get(at) ?? ownName(byId.get(at)));
    if (known !== undefined) for (const link of chain) kept.set(link, known);
    return known;
  };
  for (const id of order) {
    const holder = keptOf(id);
    if (holder !== undefined) kept.set(id, holder);
  }
  return kept;
}

function ownName(device: NetworkDevice | undefined): string | undefined {
  return device === undefined || device.kind === 'substation' ? undefined : device.id;
}
