import type { Instant } from '#kernel/instant.ts';
import { type ClockPlan, isArranged, type Pause, planClock } from '#modules/clock/domain/index.ts';
import type { ClockBasis } from '#modules/clock/index.ts';
import type { HandbookVersion } from '#modules/process/index.ts';
import type { ClockRole } from '#modules/process/domain/index.ts';
import { limitText } from './domain/limit-text.ts';
import { warningPolicy } from './domain/warning-policy.ts';

/** The limit of a clock of an order as it counts today, and everything that follows from it. */
export function planFor(
  basis: ClockBasis,
  version: HandbookVersion,
  clock: {
    readonly limitId: string;
    readonly role: ClockRole;
    readonly start: Instant;
    readonly pauses: readonly Pause[];
    /** What it is counted by already; an arrangement (`until:`) is moved by no number of the handbook and no correction. */
    readonly limitText?: string | undefined;
  },
): { readonly limitText: string; readonly plan: ClockPlan } {
  const { limits } = version.handbook;
  const limit = limits.find((one) => one.id === clock.limitId);
  if (limit === undefined) throw new Error(`handbook ${version.hash} has no limit ${clock.limitId}`);
  const { start, pauses } = clock;
  const text = isArranged(clock.limitText)
    ? clock.limitText
    : limitText(basis.limit(limit, version.versionId), clock.role);
  const plan = planClock(basis.book, { limit: text, start, pauses }, warningPolicy(limits, clock.role));
  return { limitText: text, plan };
}
