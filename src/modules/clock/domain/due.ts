import type { Instant } from '#kernel/instant.ts';
import { isRefusal, refuse, type Refusal } from '#kernel/result.ts';
import type { Calendar, DayPlan, LedgerEntry } from './calendar.ts';
import { isByDay, type Limit, limitSpan } from './limit.ts';
import type { DayNumber } from './local-date.ts';
import {
  businessTime,
  naturalTime,
  type Pause,
  pushEntry,
  type TimeSource,
  unitePauses,
  walk,
  type Walk,
  wholeWorkingDays,
} from './walk.ts';
import { isCountable } from './zone.ts';

/**
 * `close`: limits by day end with the day's last working period. `midnight`: at 24:00, which forwards is the default;
 * backwards the default is strict, N × 24 hours (domain-rules §12.3 rule 4).
 */
export type Cutoff = 'close' | 'midnight';

export type DueQuestion = {
  readonly start: Instant;
  readonly limit: Limit;
  readonly pauses?: readonly Pause[];
  readonly cutoff?: Cutoff | undefined;
};

export type Remaining =
  | { readonly unit: 'milliseconds'; readonly value: number }
  | { readonly unit: 'days'; readonly value: number };

export type Due =
  | {
      readonly state: 'due';
      readonly at: Instant;
      readonly ledger: readonly LedgerEntry[];
      /** The days that counted, for limits by day; empty otherwise. */
      readonly days: readonly DaySpan[];
    }
  | { readonly state: 'paused'; readonly remaining: Remaining; readonly ledger: readonly LedgerEntry[] };

type DaySpan = { readonly from: Instant; readonly to: Instant };

/** A calendar without a working day for so long is a mistake (design §5). */
const TEN_YEARS_OF_DAYS = 3653;

/**
 * When a limit ends, and which time counted (domain-rules §12.3; the conventions are in
 * docs/decisions/clock-conventions.md). Refusals: `clock.no-working-time`, `clock.out-of-range`,
 * `clock.bad-pause` (ends before it begins), `clock.open-pause-backwards`.
 */
export function due(calendar: Calendar, { start, limit, pauses = [], cutoff }: DueQuestion): Due | Refusal {
  if (pauses.some(({ from, to }) => to !== null && to < from)) return refuse('clock.bad-pause');
  const united = unitePauses(pauses);
  if (limit.back && united.some((pause) => pause.to === null)) return refuse('clock.open-pause-backwards');
  if (calendar.neverWorks && (limit.unit === 'wd' || limit.unit === 'bh'))
    return refuse('clock.no-working-time');
  const { value, unit, back } = limit;
  if (isByDay(unit) && !back)
    return daysForwards(calendar, { start, count: value, every: unit === 'cd', pauses: united, cutoff });
  if (isByDay(unit) && cutoff !== undefined)
    return daysBackwards(calendar, { start, count: value, every: unit === 'cd', pauses: united, cutoff });
  return asDue(
    walk(sourceOf(calendar, unit), {
      from: start,
      span: limitSpan(limit),
      direction: back ? -1 : 1,
      pauses: united,
    }),
  );
}

/** The time in which a limit is counted where it is counted exactly. */
function sourceOf(calendar: Calendar, unit: Limit['unit']): TimeSource {
  if (unit === 'bh') return businessTime(calendar);
  return unit === 'wd' ? wholeWorkingDays(calendar) : naturalTime;
}

function asDue(found: Walk | Refusal): Due | Refusal {
  if (isRefusal(found)) return found;
  if (found.state === 'arrived') return { state: 'due', at: found.at, ledger: found.ledger, days: [] };
  return {
    state: 'paused',
    remaining: { unit: 'milliseconds', value: found.left },
    ledger: found.ledger,
  };
}

type DayQuestion = {
  readonly start: Instant;
  readonly count: number;
  /** Every calendar day counts, not only working days. */
  readonly every: boolean;
  readonly pauses: readonly Pause[];
  readonly cutoff: Cutoff | undefined;
};

/**
 * The day of the start does not count (民法典 §201); of a limit of 0 days it is the last one, or the next working day.
 * A day counts unless one pause covers the whole of it (domain-rules §12.3 rule 5).
 */
function daysForwards(calendar: Calendar, question: DayQuestion): Due | Refusal {
  const { start, count, every, pauses, cutoff } = question;
  const ledger: LedgerEntry[] = [];
  const days: DaySpan[] = [];
  let day = calendar.zone.dayOf(start);
  let plan = calendar.plan(day);
  if (count === 0) return endOfFirstDay(calendar, question, day);

  pushEntry(ledger, { from: start, to: plan.end, counted: false, why: 'start-day' }, 1);
  const open = pauses.find((pause) => pause.to === null);

  for (let lastCounted = day; days.length < count; ) {
    day += 1;
    if (day - lastCounted > TEN_YEARS_OF_DAYS) return refuse('clock.no-working-time');
    plan = calendar.plan(day);
    if (!isCountable(plan.end)) return refuse('clock.out-of-range');
    if (open !== undefined && open.from <= plan.start) break;
    const entry = entryOf(plan, every, pauses);
    pushEntry(ledger, entry, 1);
    if (!entry.counted) continue;
    days.push({ from: plan.start, to: plan.end });
    lastCounted = day;
  }

  const at = endOf(plan, cutoff);
  const spans = days.length < count ? days : endLastAt(days, at);
  if (open !== undefined) {
    const over = spans.filter(({ to }) => to <= open.from).length;
    // A limit that was over before the pause began stays over.
    if (over < count) return pausedAt(start, open.from, count - over, ledger);
  }
  return { state: 'due', at, ledger: cutAt(ledger, at), days: spans };
}

function pausedAt(start: Instant, from: Instant, left: number, ledger: readonly LedgerEntry[]): Due {
  return {
    state: 'paused',
    remaining: { unit: 'days', value: left },
    ledger: cutAt(ledger, Math.max(start, from)),
  };
}

function endOfFirstDay(calendar: Calendar, question: DayQuestion, first: DayNumber): Due | Refusal {
  const { start, every, pauses, cutoff } = question;
  const ledger: LedgerEntry[] = [];
  for (let day = first; day - first <= TEN_YEARS_OF_DAYS; day += 1) {
    const plan = calendar.plan(day);
    const entry = every ? plan.calendarDay : plan.wholeDay;
    const candidate = entry.counted;
    const at = candidate ? endOf(plan, cutoff) : plan.end;
    const why = candidate && day === first ? 'start-day' : entry.why;
    const from = Math.max(start, plan.start);
    if (candidate && at > start) {
      pushEntry(ledger, { ...entry, from, to: at, counted: false, why }, 1);
      const open = pauses.find((pause) => pause.to === null);
      if (open !== undefined && open.from < at) return pausedAt(start, open.from, 0, ledger);
      return { state: 'due', at, ledger, days: [] };
    }
    // After closing time the day is over for a limit that ends at the close: the next working day is the last.
    const over = candidate ? 'outside-hours' : entry.why;
    pushEntry(ledger, { ...entry, from, to: plan.end, counted: false, why: over }, 1);
  }
  return refuse('clock.no-working-time');
}

/** The N-th (working) day before the day of the start, at its end: the lenient reading of a lead time. */
function daysBackwards(calendar: Calendar, question: DayQuestion): Due | Refusal {
  const { start, count, every, pauses, cutoff } = question;
  const ledger: LedgerEntry[] = [];
  const days: DaySpan[] = [];
  const first = calendar.zone.dayOf(start);
  let day = first;
  let plan = calendar.plan(day);
  pushEntry(ledger, { from: plan.start, to: start, counted: false, why: 'start-day' }, -1);
  for (let lastCounted = first; days.length < count; ) {
    day -= 1;
    if (lastCounted - day > TEN_YEARS_OF_DAYS) return refuse('clock.no-working-time');
    plan = calendar.plan(day);
    if (!isCountable(plan.start)) return refuse('clock.out-of-range');
    const entry = entryOf(plan, every, pauses);
    pushEntry(ledger, entry, -1);
    if (!entry.counted) continue;
    days.push({ from: plan.start, to: plan.end });
    lastCounted = day;
  }
  const at = count === 0 ? start : endOf(plan, cutoff);
  return { state: 'due', at, ledger: cutBefore(ledger.toReversed(), at), days };
}

/** A calendar day without working hours closes at 24:00. */
function endOf(plan: DayPlan, cutoff: Cutoff | undefined): Instant {
  return cutoff === 'close' ? (plan.close ?? plan.end) : plan.end;
}

function covers({ from, to }: Pause, plan: DayPlan): boolean {
  return from <= plan.start && (to ?? Infinity) >= plan.end;
}

function entryOf(plan: DayPlan, every: boolean, pauses: readonly Pause[]): LedgerEntry {
  const entry = every ? plan.calendarDay : plan.wholeDay;
  const paused = entry.counted && pauses.some((pause) => covers(pause, plan));
  return paused ? { from: plan.start, to: plan.end, counted: false, why: 'paused' } : entry;
}

function cutAt(ledger: readonly LedgerEntry[], at: Instant): readonly LedgerEntry[] {
  if ((ledger.at(-1)?.to ?? at) <= at) return ledger;
  return ledger.flatMap((entry) => (entry.from >= at ? [] : [entry.to > at ? { ...entry, to: at } : entry]));
}

function cutBefore(ledger: readonly LedgerEntry[], at: Instant): readonly LedgerEntry[] {
  return ledger.flatMap((entry) =>
    entry.to <= at ? [] : [entry.from < at ? { ...entry, from: at } : entry],
  );
}

function endLastAt(days: readonly DaySpan[], at: Instant): readonly DaySpan[] {
  return days.map((day, index) => (index === days.length - 1 ? { ...day, to: at } : day));
}
