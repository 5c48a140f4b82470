import { DAY, type Instant, SECOND } from '#kernel/instant.ts';
import { isRefusal, refuse, type Refusal } from '#kernel/result.ts';
import type { CalendarBook } from './calendar-book.ts';
import type { Calendar, LedgerEntry } from './calendar.ts';
import { type Cutoff, due } from './due.ts';
import { parseLimit } from './limit.ts';
import { type DayNumber, formatDate, parseDate } from './local-date.ts';
import {
  addWorkingDays,
  addWorkingSeconds,
  isWorkingDay,
  isWorkingTime,
  nextWorkingTime,
  workingSecondsBetween,
} from './operations.ts';
import type { Pause } from './walk.ts';
import { warningsFor, type YearWarning } from './working-days.ts';
import { formatInstant, parseInstant, type Zone } from './zone.ts';

/** What one question to `dafuwu clock` is answered with (design §5, docs/engines.md). */
export type ClockAnswer = {
  readonly result: string | number | boolean | null;
  readonly paused?: true;
  readonly remaining?: number;
  readonly remaining_unit?: 'seconds' | 'days';
  readonly ledger?: Ledger;
  readonly warnings?: readonly YearWarning[];
};

/** Instants are printed in UTC for whoever asked in UTC, else as wall time of the zone. */
type Ledger = {
  readonly entries: readonly LedgerEntry[];
  readonly zone: Zone;
  readonly utc: boolean;
};

const OPS: ReadonlyMap<unknown, (question: Question) => ClockAnswer | Refusal> = new Map([
  ['due', answerDue],
  ['add_working_seconds', answerAddSeconds],
  ['working_seconds_between', answerBetween],
  ['is_working_time', answerIsWorkingTime],
  ['next_working_time', answerNextWorkingTime],
  ['is_working_day', answerIsWorkingDay],
  ['add_working_days', answerAddDays],
]);

/** Longer sums are slips of the pen, and their ledgers would fill a disk. */
const LONGEST_SUM = 36_525 * DAY;
const MOST_PAUSES = 10_000;

type Question = { readonly calendar: Calendar; readonly input: Readonly<Record<string, unknown>> };

/**
 * Answers one question `{op, calendar, input}`. Refusals: `clock.bad-request`, `clock.unknown-op`,
 * `clock.bad-input` (`member` says which), and those of the calendar and the sums.
 */
export function answerQuestion(request: unknown, book: CalendarBook): ClockAnswer | Refusal {
  if (!isRecord(request)) return refuse('clock.bad-request');
  const { op, calendar: named, input } = request;
  const answer = OPS.get(op);
  if (answer === undefined) return refuse('clock.unknown-op', { op: String(op).slice(0, 80) });
  if (named === undefined) return refuse('clock.bad-calendar', { at: 'calendar', fault: 'missing' });
  const calendar = book.calendar(named);
  if (isRefusal(calendar)) return calendar;
  if (!isRecord(input)) return refuse('clock.bad-input', { member: 'input' });
  return answer({ calendar, input });
}

function answerDue({ calendar, input }: Question): ClockAnswer | Refusal {
  const start = instantOf(input, 'start');
  if (isRefusal(start)) return start;
  const limit = typeof input['limit'] === 'string' ? parseLimit(input['limit']) : undefined;
  if (limit === undefined) return refuse('clock.bad-input', { member: 'limit' });
  const pauses = pausesOf(input['pauses']);
  if (isRefusal(pauses)) return pauses;
  const cutoff = cutoffOf(input['cutoff']);
  if (cutoff !== null && isRefusal(cutoff)) return cutoff;
  const found = due(calendar, { start, limit, pauses, cutoff: cutoff ?? undefined });
  if (isRefusal(found)) return found;

  const print = printer(calendar, input['start']);
  const far = found.ledger.at(limit.back ? 0 : -1);
  const warnings =
    limit.unit === 'min' || limit.unit === 'h' || limit.unit === 'cd' ? {} : warned(calendar, start, far);
  if (found.state === 'due')
    return { result: print.instant(found.at), ledger: print.ledger(found.ledger), ...warnings };
  const { unit, value } = found.remaining;
  return {
    result: null,
    paused: true,
    remaining: unit === 'days' ? value : value / SECOND,
    remaining_unit: unit === 'days' ? 'days' : 'seconds',
    ledger: print.ledger(found.ledger),
    ...warnings,
  };
}

function answerAddSeconds({ calendar, input }: Question): ClockAnswer | Refusal {
  const from = instantOf(input, 'from');
  if (isRefusal(from)) return from;
  const seconds = input['seconds'];
  if (typeof seconds !== 'number' || Math.abs(seconds) * SECOND > LONGEST_SUM)
    return refuse('clock.bad-input', { member: 'seconds' });
  const found = addWorkingSeconds(calendar, from, seconds);
  if (isRefusal(found)) return found;
  const print = printer(calendar, input['from']);
  return {
    result: print.instant(found.result),
    ledger: print.ledger(found.ledger),
    ...warned(calendar, from, found.ledger.at(seconds < 0 ? 0 : -1)),
  };
}

function answerBetween({ calendar, input }: Question): ClockAnswer | Refusal {
  const from = instantOf(input, 'from');
  if (isRefusal(from)) return from;
  const to = instantOf(input, 'to');
  if (isRefusal(to)) return to;
  if (Math.abs(to - from) > LONGEST_SUM) return refuse('clock.bad-input', { member: 'to' });
  const found = workingSecondsBetween(calendar, from, to);
  const print = printer(calendar, input['from']);
  return {
    result: found.result,
    ledger: print.ledger(found.ledger),
    ...warned(calendar, from, found.ledger.at(to < from ? 0 : -1)),
  };
}

function answerIsWorkingTime({ calendar, input }: Question): ClockAnswer | Refusal {
  const at = instantOf(input, 'at');
  if (isRefusal(at)) return at;
  return { result: isWorkingTime(calendar, at), ...warned(calendar, at, undefined) };
}

function answerNextWorkingTime({ calendar, input }: Question): ClockAnswer | Refusal {
  const at = instantOf(input, 'at');
  if (isRefusal(at)) return at;
  const found = nextWorkingTime(calendar, at);
  if (isRefusal(found)) return found;
  const print = printer(calendar, input['at']);
  return {
    result: print.instant(found.result),
    ledger: print.ledger(found.ledger),
    ...warned(calendar, at, found.ledger.at(-1)),
  };
}

function answerIsWorkingDay({ calendar, input }: Question): ClockAnswer | Refusal {
  const day = dayOf(input, 'date');
  if (isRefusal(day)) return day;
  return { result: isWorkingDay(calendar, day), ...warnedOfDays(calendar, day, day) };
}

function answerAddDays({ calendar, input }: Question): ClockAnswer | Refusal {
  const day = dayOf(input, 'date');
  if (isRefusal(day)) return day;
  const count = input['working_days'];
  if (typeof count !== 'number' || !Number.isInteger(count) || Math.abs(count) > 36_525)
    return refuse('clock.bad-input', { member: 'working_days' });
  const found = addWorkingDays(calendar, day, count);
  if (isRefusal(found)) return found;
  const print = printer(calendar, undefined);
  return {
    result: formatDate(found.result),
    ledger: print.ledger(found.ledger),
    ...warnedOfDays(calendar, day, found.result),
  };
}

function instantOf(input: Question['input'], member: string): Instant | Refusal {
  const text = input[member];
  const at = typeof text === 'string' ? parseInstant(text) : undefined;
  return at ?? refuse('clock.bad-input', { member });
}

function dayOf(input: Question['input'], member: string): DayNumber | Refusal {
  const text = input[member];
  const day = typeof text === 'string' ? parseDate(text) : undefined;
  return day ?? refuse('clock.bad-input', { member });
}

function cutoffOf(value: unknown): Cutoff | null | Refusal {
  if (value === undefined || value === null) return null;
  return value === 'close' || value === 'midnight' ? value : refuse('clock.bad-input', { member: 'cutoff' });
}

function pausesOf(value: unknown): readonly Pause[] | Refusal {
  if (value === undefined) return [];
  if (!Array.isArray(value) || value.length > MOST_PAUSES)
    return refuse('clock.bad-input', { member: 'pauses' });
  const pauses: Pause[] = [];
  for (const one of value as unknown[]) {
    if (!isRecord(one)) return refuse('clock.bad-input', { member: 'pauses' });
    const from = instantOf(one, 'from');
    const to = one['to'] === null ? null : instantOf(one, 'to');
    if (isRefusal(from) || (to !== null && isRefusal(to)))
      return refuse('clock.bad-input', { member: 'pauses' });
    pauses.push({ from, to });
  }
  return pauses;
}

type Printer = {
  readonly instant: (at: Instant) => string;
  readonly ledger: (entries: readonly LedgerEntry[]) => Ledger;
};

function printer({ zone }: Calendar, asked: unknown): Printer {
  const utc = typeof asked === 'string' && /[Zz]$/.test(asked);
  return {
    instant: (at) => formatInstant(at, zone, utc),
    ledger: (entries) => ({ entries, zone, utc }),
  };
}

/** The answer as one line of JSON, without its end. */
export function printAnswer(id: string | number | null, { ledger, ...rest }: ClockAnswer): string {
  if (ledger === undefined) return JSON.stringify({ id, ...rest });
  const { entries, zone, utc } = ledger;
  const lines = entries.map(({ from, to, counted, why, name }) => ({
    from: formatInstant(from, zone, utc),
    to: formatInstant(to, zone, utc),
    counted,
    why,
    name,
  }));
  return JSON.stringify({ id, ...rest, ledger: lines });
}

function warned(
  calendar: Calendar,
  at: Instant,
  far: LedgerEntry | undefined,
): Pick<ClockAnswer, 'warnings'> {
  if (calendar.workingDays === null) return {};
  const days = [calendar.zone.dayOf(at)];
  if (far !== undefined) days.push(calendar.zone.dayOf(far.from), calendar.zone.dayOf(far.to - 1));
  return warnedOfDays(calendar, Math.min(...days), Math.max(...days));
}

function warnedOfDays(calendar: Calendar, from: DayNumber, to: DayNumber): Pick<ClockAnswer, 'warnings'> {
  if (calendar.workingDays === null) return {};
  const warnings = warningsFor(calendar.workingDays, from, to);
  return warnings.length === 0 ? {} : { warnings };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
