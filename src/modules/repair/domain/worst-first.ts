import type { Instant } from '#kernel/instant.ts';
import { awaitsArrival, isDark, type Stage } from './order-stage.ts';

/** What the order of the list depends on. */
export type Urgent = {
  readonly id: string;
  readonly stage: Stage;
  readonly hazard: string | null;
  readonly urgency: string | null;
  readonly important: number;
  readonly medical: number;
  readonly households: number;
  /** The promise that ends next: of the arrival while nobody is there, then of the restoration. */
  readonly leading: { readonly dueAt: Instant } | null;
  readonly since: Instant;
};

/**
 * Worst first: danger, then whoever cannot wait and has nobody there yet, then whom the crew has not reached, then who is dark
 * with a crew at work or has a visit owed by arrangement, then what is only paper. Among equals the promise that ends first, then the many, then the oldest.
 */
export function worstFirst<T extends Urgent>(orders: readonly T[]): readonly T[] {
  return orders.toSorted(
    (a, b) =>
      rank(a) - rank(b) ||
      dueOf(a) - dueOf(b) ||
      b.households - a.households ||
      a.since - b.since ||
      (a.id < b.id ? -1 : 1),
  );
}

/** Far in the future where nothing is promised. */
function dueOf({ leading }: Urgent): Instant {
  return leading?.dueAt ?? Number.MAX_SAFE_INTEGER;
}

function rank({ stage, hazard, urgency, important, medical }: Urgent): number {
  if (stage === 'visit-owed') return 3;
  if (!isDark(stage)) return 4;
  if (hazard !== null) return 0;
  if (!awaitsArrival(stage)) return 3;
  return urgency === 'urgent' || important > 0 || medical > 0 ? 1 : 2;
}
