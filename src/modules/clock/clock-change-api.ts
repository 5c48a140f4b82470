import { Type } from 'typebox';

const closed = { additionalProperties: false } as const;
const reason = Type.String({ minLength: 2, maxLength: 500 });

export const importSchema = Type.Object(
  {
    /** The notice as published, pasted. */
    text: Type.String({ minLength: 10, maxLength: 10_000 }),
    /** Where it is published: number or address. */
    paper: Type.String({ minLength: 4, maxLength: 300 }),
  },
  closed,
);

export const correctionSchema = Type.Object(
  {
    limitId: Type.String({ pattern: '^R[0-9]{3}(-[a-z0-9]+)*$' }),
    value: Type.Number({ exclusiveMinimum: 0 }),
    reason,
  },
  closed,
);

export const decideSchema = Type.Object({ approve: Type.Boolean() }, closed);

export type ImportBody = { readonly text: string; readonly paper: string };
export type CorrectionBody = { readonly limitId: string; readonly value: number; readonly reason: string };

type LocalName = { readonly zh: string; readonly en: string };

/** A calendar year as it counts now. */
export type YearView = {
  readonly year: number;
  /** `missing`: not even the statutory days are known, weekends only. */
  readonly basis: 'notice' | 'statutory-days' | 'weekends-only';
  readonly origin: 'shipped' | 'imported' | 'none';
  readonly papers: readonly string[];
  readonly days: readonly { readonly date: string; readonly name: string; readonly isOffDay: boolean }[];
  /** Needed now or soon, and without a notice. */
  readonly wanted: boolean;
};

export type ChangeView = {
  readonly id: string;
  readonly kind: 'calendar' | 'correction';
  readonly state: 'asked' | 'in-force' | 'rejected';
  readonly year: number | null;
  readonly limit: { readonly id: string; readonly name: LocalName; readonly unit: string } | null;
  readonly value: number | null;
  readonly reason: string;
  readonly askedBy: string;
  readonly askedAt: number;
  readonly decidedBy: string | null;
  /** Open clocks looked at and deadlines moved; `finished` when none is left. */
  readonly looked: number;
  readonly moved: number;
  readonly finished: boolean;
  readonly mayDecide: { readonly allowed: boolean; readonly reason: string | null } | null;
};

export type LimitView = {
  readonly id: string;
  readonly name: LocalName;
  readonly value: number;
  readonly unit: string;
  readonly floor: number | null;
  readonly source: string;
  readonly confidence: string;
  /** The value that a correction put in its place. */
  readonly corrected: number | null;
};
