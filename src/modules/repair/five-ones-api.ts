import type { ExceptionReason, FiveOnes } from './domain/five-ones.ts';

/** How long something took over several faults, beside the limit of one, in minutes. */
export type Span = {
  readonly area: 'city' | 'rural' | 'remote';
  readonly faults: number;
  readonly mean: number;
  readonly longest: number;
  /** The promise. `single`: for each fault; else for the mean of a period. */
  readonly limit: number;
  readonly single: boolean;
  /** Of faults beyond a limit that holds for each. */
  readonly late: number;
};

export type FaultLine = FiveOnes & {
  readonly orderId: string;
  /** The first case on it that the reader may see. */
  readonly caseId: string;
  readonly no: string;
  readonly area: 'city' | 'rural' | 'remote' | null;
  readonly unit: string | null;
  readonly reportedAt: number;
  /** Minutes from the report to the arrival, and from the arrival to the supply of the last group; null: not yet. */
  readonly arrival: number | null;
  readonly restoration: number | null;
  readonly staged: boolean;
  /** A household on it had its supply back from another fault within seven days before. */
  readonly repeated: boolean;
  /** Why the crew came late, as it said, and whether the customer was told so. */
  readonly excuse: { readonly reason: string; readonly told: boolean } | null;
};

/** 五个一晨报 of one day: the faults that were reported on it, as far as they have come. */
export type MorningReport = {
  readonly day: string;
  readonly faults: readonly FaultLine[];
  readonly reasons: readonly { readonly reason: ExceptionReason; readonly faults: number }[];
  readonly arrivals: readonly Span[];
  readonly restorations: readonly Span[];
  /** Reports from the field: all, and those that somebody entered for the crew (代录). */
  readonly fieldReports: { readonly all: number; readonly enteredFor: number };
  /** Of each of the fourteen days up to this one: faults that are judged, and kept. */
  readonly trend: readonly { readonly day: string; readonly judged: number; readonly kept: number }[];
};
