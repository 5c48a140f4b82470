import type { Instant } from '#kernel/instant.ts';
import { DAY, HOUR } from '#kernel/instant.ts';
import { weekday } from './local-date.ts';
import type { WorkingDays } from './working-days.ts';

/** The business zone is Shanghai, without daylight saving. */
const ZONE = 8 * HOUR;
/** No holiday is longer. */
const WEEKS = 5;

/**
 * The end of the last working day of this week (Monday to Sunday), a make-up Saturday or Sunday included; once that is over,
 * of the next week that has one. "Late by Friday" means before then.
 */
export function weekEnd(now: Instant, days: WorkingDays): Instant {
  const today = Math.floor((now + ZONE) / DAY);
  const monday = today - weekday(today);
  for (let week = 0; week < WEEKS; week++) {
    const first = Math.max(today, monday + week * 7);
    for (let day = monday + week * 7 + 6; day >= first; day--) {
      if (['work', 'make-up'].includes(days.statusOf(day).kind)) return (day + 1) * DAY - ZONE;
    }
  }
  throw new Error(`no working day within ${WEEKS} weeks`);
}
