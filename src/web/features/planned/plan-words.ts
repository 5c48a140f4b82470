import type { Instant } from '#kernel/instant.ts';
import type { PlanBrief } from '#modules/outage/planned-api.ts';
import { formatDateTime, formatTime } from '../../lib/format.ts';
import type { Language } from '../../lib/i18n.ts';

/** The business zone is eight hours ahead of UTC. */
const ZONE = 8 * 3_600_000;
export const DAY = 86_400_000;

/** `11月30日 周一 08:00 – 14:00`; the end with its date where it is another day's. */
export function spanWords(
  { from, until }: Pick<PlanBrief, 'from' | 'until'>,
  now: Instant,
  language: Language,
): string {
  const sameDay = Math.floor((from + ZONE) / DAY) === Math.floor((until + ZONE) / DAY);
  return `${formatDateTime(from, now, language)} – ${sameDay ? formatTime(until) : formatDateTime(until, now, language)}`;
}

/** Monday 00:00 of the week of an instant. */
export function mondayOf(at: Instant): Instant {
  const day = Math.floor((at + ZONE) / DAY);
  // 1970-01-01 was a Thursday.
  return (day - ((day + 3) % 7)) * DAY - ZONE;
}

/** What a field of the browser for a date and a time says, in the business zone; NaN where it is empty. */
export function instantOf(said: string): Instant {
  return said === '' ? Number.NaN : Date.parse(`${said}+08:00`);
}

export function fieldOf(at: Instant): string {
  return new Date(at + ZONE).toISOString().slice(0, 16);
}
