import type { Instant } from '#kernel/instant.ts';
import type { ClockBasisOf } from '#modules/clock/index.ts';
import type { HandbookVersion } from '#modules/process/index.ts';
import type { EnteredWhy, FieldDoubt, Moment, Who } from '#modules/process/domain/index.ts';
import type { Db } from '#platform/db/db.ts';

// What the commands of this module are given and answer.

export type OrderDeps = {
  /** The version that an order began with. */
  readonly version: (db: Db, companyId: string, versionId: string) => Promise<HandbookVersion>;
  /** Calendars and corrected limits of the company. */
  readonly clockBasis: ClockBasisOf;
};

export type OrderActor = Who & { readonly companyId: string };

export type Advance = {
  readonly orderId: string;
  readonly seq: number;
  readonly moments: readonly Moment[];
  readonly finished: boolean;
};

/** How the time of a step that happened in the field came to be known, kept with its event. */
export type FieldNote = {
  /** When it happened by what was said; the clocks count `at` of the event, which may be later. */
  readonly claimed: Instant;
  readonly doubt: FieldDoubt | null;
  /** 代录: who was there, and why he does not enter it himself. */
  readonly enteredFor: { readonly personId: string; readonly why: EnteredWhy } | null;
  /** Files of the case that show it. */
  readonly files?: readonly string[];
  /** 补录: a phone kept it until there was a network. */
  readonly late?: boolean;
};
