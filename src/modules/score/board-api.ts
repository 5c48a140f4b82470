import { type Static, Type } from 'typebox';

/** One line of the board: a business or a unit. Each figure opens its cases by the same filter. */
export type BoardRow = {
  /** The business of the handbook, or the id of a unit. */
  readonly id: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly arrived: number | null;
  readonly atWork: number;
  readonly late: number;
  readonly lateInAnHour: number;
  readonly lateThisWeek: number;
};

export type Bottleneck = {
  readonly step: { readonly zh: string; readonly en: string };
  readonly process: { readonly zh: string; readonly en: string };
  readonly unit: string;
  /** As the process promises: in working days, or in hours. */
  readonly counted: 'working-days' | 'hours';
  /** The mean from ready to done of the last thirty days and of the thirty before; how many were done in the last. */
  readonly value: number;
  readonly before: number;
  readonly done: number;
};

export type Board = {
  readonly at: number;
  readonly weekEnd: number;
  readonly businesses: readonly BoardRow[];
  readonly units: readonly BoardRow[];
  readonly total: Omit<BoardRow, 'id' | 'name'>;
  readonly bottleneck: Bottleneck | null;
};

/** What a unit did in a month, from the record. Shares are numerator and denominator; the page adds the interval. */
export type UnitScore = {
  readonly unitId: string;
  readonly unit: string;
  readonly kind: string;
  readonly done: number;
  /** Steps that had to be done again, of all that it did. */
  readonly reworked: number;
  /** Steps of this unit that somebody after it sent back. */
  readonly sentBack: number;
  /** Clocks that its work stopped, and how many of them in time. */
  readonly clocks: number;
  readonly kept: number;
  /** Of the monthly sample: what the front office was asked and has answered, and how often it helped. */
  readonly reviewed: number;
  readonly helped: number;
};

export type Scores = { readonly month: string; readonly units: readonly UnitScore[] };

/** 抽样评价: did the help of another department help? Words where it did not. */
export const reviewSchema = Type.Object(
  {
    verdict: Type.Unsafe<'helped' | 'partly' | 'not'>(Type.Enum(['helped', 'partly', 'not'])),
    words: Type.Union([Type.String({ minLength: 2, maxLength: 1000 }), Type.Null()]),
  },
  { additionalProperties: false },
);
export type ReviewBody = Static<typeof reviewSchema>;

export type SupportReview = {
  readonly id: string;
  readonly caseId: string;
  readonly caseNo: string;
  readonly unit: string;
  readonly question: string | null;
  readonly answer: string | null;
  readonly answeredAt: number;
};
