import { DAY, HOUR, type Instant } from '#kernel/instant.ts';
import { dayNumber, formatDate, type WorkingDays } from '#modules/clock/domain/index.ts';

/** The business zone is Shanghai, without daylight saving. */
const ZONE = 8 * HOUR;

export type BalanceDay = {
  /** `2026-12-18` */
  readonly date: string;
  readonly at: Instant;
};

/**
 * The next monthly balance meeting of outage plans: about this day of the month (§8: the 20th), on the working day on it or before it.
 */
export function balanceDay(now: Instant, dayOfMonth: number, days: WorkingDays): BalanceDay {
  const today = Math.floor((now + ZONE) / DAY);
  const [year = 0, month = 0] = formatDate(today).split('-').map(Number);
  for (let ahead = 0; ; ahead += 1) {
    const of = month - 1 + ahead;
    let day = dayNumber(year + Math.floor(of / 12), (of % 12) + 1, dayOfMonth);
    while (!['work', 'make-up'].includes(days.statusOf(day).kind)) day -= 1;
    if (day > today) return { date: formatDate(day), at: day * DAY - ZONE };
  }
}

/** Periods that share a day with the time from one instant to another. */
export function protectedBy(
  periods: readonly { readonly id: string; readonly from: string; readonly to: string }[],
  from: Instant,
  until: Instant,
): readonly string[] {
  const [first, last] = [from, until - 1].map((at) => formatDate(Math.floor((at + ZONE) / DAY)));
  return periods.filter((one) => one.from <= (last ?? '') && one.to >= (first ?? '')).map(({ id }) => id);
}
