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
};

const AGES = 120;
const CUSTOMERS = 40;

export type Said = {
  readonly age: number;
  readonly callers: number;
  readonly gaspers: number;
  readonly quiet: number;
  readonly quietMeters: number;
};

export function silenceTable(likelihood: Likelihood): SilenceTable {
  const { callSilence, gaspSilence, logCallShare, logGaspShare } = likelihood;
  return {
    likelihood,
    calls: powers(callSilence, logCallShare.length),
    gasps: powers(gaspSilence, logGaspShare.length),
    callPart: new Float64Array(logCallShare.length),
    gaspPart: new Float64Array(logGaspShare.length),
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

/** Multiplies the shares at `at` by the probability of what was said and not said; answers the logarithm of a common factor. */
export function multiplySilence(
  table: SilenceTable,
  said: Said,
  message: Float64Array,
  at: number,
  gaspShares: number,
): number {
  const { callPart, gaspPart, likelihood } = table;
  let log = part(
    table.calls,
    likelihood.callSilence,
    likelihood.logCallShare,
    {
      age: said.age,
      quiet: said.quiet,
      spoke: said.callers,
    },
    callPart,
    callPart.length,
  );
  log += part(
    table.gasps,
    likelihood.gaspSilence,
    likelihood.logGaspShare,
    {
      age: said.age,
      quiet: said.quietMeters,
      spoke: said.gaspers,
    },
    gaspPart,
    gaspShares,
  );
  let k = at;
  for (let p = 0; p < callPart.length; p += 1) {
    const calls = callPart[p] as number;
    for (let q = 0; q < gaspShares; q += 1, k += 1)
      message[k] = (message[k] as number) * calls * (gaspPart[q] as number);
  }
  return log;
}

type Heard = { readonly age: number; readonly quiet: number; readonly spoke: number };

/** Fills `into` by share, the largest 1 unless looked up; answers the logarithm of the factor taken out. */
function part(
  powersOf: Float64Array,
  logSilence: Float64Array,
  logShare: Float64Array,
  { age, quiet, spoke }: Heard,
  into: Float64Array,
  shares: number,
): number {
  if (spoke === 0 && age < AGES && quiet < CUSTOMERS) {
    for (let s = 0; s < shares; s += 1) into[s] = powersOf[(s * AGES + age) * CUSTOMERS + quiet] as number;
    return 0;
  }
  const known = Math.min(age, LONGEST_DELAY);
  let most = -Infinity;
  for (let s = 0; s < shares; s += 1) {
    const log =
      spoke * (logShare[s] as number) + quiet * (logSilence[s * (LONGEST_DELAY + 1) + known] as number);
    into[s] = log;
    if (log > most) most = log;
  }
  for (let s = 0; s < shares; s += 1) into[s] = Math.max(Math.exp((into[s] as number) - most), 1e-40);
  return most;
}
