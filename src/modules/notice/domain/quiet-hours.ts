import { DAY, HOUR, type Instant } from '#kernel/instant.ts';

/** Business zone: Asia/Shanghai, UTC+8. */
const ZONE = 8 * HOUR;

/** Hours of the day, from the handbook (R108-quiet-from, R108-quiet-to); 22 and 8 mean 22:00 to 08:00. */
export type QuietHours = { readonly from: number; readonly to: number };

/** The instant at which the quiet hours that hold now are over; undefined when it is not quiet. */
export function quietUntil(now: Instant, hours: QuietHours): Instant | undefined {
  const midnight = Math.floor((now + ZONE) / DAY) * DAY - ZONE;
  const from = midnight + hours.from * HOUR;
  const to = midnight + hours.to * HOUR;
  if (hours.from <= hours.to) return now >= from && now < to ? to : undefined;
  if (now < to) return to;
  return now >= from ? to + DAY : undefined;
}
