import { LOG_BLOCK } from './blocks.ts';
import { LONGEST_DELAY, type Likelihood } from './likelihood.ts';

/**
 * Powers that are looked up: a storm raises the same few probabilities to the same few numbers of customers, millions of times an
 * answer. A power of n is that of n modulo 32 times that of the rest.
 */
export type SilenceTable = {
  readonly calls: Powers;
  readonly gasps: Powers;
  /** The answer of `silenceShares`: three shares of callers, two of last gasps. */
  readonly part: Float64Array;
};

type Powers = {
  readonly logSilence: Float64Array;
  readonly logShare: Float64Array;
  /** `[age, customers, share]` of so many who have not rung. */
  readonly few: Float64Array;
  /** `[age, customers / 32, share]`. */
  readonly many: Float64Array;
  /** `[customers, share]` of so many who have rung. */
  readonly spoke: Float64Array;
};

const FEW = 32;
const MANY = 5;
const AGES = LONGEST_DELAY + 1;

/** What the own customers of a device say, dark for so many minutes. One object, filled anew for each minute. */
export type Said = {
  age: number;
  callers: number;
  gaspers: number;
  quiet: number;
  quietMeters: number;
};

export function silenceTable(likelihood: Likelihood): SilenceTable {
  return {
    calls: powers(likelihood.callSilence, likelihood.logCallShare),
    gasps: powers(likelihood.gaspSilence, likelihood.logGaspShare),
    part: new Float64Array(likelihood.logCallShare.length + likelihood.logGaspShare.length),
  };
}

function powers(logSilence: Float64Array, logShare: Float64Array): Powers {
  const shares = logShare.length;
  const few = new Float64Array(AGES * FEW * shares);
  const many = new Float64Array(AGES * MANY * shares);
  const spoke = new Float64Array(FEW * shares);
  for (let s = 0; s < shares; s += 1) {
    fillPowers(spoke, s, shares, FEW, Math.exp(logShare[s] as number));
    for (let age = 0; age < AGES; age += 1) {
      const one = Math.exp(logSilence[s * AGES + age] as number);
      fillPowers(few, age * FEW * shares + s, shares, FEW, one);
      fillPowers(many, age * MANY * shares + s, shares, MANY, one ** FEW);
    }
  }
  return { logSilence, logShare, few, many, spoke };
}

function fillPowers(into: Float64Array, from: number, step: number, count: number, one: number): void {
  for (let n = 0, power = 1; n < count; n += 1, power *= one) into[from + n * step] = power;
}

/** Fills `part`; answers how many blocks were taken out. Written out for three and two shares: it is asked millions of times. */
export function silenceShares({ calls, gasps, part }: SilenceTable, said: Said): number {
  const { callers, gaspers, quiet, quietMeters } = said;
  const age = said.age < LONGEST_DELAY ? said.age : LONGEST_DELAY;
  let taken = 0;
  if (callers >= FEW || quiet >= FEW * MANY) taken = compute(calls, age, callers, quiet, part, 0);
  else {
    const low = (age * FEW + (quiet & (FEW - 1))) * 3;
    part[0] = calls.few[low] as number;
    part[1] = calls.few[low + 1] as number;
    part[2] = calls.few[low + 2] as number;
    if (quiet >= FEW) raise(part, 0, calls.many, (age * MANY + (quiet >> 5)) * 3, 3);
    if (callers > 0) raise(part, 0, calls.spoke, callers * 3, 3);
  }
  if (gaspers >= FEW || quietMeters >= FEW * MANY)
    return taken + compute(gasps, age, gaspers, quietMeters, part, 3);
  const low = (age * FEW + (quietMeters & (FEW - 1))) * 2;
  part[3] = gasps.few[low] as number;
  part[4] = gasps.few[low + 1] as number;
  if (quietMeters >= FEW) raise(part, 3, gasps.many, (age * MANY + (quietMeters >> 5)) * 2, 2);
  if (gaspers > 0) raise(part, 3, gasps.spoke, gaspers * 2, 2);
  return taken;
}

function raise(part: Float64Array, from: number, powersOf: Float64Array, at: number, shares: number): void {
  for (let s = 0; s < shares; s += 1)
    part[from + s] = (part[from + s] as number) * (powersOf[at + s] as number);
}

/** A share that explains so many nats less than the best one says no more (1e-40). */
const DEEPEST = 40 * Math.LN10;

/** Too many for the tables. */
function compute(
  { logSilence, logShare }: Powers,
  age: number,
  spoke: number,
  quiet: number,
  part: Float64Array,
  from: number,
): number {
  let most = -Infinity;
  for (let s = 0; s < logShare.length; s += 1) {
    const log = spoke * (logShare[s] as number) + quiet * (logSilence[s * AGES + age] as number);
    part[from + s] = log;
    if (log > most) most = log;
  }
  const taken = Math.round(most / LOG_BLOCK);
  for (let s = from; s < from + logShare.length; s += 1)
    part[s] = Math.exp(Math.max(part[s] as number, most - DEEPEST) - taken * LOG_BLOCK);
  return taken;
}
