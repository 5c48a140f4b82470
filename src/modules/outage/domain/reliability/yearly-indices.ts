import { DAY, MINUTE } from '#kernel/instant.ts';
import { dayNumber, formatDate, yearOf } from '#modules/clock/domain/index.ts';
import type { InterruptionRow } from './interruption-rows.ts';

type Indices = {
  /** Minutes a customer served. */
  readonly saidi: number;
  /** Interruptions a customer served. */
  readonly saifi: number;
  /** Minutes an interruption; null when nobody was interrupted. */
  readonly caidi: number | null;
};

export type YearIndices = Indices & {
  readonly year: number;
  readonly interruptions: number;
  /** Share of the year with supply, 0…1 (RS-1). */
  readonly asai: number;
  /** Mean and sample standard deviation of ln(daily SAIDI) over the years before; null when too little is known. */
  readonly alpha: number | null;
  readonly beta: number | null;
  readonly tmed: number | null;
  readonly majorDays: readonly string[];
  readonly withoutMajor: Indices;
};

export type MajorDayPolicy = { readonly factor: number; readonly years: number };

/** IEEE Std 1366: T_MED = exp(α + 2.5 β) over five years of daily SAIDI (rules R083, R083-years). */
export const MAJOR_DAY_POLICY: MajorDayPolicy = { factor: 2.5, years: 5 };

type Sum = { readonly interruptions: number; readonly customers: number; readonly minutes: number };
type DaySum = { interruptions: number; customers: number; minutes: number };

/**
 * The indices of each calendar year in which an interruption began, ascending. An interruption belongs, whole, to the day
 * on which it begins. `served` is the number of customers, the same for every year.
 */
export function yearlyIndices(
  rows: Iterable<InterruptionRow>,
  served: number,
  policy: MajorDayPolicy = MAJOR_DAY_POLICY,
): readonly YearIndices[] {
  const years = daysByYear(rows);
  return [...years.keys()].toSorted((a, b) => a - b).map((year) => indicesOf(year, years, served, policy));
}

type Years = ReadonlyMap<number, ReadonlyMap<number, Sum>>;

function daysByYear(rows: Iterable<InterruptionRow>): Years {
  const years = new Map<number, Map<number, DaySum>>();
  for (const { start, minutes, customers } of rows) {
    const day = Math.floor(start / DAY);
    const year = yearOf(day);
    const days = years.get(year) ?? new Map<number, DaySum>();
    years.set(year, days);
    const sum = days.get(day) ?? { interruptions: 0, customers: 0, minutes: 0 };
    days.set(day, sum);
    sum.interruptions += 1;
    sum.customers += customers;
    sum.minutes += customers * minutes;
  }
  return years;
}

function indicesOf(year: number, years: Years, served: number, policy: MajorDayPolicy): YearIndices {
  const days = [...(years.get(year) ?? [])].toSorted(([a], [b]) => a - b);
  const { alpha, beta } = logMoments(dailySaidiBefore(year, years, served, policy.years));
  const tmed = alpha === null || beta === null ? null : Math.exp(alpha + policy.factor * beta);
  const isMajor = ([, sum]: readonly [number, Sum]) => tmed !== null && sum.minutes / served > tmed;

  const all = addUp(days.map(([, sum]) => sum));
  const indices = perCustomer(all, served);
  const minutesOfYear = ((dayNumber(year + 1, 1, 1) - dayNumber(year, 1, 1)) * DAY) / MINUTE;
  return {
    year,
    interruptions: all.interruptions,
    ...indices,
    asai: 1 - indices.saidi / minutesOfYear,
    alpha,
    beta,
    tmed,
    majorDays: days.filter(isMajor).map(([day]) => formatDate(day)),
    withoutMajor: perCustomer(addUp(days.filter((day) => !isMajor(day)).map(([, sum]) => sum)), served),
  };
}

/** Daily SAIDI of the calendar years just before, days without any left out. */
function dailySaidiBefore(year: number, years: Years, served: number, span: number): readonly number[] {
  return [...years]
    .filter(([one]) => one < year && one >= year - span)
    .flatMap(([, days]) => [...days.values()].map((sum) => sum.minutes / served))
    .filter((saidi) => saidi > 0);
}

/** The sample deviation needs two days; without it there is no threshold. */
function logMoments(values: readonly number[]): {
  readonly alpha: number | null;
  readonly beta: number | null;
} {
  if (values.length === 0) return { alpha: null, beta: null };
  const logs = values.map(Math.log);
  const alpha = logs.reduce((sum, one) => sum + one, 0) / logs.length;
  if (logs.length === 1) return { alpha, beta: null };
  const squares = logs.reduce((sum, one) => sum + (one - alpha) ** 2, 0);
  return { alpha, beta: Math.sqrt(squares / (logs.length - 1)) };
}

function addUp(sums: readonly Sum[]): Sum {
  const total = { interruptions: 0, customers: 0, minutes: 0 };
  for (const sum of sums) {
    total.interruptions += sum.interruptions;
    total.customers += sum.customers;
    total.minutes += sum.minutes;
  }
  return total;
}

function perCustomer({ customers, minutes }: Sum, served: number): Indices {
  return {
    saidi: minutes / served,
    saifi: customers / served,
    caidi: customers === 0 ? null : minutes / customers,
  };
}
