import { type Instant, MINUTE } from '#kernel/instant.ts';

/** Measured with bench/dispatch.ts: a tenth sends crews to wait, half sends others from afar; both break more limits. */
const STILL_NEEDED = 0.25;

/** When a crew at work will be free, as far as one can know now: it is not nearly done just because its usual time is over. */
export function expectedEnd(arrivesAt: Instant, repairMinutes: number, now: Instant): Instant {
  const usual = repairMinutes * MINUTE;
  return Math.max(arrivesAt + usual, now + STILL_NEEDED * (now < arrivesAt ? 0 : usual));
}
