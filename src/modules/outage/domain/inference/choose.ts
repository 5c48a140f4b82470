import type { Weighed } from './weigh.ts';

/** A device that is named, with the probability that it is the topmost open one. */
export type Choice = { readonly node: number; readonly posterior: number };

/**
 * Which devices to name below `from` (itself included), given the probability that each opened while those above it were closed.
 * Naming is worth the posterior less the price of being wrong; of two devices, one above the other, at most one is named.
 */
export function choose(
  { nodes }: Weighed,
  range: { readonly from: number; readonly to: number; readonly inclusive: boolean },
  openedAlone: (node: number) => number,
  nameFrom: number,
): { readonly choices: readonly Choice[]; readonly posterior: Float64Array; readonly lit: Float64Array } {
  const { from, to, inclusive } = range;
  const posterior = new Float64Array(to - from);
  const lit = new Float64Array(to - from).fill(1);
  for (let i = from; i < to; i += 1) {
    const above = nodes[i]?.above ?? -1;
    const before = above >= from ? (lit[above - from] as number) : 1;
    const open = i === from && !inclusive ? 0 : openedAlone(i);
    posterior[i - from] = before * open;
    lit[i - from] = before * (1 - open);
  }
  return { choices: bestAntichain(nodes, from, to, posterior, nameFrom), posterior, lit };
}

function bestAntichain(
  nodes: Weighed['nodes'],
  from: number,
  to: number,
  posterior: Float64Array,
  nameFrom: number,
): readonly Choice[] {
  const below = new Float64Array(to - from);
  const taken = new Uint8Array(to - from);
  for (let i = to - 1; i >= from; i -= 1) {
    const own = (posterior[i - from] as number) - nameFrom;
    const take = own > 0 && own >= (below[i - from] as number);
    taken[i - from] = take ? 1 : 0;
    const above = (nodes[i]?.above ?? -1) - from;
    if (above >= 0) below[above] = (below[above] as number) + (take ? own : (below[i - from] as number));
  }
  const choices: Choice[] = [];
  for (let i = from; i < to; i += 1) {
    const above = (nodes[i]?.above ?? -1) - from;
    // 2: something above is named already.
    if (above >= 0 && (taken[above] as number) > 0) taken[i - from] = 2;
    else if (taken[i - from] === 1) choices.push({ node: i, posterior: posterior[i - from] as number });
  }
  return choices;
}

/** The places of the nodes that lie below node `i`, itself included: `[i, end)`. */
export function endOf({ nodes }: Weighed, i: number, end: Int32Array): number {
  const last = end[nodes[i]?.device ?? 0] as number;
  let to = i + 1;
  while (to < nodes.length && (nodes[to]?.device ?? last) < last) to += 1;
  return to;
}
