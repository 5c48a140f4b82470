import type { NetworkDevice } from './device.ts';

/** To which feeder a device of medium voltage belongs in the normal state, and below which transformer one of low voltage is. */
type Placement = { readonly feeder: string | null; readonly transformer: string | null };

/**
 * The placement of every device. A feeder is called by its head, the first device below the substation. The draft has been checked: parents
 * lead to a substation.
 */
export function placementsOf(
  devices: readonly Pick<NetworkDevice, 'id' | 'kind' | 'parent'>[],
): ReadonlyMap<string, Placement> {
  const byId = new Map(devices.map((device) => [device.id, device]));
  const placements = new Map<string, Placement>();
  const place = (id: string): Placement => {
    const known = placements.get(id);
    if (known !== undefined) return known;
    const above = byId.get(byId.get(id)?.parent ?? '');
    const placement =
      above === undefined ? { feeder: null, transformer: null } : below(id, above, place(above.id));
    placements.set(id, placement);
    return placement;
  };
  for (const { id } of orderedByParents(devices)) place(id);
  return placements;
}

function below(id: string, above: Pick<NetworkDevice, 'id' | 'kind'>, placed: Placement): Placement {
  if (above.kind === 'substation') return { feeder: id, transformer: null };
  const transformer = above.kind === 'transformer' ? above.id : placed.transformer;
  return transformer === null ? { feeder: placed.feeder, transformer } : { feeder: null, transformer };
}

/** Parents first, so that no chain is walked deeper than one step however long a feeder is. */
function orderedByParents<T extends Pick<NetworkDevice, 'id' | 'parent'>>(
  devices: readonly T[],
): readonly T[] {
  const children = Map.groupBy(devices, ({ parent }) => parent ?? '');
  const order = [...(children.get('') ?? [])];
  for (let head = 0; head < order.length; head += 1)
    order.push(...(children.get(order[head]?.id ?? '') ?? []));
  return order;
}
