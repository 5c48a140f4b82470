import { type Instant, MINUTE } from '#kernel/instant.ts';

/** The best of 0.1, 0.25 and 0.5 on six busy days of bench/dispatch.ts (days 1–6, not those it reports): fewest broken limits. */
const STILL_NEEDED = 0.25;

/** When a crew at work will be free, as far as one can know now: it is not nearly done just because its usual time is over. */
export function expectedEnd(arrivesAt: Instant, repairMinutes: number, now: Instant): Instant {
  const usual = repairMinutes * MINUTE;
  return Math.max(arrivesAt + usual, now + STILL_NEEDED * (now < arrivesAt ? 0 : usual));
}
