import { draftDevice } from './wiring.ts';
import type { DraftDevice, NetworkDraft } from './draft.ts';

/** A lateral with so many customers has a fuse of its own; smaller ones are left to the device above. */
const LATERAL_CUSTOMERS = 4;

/**
 * Feeders published for power flow have no full protection: a lateral fuse is placed at the smaller branches of each medium-voltage tap
 * that carry four customers or more and begin without a device. The fuses are marked `placed`.
 */
export function placeFuses(draft: NetworkDraft): NetworkDraft {
  const children = Map.groupBy(
    draft.devices.filter(({ parent }) => parent !== null),
    ({ parent }) => parent ?? '',
  );
  const below = customersBelow(draft, children);
  const fused = new Map<string, DraftDevice>();
  for (const [parent, branches] of children) {
    const main = branches.toSorted((a, b) => (below.get(b.id) ?? 0) - (below.get(a.id) ?? 0))[0];
    for (const branch of branches) {
      if (branch === main || branch.kind !== 'section' || branch.normallyOpen) continue;
      if ((below.get(branch.id) ?? 0) < LATERAL_CUSTOMERS) continue;
      fused.set(branch.id, draftDevice({ id: `${branch.id}:fuse`, kind: 'fuse', parent, placed: true }));
    }
  }
  const devices = draft.devices.flatMap((device) => {
    const fuse = fused.get(device.id);
    return fuse === undefined ? [device] : [fuse, { ...device, parent: fuse.id }];
  });
  return { ...draft, devices };
}

function customersBelow(
  draft: NetworkDraft,
  children: ReadonlyMap<string, readonly DraftDevice[]>,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { device } of draft.supplies) counts.set(device, (counts.get(device) ?? 0) + 1);
  // From the sources outward, then backwards: every child is complete before it is added to its parent.
  const order: DraftDevice[] = draft.devices.filter(({ parent }) => parent === null);
  for (let head = 0; head < order.length; head += 1)
    order.push(...(children.get(order[head]?.id ?? '') ?? []));
  for (const { id, parent } of order.toReversed())
    if (parent !== null) counts.set(parent, (counts.get(parent) ?? 0) + (counts.get(id) ?? 0));
  return counts;
}
