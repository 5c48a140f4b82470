import { DAY, type Instant } from '#kernel/instant.ts';
import { refuse, type Refusal } from '#kernel/result.ts';
import { type Calendar, type LedgerEntry, type Segment, unite } from './calendar.ts';
import { isCountable } from './zone.ts';

/** Time cut into stretches that count and stretches that do not. */
export type TimeSource = {
  /** The stretch that lies ahead of `at` in the direction of the walk: 1 later, -1 earlier. */
  segment(at: Instant, direction: Direction): Segment;
};

export type Direction = 1 | -1;

/** `to: null`: still open. */
export type Pause = { readonly from: Instant; readonly to: Instant | null };

export type Walk =
  | { readonly state: 'arrived'; readonly at: Instant; readonly ledger: readonly LedgerEntry[] }
  /** An open pause stands in the way; `left` in counted milliseconds. */
  | { readonly state: 'paused'; readonly left: number; readonly ledger: readonly LedgerEntry[] };

/** A calendar without working time for so long is a mistake (design §5). */
const TEN_YEARS = 3653 * DAY;

const ALWAYS: Segment = { from: -Infinity, to: Infinity, counted: true, why: 'natural-time' };

/** Every moment counts: minutes and hours of services around the clock. */
export const naturalTime: TimeSource = { segment: () => ALWAYS };

/** The working periods of a calendar. */
export function businessTime(calendar: Calendar): TimeSource {
  const { zone } = calendar;
  return {
    segment(at, direction) {
      const { segments } = calendar.plan(zone.dayOf(direction === 1 ? at : at - 1));
      const found =
        direction === 1 ? segments.find((one) => one.to > at) : segments.findLast((one) => one.from < at);
      if (found === undefined) throw new Error(`a day of ${zone.name} does not cover ${at}`);
      return found;
    },
  };
}

/** Working days as whole days of 24 hours. */
export function wholeWorkingDays(calendar: Calendar): TimeSource {
  const { zone } = calendar;
  return {
    segment(at, direction) {
      return calendar.plan(zone.dayOf(direction === 1 ? at : at - 1)).wholeDay;
    },
  };
}

/**
 * Walks from `from` until `span` counted milliseconds are behind it. Forwards it arrives at the earliest such instant
 * (the closing time, never the next opening), backwards at the latest (the opening). Pauses must be united.
 * Refusals: `clock.no-working-time` after ten years without any, `clock.out-of-range` beyond 1900…2199.
 */
export function walk(
  source: TimeSource,
  {
    from,
    span,
    direction,
    pauses,
  }: {
    readonly from: Instant;
    readonly span: number;
    readonly direction: Direction;
    readonly pauses: readonly Pause[];
  },
): Walk | Refusal {
  const entries: LedgerEntry[] = [];
  const stops = direction === 1 ? pauses : pauses.toReversed();
  let [at, left, lastCounted, next] = [from, span, from, 0];
  while (left > 0) {
    if (!isCountable(at)) return refuse('clock.out-of-range');
    if (Math.abs(at - lastCounted) > TEN_YEARS) return refuse('clock.no-working-time');
    const segment = source.segment(at, direction);
    next = skipPassed(stops, next, at, direction);
    const stop = stops[next];
    const inPause = stop !== undefined && isInside(stop, at, direction);
    if (inPause && stop.to === null) return { state: 'paused', left, ledger: inOrder(entries, direction) };
    const edge = nearest(segment, stop, inPause, direction);
    const counted = segment.counted && !inPause;
    const far = counted && Math.abs(edge - at) >= left ? at + direction * left : edge;
    pushEntry(entries, stretch(segment, at, far, inPause, direction), direction);
    if (counted) {
      left -= Math.abs(far - at);
      lastCounted = far;
    }
    at = far;
  }
  return { state: 'arrived', at, ledger: inOrder(entries, direction) };
}

/** The stretches of `[from, to)` one by one, and the counted milliseconds in them. */
export function measure(
  source: TimeSource,
  from: Instant,
  to: Instant,
): { readonly counted: number; readonly ledger: readonly LedgerEntry[] } {
  const ledger: LedgerEntry[] = [];
  let counted = 0;
  for (let at = from; at < to; ) {
    const segment = source.segment(at, 1);
    const end = Math.min(segment.to, to);
    if (segment.counted) counted += end - at;
    pushEntry(
      ledger,
      segment.from === at && segment.to === end ? segment : { ...segment, from: at, to: end },
      1,
    );
    at = end;
  }
  return { counted, ledger };
}

/** Overlapping and touching pauses become one; an open one swallows everything after it. */
export function unitePauses(pauses: readonly Pause[]): readonly Pause[] {
  if (pauses.length === 0) return pauses;
  const closed = pauses.map(({ from, to }) => ({ from, to: to ?? Infinity }));
  return unite(closed).map(({ from, to }) => ({ from, to: to === Infinity ? null : to }));
}

/** Appends a stretch; neighbours that did not count for the same reason become one line. */
export function pushEntry(entries: LedgerEntry[], entry: LedgerEntry, direction: Direction): void {
  if (entry.to <= entry.from) return;
  const last = entries.at(-1);
  const same =
    last !== undefined &&
    !last.counted &&
    !entry.counted &&
    last.why === entry.why &&
    last.name === entry.name;
  if (!same) entries.push(entry);
  else
    entries[entries.length - 1] = direction === 1 ? { ...last, to: entry.to } : { ...last, from: entry.from };
}

function inOrder(entries: readonly LedgerEntry[], direction: Direction): readonly LedgerEntry[] {
  return direction === 1 ? entries : entries.toReversed();
}

function skipPassed(stops: readonly Pause[], next: number, at: Instant, direction: Direction): number {
  let index = next;
  for (let stop = stops[index]; stop !== undefined; stop = stops[++index]) {
    if (direction === 1 ? (stop.to ?? Infinity) > at : stop.from < at) break;
  }
  return index;
}

function isInside({ from, to }: Pause, at: Instant, direction: Direction): boolean {
  return direction === 1 ? from <= at : (to ?? Infinity) >= at;
}

/** Where the stretch ahead ends: at the segment's edge, or where a pause begins or ends. */
function nearest(segment: Segment, stop: Pause | undefined, inPause: boolean, direction: Direction): Instant {
  if (direction === 1) {
    const edge = inPause ? stop?.to : stop?.from;
    return Math.min(segment.to, edge ?? Infinity);
  }
  const edge = inPause ? stop?.from : stop?.to;
  return Math.max(segment.from, edge ?? -Infinity);
}

function stretch(
  segment: Segment,
  at: Instant,
  far: Instant,
  inPause: boolean,
  direction: Direction,
): LedgerEntry {
  const { counted, why, name } = segment;
  const from = direction === 1 ? at : far;
  const to = direction === 1 ? far : at;
  // Time that would not have counted anyway keeps its own reason: a pause takes nothing from it.
  if (counted && inPause) return { from, to, counted: false, why: 'paused' };
  if (from === segment.from && to === segment.to) return segment;
  return name === undefined ? { from, to, counted, why } : { from, to, counted, why, name };
}
