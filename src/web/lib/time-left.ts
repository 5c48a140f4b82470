import type { Instant } from '#kernel/instant.ts';

/** A promise as the clock module computed it. `warnAt` is the instant at which 70 % of the limit is used. */
export type Deadline = {
  readonly dueAt: Instant | null;
  readonly startedAt?: Instant;
  readonly warnAt?: Instant;
  readonly metAt?: Instant | null;
  readonly paused?: boolean;
};

export type TimeStage = 'none' | 'met' | 'paused' | 'far' | 'onway' | 'soon' | 'over';

/** From here on a limit is amber (`ui.md`), where the clock did not say the instant itself. */
const AMBER_FROM = 0.7;
/** Under this share used a limit is still far away: grey. */
const FAR_UNTIL = 0.25;

/** The stage that shape, colour and words follow. Met late stays `over`: colour does not forgive. */
export function timeStage(deadline: Deadline, now: Instant): TimeStage {
  const { dueAt, metAt } = deadline;
  if (dueAt === null) return deadline.paused ? 'paused' : 'none';
  if (metAt !== undefined && metAt !== null) return metAt < dueAt ? 'met' : 'over';
  if (deadline.paused) return 'paused';
  if (now >= dueAt) return 'over';

  const used = usedShare(deadline, now);
  const warned = deadline.warnAt === undefined ? used >= AMBER_FROM : now >= deadline.warnAt;
  if (warned) return 'soon';
  return used < FAR_UNTIL ? 'far' : 'onway';
}

/** Share of the span from start to due that is over, 0…1; without a known start the middle. */
export function usedShare(deadline: Deadline, now: Instant): number {
  const { dueAt, startedAt } = deadline;
  if (dueAt === null || startedAt === undefined || dueAt <= startedAt) return 0.5;
  return Math.min(1, Math.max(0, (now - startedAt) / (dueAt - startedAt)));
}
