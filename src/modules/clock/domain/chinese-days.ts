/** A day of the calendar by its number since 1970-01-01. */
export type WorkingDays = {
  readonly isWorking: (day: number) => boolean;
  /** The n-th working day after this day; the day itself is not counted. */
  readonly after: (day: number, n: number) => number;
  /** Years for which no notice was given: there only weekends are off, and the screen says so. */
  readonly missing: (year: number) => boolean;
};

export type CalendarDay = { readonly date: string; readonly isOffDay: boolean };

/** Ten years without a working day: the table is wrong. */
const LONGEST_SEARCH = 3660;

/**
 * Chinese working days: weekends are off unless the yearly notice makes them work (调休), and the notice's holidays are
 * off. `days` is the table in the form of holiday-cn; a year without any day in it counts as missing.
 */
export function workingDays(days: readonly CalendarDay[], years: readonly number[]): WorkingDays {
  const noticed = new Map(days.map((day) => [dayNumber(day.date), day.isOffDay]));
  const known = new Set(years);
  const isWorking = (day: number): boolean => {
    const off = noticed.get(day);
    if (off !== undefined) return !off;
    const weekday = (day + 4) % 7;
    return weekday !== 0 && weekday !== 6;
  };
  return {
    isWorking,
    missing: (year) => !known.has(year),
    after(day, n) {
      let found = day;
      for (let left = n, steps = 0; left > 0; steps++) {
        if (steps > LONGEST_SEARCH) throw new Error('no working day within ten years');
        found += 1;
        if (isWorking(found)) left -= 1;
      }
      return found;
    },
  };
}

/** `2026-11-23` as days since 1970-01-01 (Hinnant's days_from_civil). */
export function dayNumber(date: string): number {
  const [year, month, day] = date.split('-').map(Number);
  if (year === undefined || month === undefined || day === undefined) throw new Error(`not a date: ${date}`);
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}
