import type { ActiveNode } from './active-tree.ts';
import { LONGEST_DELAY, type Likelihood } from './likelihood.ts';
import type { MinuteGrid } from './minute-grid.ts';
import type { Network } from './network.ts';
import { fillOpeningPrior } from './opening-prior.ts';
import { addVoice, type VoiceSums } from './voice.ts';

/**
 * The tree of a feeder, summed over every set of openings, nested ones included. All figures are logarithms relative to "nobody
 * below is dark".
 *
 * For a device `c`, with its supply lost at minute `s` by the outage of a device above whose customers ring with the shares `k`:
 *
 *     G(s,k) = what its own customers say if dark from s + sum of M of the devices below
 *     M(s,k) = log( sum of P(opens at t) exp(mean over k' of G(t,k')) for t < s  +  P(not before s) exp(G(s,k)) )
 *
 * so a device that went before the one above it has an outage of its own, with shares of its own, and one that goes later is not
 * seen. M at "never" is the evidence below `c` while everything above is closed. This is exact for independent openings.
 */
export type Weighed = {
  readonly grid: MinuteGrid;
  readonly nodes: readonly ActiveNode[];
  readonly columns: number;
  /** Combinations of shares of callers and of last gasps. */
  readonly combinations: number;
  /** `[node, minute]`: the device opened then, everything below it included. */
  readonly opening: Float64Array;
  /** `[node, minute]`, one column more: it opened before that minute; the last column is at all. */
  readonly opened: Float64Array;
  /** `[node, minute, shares]`: M. */
  readonly message: Float64Array;
  /** `[node]`: M at "never". */
  readonly total: Float64Array;
  /** `[node, minute]`: which shares explain it best. */
  readonly likeliest: Uint8Array;
};

export type WeighInput = {
  readonly network: Network;
  readonly likelihood: Likelihood;
  readonly nodes: readonly ActiveNode[];
  readonly grid: MinuteGrid;
  readonly now: number;
  /** Of a stray call in that minute, for one customer. */
  readonly logStrayCall: (minute: number) => number;
};

export function weigh(input: WeighInput): Weighed {
  const { nodes, grid, likelihood, network } = input;
  const columns = grid.minutes.length;
  const hasMeters = (network.metersBelow[nodes[0]?.device ?? 0] as number) > 0;
  const gaspShares = hasMeters ? likelihood.belief.gaspShares.length : 1;
  const combinations = likelihood.belief.callShares.length * gaspShares;
  const weighed: Weighed = {
    grid,
    nodes,
    columns,
    combinations,
    opening: new Float64Array(nodes.length * columns),
    opened: new Float64Array(nodes.length * (columns + 1)),
    message: new Float64Array(nodes.length * columns * combinations),
    total: new Float64Array(nodes.length),
    likeliest: new Uint8Array(nodes.length * columns),
  };
  const sums: VoiceSums = {
    loudness: new Float64Array(columns),
    callers: new Float64Array(columns),
    gaspers: new Float64Array(columns),
  };
  const prior = new Float64Array(columns);
  for (let i = nodes.length - 1; i >= 0; i -= 1) {
    const node = nodes[i] as ActiveNode;
    addOwnCustomers(input, weighed, node, i, sums, gaspShares);
    const rate = Math.exp(likelihood.logRate[node.device] as number);
    const never = fillOpeningPrior(node, grid, rate, prior);
    sumOpenings(weighed, i, prior, never, logWeights(likelihood, network, node.device, gaspShares));
    if (node.above >= 0) passUp(weighed, i, node.above);
  }
  return weighed;
}

/** Adds to G of a node what its own and its silent customers say. */
function addOwnCustomers(
  { likelihood, grid, now, logStrayCall }: WeighInput,
  { message, columns, combinations }: Weighed,
  node: ActiveNode,
  i: number,
  sums: VoiceSums,
  gaspShares: number,
): void {
  sums.loudness.fill(0);
  sums.callers.fill(0);
  sums.gaspers.fill(0);
  for (const voice of node.voices)
    addVoice({ voice, grid, likelihood, restored: node.restored, logStrayCall }, sums);
  const { logCallShare, logGaspShare, callSilence, gaspSilence } = likelihood;
  const restored = node.restored ?? -Infinity;
  for (let j = 0; j < columns; j += 1) {
    const minute = grid.minutes[j] as number;
    const age = Math.min(now - minute, LONGEST_DELAY);
    const callers = sums.callers[j] as number;
    const gaspers = sums.gaspers[j] as number;
    // Who was dark already when the supply above came back has rung before: his silence since then says nothing.
    const quiet = minute < restored ? 0 : node.customers - callers;
    const quietMeters = minute < restored ? 0 : Math.max(node.meters - gaspers, 0);
    let at = (i * columns + j) * combinations;
    for (let p = 0; at < (i * columns + j + 1) * combinations; p += 1) {
      const calls =
        (sums.loudness[j] as number) +
        callers * (logCallShare[p] as number) +
        quiet * (callSilence[p * (LONGEST_DELAY + 1) + age] as number);
      for (let q = 0; q < gaspShares; q += 1, at += 1)
        message[at] =
          (message[at] as number) +
          calls +
          gaspers * (logGaspShare[q] as number) +
          quietMeters * (gaspSilence[q * (LONGEST_DELAY + 1) + age] as number);
    }
  }
}

/** Turns G of a node into M, and fills what it says about its own openings. */
function sumOpenings(
  { message, opening, opened, total, likeliest, columns, combinations }: Weighed,
  i: number,
  prior: Float64Array,
  never: number,
  logWeight: Float64Array,
): void {
  let before = -Infinity;
  let notYet = 1;
  const parts = new Float64Array(combinations);
  for (let j = 0; j < columns; j += 1) {
    const at = (i * columns + j) * combinations;
    let most = -Infinity;
    let best = 0;
    for (let k = 0; k < combinations; k += 1) {
      const value = (message[at + k] as number) + (logWeight[k] as number);
      if (value > most) [most, best] = [value, k];
    }
    let mean = 0;
    for (let k = 0; k < combinations; k += 1) {
      parts[k] = Math.exp((message[at + k] as number) - most);
      mean += (parts[k] as number) * Math.exp(logWeight[k] as number);
    }
    likeliest[i * columns + j] = best;
    opened[i * (columns + 1) + j] = before;
    const logPrior = Math.log(prior[j] as number);
    const here = logPrior + most + Math.log(mean);
    opening[i * columns + j] = here;
    const earlier = Math.exp(before - most);
    for (let k = 0; k < combinations; k += 1)
      message[at + k] = Number.isFinite(earlier)
        ? most + Math.log(earlier + notYet * (parts[k] as number))
        : before;
    before = addLogs(before, here);
    notYet = Math.max(notYet - (prior[j] as number), 0);
  }
  opened[i * (columns + 1) + columns] = before;
  total[i] = addLogs(before, Math.log(never) + (total[i] as number));
}

function passUp({ message, total, columns, combinations }: Weighed, from: number, to: number): void {
  const size = columns * combinations;
  for (let a = from * size, b = to * size; a < (from + 1) * size; a += 1, b += 1)
    message[b] = (message[b] as number) + (message[a] as number);
  total[to] = (total[to] as number) + (total[from] as number);
}

function logWeights(
  { belief }: Likelihood,
  network: Network,
  device: number,
  gaspShares: number,
): Float64Array {
  const meters = network.metersBelow[device] as number;
  const { few, some, many } = belief.gaspWeights;
  const byMeters = meters < belief.someMeters ? few : meters < belief.manyMeters ? some : many;
  const gasps = gaspShares === 1 ? [1] : byMeters;
  return Float64Array.from(
    belief.callShares.flatMap((_, __, all) => gasps.map((w) => Math.log(w / all.length))),
  );
}

function addLogs(a: number, b: number): number {
  const most = Math.max(a, b);
  return most === -Infinity ? most : most + Math.log(Math.exp(a - most) + Math.exp(b - most));
}
