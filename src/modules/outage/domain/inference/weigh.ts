import type { ActiveNode } from './active-tree.ts';
import type { Likelihood } from './likelihood.ts';
import type { MinuteGrid } from './minute-grid.ts';
import type { Network } from './network.ts';
import { fillOpeningPrior } from './opening-prior.ts';
import { type Said, type SilenceTable, silenceShares } from './silence.ts';
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
  /** `[node, minute]`: logarithm of the unit in which the three below are given; no logarithm is taken while summing. */
  readonly scale: Float64Array;
  /** `[node, minute]`: the device opened then, everything below it included. */
  readonly opening: Float64Array;
  /** `[node, minute]`: it opened then or before. */
  readonly opened: Float64Array;
  /** `[node, minute, shares]`: M. */
  readonly message: Float64Array;
  /** `[node]`, logarithms: it opened at all; M at "never". */
  readonly everOpened: Float64Array;
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
  scale: Float64Array;
  opening: Float64Array;
  opened: Float64Array;
  message: Float64Array;
  everOpened: Float64Array;
  total: Float64Array;
  likeliest: Uint8Array;
};

export function emptyScratch(): Scratch {
  const [scale, opening, opened, message, everOpened, total] = Array.from(
    { length: 6 },
    () => new Float64Array(0),
  ) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
  return { scale, opening, opened, message, everOpened, total, likeliest: new Uint8Array(0) };
}

/** Figures of one minute stay within these bounds of their unit; a share so much below the best one says no more. */
const LARGE = 1e60;
const SMALL = 1e-100;
const SMALLEST = 1e-60;

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
    hearCustomers(input, node, sums);
    const never = fillOpeningPrior(node, grid, Math.exp(likelihood.logRate[node.device] as number), prior);
    weighNode(input, weighed, i, { sums, prior, never, gaspShares });
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
  const size = nodes.length * columns;
  if (scratch.scale.length < size) {
    for (const name of ['scale', 'opening', 'opened'] as const) scratch[name] = new Float64Array(grown(size));
    scratch.likeliest = new Uint8Array(grown(size));
  }
  if (scratch.total.length < nodes.length)
    for (const name of ['everOpened', 'total'] as const)
      scratch[name] = new Float64Array(grown(nodes.length));
  if (scratch.message.length < size * combinations)
    scratch.message = new Float64Array(grown(size * combinations));
  scratch.message.fill(1, 0, size * combinations);
  scratch.scale.fill(0, 0, size);
  scratch.total.fill(0, 0, nodes.length);
  return { ...scratch, grid, nodes, columns, combinations };
}

/** Some room, so that the next feeder need not grow it again; not double, as one feeder can be a whole county. */
function grown(size: number): number {
  return Math.ceil(size * 1.2);
}

function hearCustomers(
  { likelihood, grid, logStrayCall }: WeighInput,
  node: ActiveNode,
  sums: VoiceSums,
): void {
  sums.loudness.fill(0);
  sums.callers.fill(0);
  sums.gaspers.fill(0);
  for (const voice of node.voices)
    addVoice({ voice, grid, likelihood, restored: node.restored, logStrayCall }, sums);
}

type NodeTerms = {
  readonly sums: VoiceSums;
  readonly prior: Float64Array;
  readonly never: number;
  readonly gaspShares: number;
};

/**
 * One device, whose devices below have left their product in `message`: G, its openings, M, and M into the product of the device
 * above. One loop over the minutes, as this is where the time goes.
 */
function weighNode(input: WeighInput, weighed: Weighed, i: number, terms: NodeTerms): void {
  const { silence, grid, now } = input;
  const { part } = silence;
  const { message, scale, opening, opened, everOpened, total, likeliest, columns, combinations } = weighed;
  const { sums, prior, never, gaspShares } = terms;
  const node = weighed.nodes[i] as ActiveNode;
  const weights = weightsOf(input, node.device, gaspShares);
  const restored = node.restored ?? -Infinity;
  const said: Said = { age: 0, callers: 0, gaspers: 0, quiet: 0, quietMeters: 0 };
  let before = 0;
  let unit = 0;
  let notYet = 1;
  for (let j = 0; j < columns; j += 1) {
    const minute = grid.minutes[j] as number;
    // Who was dark already when the supply above came back has rung before: his silence since then says nothing.
    const silent = minute >= restored;
    said.age = now - minute;
    said.callers = sums.callers[j] as number;
    said.gaspers = sums.gaspers[j] as number;
    said.quiet = silent ? node.customers - said.callers : 0;
    said.quietMeters = silent ? Math.max(node.meters - said.gaspers, 0) : 0;
    const cell = i * columns + j;
    const at = cell * combinations;
    const taken = silenceShares(silence, said, gaspShares);
    let here = (scale[cell] as number) + (sums.loudness[j] as number) + taken;
    let most = 0;
    let best = 0;
    let largest = 0;
    let mean = 0;
    for (let k = 0; k < combinations; k += 1) {
      const value = (message[at + k] as number) * (part[k] as number);
      message[at + k] = value;
      const weighted = value * (weights[k] as number);
      mean += weighted;
      if (value > largest) largest = value;
      if (weighted > most) {
        most = weighted;
        best = k;
      }
    }
    likeliest[cell] = best;
    // What opened before, in the unit of this minute; when that is the larger part by far, this minute in the unit of that.
    let factor = 1;
    if (unit - here > 100 && before > 0) {
      factor = Math.exp(here - unit);
      here = unit;
    } else if (before > 0) before *= Math.exp(unit - here);
    let slope = notYet * factor;
    let own = (prior[j] as number) * mean * factor;
    const top = before + slope * largest;
    if (top > LARGE || top < SMALL) {
      before /= top;
      slope /= top;
      own /= top;
      here += Math.log(top);
    }
    const least = SMALLEST * (before + slope * largest);
    for (let k = 0; k < combinations; k += 1)
      message[at + k] = before + slope * (message[at + k] as number) + least;
    before += own;
    unit = here;
    notYet = Math.max(notYet - (prior[j] as number), 0);
    scale[cell] = here;
    opening[cell] = own;
    opened[cell] = before;
    if (node.above >= 0) passUp(weighed, cell, node.above * columns + j);
  }
  everOpened[i] = Math.log(before) + unit;
  total[i] = addLogs(everOpened[i] as number, Math.log(never) + (total[i] as number));
  if (node.above >= 0) total[node.above] = (total[node.above] as number) + (total[i] as number);
}

/** Multiplies M of one minute into the product of the device above. */
function passUp({ message, scale, combinations }: Weighed, from: number, to: number): void {
  const a = from * combinations;
  const b = to * combinations;
  let largest = 0;
  for (let k = 0; k < combinations; k += 1) {
    const value = (message[b + k] as number) * (message[a + k] as number);
    message[b + k] = value;
    if (value > largest) largest = value;
  }
  let more = scale[from] as number;
  if (largest < SMALL || largest > LARGE) {
    for (let k = 0; k < combinations; k += 1)
      message[b + k] = (message[b + k] as number) / largest + SMALLEST;
    more += Math.log(largest);
  }
  scale[to] = (scale[to] as number) + more;
}

/** How likely each combination of shares is before anything was heard: outages of many meters lose more gasps. */
function weightsOf({ likelihood, network }: WeighInput, device: number, gaspShares: number): Float64Array {
  const { weights, belief } = likelihood;
  if (gaspShares === 1) return weights.withoutMeters;
  const meters = network.metersBelow[device] as number;
  return meters < belief.someMeters ? weights.few : meters < belief.manyMeters ? weights.some : weights.many;
}

/** Logarithm of: node `i` opened before column `j`. */
export function logOpenedBefore({ opened, scale, columns }: Weighed, i: number, j: number): number {
  const cell = i * columns + j - 1;
  return j === 0 ? -Infinity : Math.log(opened[cell] as number) + (scale[cell] as number);
}

/** Logarithm of: node `i` opened at column `j`. */
export function logOpening({ opening, scale, columns }: Weighed, i: number, j: number): number {
  const cell = i * columns + j;
  return Math.log(opening[cell] as number) + (scale[cell] as number);
}

/** Logarithm of M of node `i`, its supply lost at column `j` by an outage with the shares `k`. */
export function logMessage(
  { message, scale, columns, combinations }: Weighed,
  i: number,
  j: number,
  k: number,
): number {
  const cell = i * columns + j;
  return Math.log(message[cell * combinations + k] as number) + (scale[cell] as number);
}

function addLogs(a: number, b: number): number {
  const most = Math.max(a, b);
  return most === -Infinity ? most : most + Math.log(Math.exp(a - most) + Math.exp(b - most));
}
