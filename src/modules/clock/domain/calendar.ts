import { DAY, type Instant } from '#kernel/instant.ts';
import { type DayNumber, civil } from './local-date.ts';
import type { DayStatus, WorkingDays } from './working-days.ts';
import type { Zone } from './zone.ts';

/** Why a stretch of time counted or did not. Codes, so that screens and prints can say it in their language. */
type Why =
  | 'natural-time'
  | 'calendar-day'
  | 'working-day'
  | 'make-up-workday'
  | 'special-day'
  | 'start-day'
  | 'rest-day'
  | 'holiday'
  | 'outside-hours'
  | 'break'
  | 'paused';

/** A stretch `[from, to)`; `name` is the holiday's own name where the calendar knows it. */
export type Segment = {
  readonly from: Instant;
  readonly to: Instant;
  readonly counted: boolean;
  readonly why: Why;
  readonly name?: string;
};

export type LedgerEntry = Segment;

/** One local day: its segments cover `[start, end)` without a gap. */
export type DayPlan = {
  readonly start: Instant;
  readonly end: Instant;
  readonly working: boolean;
  readonly segments: readonly Segment[];
  /** The day as one segment that counts when it is a working day. */
  readonly wholeDay: Segment;
  /** The day as one segment that always counts. */
  readonly calendarDay: Segment;
  /** The end of the last working period of the day; null on a day without any. */
  readonly close: Instant | null;
};

export type Calendar = {
  readonly zone: Zone;
  /** Null: the calendar does not depend on Chinese working days. */
  readonly workingDays: WorkingDays | null;
  /** No day of it ever has working time; known without searching. */
  readonly neverWorks: boolean;
  plan(day: DayNumber): DayPlan;
};

/** Milliseconds of the day `[from, to)`; `to` above 24 h: the shift runs into the next morning. */
export type Shift = { readonly from: number; readonly to: number };

export type CalendarRules = {
  readonly zone: Zone;
  /** Shifts by weekday, Monday first; or the shifts of each Chinese working day. */
  readonly hours:
    | { readonly by: 'weekday'; readonly week: readonly (readonly Shift[])[] }
    | { readonly by: 'working-day'; readonly shifts: readonly Shift[]; readonly days: WorkingDays };
  readonly holidays: ReadonlySet<DayNumber>;
  /** `MM-DD` of every year. */
  readonly yearlyHolidays: ReadonlySet<string>;
  /** Replace whatever else the day would have; no shift: a day off. */
  readonly specialDays: ReadonlyMap<DayNumber, readonly Shift[]>;
  /** United and ascending. */
  readonly breaks: readonly { readonly from: Instant; readonly to: Instant }[];
};

/** A calendar that plans each day once. A shift over midnight belongs to the day on which it starts. */
export function makeCalendar(rules: CalendarRules): Calendar {
  const plans = new Map<DayNumber, DayPlan>();
  const { hours, specialDays } = rules;
  const regular = hours.by === 'weekday' ? hours.week.flat() : hours.shifts;
  return {
    zone: rules.zone,
    workingDays: hours.by === 'working-day' ? hours.days : null,
    neverWorks: regular.length === 0 && [...specialDays.values()].every((shifts) => shifts.length === 0),
    plan(day) {
      let plan = plans.get(day);
      if (plan === undefined) plans.set(day, (plan = planDay(rules, day)));
      return plan;
    },
  };
}

type Nature = { readonly why: Why; readonly name?: string; readonly shifts: readonly Shift[] };

function planDay(rules: CalendarRules, day: DayNumber): DayPlan {
  const { zone } = rules;
  const { shifts, ...nature } = natureOf(rules, day);
  const [start, end] = [zone.instantOf(day, 0), zone.instantOf(day + 1, 0)];
  const spill = natureOf(rules, day - 1).shifts.filter((shift) => shift.to > DAY);
  const open = unite([
    ...shifts.map(({ from, to }) => ({
      from: zone.instantOf(day, from),
      to: to >= DAY ? end : zone.instantOf(day, to),
    })),
    ...spill.map(({ to }) => ({ from: start, to: zone.instantOf(day, to - DAY) })),
  ]);

  const working = shifts.length > 0;
  const idle: Omit<Segment, 'from' | 'to'> = working
    ? { counted: false, why: 'outside-hours' }
    : { counted: false, ...nature };
  // The night shift that began the evening before counts on a day off too, by the reason of its own day.
  const busy: Omit<Segment, 'from' | 'to'> = {
    counted: true,
    ...(working ? nature : { why: 'working-day' as const }),
  };
  const segments: Segment[] = [];
  let at = start;
  for (const period of open) {
    if (period.from > at) segments.push({ from: at, to: period.from, ...idle });
    segments.push(...cutBreaks(rules.breaks, { ...period, ...busy }));
    at = period.to;
  }
  if (at < end) segments.push({ from: at, to: end, ...idle });
  const close = segments.findLast((segment) => segment.counted)?.to ?? null;
  const whole = { from: start, to: end };
  return {
    start,
    end,
    working,
    segments,
    wholeDay: { ...whole, counted: working, ...nature },
    calendarDay: { ...whole, counted: true, why: 'calendar-day' },
    close,
  };
}

function natureOf(rules: CalendarRules, day: DayNumber): Nature {
  const special = rules.specialDays.get(day);
  if (special !== undefined)
    return special.length > 0 ? { why: 'special-day', shifts: special } : { why: 'holiday', shifts: [] };
  if (rules.holidays.has(day) || isYearlyHoliday(rules, day)) return { why: 'holiday', shifts: [] };
  if (rules.hours.by === 'working-day')
    return natureOfStatus(rules.hours.days.statusOf(day), rules.hours.shifts);
  const shifts = rules.hours.week[(((day + 3) % 7) + 7) % 7] ?? [];
  return { why: shifts.length > 0 ? 'working-day' : 'rest-day', shifts };
}

function isYearlyHoliday({ yearlyHolidays }: CalendarRules, day: DayNumber): boolean {
  if (yearlyHolidays.size === 0) return false;
  const { month, date } = civil(day);
  return yearlyHolidays.has(`${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`);
}

function natureOfStatus({ kind, name }: DayStatus, shifts: readonly Shift[]): Nature {
  const named = name === undefined ? {} : { name };
  if (kind === 'rest') return { why: 'rest-day', shifts: [] };
  if (kind === 'holiday') return { why: 'holiday', ...named, shifts: [] };
  return { why: kind === 'make-up' ? 'make-up-workday' : 'working-day', ...named, shifts };
}

function cutBreaks(breaks: CalendarRules['breaks'], segment: Segment): readonly Segment[] {
  const parts: Segment[] = [];
  let at = segment.from;
  for (const { from, to } of breaks) {
    if (to <= at || from >= segment.to) continue;
    if (from > at) parts.push({ ...segment, from: at, to: from });
    parts.push({ from: Math.max(from, at), to: Math.min(to, segment.to), counted: false, why: 'break' });
    at = Math.min(to, segment.to);
  }
  if (at < segment.to) parts.push({ ...segment, from: at });
  return parts;
}

/** Sorted and without overlap; touching stretches become one, empty ones none. */
export function unite<T extends { readonly from: number; readonly to: number }>(
  stretches: readonly T[],
): { readonly from: number; readonly to: number }[] {
  const united: { from: number; to: number }[] = [];
  for (const { from, to } of stretches.toSorted((a, b) => a.from - b.from)) {
    if (to <= from) continue;
    const last = united.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else united.push({ from, to });
  }
  return united;
}
