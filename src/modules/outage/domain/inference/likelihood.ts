import type { Belief } from './belief.ts';
import type { Network } from './network.ts';

/** Beyond so many minutes a delay is as unlikely, and silence as telling, as it gets. */
export const LONGEST_DELAY = 720;

/** What the inference looks up instead of computing, by age in minutes. */
export type Likelihood = {
  readonly belief: Belief;
  readonly logCallShare: Float64Array;
  readonly logGaspShare: Float64Array;
  /** Probability of a call or gasp so many minutes after the supply went; no logarithm, as these are multiplied. */
  readonly callDelay: Float64Array;
  readonly gaspDelay: Float64Array;
  /** Of a dark customer who has not rung for so long, one table for each share; `[share * (LONGEST_DELAY + 1) + age]`. */
  readonly callSilence: Float64Array;
  readonly gaspSilence: Float64Array;
  /** Of each device's fault in one minute. */
  readonly logRate: Float64Array;
  /** Of a meter with supply, in one minute. */
  readonly strayGasp: number;
  /** Of each combination of shares, calls first; by the number of meters of the outage. */
  readonly weights: Readonly<Record<'few' | 'some' | 'many' | 'withoutMeters', Float64Array>>;
};

export function likelihoodOf(
  network: Network,
  belief: Belief,
  faultsPerFeederHour: number | undefined,
): Likelihood {
  return {
    belief,
    logCallShare: Float64Array.from(belief.callShares, Math.log),
    logGaspShare: Float64Array.from(belief.gaspShares, Math.log),
    callDelay: delays(belief.callDelay),
    gaspDelay: delays(belief.gaspDelay),
    callSilence: silence(belief.callShares, belief.callDelay),
    gaspSilence: silence(belief.gaspShares, belief.gaspDelay),
    logRate: logRates(network, belief, faultsPerFeederHour),
    strayGasp: belief.strayGasps / 60,
    weights: {
      few: combine(belief, belief.gaspWeights.few),
      some: combine(belief, belief.gaspWeights.some),
      many: combine(belief, belief.gaspWeights.many),
      // One share as good as the other, and the second not asked.
      withoutMeters: combine(belief, [1, 0]),
    },
  };
}

function combine({ callShares }: Belief, gasps: readonly number[]): Float64Array {
  return Float64Array.from(callShares.flatMap(() => gasps.map((weight) => weight / callShares.length)));
}

type Delay = Belief['callDelay'];

function delays(delay: Delay): Float64Array {
  return Float64Array.from({ length: LONGEST_DELAY + 1 }, (_, age) =>
    sum(delay, ([share, mean]) => share * (1 - Math.exp(-1 / mean)) * Math.exp(-age / mean)),
  );
}

function silence(shares: readonly number[], delay: Delay): Float64Array {
  const arrived = Array.from({ length: LONGEST_DELAY + 1 }, (_, age) =>
    sum(delay, ([share, mean]) => share * (1 - Math.exp(-(age + 1) / mean))),
  );
  return Float64Array.from(shares.flatMap((share) => arrived.map((part) => Math.log1p(-share * part))));
}

/** Each feeder shares out its faults an hour by weight. */
function logRates(network: Network, belief: Belief, faultsPerFeederHour: number | undefined): Float64Array {
  const weights = Float64Array.from(network.kinds, (kind, d) => {
    const length = Math.max(network.exposure[d] as number, SHORTEST);
    return belief.weight[kind] * length ** belief.exposurePower;
  });
  const perFeeder = new Float64Array(weights.length);
  for (let d = 0; d < weights.length; d += 1)
    perFeeder[network.feeder[d] as number] =
      (perFeeder[network.feeder[d] as number] as number) + (weights[d] as number);
  const faults = faultsPerFeederHour ?? belief.usualFaults;
  const highest = faultsPerFeederHour === undefined ? belief.highestUsualRate : belief.highestRate;
  return weights.map((weight, d) => {
    const rate = (faults * weight) / (perFeeder[network.feeder[d] as number] as number);
    return Math.log(Math.min(rate, highest) / 60);
  });
}

/** Kilometres: a device with nothing exposed can fail by itself. */
const SHORTEST = 0.01;

function sum<T>(list: readonly T[], of: (one: T) => number): number {
  return list.reduce((total, one) => total + of(one), 0);
}
