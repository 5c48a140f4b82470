/** Where a device stands in the drawing: columns from the source outward, rows downward. */
export type DrawnAt = { readonly id: string; readonly column: number; readonly row: number };

type Drawn = { readonly id: string; readonly parent: string | null };

/**
 * A tree as a single-line drawing: the trunk (the child with most below it) goes straight on in its parent's row, branches take the next
 * free rows below, so that no two lines cross. Devices whose parent is not in the list begin a row of their own. Order of the input decides
 * between equals.
 */
export function singleLine(devices: readonly Drawn[]): readonly DrawnAt[] {
  const known = new Set(devices.map(({ id }) => id));
  const children = Map.groupBy(devices, ({ parent }) => (parent !== null && known.has(parent) ? parent : ''));
  const weights = weightsOf(devices, children);
  const drawn: DrawnAt[] = [];
  let row = 0;
  // A stack and not recursion: feeders may be hundreds of devices deep.
  const stack = (children.get('') ?? [])
    .toReversed()
    .map((device) => ({ device, column: 0, straight: false }));
  let first = true;
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { device, column, straight } = next;
    if (!straight && !first) row += 1;
    first = false;
    drawn.push({ id: device.id, column, row });
    const below = (children.get(device.id) ?? []).toSorted(
      (a, b) => (weights.get(b.id) ?? 0) - (weights.get(a.id) ?? 0),
    );
    for (let i = below.length - 1; i >= 0; i -= 1) {
      const child = below[i];
      if (child !== undefined) stack.push({ device: child, column: column + 1, straight: i === 0 });
    }
  }
  return drawn;
}

function weightsOf(
  devices: readonly Drawn[],
  children: ReadonlyMap<string, readonly Drawn[]>,
): ReadonlyMap<string, number> {
  const order = [...(children.get('') ?? [])];
  for (let head = 0; head < order.length; head += 1)
    order.push(...(children.get(order[head]?.id ?? '') ?? []));
  const weights = new Map(devices.map(({ id }) => [id, 1]));
  for (const { id, parent } of order.toReversed())
    if (parent !== null && weights.has(parent))
      weights.set(parent, (weights.get(parent) ?? 0) + (weights.get(id) ?? 0));
  return weights;
}
