/** Minutes at which an outage may have begun, oldest first; older ones are merged, as their exact minute no longer matters. */
export type MinuteGrid = {
  readonly minutes: Int32Array;
  /** How many minutes each stands for. */
  readonly spans: Int32Array;
};

/** Every minute of the last half hour, then blocks that grow with their age: a storm of days stays a few hundred columns. */
const FINE = 30;
const BLOCKS_PER_AGE = 45;

/** An outage may have begun so many minutes before its first report, in steps that grow. */
const LEAD_IN = [6, 3, 1];

/** `busy(minute)`: how many reports came in it. A block stands at its busiest minute, as outages begin with reports. */
export function minuteGrid(first: number, now: number, busy: (minute: number) => number): MinuteGrid {
  const minutes: number[] = [];
  const spans: number[] = [];
  for (let last = now; last >= first; ) {
    const age = now - last;
    const span = age < FINE ? 1 : Math.min(Math.max(2, Math.floor(age / BLOCKS_PER_AGE)), last - first + 1);
    minutes.push(span === 1 ? last : busiest(last - span + 1, last, busy));
    spans.push(span);
    last -= span;
  }
  let last = first;
  for (const span of LEAD_IN.toReversed()) {
    last -= span;
    minutes.push(last + Math.floor(span / 2));
    spans.push(span);
  }
  return { minutes: Int32Array.from(minutes.toReversed()), spans: Int32Array.from(spans.toReversed()) };
}

function busiest(from: number, to: number, busy: (minute: number) => number): number {
  let best = to;
  // A gap of years would take for ever minute by minute; nobody reported in it.
  const begin = Math.max(from, to - 1440);
  for (let minute = to; minute >= begin; minute -= 1) if (busy(minute) > busy(best)) best = minute;
  return best;
}
