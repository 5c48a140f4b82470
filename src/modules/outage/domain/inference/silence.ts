import { LONGEST_DELAY, type Likelihood } from './likelihood.ts';

/**
 * Powers that are looked up: a storm raises the same few probabilities to the same few numbers of customers, forty thousand times an
 * answer.
 */
export type SilenceTable = {
  readonly likelihood: Likelihood;
  /** `[share, age, customers]` of so many customers who have not rung; likewise meters. */
  readonly calls: Float64Array;
  readonly gasps: Float64Array;
  readonly callPart: Float64Array;
  readonly gaspPart: Float64Array;
  /** `[combination]`: the answer of `silenceShares`. */
  readonly part: Float64Array;
};

const AGES = 120;
const CUSTOMERS = 40;

/** What the own customers of a device say, dark for so many minutes. One object, filled anew for each minute. */
export type Said = {
  age: number;
  callers: number;
  gaspers: number;
  quiet: number;
  quietMeters: number;
};

export function silenceTable(likelihood: Likelihood): SilenceTable {
  const { callSilence, gaspSilence, logCallShare, logGaspShare } = likelihood;
  return {
    likelihood,
    calls: powers(callSilence, logCallShare.length),
    gasps: powers(gaspSilence, logGaspShare.length),
    callPart: new Float64Array(logCallShare.length),
    gaspPart: new Float64Array(logGaspShare.length),
    part: new Float64Array(logCallShare.length * logGaspShare.length),
  };
}

function powers(logSilence: Float64Array, shares: number): Float64Array {
  const table = new Float64Array(shares * AGES * CUSTOMERS);
  for (let s = 0; s < shares; s += 1)
    for (let age = 0; age < AGES; age += 1)
      for (let n = 0; n < CUSTOMERS; n += 1)
        table[(s * AGES + age) * CUSTOMERS + n] = Math.exp(
          n * (logSilence[s * (LONGEST_DELAY + 1) + age] as number),
        );
  return table;
}

/** Fills `part` by combination of shares; answers the logarithm of a factor that was taken out. */
export function silenceShares(table: SilenceTable, said: Said, gaspShares: number): number {
  const { calls, gasps, callPart, gaspPart, part, likelihood } = table;
  const { age, callers, gaspers, quiet, quietMeters } = said;
  let taken = 0;
  if (callers === 0 && age < AGES && quiet < CUSTOMERS) lookUp(calls, age, quiet, callPart, callPart.length);
  else taken += compute(likelihood.callSilence, likelihood.logCallShare, said, callers, quiet, callPart);
  if (gaspShares === 1) gaspPart[0] = 1;
  else if (gaspers === 0 && age < AGES && quietMeters < CUSTOMERS)
    lookUp(gasps, age, quietMeters, gaspPart, gaspShares);
  else
    taken += compute(likelihood.gaspSilence, likelihood.logGaspShare, said, gaspers, quietMeters, gaspPart);
  for (let p = 0, k = 0; p < callPart.length; p += 1)
    for (let q = 0; q < gaspShares; q += 1, k += 1)
      part[k] = (callPart[p] as number) * (gaspPart[q] as number);
  return taken;
}

function lookUp(
  powersOf: Float64Array,
  age: number,
  quiet: number,
  into: Float64Array,
  shares: number,
): void {
  for (let s = 0; s < shares; s += 1) into[s] = powersOf[(s * AGES + age) * CUSTOMERS + quiet] as number;
}

function compute(
  logSilence: Float64Array,
  logShare: Float64Array,
  { age }: Said,
  spoke: number,
  quiet: number,
  into: Float64Array,
): number {
  const known = Math.min(age, LONGEST_DELAY);
  let most = -Infinity;
  for (let s = 0; s < into.length; s += 1) {
    const log =
      spoke * (logShare[s] as number) + quiet * (logSilence[s * (LONGEST_DELAY + 1) + known] as number);
    into[s] = log;
    if (log > most) most = log;
  }
  for (let s = 0; s < into.length; s += 1) into[s] = Math.max(Math.exp((into[s] as number) - most), 1e-40);
  return most;
}
