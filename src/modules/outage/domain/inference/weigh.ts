import type { ActiveNode } from './active-tree.ts';
import type { Likelihood } from './likelihood.ts';
import type { MinuteGrid } from './minute-grid.ts';
import type { Network } from './network.ts';
import { fillOpeningPrior } from './opening-prior.ts';
import { multiplySilence, type SilenceTable } from './silence.ts';
import { addVoice, emptyVoiceSums, type VoiceSums } from './voice.ts';

/**
 * The tree of a feeder, summed over every set of openings, nested ones included. All figures are relative to "nobody below is dark".
 *
 * For a device `c`, with its supply lost at minute `s` by the outage of a device above whose customers ring with the shares `k`:
 *
 *     G(s,k) = what its own customers say if dark from s  ×  product of M of the devices below
 *     M(s,k) = sum of P(opens at t) × mean over k' of G(t,k') for t < s  +  P(not before s) × G(s,k)
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
  /** `[node, minute]`, logarithm: the device opened then, everything below it included. */
  readonly opening: Float64Array;
  /** `[node, minute]`, logarithm, one column more: it opened before that minute; the last column is at all. */
  readonly opened: Float64Array;
  /** `[node, minute, shares]`: M, without its scale. */
  readonly message: Float64Array;
  /** `[node, minute]`: logarithm of the scale of M. */
  readonly scale: Float64Array;
  /** `[node]`, logarithm: M at "never". */
  readonly total: Float64Array;
  /** `[node, minute]`: which shares explain it best. */
  readonly likeliest: Uint8Array;
};

export type WeighInput = {
  readonly network: Network;
  readonly likelihood: Likelihood;
  readonly silence: SilenceTable;
  readonly nodes: readonly ActiveNode[];
  readonly grid: MinuteGrid;
  readonly now: number;
  /** Of a stray call in that minute, for one customer. */
  readonly logStrayCall: (minute: number) => number;
};

/** Arrays that are used again for each feeder: a county fills a quarter of a gigabyte each time otherwise. */
export type Scratch = {
  opening: Float64Array;
  opened: Float64Array;
  message: Float64Array;
  scale: Float64Array;
  total: Float64Array;
  likeliest: Uint8Array;
};

export function emptyScratch(): Scratch {
  return {
    opening: new Float64Array(0),
    opened: new Float64Array(0),
    message: new Float64Array(0),
    scale: new Float64Array(0),
    total: new Float64Array(0),
    likeliest: new Uint8Array(0),
  };
}

/** A share so much smaller than the best one of the same minute says no more. Keeps products within the range of numbers. */
const SMALLEST = 1e-40;
const RESCALE = 1e-100;

/** The answer lives in `scratch` until it is used again. */
export function weigh(input: WeighInput, scratch: Scratch): Weighed {
  const { nodes, grid, likelihood } = input;
  const columns = grid.minutes.length;
  const hasMeters = (input.network.metersBelow[nodes[0]?.device ?? 0] as number) > 0;
  const gaspShares = hasMeters ? likelihood.belief.gaspShares.length : 1;
  const combinations = likelihood.belief.callShares.length * gaspShares;
  const weighed = prepare(scratch, grid, nodes, combinations);
  const sums = emptyVoiceSums(columns);
  const prior = new Float64Array(columns);
  for (let i = nodes.length - 1; i >= 0; i -= 1) {
    const node = nodes[i] as ActiveNode;
    addOwnCustomers(input, weighed, i, sums, gaspShares);
    const never = fillOpeningPrior(node, grid, Math.exp(likelihood.logRate[node.device] as number), prior);
    sumOpenings(weighed, i, prior, never, weightsOf(input, node.device, gaspShares));
    if (node.above >= 0) passUp(weighed, i, node.above);
  }
  return weighed;
}

function prepare(
  scratch: Scratch,
  grid: MinuteGrid,
  nodes: readonly ActiveNode[],
  combinations: number,
): Weighed {
  const columns = grid.minutes.length;
  const size = nodes.length * (columns + 1);
  if (scratch.opened.length < size) {
    scratch.opening = new Float64Array(2 * size);
    scratch.opened = new Float64Array(2 * size);
    scratch.scale = new Float64Array(2 * size);
    scratch.likeliest = new Uint8Array(2 * size);
    scratch.total = new Float64Array(2 * size);
  }
  if (scratch.message.length < size * combinations)
    scratch.message = new Float64Array(2 * size * combinations);
  scratch.message.fill(1, 0, size * combinations);
  scratch.scale.fill(0, 0, size);
  scratch.total.fill(0, 0, nodes.length);
  return { ...scratch, grid, nodes, columns, combinations };
}

/** Multiplies into G of a node what its own and its silent customers say. */
function addOwnCustomers(
  { likelihood, silence, grid, now, logStrayCall }: WeighInput,
  { nodes, message, scale, columns, combinations }: Weighed,
  i: number,
  sums: VoiceSums,
  gaspShares: number,
): void {
  const node = nodes[i] as ActiveNode;
  sums.loudness.fill(0);
  sums.callers.fill(0);
  sums.gaspers.fill(0);
  for (const voice of node.voices)
    addVoice({ voice, grid, likelihood, restored: node.restored, logStrayCall }, sums);
  const restored = node.restored ?? -Infinity;
  for (let j = 0; j < columns; j += 1) {
    const minute = grid.minutes[j] as number;
    const callers = sums.callers[j] as number;
    const gaspers = sums.gaspers[j] as number;
    // Who was dark already when the supply above came back has rung before: his silence since then says nothing.
    const said = {
      age: now - minute,
      callers,
      gaspers,
      quiet: minute < restored ? 0 : node.customers - callers,
      quietMeters: minute < restored ? 0 : Math.max(node.meters - gaspers, 0),
    };
    const at = (i * columns + j) * combinations;
    const silent = multiplySilence(silence, said, message, at, gaspShares);
    scale[i * columns + j] = (scale[i * columns + j] as number) + (sums.loudness[j] as number) + silent;
  }
}

/** Turns G of a node into M, and fills what it says about its own openings. */
function sumOpenings(
  { message, scale, opening, opened, total, likeliest, columns, combinations }: Weighed,
  i: number,
  prior: Float64Array,
  never: number,
  weights: Float64Array,
): void {
  let before = -Infinity;
  let notYet = 1;
  for (let j = 0; j < columns; j += 1) {
    const cell = i * columns + j;
    const at = cell * combinations;
    let most = 0;
    let best = 0;
    let largest = 0;
    let mean = 0;
    for (let k = 0; k < combinations; k += 1) {
      const value = message[at + k] as number;
      const weighted = value * (weights[k] as number);
      mean += weighted;
      if (value > largest) largest = value;
      if (weighted > most) {
        most = weighted;
        best = k;
      }
    }
    likeliest[cell] = best;
    opened[i * (columns + 1) + j] = before;
    const here = Math.log((prior[j] as number) * mean) + (scale[cell] as number);
    opening[cell] = here;
    blend(message, scale, cell, combinations, before, notYet, largest);
    before = addLogs(before, here);
    notYet = Math.max(notYet - (prior[j] as number), 0);
  }
  opened[i * (columns + 1) + columns] = before;
  total[i] = addLogs(before, Math.log(never) + (total[i] as number));
}

/** M of one minute: the openings before it, and G times the chance that there was none. The largest share becomes 1. */
function blend(
  message: Float64Array,
  scale: Float64Array,
  cell: number,
  combinations: number,
  before: number,
  notYet: number,
  largest: number,
): void {
  const at = cell * combinations;
  const logScale = scale[cell] as number;
  const gap = before - logScale;
  // The earlier openings are the larger part by far: they set the scale.
  const earlier = gap > 200 ? 1 : Math.exp(gap);
  const factor = gap > 200 ? 0 : notYet;
  const top = earlier + factor * largest;
  const [base, slope] = [earlier / top, factor / top];
  for (let k = 0; k < combinations; k += 1)
    message[at + k] = base + slope * (message[at + k] as number) + SMALLEST;
  scale[cell] = gap > 200 ? before : logScale + Math.log(top);
}

function passUp({ message, scale, total, columns, combinations }: Weighed, from: number, to: number): void {
  for (let j = 0; j < columns; j += 1) {
    const a = (from * columns + j) * combinations;
    const b = (to * columns + j) * combinations;
    let largest = 0;
    for (let k = 0; k < combinations; k += 1) {
      const value = (message[b + k] as number) * (message[a + k] as number);
      message[b + k] = value;
      if (value > largest) largest = value;
    }
    let more = scale[from * columns + j] as number;
    if (largest < RESCALE) {
      for (let k = 0; k < combinations; k += 1)
        message[b + k] = Math.max((message[b + k] as number) / largest, SMALLEST);
      more += Math.log(largest);
    }
    scale[to * columns + j] = (scale[to * columns + j] as number) + more;
  }
  total[to] = (total[to] as number) + (total[from] as number);
}

/** How likely each combination of shares is before anything was heard: outages of many meters lose more gasps. */
function weightsOf({ likelihood, network }: WeighInput, device: number, gaspShares: number): Float64Array {
  const { weights, belief } = likelihood;
  if (gaspShares === 1) return weights.withoutMeters;
  const meters = network.metersBelow[device] as number;
  return meters < belief.someMeters ? weights.few : meters < belief.manyMeters ? weights.some : weights.many;
}

function addLogs(a: number, b: number): number {
  if (a === -Infinity) return b;
  const gap = b - a;
  if (gap > 0) return b + (gap > 40 ? 0 : Math.log(1 + Math.exp(-gap)));
  return a + (gap < -40 ? 0 : Math.log(1 + Math.exp(gap)));
}
