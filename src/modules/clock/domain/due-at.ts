import { DAY, HOUR, type Instant, MINUTE } from '#kernel/instant.ts';
import type { WorkingDays } from './chinese-days.ts';

/** Asia/Shanghai is UTC+8 the whole year. */
const ZONE = 8 * HOUR;

/**
 * When a limit ends that begins at this instant (domain-rules §12.3). `min` and `h` run without stopping; `cd` ends at
 * 24:00 of the n-th day after, `wd` at 24:00 of the n-th working day after — the starting day is not counted (民法典
 * art. 201). The end of day D is D+1 00:00, half-open. Throws for a text that is no limit.
 */
export function dueAt(limit: string, start: Instant, days: WorkingDays): Instant {
  const [, digits, unit] = /^(\d+)(min|h|cd|wd)$/.exec(limit) ?? [];
  const n = Number(digits);
  const today = Math.floor((start + ZONE) / DAY);
  switch (unit) {
    case 'min':
      return start + n * MINUTE;
    case 'h':
      return start + n * HOUR;
    case 'cd':
      return (today + n + 1) * DAY - ZONE;
    case 'wd':
      return (days.after(today, n) + 1) * DAY - ZONE;
    default:
      throw new Error(`not a limit: ${limit}`);
  }
}
