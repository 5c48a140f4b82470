import { SECOND, type Instant } from '#kernel/instant.ts';
import { isRefusal, refuse, type Refusal } from '#kernel/result.ts';
import type { Calendar, LedgerEntry } from './calendar.ts';
import type { DayNumber } from './local-date.ts';
import { businessTime, measure, pushEntry, walk } from './walk.ts';
import { isCountable } from './zone.ts';

type Answer<T> = { readonly result: T; readonly ledger: readonly LedgerEntry[] };

const TEN_YEARS_OF_DAYS = 3653;

/**
 * The instant after so many working seconds (negative: before). Forwards the earliest such instant, backwards the latest; no
 * seconds leave the instant where it is. The result is rounded to the second, the ledger is exact.
 */
export function addWorkingSeconds(
  calendar: Calendar,
  from: Instant,
  seconds: number,
): Answer<Instant> | Refusal {
  if (calendar.neverWorks && seconds !== 0) return refuse('clock.no-working-time');
  const found = walk(businessTime(calendar), {
    from,
    span: Math.abs(Math.round(seconds * SECOND)),
    direction: seconds < 0 ? -1 : 1,
    pauses: [],
  });
  if (isRefusal(found)) return found;
  if (found.state !== 'arrived') throw new Error('a walk without pauses cannot be paused');
  return { result: Math.round(found.at / SECOND) * SECOND, ledger: found.ledger };
}

/** Working seconds of `[from, to)`, rounded; negative when `to` is earlier. */
export function workingSecondsBetween(calendar: Calendar, from: Instant, to: Instant): Answer<number> {
  const { counted, ledger } = measure(businessTime(calendar), Math.min(from, to), Math.max(from, to));
  const seconds = Math.round(counted / SECOND);
  return { result: to < from && seconds > 0 ? -seconds : seconds, ledger };
}

/** Half-open: the opening instant is working time, the closing instant is not. */
export function isWorkingTime(calendar: Calendar, at: Instant): boolean {
  return businessTime(calendar).segment(at, 1).counted;
}

/** `at` itself when it is working time, else the next opening. */
export function nextWorkingTime(calendar: Calendar, at: Instant): Answer<Instant> | Refusal {
  if (calendar.neverWorks) return refuse('clock.no-working-time');
  const source = businessTime(calendar);
  const ledger: LedgerEntry[] = [];
  const first = calendar.zone.dayOf(at);
  for (let moment = at; isCountable(moment); ) {
    if (calendar.zone.dayOf(moment) - first > TEN_YEARS_OF_DAYS) return refuse('clock.no-working-time');
    const segment = source.segment(moment, 1);
    if (segment.counted) return { result: moment, ledger };
    pushEntry(ledger, { ...segment, from: moment }, 1);
    moment = segment.to;
  }
  return refuse('clock.out-of-range');
}

/** Whether a shift begins on this day. */
export function isWorkingDay(calendar: Calendar, day: DayNumber): boolean {
  return calendar.plan(day).working;
}

/** The N-th working day after (negative: before) a day, which itself never counts; of 0 the day or the next working one. */
export function addWorkingDays(
  calendar: Calendar,
  day: DayNumber,
  count: number,
): Answer<DayNumber> | Refusal {
  if (calendar.neverWorks) return refuse('clock.no-working-time');
  const direction = count < 0 ? -1 : 1;
  const ledger: LedgerEntry[] = [];
  let at = count === 0 ? day - 1 : day;
  let left = Math.max(1, Math.abs(count));
  for (let lastCounted = at; left > 0; ) {
    at += direction;
    const { wholeDay } = calendar.plan(at);
    if (Math.abs(at - lastCounted) > TEN_YEARS_OF_DAYS) return refuse('clock.no-working-time');
    if (!isCountable(wholeDay.from) || !isCountable(wholeDay.to)) return refuse('clock.out-of-range');
    pushEntry(ledger, wholeDay, direction);
    if (!wholeDay.counted) continue;
    left -= 1;
    lastCounted = at;
  }
  return { result: at, ledger: direction === 1 ? ledger : ledger.toReversed() };
}
