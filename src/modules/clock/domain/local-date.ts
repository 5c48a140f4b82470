/** A calendar date as a number: days since 1970-01-01 of the proleptic Gregorian calendar, without any zone. */
export type DayNumber = number;

/** The days that the engine knows: 1900-01-01 … 2199-12-31. Everything else is a mistyped year. */
export const FIRST_DAY: DayNumber = dayNumber(1900, 1, 1);
export const LAST_DAY: DayNumber = dayNumber(2199, 12, 31);

/** `2026-02-28` as a day number; undefined for a wrong form, for 30 February, and outside 1900…2199. */
export function parseDate(text: string): DayNumber | undefined {
  const found = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (found === null) return undefined;
  const [year, month, date] = [Number(found[1]), Number(found[2]), Number(found[3])];
  if (month < 1 || month > 12 || date < 1 || date > daysInMonth(year, month)) return undefined;
  const day = dayNumber(year, month, date);
  return day < FIRST_DAY || day > LAST_DAY ? undefined : day;
}

export function formatDate(day: DayNumber): string {
  const { year, month, date } = civil(day);
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(date)}`;
}

/** 0 is Monday, 6 is Sunday. */
export function weekday(day: DayNumber): number {
  return (((day + 3) % 7) + 7) % 7;
}

export function yearOf(day: DayNumber): number {
  return civil(day).year;
}

/** Days from civil, after Howard Hinnant, "chrono-compatible low-level date algorithms": exact, no table. */
export function dayNumber(year: number, month: number, date: number): DayNumber {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + date - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

export function civil(day: DayNumber): {
  readonly year: number;
  readonly month: number;
  readonly date: number;
} {
  const z = day + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const mp = Math.floor((5 * dayOfYear + 2) / 153);
  const month = mp < 10 ? mp + 3 : mp - 9;
  const date = dayOfYear - Math.floor((153 * mp + 2) / 5) + 1;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, date };
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
