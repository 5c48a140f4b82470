import { DAY, HOUR, type Instant, MINUTE, SECOND } from '#kernel/instant.ts';
import { dayNumber, type DayNumber, formatDate, FIRST_DAY, LAST_DAY, yearOf } from './local-date.ts';

/** A time zone: wall time of an instant and back, with its transitions kept by year. */
export type Zone = {
  readonly name: string;
  /** Milliseconds by which the wall clock is ahead of UTC. */
  offsetAt(at: Instant): number;
  dayOf(at: Instant): DayNumber;
  /**
   * The instant at which the wall clock first shows this time of the day. A time that a spring change skips is the
   * moment of the change, so that later wall times never come earlier.
   */
  instantOf(day: DayNumber, millisecondOfDay: number): Instant;
};

const EARLIEST: Instant = FIRST_DAY * DAY;
const LATEST: Instant = (LAST_DAY + 1) * DAY;
const known = new Map<string, Zone>();

/** The zone of an IANA name, or undefined when there is none. */
export function zoneOf(name: string): Zone | undefined {
  const cached = known.get(name);
  if (cached !== undefined) return cached;
  const zone = makeZone(name);
  if (zone !== undefined) known.set(name, zone);
  return zone;
}

/** Whether the engine counts at this instant at all: 1900 … 2199. */
export function isCountable(at: Instant): boolean {
  return at >= EARLIEST && at < LATEST;
}

/** `2026-09-20T00:00:00+08:00`; fractions of a second only where there are some. `utc` prints `…Z`. */
export function formatInstant(at: Instant, zone: Zone, utc: boolean): string {
  const offset = utc ? 0 : zone.offsetAt(at);
  const wall = at + offset;
  const day = Math.floor(wall / DAY);
  return `${dateText(day)}T${timeText(wall - day * DAY)}${utc || zone.name === 'UTC' ? 'Z' : offsetText(offset)}`;
}

/**
 * An instant as RFC 3339 writes it. A fraction finer than a millisecond is cut. Undefined for a wrong form, an
 * impossible date or time, a missing offset, and outside 1900…2199.
 */
export function parseInstant(text: string): Instant | undefined {
  const found =
    /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?([Zz]|[+-]\d\d:?\d\d)$/.exec(text);
  if (found === null) return undefined;
  const [year, month, date] = [Number(found[1]), Number(found[2]), Number(found[3])];
  const [hour, minute, second] = [Number(found[4]), Number(found[5]), Number(found[6] ?? 0)];
  const day = dayNumber(year, month, date);
  if (formatDate(day) !== found[0].slice(0, 10) || minute > 59 || second > 59) return undefined;
  if (hour > 23 && !(hour === 24 && minute === 0 && second === 0)) return undefined;
  const offset = parseOffset(found[8] ?? 'Z');
  if (offset === undefined) return undefined;
  const fraction = Number((found[7] ?? '').slice(0, 3).padEnd(3, '0'));
  const at = day * DAY + hour * HOUR + minute * MINUTE + second * SECOND + fraction - offset;
  return isCountable(at) ? at : undefined;
}

function makeZone(name: string): Zone | undefined {
  if (name === 'UTC' || name === 'Etc/UTC') return fixedZone();
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      calendar: 'gregory',
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
  const years = new Map<number, readonly Span[]>();

  // Neighbouring questions are about the same season.
  let last: Span = { from: 0, until: 0, offset: 0 };

  function offsetAt(at: Instant): number {
    if (at >= last.from && at < last.until) return last.offset;
    const year = yearOf(Math.floor(at / DAY));
    let spans = years.get(year);
    if (spans === undefined) years.set(year, (spans = spansOf(format, year)));
    const found = spans.find((span) => at < span.until);
    if (found === undefined) throw new Error(`no offset of ${name} at ${at}`);
    last = found;
    return found.offset;
  }

  return {
    name,
    offsetAt,
    dayOf: (at) => Math.floor((at + offsetAt(at)) / DAY),
    instantOf(day, millisecondOfDay) {
      const wall = day * DAY + millisecondOfDay;
      const before = offsetAt(wall - DAY);
      if (offsetAt(wall - before) === before) return wall - before;
      const after = offsetAt(wall + DAY);
      if (offsetAt(wall - after) === after) return wall - after;
      return changeBetween(offsetAt, wall - DAY, wall + DAY);
    },
  };
}

function fixedZone(): Zone {
  return {
    name: 'UTC',
    offsetAt: () => 0,
    dayOf: (at) => Math.floor(at / DAY),
    instantOf: (day, millisecondOfDay) => day * DAY + millisecondOfDay,
  };
}

type Span = { readonly from: Instant; readonly until: Instant; readonly offset: number };

/** Offsets of one UTC year. Sampled daily: no zone has changed twice within a day. */
function spansOf(format: Intl.DateTimeFormat, year: number): readonly Span[] {
  const read = (at: Instant) => readOffset(format, at);
  const [first, end] = [dayNumber(year, 1, 1) * DAY, dayNumber(year + 1, 1, 1) * DAY];
  const spans: Span[] = [];
  let offset = read(first);
  let from = first;
  for (let at = first; at < end; at += DAY) {
    const next = read(at + DAY);
    if (next === offset) continue;
    const change = changeBetween(read, at, at + DAY);
    spans.push({ from, until: change, offset });
    from = change;
    offset = next;
  }
  spans.push({ from, until: end, offset });
  return spans;
}

/** The first instant after `low` with another offset, to the second; `high` has another one. */
function changeBetween(read: (at: Instant) => number, low: Instant, high: Instant): Instant {
  const offset = read(low);
  let [same, other] = [low / SECOND, high / SECOND];
  while (other - same > 1) {
    const middle = Math.floor((same + other) / 2);
    if (read(middle * SECOND) === offset) same = middle;
    else other = middle;
  }
  return Math.ceil(other) * SECOND;
}

function readOffset(format: Intl.DateTimeFormat, at: Instant): number {
  const part: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(at)) part[type] = Number(value);
  const day = dayNumber(part['year'] ?? 0, part['month'] ?? 0, part['day'] ?? 0);
  const time = (part['hour'] ?? 0) * HOUR + (part['minute'] ?? 0) * MINUTE + (part['second'] ?? 0) * SECOND;
  return day * DAY + time - Math.floor(at / SECOND) * SECOND;
}

function parseOffset(text: string): number | undefined {
  if (text === 'Z' || text === 'z') return 0;
  const [hours, minutes] = [Number(text.slice(1, 3)), Number(text.slice(-2))];
  if (hours > 18 || minutes > 59) return undefined;
  return (text.startsWith('-') ? -1 : 1) * (hours * HOUR + minutes * MINUTE);
}

// A ledger of 20 lines holds 40 instants, a batch a million of them: texts of days and minutes are kept.
const dateTexts = new Map<DayNumber, string>();
const minuteTexts: string[] = [];

function dateText(day: DayNumber): string {
  let text = dateTexts.get(day);
  if (text === undefined) dateTexts.set(day, (text = formatDate(day)));
  return text;
}

function timeText(millisecond: number): string {
  const minute = Math.floor(millisecond / MINUTE);
  const text = (minuteTexts[minute] ??= `${two(Math.floor(minute / 60))}:${two(minute % 60)}:`);
  const rest = millisecond - minute * MINUTE;
  const second = Math.floor(rest / SECOND);
  const fraction = rest - second * SECOND;
  return fraction === 0 ? text + two(second) : `${text}${two(second)}.${String(fraction).padStart(3, '0')}`;
}

function offsetText(offset: number): string {
  const minutes = Math.round(Math.abs(offset) / MINUTE);
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
