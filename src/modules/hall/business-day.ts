import { DAY, HOUR, type Instant } from '#kernel/instant.ts';

/** Business zone: a day begins at midnight in China. */
const ZONE = 8 * HOUR;

/** `2026-11-23`, the day in China. */
export function dayOf(at: Instant): string {
  return new Date(at + ZONE).toISOString().slice(0, 10);
}

/** The midnight with which the day of an instant begins. */
export function startOfDay(at: Instant): Instant {
  return Math.floor((at + ZONE) / DAY) * DAY - ZONE;
}
