import type { ActiveNode } from './active-tree.ts';
import { blocks, DOWN, LARGE, LOG_BLOCK, SMALL, UP } from './blocks.ts';
import type { Likelihood } from './likelihood.ts';
import type { MinuteGrid } from './minute-grid.ts';
import type { Network } from './network.ts';
import { fillOpeningPrior } from './opening-prior.ts';
import { type Said, type SilenceTable, silenceShares } from './silence.ts';
import { addVoice, clearVoiceSums, emptyVoiceSums, type VoiceSums } from './voice.ts';

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
  /** `[node, minute]`: the blocks in which the three below are given. */
  readonly scale: Int32Array;
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
  readonly strayCall: (minute: number) => number;
};

/** Arrays that are used again for each feeder: a county fills a quarter of a gigabyte each time otherwise. */
export type Scratch = {
  scale: Int32Array;
  opening: Float64Array;
  opened: Float64Array;
  message: Float64Array;
  everOpened: Float64Array;
  total: Float64Array;
  likeliest: Uint8Array;
};

export function emptyScratch(): Scratch {
  return {
    scale: new Int32Array(0),
    opening: new Float64Array(0),
    opened: new Float64Array(0),
    message: new Float64Array(0),
    everOpened: new Float64Array(0),
    total: new Float64Array(0),
    likeliest: new Uint8Array(0),
  };
}

/** Combinations of three shares of callers and two of last gasps. */
const SHARES = 6;
type Six = readonly [number, number, number, number, number, number];

/** A share so much below the best one says no more. */
const SMALLEST = 1e-60;

/** The answer lives in `scratch` until it is used again. */
export function weigh(input: WeighInput, scratch: Scratch): Weighed {
  const { nodes, grid, likelihood } = input;
  const columns = grid.minutes.length;
  const weighed = prepare(scratch, grid, nodes);
  const sums = emptyVoiceSums(columns);
  const prior = new Float64Array(columns);
  const begun = new Uint8Array(nodes.length);
  for (let i = nodes.length - 1; i >= 0; i -= 1) {
    const node = nodes[i] as ActiveNode;
    hearCustomers(input, node, sums);
    const never = fillOpeningPrior(node, grid, Math.exp(likelihood.logRate[node.device] as number), prior);
    weighNode(input, weighed, i, { sums, prior, never, begun });
  }
  return weighed;
}

function prepare(scratch: Scratch, grid: MinuteGrid, nodes: readonly ActiveNode[]): Weighed {
  const columns = grid.minutes.length;
  const size = nodes.length * columns;
  if (scratch.scale.length < size) {
    for (const name of ['opening', 'opened'] as const) scratch[name] = new Float64Array(grown(size));
    scratch.scale = new Int32Array(grown(size));
    scratch.likeliest = new Uint8Array(grown(size));
  }
  if (scratch.total.length < nodes.length)
    for (const name of ['everOpened', 'total'] as const)
      scratch[name] = new Float64Array(grown(nodes.length));
  if (scratch.message.length < size * SHARES) scratch.message = new Float64Array(grown(size * SHARES));
  scratch.total.fill(0, 0, nodes.length);
  return { ...scratch, grid, nodes, columns };
}

/** Some room, so that the next feeder need not grow it again; not double, as one feeder can be a whole county. */
function grown(size: number): number {
  return Math.ceil(size * 1.2);
}

function hearCustomers({ likelihood, grid, strayCall }: WeighInput, node: ActiveNode, sums: VoiceSums): void {
  clearVoiceSums(sums);
  for (const voice of node.voices)
    addVoice({ voice, grid, likelihood, restored: node.restored, strayCall }, sums);
}

type NodeTerms = {
  readonly sums: VoiceSums;
  readonly prior: Float64Array;
  readonly never: number;
  /** `[node]`: a device below it has left its M there. */
  readonly begun: Uint8Array;
};

/**
 * One device, whose devices below have left their product in `message`: G, its openings, M, and M into the product of the device
 * above. One loop over the minutes, the six combinations of shares written out, without any logarithm or power: here the time goes.
 */
function weighNode(input: WeighInput, weighed: Weighed, i: number, terms: NodeTerms): void {
  const { silence, grid, now } = input;
  const { part } = silence;
  const { message, scale, opening, opened, everOpened, total, likeliest, columns } = weighed;
  const { sums, prior, never, begun } = terms;
  const node = weighed.nodes[i] as ActiveNode;
  const weights = weightsOf(input, node.device);
  const [w0, w1, w2, w3, w4, w5] = weights as unknown as Six;
  const restored = node.restored ?? -Infinity;
  const hasMeters = weights !== input.likelihood.weights.withoutMeters;
  const hasBelow = begun[i] === 1;
  const above = node.above;
  const isFirst = above >= 0 && begun[above] === 0;
  const said: Said = { age: 0, callers: 0, gaspers: 0, quiet: 0, quietMeters: 0 };
  let before = 0;
  let unit = 0;
  let notYet = 1;
  for (let j = 0; j < columns; j += 1) {
    const minute = grid.minutes[j] as number;
    const cell = i * columns + j;
    const at = cell * SHARES;
    let here = 0;
    let factor = 1;
    said.age = now - minute;
    said.callers = 0;
    said.gaspers = 0;
    if (j < sums.until) {
      factor = sums.loudness[j] as number;
      here = sums.blocks[j] as number;
      said.callers = sums.callers[j] as number;
      // Where no meter can tell, a gasp comes from a list that is behind: no share of theirs is known.
      if (hasMeters) said.gaspers = sums.gaspers[j] as number;
    }
    // Who was dark already when the supply above came back has rung before: his silence since then says nothing.
    const silent = minute >= restored;
    said.quiet = silent ? node.customers - said.callers : 0;
    said.quietMeters = silent && node.meters > said.gaspers ? node.meters - said.gaspers : 0;
    here += silenceShares(silence, said);
    const q0 = part[3] as number;
    const q1 = part[4] as number;
    let p = part[0] as number;
    let g0 = p * q0;
    let g1 = p * q1;
    p = part[1] as number;
    let g2 = p * q0;
    let g3 = p * q1;
    p = part[2] as number;
    let g4 = p * q0;
    let g5 = p * q1;
    if (hasBelow) {
      here += scale[cell] as number;
      g0 *= message[at] as number;
      g1 *= message[at + 1] as number;
      g2 *= message[at + 2] as number;
      g3 *= message[at + 3] as number;
      g4 *= message[at + 4] as number;
      g5 *= message[at + 5] as number;
    }
    let best = 0;
    let most = g0 * w0;
    let mean = most;
    let largest = g0;
    let weighted = g1 * w1;
    mean += weighted;
    if (g1 > largest) largest = g1;
    if (weighted > most) {
      most = weighted;
      best = 1;
    }
    weighted = g2 * w2;
    mean += weighted;
    if (g2 > largest) largest = g2;
    if (weighted > most) {
      most = weighted;
      best = 2;
    }
    weighted = g3 * w3;
    mean += weighted;
    if (g3 > largest) largest = g3;
    if (weighted > most) {
      most = weighted;
      best = 3;
    }
    weighted = g4 * w4;
    mean += weighted;
    if (g4 > largest) largest = g4;
    if (weighted > most) {
      most = weighted;
      best = 4;
    }
    weighted = g5 * w5;
    mean += weighted;
    if (g5 > largest) largest = g5;
    if (weighted > most) best = 5;
    likeliest[cell] = best;
    // What opened before, in the unit of this minute; when that is the larger part by far, this minute in the unit of that.
    if (here !== unit && before > 0) {
      if (unit > here) {
        factor *= blocks(here - unit);
        here = unit;
      } else before *= blocks(unit - here);
    }
    let slope = notYet * factor;
    let own = (prior[j] as number) * mean * factor;
    let top = before + slope * largest;
    while (top > LARGE || (top < SMALL && top > 0)) {
      const shift = top > LARGE ? DOWN : UP;
      here += top > LARGE ? 1 : -1;
      before *= shift;
      slope *= shift;
      own *= shift;
      top *= shift;
    }
    const floor = before + SMALLEST * top;
    message[at] = g0 = floor + slope * g0;
    message[at + 1] = g1 = floor + slope * g1;
    message[at + 2] = g2 = floor + slope * g2;
    message[at + 3] = g3 = floor + slope * g3;
    message[at + 4] = g4 = floor + slope * g4;
    message[at + 5] = g5 = floor + slope * g5;
    before += own;
    unit = here;
    const left = notYet - (prior[j] as number);
    notYet = left > 0 ? left : 0;
    scale[cell] = here;
    opening[cell] = own;
    opened[cell] = before;
    if (above < 0) continue;
    const up = above * columns + j;
    const to = up * SHARES;
    if (!isFirst) {
      here += scale[up] as number;
      g0 *= message[to] as number;
      g1 *= message[to + 1] as number;
      g2 *= message[to + 2] as number;
      g3 *= message[to + 3] as number;
      g4 *= message[to + 4] as number;
      g5 *= message[to + 5] as number;
    }
    scale[up] = here;
    message[to] = g0;
    message[to + 1] = g1;
    message[to + 2] = g2;
    message[to + 3] = g3;
    message[to + 4] = g4;
    message[to + 5] = g5;
    if (!isFirst) keepInRange(weighed, up);
  }
  everOpened[i] = Math.log(before) + unit * LOG_BLOCK;
  total[i] = addLogs(everOpened[i] as number, Math.log(never) + (total[i] as number));
  if (above < 0) return;
  begun[above] = 1;
  total[above] = (total[above] as number) + (total[i] as number);
}

/** A product of M that leaves the range of its block. */
function keepInRange({ message, scale }: Weighed, cell: number): void {
  const at = cell * SHARES;
  let largest = 0;
  for (let k = at; k < at + SHARES; k += 1)
    if ((message[k] as number) > largest) largest = message[k] as number;
  while (largest > LARGE || (largest < SMALL && largest > 0)) {
    const shift = largest > LARGE ? DOWN : UP;
    scale[cell] = (scale[cell] as number) + (largest > LARGE ? 1 : -1);
    largest *= shift;
    for (let k = at; k < at + SHARES; k += 1)
      message[k] = (message[k] as number) * shift + SMALLEST * largest;
  }
}

/** How likely each combination of shares is before anything was heard: outages of many meters lose more gasps. */
function weightsOf({ likelihood, network }: WeighInput, device: number): Float64Array {
  const { weights, belief } = likelihood;
  if (network.metersBelow[network.feeder[device] as number] === 0) return weights.withoutMeters;
  const meters = network.metersBelow[device] as number;
  return meters < belief.someMeters ? weights.few : meters < belief.manyMeters ? weights.some : weights.many;
}

/** Logarithm of: node `i` opened before column `j`. */
export function logOpenedBefore({ opened, scale, columns }: Weighed, i: number, j: number): number {
  const cell = i * columns + j - 1;
  return j === 0 ? -Infinity : Math.log(opened[cell] as number) + (scale[cell] as number) * LOG_BLOCK;
}

/** Logarithm of: node `i` opened at column `j`. */
export function logOpening({ opening, scale, columns }: Weighed, i: number, j: number): number {
  const cell = i * columns + j;
  return Math.log(opening[cell] as number) + (scale[cell] as number) * LOG_BLOCK;
}

/** Logarithm of M of node `i`, its supply lost at column `j` by an outage with the shares `k`. */
export function logMessage({ message, scale, columns }: Weighed, i: number, j: number, k: number): number {
  const cell = i * columns + j;
  return Math.log(message[cell * SHARES + k] as number) + (scale[cell] as number) * LOG_BLOCK;
}

function addLogs(a: number, b: number): number {
  const most = Math.max(a, b);
  return most === -Infinity ? most : most + Math.log(Math.exp(a - most) + Math.exp(b - most));
}
