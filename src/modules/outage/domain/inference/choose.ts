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
  const named = bestAntichain(nodes, from, to, posterior, nameFrom);
  return { choices: [...named, ...undecided(nodes, from, to, { posterior, lit, named })], posterior, lit };
}

/** Who is so surely dark has an order, even when it is open which of several devices above him failed. */
const SURELY_DARK = 0.8;

/** For customers who are surely dark while no device reached the price of naming: the likeliest device above them. */
function undecided(
  nodes: Weighed['nodes'],
  from: number,
  to: number,
  found: {
    readonly posterior: Float64Array;
    readonly lit: Float64Array;
    readonly named: readonly Choice[];
  },
): readonly Choice[] {
  const { posterior, lit, named } = found;
  const extra: Choice[] = [];
  // Below a named device, or with one below it: cannot be named any more.
  const barred = new Uint8Array(to - from);
  const aboveOf = (i: number) => Math.max((nodes[i]?.above ?? -1) - from, -1);
  const bar = (i: number) => {
    for (let a = i - from; a >= 0; a = aboveOf(a + from)) barred[a] = 1;
  };
  const chosen = new Set(named.map(({ node }) => node - from));
  for (const { node } of named) bar(node);
  for (let i = from; i < to; i += 1) {
    if ((nodes[i]?.voices.length ?? 0) === 0 || 1 - (lit[i - from] as number) < SURELY_DARK) continue;
    let best = -1;
    let covered = false;
    for (let a = i - from; a >= 0; a = aboveOf(a + from)) {
      covered ||= chosen.has(a);
      if (barred[a] === 0 && (best < 0 || (posterior[a] as number) > (posterior[best] as number))) best = a;
    }
    if (covered || best < 0) continue;
    chosen.add(best);
    bar(best + from);
    extra.push({ node: best + from, posterior: posterior[best] as number });
  }
  return extra;
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
