import type { ClockBasisOf } from '#modules/clock/index.ts';
import type { HandbookVersion } from '#modules/process/index.ts';
import type { Moment, Who } from '#modules/process/domain/index.ts';
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
