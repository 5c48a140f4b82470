import type { SupplyIndices } from './domain/index.ts';

/** The figures of a year by the record of switchings, each with the interruptions behind it. */
export type ReliabilityView = {
  readonly year: number;
  readonly from: number;
  readonly to: number;
  /** Customers whom the figures are measured against; those with two supplies are not among them. */
  readonly served: number;
  readonly all: ReliabilityFigures;
  /** IEEE 1366: T_MED in minutes a customer, from the years before; null where they tell too little. The days beyond it. */
  readonly major: { readonly tmed: number | null; readonly days: readonly string[] };
  /** Without what began on a major event day; null where there was none. */
  readonly withoutMajor: ReliabilityFigures | null;
  readonly repeated: { readonly atLeast: number; readonly withinDays: number; readonly customers: number };
  readonly interruptions: readonly InterruptionLine[];
};

export type ReliabilityFigures = {
  readonly total: SupplyIndices;
  readonly byCause: readonly DividedFigures[];
  readonly byTown: readonly DividedFigures[];
  readonly byFeeder: readonly DividedFigures[];
};

export type DividedFigures = SupplyIndices & { readonly key: string };

type InterruptionLine = {
  readonly id: string;
  readonly deviceId: string;
  readonly deviceName: string;
  readonly reason: string;
  readonly planned: boolean;
  readonly at: number;
  readonly customers: number;
  readonly customerHours: number;
};
