import { type Instant, MINUTE } from '#kernel/instant.ts';

/** A job that has lasted half of its usual time or longer needs half of that time more: so it is with log-normal times of spread 0.5. */
const STILL_NEEDED = 0.5;

/** When a crew at work will be free, as far as one can know now: it is not nearly done just because its usual time is over. */
export function expectedEnd(arrivesAt: Instant, repairMinutes: number, now: Instant): Instant {
  const usual = repairMinutes * MINUTE;
  return Math.max(arrivesAt + usual, now + STILL_NEEDED * (now < arrivesAt ? 0 : usual));
}
