import { isRefusal, type Refusal } from '#kernel/result.ts';
import type { Calendar } from './calendar.ts';
import { parseCalendar } from './parse-calendar.ts';
import { type CalendarYear, type WorkingDays, workingDays } from './working-days.ts';

/** Calendars by name, and the Chinese working days on which they stand. */
export type CalendarBook = {
  readonly years: readonly CalendarYear[];
  readonly days: WorkingDays;
  /** A calendar by name or as data. Refusals: `clock.unknown-calendar`, `clock.bad-calendar`. */
  calendar(value: unknown): Calendar | Refusal;
};

const BUSINESS_ZONE = 'Asia/Shanghai';
const HALL = [
  ['08:30', '12:00'],
  ['13:30', '17:30'],
];
const OFFICE = [['08:00', '17:00']];

/** Hours of the named calendars (design §5); a company's own hours are calendars as data. */
const NAMED: ReadonlyMap<string, readonly (readonly string[])[]> = new Map([
  ['cn', [['00:00', '24:00']]],
  ['hall', HALL],
  ['cn-hall', HALL],
  ['office', OFFICE],
  ['cn-office', OFFICE],
]);

/** A batch repeats few calendars; one that never repeats must not fill the memory. */
const KEPT = 500;

/** A book that compiles each calendar once, however often its data come along. */
export function calendarBook(years: readonly CalendarYear[]): CalendarBook {
  const days = workingDays(years);
  const compiled = new Map<string, Calendar>();

  function compile(key: string, value: unknown): Calendar | Refusal {
    const found = compiled.get(key);
    if (found !== undefined) return found;
    const calendar = parseCalendar(value, days);
    if (isRefusal(calendar)) return calendar;
    if (compiled.size >= KEPT) compiled.clear();
    compiled.set(key, calendar);
    return calendar;
  }

  return {
    years,
    days,
    calendar(value) {
      if (typeof value !== 'string') return compile(JSON.stringify(value) ?? '', value);
      const hours = NAMED.get(value);
      if (hours === undefined)
        return { refused: 'clock.unknown-calendar', detail: { name: value.slice(0, 80) } };
      return compile(value, { tz: BUSINESS_ZONE, hours_on_working_days: hours });
    },
  };
}
