import type { SupplyIndices } from './domain/index.ts';

/** The figures of a year by the record of switchings, each with the interruptions behind it. */
export type ReliabilityView = {
  readonly year: number;
  readonly from: number;
  readonly to: number;
  /** Customers whom the figures are measured against; those with two supplies are not among them. */
  readonly served: number;
  readonly total: SupplyIndices;
  readonly byCause: readonly DividedFigures[];
  readonly byTown: readonly DividedFigures[];
  readonly byFeeder: readonly DividedFigures[];
  readonly repeated: { readonly atLeast: number; readonly withinDays: number; readonly customers: number };
  readonly interruptions: readonly InterruptionLine[];
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
