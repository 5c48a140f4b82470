import { DAY, HOUR, type Instant, MINUTE, SECOND } from '#kernel/instant.ts';
import { isRefusal, refuse, type Refusal } from '#kernel/result.ts';
import { type Calendar, type CalendarRules, makeCalendar, type Shift, unite } from './calendar.ts';
import { type DayNumber, parseDate } from './local-date.ts';
import type { WorkingDays } from './working-days.ts';
import { parseInstant, zoneOf } from './zone.ts';

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const KEYS = ['tz', 'weekly', 'hours_on_working_days', 'holidays', 'special_days', 'breaks'];

/**
 * A calendar as `docs/engines.md` describes it. Refusals: `clock.bad-calendar` with the faulty member (`at`) and what
 * is wrong there (`fault`).
 */
export function parseCalendar(value: unknown, days: WorkingDays): Calendar | Refusal {
  if (!isRecord(value)) return fault('calendar', 'not-an-object');
  const unknown = Object.keys(value).find((key) => !KEYS.includes(key));
  if (unknown !== undefined) return fault(unknown.slice(0, 40), 'unknown-member');
  const zone = typeof value['tz'] === 'string' ? zoneOf(value['tz']) : undefined;
  if (zone === undefined) return fault('tz', 'unknown-zone');
  const hours = parseHours(value, days);
  if (isRefusal(hours)) return hours;
  const holidays = parseHolidays(value['holidays']);
  if (isRefusal(holidays)) return holidays;
  const specialDays = parseSpecialDays(value['special_days']);
  if (isRefusal(specialDays)) return specialDays;
  const breaks = parseBreaks(value['breaks']);
  if (isRefusal(breaks)) return breaks;
  return makeCalendar({ zone, hours, ...holidays, specialDays, breaks });
}

function parseHours(value: Record<string, unknown>, days: WorkingDays): CalendarRules['hours'] | Refusal {
  const { weekly, hours_on_working_days: daily } = value;
  if (weekly !== undefined && daily !== undefined) return fault('weekly', 'two-kinds-of-hours');
  if (daily !== undefined) {
    const shifts = parseShifts(daily, 'hours_on_working_days');
    return isRefusal(shifts) ? shifts : { by: 'working-day', shifts, days };
  }
  if (!isRecord(weekly)) return fault('weekly', weekly === undefined ? 'no-hours' : 'not-an-object');
  const unknown = Object.keys(weekly).find((key) => !WEEKDAYS.includes(key));
  if (unknown !== undefined) return fault(`weekly.${unknown.slice(0, 40)}`, 'unknown-weekday');
  const week: (readonly Shift[])[] = [];
  for (const name of WEEKDAYS) {
    const shifts = weekly[name] === undefined ? [] : parseShifts(weekly[name], `weekly.${name}`);
    if (isRefusal(shifts)) return shifts;
    week.push(shifts);
  }
  return { by: 'weekday', week };
}

function parseShifts(value: unknown, at: string): readonly Shift[] | Refusal {
  if (!Array.isArray(value)) return fault(at, 'not-a-list');
  const shifts: Shift[] = [];
  for (const pair of value as unknown[]) {
    const [from, to] = Array.isArray(pair) && pair.length === 2 ? pair.map(parseWallTime) : [];
    if (from === undefined || to === undefined || from === DAY) return fault(at, 'not-a-time');
    if (from === to) return fault(at, 'empty-shift');
    shifts.push({ from, to: to > from ? to : to + DAY });
  }
  return shifts;
}

/** `08:30` or `08:30:00`, up to `24:00`, as milliseconds of the day. */
function parseWallTime(value: unknown): number | undefined {
  const found = typeof value === 'string' ? /^(\d\d):(\d\d)(?::(\d\d))?$/.exec(value) : null;
  if (found === null) return undefined;
  const [hour, minute, second] = [Number(found[1]), Number(found[2]), Number(found[3] ?? 0)];
  if (minute > 59 || second > 59) return undefined;
  const time = hour * HOUR + minute * MINUTE + second * SECOND;
  return time > DAY ? undefined : time;
}

function parseHolidays(value: unknown): Pick<CalendarRules, 'holidays' | 'yearlyHolidays'> | Refusal {
  const holidays = new Set<DayNumber>();
  const yearlyHolidays = new Set<string>();
  if (value === undefined) return { holidays, yearlyHolidays };
  if (!Array.isArray(value)) return fault('holidays', 'not-a-list');
  for (const text of value as unknown[]) {
    if (typeof text !== 'string') return fault('holidays', 'not-a-date');
    // 2000 was a leap year, so that `*-02-29` is a date.
    const yearly = text.startsWith('*-');
    const day = parseDate(yearly ? `2000${text.slice(1)}` : text);
    if (day === undefined) return fault('holidays', 'not-a-date');
    if (yearly) yearlyHolidays.add(text.slice(2));
    else holidays.add(day);
  }
  return { holidays, yearlyHolidays };
}

function parseSpecialDays(value: unknown): ReadonlyMap<DayNumber, readonly Shift[]> | Refusal {
  const days = new Map<DayNumber, readonly Shift[]>();
  if (value === undefined) return days;
  if (!isRecord(value)) return fault('special_days', 'not-an-object');
  for (const [date, hours] of Object.entries(value)) {
    const day = parseDate(date);
    if (day === undefined) return fault('special_days', 'not-a-date');
    const shifts = parseShifts(hours, `special_days.${date}`);
    if (isRefusal(shifts)) return shifts;
    days.set(day, shifts);
  }
  return days;
}

function parseBreaks(value: unknown): CalendarRules['breaks'] | Refusal {
  if (value === undefined) return [];
  if (!Array.isArray(value)) return fault('breaks', 'not-a-list');
  const breaks: { from: Instant; to: Instant }[] = [];
  for (const pair of value as unknown[]) {
    const [from, to] =
      Array.isArray(pair) && pair.length === 2
        ? (pair as unknown[]).map((text) => (typeof text === 'string' ? parseInstant(text) : undefined))
        : [];
    if (from === undefined || to === undefined) return fault('breaks', 'not-an-instant');
    if (to < from) return fault('breaks', 'ends-before-it-begins');
    breaks.push({ from, to });
  }
  return unite(breaks);
}

function fault(at: string, what: string): Refusal {
  return refuse('clock.bad-calendar', { at, fault: what });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
