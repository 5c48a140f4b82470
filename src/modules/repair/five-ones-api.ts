import { type Static, Type } from 'typebox';
import type { ExceptionReason, FiveOnes, Shares } from './domain/five-ones.ts';

type Named = { readonly zh: string; readonly en: string };

export const exceptionSchema = Type.Object(
  {
    orderId: Type.String({ format: 'uuid' }),
    reason: Type.String({ minLength: 1, maxLength: 60 }),
  },
  { additionalProperties: false },
);

export type ExceptionBody = Static<typeof exceptionSchema>;

/** How long something took over several faults, beside the limit of one, in minutes. */
export type Span = {
  readonly area: 'city' | 'rural' | 'remote';
  readonly faults: number;
  readonly mean: number;
  readonly longest: number;
  /** The promise. `single`: for each fault; else for the mean of a period. */
  readonly limit: number;
  readonly single: boolean;
  /** Of faults beyond the limit, those that run and are beyond it already among them. */
  readonly late: number;
  /** What the figures are of, the longest first; `minutes` null: it runs still, and is late. At most three hundred. */
  readonly ledger: readonly {
    readonly caseId: string;
    readonly no: string;
    readonly reportedAt: number;
    readonly minutes: number | null;
    readonly kept: boolean;
  }[];
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
  /** Of the restoration the minutes that waited for 县调's permission. */
  readonly permission: number;
  /** Chosen reasons, by id; null: somebody still has to say why. */
  readonly chosen: readonly (string | null)[];
  /** Broken by nothing but excuses that the customers were told. */
  readonly excused: boolean;
  readonly enteredFor: number;
  readonly staged: boolean;
  /** The promise on arrival, which holds for each fault, was not kept. */
  readonly late: boolean;
  /** Why the crew came late, as it said, and whether the customer was told so. */
  readonly excuse: { readonly reason: string; readonly told: boolean } | null;
};

/** 五个一晨报 of one day: the faults that were reported on it, as far as they have come. */
export type MorningReport = {
  readonly day: string;
  readonly faults: readonly FaultLine[];
  /** A day on which storm mode was on: nobody is judged by it, and it says nothing of stations and crews. */
  readonly storm: boolean;
  readonly firstFix: Shares;
  /** Again less than seven days after the supply had been back. */
  readonly repeats: Shares;
  readonly reasons: readonly {
    readonly reason: ExceptionReason;
    readonly faults: number;
    readonly households: number;
  }[];
  /** By the reason that was chosen (handbook); null: not said. */
  readonly chosen: readonly {
    readonly reason: string | null;
    readonly name: Named | null;
    readonly excuse: boolean;
    readonly faults: number;
    readonly households: number;
  }[];
  /** What may be chosen, for each of the five that somebody must say why. */
  readonly choices: readonly {
    readonly id: string;
    readonly name: Named;
    readonly ones: readonly string[];
  }[];
  /** From the first of the month to the end of the day: the promise of a mean is kept or not by this. */
  readonly month: readonly Span[];
  readonly arrivals: readonly Span[];
  readonly restorations: readonly Span[];
  /** Reports from the field: all, and those that somebody entered for the crew (代录). */
  readonly fieldReports: { readonly all: number; readonly enteredFor: number };
  /** Of each of the fourteen days up to this one: faults that are judged, and kept. */
  readonly trend: readonly {
    readonly day: string;
    readonly judged: number;
    readonly kept: number;
    readonly storm: boolean;
  }[];
};
