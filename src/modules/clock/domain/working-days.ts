import { type DayNumber, parseDate, weekday, yearOf } from './local-date.ts';

/** One year of notices of the State Council, in the form of holiday-cn; `papers` empty: not published yet. */
export type CalendarYear = {
  readonly year: number;
  readonly papers: readonly string[];
  readonly days: readonly NoticeDay[];
};

export type NoticeDay = { readonly name: string; readonly date: string; readonly isOffDay: boolean };

/** `work`: an ordinary weekday, `make-up`: 调休上班, `rest`: a weekend, `holiday`: named off-day of a notice. */
export type DayStatus = {
  readonly kind: 'work' | 'make-up' | 'rest' | 'holiday';
  readonly name?: string;
};

/** What a result leans on where a year has no published notice: the 13 statutory days, or weekends alone. */
type YearBasis = 'notice' | 'statutory-days' | 'weekends-only';

export type WorkingDays = {
  statusOf(day: DayNumber): DayStatus;
  basisOf(year: number): YearBasis;
};

const WORK: DayStatus = { kind: 'work' };
const REST: DayStatus = { kind: 'rest' };

/**
 * Chinese working days with 调休 from the years given. A day that two years name (December days stand in the next
 * year's notice) follows the later year. Throws on a day that is no date: whoever imports has checked.
 */
export function workingDays(years: readonly CalendarYear[]): WorkingDays {
  const named = new Map<DayNumber, DayStatus>();
  const basis = new Map<number, YearBasis>();
  for (const year of years.toSorted((a, b) => a.year - b.year)) {
    basis.set(year.year, year.papers.length > 0 ? 'notice' : 'statutory-days');
    for (const { date, name, isOffDay } of year.days) {
      const day = parseDate(date);
      if (day === undefined) throw new Error(`calendar ${year.year}: ${date} is no date`);
      named.set(day, { kind: isOffDay ? 'holiday' : 'make-up', name });
    }
  }
  return {
    statusOf: (day) => named.get(day) ?? (weekday(day) < 5 ? WORK : REST),
    basisOf: (year) => basis.get(year) ?? 'weekends-only',
  };
}

/** The warning of a result that touched a year without a published notice. */
export type YearWarning = {
  readonly code: 'missing-year';
  readonly year: number;
  readonly basis: Exclude<YearBasis, 'notice'>;
};

export function warningsFor(days: WorkingDays, from: DayNumber, to: DayNumber): readonly YearWarning[] {
  const warnings: YearWarning[] = [];
  for (let year = yearOf(Math.min(from, to)); year <= yearOf(Math.max(from, to)); year += 1) {
    const basis = days.basisOf(year);
    if (basis !== 'notice') warnings.push({ code: 'missing-year', year, basis });
  }
  return warnings;
}
