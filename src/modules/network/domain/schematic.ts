/** A device of medium voltage as far as a map needs it. Many companies know where transformers stand, and not where every switch does. */
export type MapDevice = {
  readonly id: string;
  readonly parent: string | null;
  readonly feederId: string | null;
  readonly at: Position | null;
};

export type Position = { readonly lon: number; readonly lat: number };

export type Schematic = {
  readonly positions: ReadonlyMap<string, Position>;
  /** The ways of each feeder as lines from the source outwards. */
  readonly lines: ReadonlyMap<string, readonly (readonly Position[])[]>;
};

/**
 * Where every device is drawn: at its own place, else in the middle of what it supplies, else where it is supplied from. What hangs
 * on nothing that has a place is left out.
 */
export function schematic(devices: readonly MapDevice[]): Schematic {
  const below = Map.groupBy(devices, ({ parent }) => parent ?? '');
  const order = parentsFirst(devices, below);
  const positions = new Map<string, Position>();
  const middles = new Map<string, { lon: number; lat: number; count: number }>();
  for (const device of order.toReversed()) {
    const middle = middles.get(device.id);
    const at = device.at ?? (middle && { lon: middle.lon / middle.count, lat: middle.lat / middle.count });
    if (at !== undefined) positions.set(device.id, at);
    const found = device.at === null ? middle : { ...device.at, count: 1 };
    if (found !== undefined && device.parent !== null) add(middles, device.parent, found);
  }
  for (const { id, parent } of order) {
    const above = positions.get(parent ?? '');
    if (!positions.has(id) && above !== undefined) positions.set(id, above);
  }
  return { positions, lines: linesOf(order, below, positions) };
}

function add(
  middles: Map<string, { lon: number; lat: number; count: number }>,
  parent: string,
  { lon, lat, count }: { readonly lon: number; readonly lat: number; readonly count: number },
): void {
  const before = middles.get(parent) ?? { lon: 0, lat: 0, count: 0 };
  middles.set(parent, { lon: before.lon + lon, lat: before.lat + lat, count: before.count + count });
}

function parentsFirst(
  devices: readonly MapDevice[],
  below: ReadonlyMap<string, readonly MapDevice[]>,
): readonly MapDevice[] {
  const known = new Set(devices.map(({ id }) => id));
  const order = devices.filter(({ parent }) => parent === null || !known.has(parent));
  for (let i = 0; i < order.length; i += 1) order.push(...(below.get(order[i]?.id ?? '') ?? []));
  return order;
}

function linesOf(
  order: readonly MapDevice[],
  below: ReadonlyMap<string, readonly MapDevice[]>,
  positions: ReadonlyMap<string, Position>,
): ReadonlyMap<string, readonly (readonly Position[])[]> {
  const lines = new Map<string, Position[][]>();
  const onLine = new Set<string>();
  for (const first of order) {
    if (first.feederId === null || onLine.has(first.id)) continue;
    const line = lineFrom(first, { below, positions, onLine });
    if (line.length > 1) lines.set(first.feederId, [...(lines.get(first.feederId) ?? []), line]);
  }
  return lines;
}

/** From what supplies a device on to the first that it supplies, and so on to the end; the other branches begin lines of their own. */
function lineFrom(
  first: MapDevice,
  grid: {
    readonly below: ReadonlyMap<string, readonly MapDevice[]>;
    readonly positions: ReadonlyMap<string, Position>;
    readonly onLine: Set<string>;
  },
): Position[] {
  const line: Position[] = [];
  const put = (id: string | null) => {
    const at = grid.positions.get(id ?? '');
    const last = line.at(-1);
    if (at !== undefined && (last === undefined || last.lon !== at.lon || last.lat !== at.lat)) line.push(at);
  };
  put(first.parent);
  for (let device: MapDevice | undefined = first; device !== undefined; ) {
    put(device.id);
    grid.onLine.add(device.id);
    device = grid.below.get(device.id)?.find((one) => one.feederId !== null && !grid.onLine.has(one.id));
  }
  return line;
}
