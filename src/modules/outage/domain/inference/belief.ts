import type { DeviceKind } from './network.ts';

/**
 * What the inference believes before it has heard anything. Each number was chosen on the feeder ckt5 only (`bench/infer`) or is
 * the assumption named beside it; the results on other networks are reported with these same numbers.
 */
export type Belief = {
  /** Faults in one feeder and hour, when nobody has said how bad the weather is. */
  readonly usualFaults: number;
  /** No device is believed to fail more often than so many times an hour, however small its feeder; when somebody has said, and when not. */
  readonly highestRate: number;
  readonly highestUsualRate: number;
  /** Faults for each exposed kilometre, by kind, relative to each other. */
  readonly weight: Readonly<Record<DeviceKind, number>>;
  /** Less than 1 hedges against wrong lengths. */
  readonly exposurePower: number;
  /** Shares of dark customers who ring up, each as likely before. Three, and two of gasps: `weigh.ts` has them written out. */
  readonly callShares: readonly [number, number, number];
  /** Delay of a call: a mixture of geometric delays `[share, mean minutes]`. */
  readonly callDelay: readonly (readonly [number, number])[];
  /** Shares of last gasps that arrive, and how likely each is for an outage of few, some and many meters. */
  readonly gaspShares: readonly [number, number];
  readonly gaspWeights: {
    readonly few: readonly [number, number];
    readonly some: readonly [number, number];
    readonly many: readonly [number, number];
  };
  readonly someMeters: number;
  readonly manyMeters: number;
  readonly gaspDelay: readonly (readonly [number, number])[];
  /** Calls of customers with supply (own fault, wrong number), for each customer and hour. */
  readonly strayCalls: number;
  /** Share of calls that are booked on somebody else. */
  readonly wrongAddress: number;
  /** Last gasps of meters with supply, for each meter and hour. */
  readonly strayGasps: number;
  /** Probabilities of the answers to a ping. */
  readonly ping: {
    readonly onWhenDark: number;
    readonly onWhenLit: number;
    readonly offWhenDark: number;
    readonly offWhenLit: number;
    readonly silentWhenDark: number;
    readonly silentWhenLit: number;
  };
  /** One customer cannot say more than this (nats): his own service line may have failed. */
  readonly loudestCustomer: number;
  /** A device is named from this posterior on. */
  readonly nameFrom: number;
};

export const BELIEF: Belief = {
  usualFaults: 1,
  highestRate: 0.05,
  highestUsualRate: 0.002,
  weight: {
    breaker: 0.4,
    recloser: 0.7,
    switch: 0.7,
    fuse: 1,
    transformer: 0.6,
    lv_branch: 1,
    meter_box: 0.5,
  },
  exposurePower: 0.85,
  callShares: [0.07, 0.18, 0.33],
  callDelay: [
    [0.95, 18],
    [0.05, 60],
  ],
  gaspShares: [0.3, 0.6],
  gaspWeights: { few: [0.2, 0.8], some: [0.5, 0.5], many: [0.8, 0.2] },
  someMeters: 40,
  manyMeters: 300,
  gaspDelay: [
    [0.97, 1.5],
    [0.03, 10],
  ],
  strayCalls: 0.0012,
  wrongAddress: 0.03,
  strayGasps: 0.0006,
  ping: {
    onWhenDark: 0.002,
    onWhenLit: 0.948,
    offWhenDark: 0.548,
    offWhenLit: 0.002,
    silentWhenDark: 0.45,
    silentWhenLit: 0.05,
  },
  loudestCustomer: 13,
  nameFrom: 0.46,
};
