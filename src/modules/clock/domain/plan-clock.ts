import { HOUR, type Instant } from '#kernel/instant.ts';
import { isRefusal } from '#kernel/result.ts';
import type { CalendarBook } from './calendar-book.ts';
import type { Calendar, LedgerEntry } from './calendar.ts';
import { due, type Remaining } from './due.ts';
import { isByDay, type Limit, limitFrom, limitSpan } from './limit.ts';
import type { Pause } from './walk.ts';
import { warningsFor } from './working-days.ts';

/** When a clock says something (R108 and domain-rules §13.0), from the handbook. */
export type WarningPolicy = {
  /** Shares of the counted time; 100 is the breach. */
  readonly percents: readonly number[];
  /** Limits by day say nothing between these hours of the day. */
  readonly quiet: { readonly from: number; readonly to: number };
  /** Limits shorter than so many milliseconds are shown on the screen and told to nobody. */
  readonly tellFrom: number;
};

/** `tellAt`: when people may be told; null: on the screen only. */
export type ClockMoment = { readonly percent: number; readonly at: Instant; readonly tellAt: Instant | null };

export type ClockPlan = {
  readonly state: 'running' | 'paused';
  /** While paused: the earliest it could be. */
  readonly dueAt: Instant;
  readonly schedule: readonly ClockMoment[];
  readonly ledger: readonly LedgerEntry[];
  /** What is left when the pause ends; null while running. */
  readonly remaining: Remaining | null;
  /** Years without a published notice that the answer leans on. */
  readonly missingYears: readonly number[];
};

export type ClockFacts = {
  readonly limit: string;
  readonly start: Instant;
  readonly pauses: readonly Pause[];
};

/**
 * Deadline, moments and ledger of a clock on Chinese working days: the one function that decides them, at the start, at a
 * pause, at a correction. Throws for a text that is no limit or a pause that ends before it begins: both are checked
 * before they are stored.
 */
export function planClock(book: CalendarBook, facts: ClockFacts, policy: WarningPolicy): ClockPlan {
  const limit = limitFrom(facts.limit, facts.start);
  if (limit === undefined || limit.back) throw new Error(`not a limit of a clock: ${facts.limit}`);
  const calendar = book.calendar('cn');
  if (isRefusal(calendar)) throw new Error(calendar.refused);
  const { start } = facts;
  const found = due(calendar, { start, limit, pauses: facts.pauses });
  if (isRefusal(found)) throw new Error(`${facts.limit} from ${start}: ${JSON.stringify(found)}`);
  if (found.state === 'due') {
    const schedule = scheduleOf(calendar, limit, { start, dueAt: found.at, ledger: found.ledger }, policy);
    const missingYears = yearsMissing(calendar, limit, start, found.at);
    return {
      state: 'running',
      dueAt: found.at,
      schedule,
      ledger: found.ledger,
      remaining: null,
      missingYears,
    };
  }
  const open = Math.min(...facts.pauses.filter((one) => one.to === null).map((one) => one.from));
  const closed = facts.pauses.filter((one) => one.to !== null);
  const earliest = planClock(book, { ...facts, pauses: closed }, policy);
  return {
    ...earliest,
    state: 'paused',
    schedule: earliest.schedule.filter((moment) => moment.at <= open && moment.percent < 100),
    ledger: found.ledger,
    remaining: found.remaining,
  };
}

function yearsMissing(
  { zone, workingDays }: Calendar,
  limit: Limit,
  start: Instant,
  dueAt: Instant,
): readonly number[] {
  if (workingDays === null || (limit.unit !== 'wd' && limit.unit !== 'bh')) return [];
  return warningsFor(workingDays, zone.dayOf(start), zone.dayOf(dueAt - 1)).map((one) => one.year);
}

type Counted = {
  readonly start: Instant;
  readonly dueAt: Instant;
  readonly ledger: readonly LedgerEntry[];
};

function scheduleOf(
  calendar: Calendar,
  limit: Limit,
  counted: Counted,
  policy: WarningPolicy,
): readonly ClockMoment[] {
  const byDay = isByDay(limit.unit);
  const loud = byDay || limitSpan(limit) >= policy.tellFrom;
  return policy.percents.flatMap((percent) => {
    const at = percent === 100 ? counted.dueAt : momentOf(counted, percent);
    const awake = byDay ? afterQuiet(calendar, policy.quiet, at) : at;
    if (percent === 100) return [{ percent, at, tellAt: loud ? awake : null }];
    // A warning that would have to wait until after the breach is none any more.
    return awake < counted.dueAt ? [{ percent, at: awake, tellAt: loud ? awake : null }] : [];
  });
}

/** The instant at which so many percent of the counted time are used up; of limits of 0 days, of the time itself. */
function momentOf({ start, dueAt, ledger }: Counted, percent: number): Instant {
  const spans = ledger.filter((entry) => entry.counted);
  const total = spans.reduce((sum, { from, to }) => sum + to - from, 0);
  if (total === 0) return start + Math.round(((dueAt - start) * percent) / 100);
  let left = Math.round((total * percent) / 100);
  for (const { from, to } of spans) {
    if (left <= to - from) return from + left;
    left -= to - from;
  }
  return dueAt;
}

function afterQuiet({ zone }: Calendar, quiet: WarningPolicy['quiet'], at: Instant): Instant {
  const day = zone.dayOf(at);
  if (at < zone.instantOf(day, quiet.to * HOUR)) return zone.instantOf(day, quiet.to * HOUR);
  return at < zone.instantOf(day, quiet.from * HOUR) ? at : zone.instantOf(day + 1, quiet.to * HOUR);
}

export type Firing = {
  /** The highest share that has passed, with the lower ones that passed unnoticed. */
  readonly fire: (ClockMoment & { readonly passed: readonly number[] }) | null;
  readonly nextAt: Instant | null;
};

/** What a clock has to say now: shares that passed together collapse into the highest (design rule 3). */
export function decideFiring(schedule: readonly ClockMoment[], fired: number, now: Instant): Firing {
  const open = schedule.filter((moment) => moment.percent > fired);
  const passed = open.filter((moment) => moment.at <= now);
  const fire = passed.reduce<ClockMoment | null>(
    (a, b) => (a !== null && a.percent > b.percent ? a : b),
    null,
  );
  const lower = passed.filter((moment) => moment !== fire).map((moment) => moment.percent);
  return {
    fire: fire === null ? null : { ...fire, passed: lower },
    nextAt: nextMoment(schedule, Math.max(fired, fire?.percent ?? 0)),
  };
}

/** The moment that comes after this share fired. */
export function nextMoment(schedule: readonly ClockMoment[], fired: number): Instant | null {
  const open = schedule.filter((moment) => moment.percent > fired).map((moment) => moment.at);
  return open.length === 0 ? null : Math.min(...open);
}
