import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DeviceKind } from '#modules/network/domain/index.ts';
import type { Random } from './seeded.ts';

/** A device of a medium-voltage tree: the parent is an index into the same list, -1 for the head; parents come first. */
export type SkeletonNode = { readonly kind: DeviceKind; readonly parent: number; readonly metres: number };

type Skeleton = { readonly nodes: readonly SkeletonNode[]; readonly transformers: readonly number[] };

/** The real feeders (EPRI ckt5, IEEE 8500-node) that scripts/make-feeder-skeletons.ts digested; the notice stands in the file. */
export function readSkeletons(): readonly Skeleton[] {
  const file = JSON.parse(
    readFileSync(join(import.meta.dirname, 'data', 'feeder-skeletons.json'), 'utf8'),
  ) as { readonly feeders: readonly { readonly nodes: readonly [DeviceKind, number, number][] }[] };
  return file.feeders.map(({ nodes: rows }) => {
    const nodes = rows.map(([kind, parent, metres]) => ({ kind, parent, metres }));
    return { nodes, transformers: nodes.flatMap(({ kind }, i) => (kind === 'transformer' ? [i] : [])) };
  });
}

/**
 * A part of a real feeder with exactly so many transformers: neighbours in its tree, with all devices above them. Transformers come in the
 * order of the tree. More than the largest feeder has are not to be had.
 */
export function cutSkeleton(
  skeletons: readonly Skeleton[],
  count: number,
  random: Random,
): readonly SkeletonNode[] {
  const skeleton = random.pick(skeletons.filter(({ transformers }) => transformers.length >= count));
  const from = random.int(skeleton.transformers.length - count + 1);
  const kept = new Set<number>([0]);
  for (const transformer of skeleton.transformers.slice(from, from + count))
    for (let at = transformer; at >= 0 && !kept.has(at); at = skeleton.nodes[at]?.parent ?? -1) kept.add(at);
  return withoutChains(skeleton.nodes, kept);
}

/** What no longer branches becomes length of the device below it: sections, and of devices of one kind in a row the upper ones. */
function withoutChains(nodes: readonly SkeletonNode[], kept: ReadonlySet<number>): readonly SkeletonNode[] {
  const order = [...kept].toSorted((a, b) => a - b);
  const below = Map.groupBy(order, (i) => nodes[i]?.parent ?? -1);
  const kindOf = (i: number) => nodes[i]?.kind;
  /** The only way on from here; undefined at the end and where it branches. */
  const onward = (i: number): number | undefined => {
    const ways = below.get(i) ?? [];
    return ways.length === 1 ? ways[0] : undefined;
  };
  const isPassedOver = (i: number): boolean => {
    let next = onward(i);
    if (i === 0 || kindOf(i) === 'transformer' || next === undefined) return false;
    if (kindOf(i) === 'section') return true;
    while (next !== undefined && kindOf(next) === 'section') next = onward(next);
    return next !== undefined && kindOf(next) === kindOf(i);
  };
  const made: SkeletonNode[] = [];
  /** Where a kept node went: its place in the list, or that of its parent with metres still to be added below. */
  const went = new Map<number, { readonly at: number; readonly carried: number }>();
  for (const i of order) {
    const node = nodes[i];
    if (node === undefined) continue;
    const above = went.get(node.parent) ?? { at: -1, carried: 0 };
    const metres = node.metres + above.carried;
    if (isPassedOver(i)) {
      went.set(i, { at: above.at, carried: metres });
      continue;
    }
    made.push({ kind: node.kind, parent: above.at, metres });
    went.set(i, { at: made.length - 1, carried: 0 });
  }
  return made;
}
