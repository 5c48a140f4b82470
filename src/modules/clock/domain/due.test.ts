import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { DAY, HOUR, type Instant } from '#kernel/instant.ts';
import { isRefusal } from '#kernel/result.ts';
import { handbookYears } from '../testing/calendar-years.ts';
import { calendarBook } from './calendar-book.ts';
import type { Calendar, LedgerEntry } from './calendar.ts';
import { type Due, type DueQuestion, due } from './due.ts';
import { limitSpan, parseLimit } from './limit.ts';
import { addWorkingSeconds, workingSecondsBetween } from './operations.ts';
import type { Pause } from './walk.ts';
import { formatInstant, zoneOf } from './zone.ts';

// Long because the examples and the properties below them ask by the same helpers.

const book = calendarBook(handbookYears());
const shanghai = zoneOf('Asia/Shanghai')!;
const at = (text: string) => Date.parse(`${text}+08:00`);
const show = (instant: Instant) => formatInstant(instant, shanghai, false).slice(0, 16);

function calendar(value: unknown): Calendar {
  const found = book.calendar(value);
  assert.ok(!isRefusal(found), JSON.stringify(found));
  return found;
}

function ask(limit: string, start: string, more: Partial<DueQuestion> = {}, on: unknown = 'hall'): Due {
  const found = due(calendar(on), { start: at(start), limit: parseLimit(limit)!, ...more });
  assert.ok(!isRefusal(found), JSON.stringify(found));
  return found;
}

function dueText(...question: Parameters<typeof ask>): string {
  const found = ask(...question);
  return found.state === 'due'
    ? show(found.at)
    : `paused, ${found.remaining.value} ${found.remaining.unit} left`;
}

const pause = (from: string, to: string | null): Pause => ({
  from: at(from),
  to: to === null ? null : at(to),
});

test('the cut-off, lead times and the day of the start (domain-rules §12.3)', () => {
  const cases: [string, string, Partial<DueQuestion>, string][] = [
    ['1wd', '2026-09-18T16:00', { cutoff: 'close' }, '2026-09-20T17:30'],
    ['7cd', '2026-09-28T16:00', { cutoff: 'close' }, '2026-10-06T00:00'],
    ['0cd', '2026-09-28T16:00', {}, '2026-09-29T00:00'],
    ['0wd', '2026-09-26T16:00', {}, '2026-09-29T00:00'],
    ['0wd', '2026-09-28T18:00', { cutoff: 'close' }, '2026-09-29T17:30'],
    // Lead times are strict: N × 24 hours lie between notice and start.
    ['-7cd', '2026-10-20T08:00', {}, '2026-10-13T08:00'],
    ['-24h', '2026-10-20T08:00', {}, '2026-10-19T08:00'],
    ['-30min', '2026-10-20T00:10', {}, '2026-10-19T23:40'],
    ['-7cd', '2026-10-20T08:00', { cutoff: 'midnight' }, '2026-10-14T00:00'],
    ['-5wd', '2026-10-12T08:00', {}, '2026-09-29T08:00'],
    ['-5wd', '2026-10-12T08:00', { cutoff: 'midnight' }, '2026-09-30T00:00'],
    ['-5wd', '2026-10-12T08:00', { cutoff: 'close' }, '2026-09-29T17:30'],
    ['6bh', '2026-09-18T16:00', {}, '2026-09-20T14:30'],
    ['-6bh', '2026-09-20T14:30', {}, '2026-09-18T16:00'],
    ['3.5bh', '2026-09-18T08:30', {}, '2026-09-18T12:00'],
  ];
  for (const [limit, start, more, expected] of cases)
    assert.equal(dueText(limit, start, more), expected, `${limit} ${start} ${JSON.stringify(more)}`);
});

test('pauses: minutes exactly, days only as a whole, an open one stops the clock', () => {
  const cases: [string, string, Pause[], string][] = [
    ['45min', '2026-11-23T08:00', [pause('2026-11-23T08:10', '2026-11-23T08:20')], '2026-11-23T08:55'],
    ['45min', '2026-11-23T08:00', [pause('2026-11-23T08:10', null)], 'paused, 2100000 milliseconds left'],
    // The pause came after the end: it changes nothing.
    ['45min', '2026-11-23T08:00', [pause('2026-11-23T09:00', null)], '2026-11-23T08:45'],
    ['5wd', '2026-11-23T09:00', [pause('2026-11-25T10:00', '2026-11-25T16:00')], '2026-12-01T00:00'],
    ['5wd', '2026-11-23T09:00', [pause('2026-11-25T00:00', '2026-11-26T00:00')], '2026-12-02T00:00'],
    ['5wd', '2026-11-23T09:00', [pause('2026-11-28T00:00', '2026-11-30T00:00')], '2026-12-01T00:00'],
    ['5wd', '2026-11-23T09:00', [pause('2026-11-25T15:00', null)], 'paused, 4 days left'],
    ['6bh', '2026-11-23T11:00', [pause('2026-11-23T11:30', '2026-11-23T14:00')], '2026-11-24T10:30'],
    // 2. Hold time counted once, also from a holiday (frappe PR #2449, ERPNext #52489).
    [
      '5wd',
      '2026-10-01T09:00',
      [pause('2026-10-09T00:00', '2026-10-10T00:00'), pause('2026-10-09T00:00', '2026-10-10T00:00')],
      '2026-10-15T00:00',
    ],
    [
      '60min',
      '2026-11-23T08:00',
      [pause('2026-11-23T08:10', '2026-11-23T08:30'), pause('2026-11-23T08:20', '2026-11-23T08:40')],
      '2026-11-23T09:30',
    ],
  ];
  for (const [limit, start, pauses, expected] of cases)
    assert.equal(dueText(limit, start, { pauses }), expected, `${limit} ${start}`);
});

test('bugs of others: 3 no gap at midnight, 4 two shifts and a report at 12:30, 5 调休', () => {
  const always = { tz: 'Asia/Shanghai', weekly: everyDay([['00:00', '24:00']]) };
  assert.equal(dueText('26bh', '2026-11-23T23:00', {}, always), '2026-11-25T01:00');
  assert.equal(dueText('1bh', '2026-11-23T12:30'), '2026-11-23T14:30');
  assert.equal(dueText('8bh', '2026-11-23T12:30'), '2026-11-24T14:00');
  // Saturday 10 October counts; Monday 5 October, a holiday that was swapped for it, does not.
  assert.equal(dueText('1wd', '2026-10-09T10:00'), '2026-10-11T00:00');
  assert.equal(dueText('1wd', '2026-09-30T10:00'), '2026-10-09T00:00');
});

test('night shifts belong to the day on which they start; breaks and special days cut', () => {
  const night = {
    tz: 'Asia/Shanghai',
    weekly: { fri: [['22:00', '06:00']] },
    special_days: { '2026-12-04': [['20:00', '24:00']] },
    breaks: [['2026-11-27T15:00:00Z', '2026-11-27T16:00:00Z']],
  };
  assert.equal(dueText('6bh', '2026-11-27T12:00', {}, night), '2026-11-28T05:00');
  assert.equal(dueText('9bh', '2026-11-27T12:00', {}, night), '2026-12-04T22:00');
  const whys = ask('9bh', '2026-11-27T12:00', {}, night).ledger.map((line) => line.why);
  assert.deepEqual([...new Set(whys)].toSorted(), [
    'break',
    'outside-hours',
    'rest-day',
    'special-day',
    'working-day',
  ]);
});

test('refusals: a calendar without working time, a pause that ends before it begins', () => {
  const once = { tz: 'UTC', weekly: {}, special_days: { '2026-01-05': [['09:00', '10:00']] } };
  const codes = [
    due(calendar({ tz: 'UTC', weekly: {} }), { start: 0, limit: parseLimit('1wd')! }),
    due(calendar(once), { start: at('2026-01-01T00:00'), limit: parseLimit('2bh')! }),
    due(calendar(once), { start: at('2026-01-01T00:00'), limit: parseLimit('2wd')! }),
    due(calendar('cn'), { start: 0, limit: parseLimit('1h')!, pauses: [{ from: 10, to: 5 }] }),
    due(calendar('cn'), { start: 0, limit: parseLimit('-1h')!, pauses: [{ from: 10, to: null }] }),
    due(calendar('cn'), { start: at('2199-12-30T00:00'), limit: parseLimit('9cd')! }),
  ].map((found) => (isRefusal(found) ? found.refused : 'none'));
  assert.deepEqual(codes, [
    'clock.no-working-time',
    'clock.no-working-time',
    'clock.no-working-time',
    'clock.bad-pause',
    'clock.open-pause-backwards',
    'clock.out-of-range',
  ]);
});

function everyDay(shifts: string[][]) {
  return Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, shifts]));
}

// Properties, on Chinese and on New York's hours (daylight saving), over ten years.

const calendars = fc.constantFrom<unknown>('cn', 'hall', 'office', {
  tz: 'America/New_York',
  weekly: {
    ...everyDay([
      ['08:30', '12:00'],
      ['13:00', '17:00'],
    ]),
    sun: [],
    sat: [['22:00', '03:00']],
  },
  holidays: ['*-12-25'],
});
const starts = fc
  .integer({ min: at('2016-01-01T00:00') / 1000, max: at('2026-06-01T00:00') / 1000 })
  .map((s) => s * 1000);
const limits = fc
  .oneof(
    fc.tuple(fc.integer({ min: 0, max: 3000 }), fc.constant('min')),
    fc.tuple(fc.integer({ min: 0, max: 200 }), fc.constantFrom('h', 'bh')),
    fc.tuple(fc.integer({ min: 0, max: 40 }), fc.constantFrom('cd', 'wd')),
  )
  .map(([n, unit]) => parseLimit(`${n}${unit}`)!);
const pauseLists = (start: Instant) =>
  fc.array(
    fc
      .tuple(fc.integer({ min: -50, max: 900 }), fc.integer({ min: 0, max: 200 }))
      .map(([from, long]) => ({ from: start + from * HOUR, to: start + (from + long) * HOUR })),
    { maxLength: 4 },
  );
const questions = fc.tuple(calendars, starts, limits).chain(([on, start, limit]) =>
  fc.record({
    on: fc.constant(on),
    start: fc.constant(start),
    limit: fc.constant(limit),
    pauses: pauseLists(start),
    cutoff: fc.constantFrom(undefined, 'close' as const),
  }),
);

function answered({ on, ...question }: DueQuestion & { on: unknown }): Extract<Due, { state: 'due' }> {
  const found = due(calendar(on), question);
  assert.ok(!isRefusal(found) && found.state === 'due', JSON.stringify(found));
  return found;
}

function assertPartition(ledger: readonly LedgerEntry[], from: Instant, to: Instant): void {
  let edge = from;
  for (const entry of ledger) {
    assert.equal(entry.from, edge);
    assert.ok(entry.to > entry.from);
    edge = entry.to;
  }
  assert.equal(edge, to);
}

test('the ledger covers the whole time from start to due, and what it counts is the limit', () => {
  fc.assert(
    fc.property(questions, (question) => {
      const { at: end, ledger, days } = answered(question);
      const { start, limit } = question;
      assertPartition(ledger, start, Math.max(end, start));
      if (limit.unit === 'cd' || limit.unit === 'wd') {
        assert.equal(days.length, limit.value);
        assert.equal(ledger.filter((entry) => entry.counted).length, limit.value);
      } else {
        const counted = ledger.reduce((sum, one) => sum + (one.counted ? one.to - one.from : 0), 0);
        assert.equal(counted, limitSpan(limit));
      }
    }),
    { numRuns: 600 },
  );
});

test('another pause never makes a limit end earlier, and no counted minute lies in a pause', () => {
  fc.assert(
    fc.property(
      questions.chain((question) => fc.tuple(fc.constant(question), pauseLists(question.start))),
      ([question, more]) => {
        const pauses = [...question.pauses, ...more];
        const longer = answered({ ...question, pauses });
        assert.ok(longer.at >= answered(question).at);
        if (question.limit.unit === 'cd' || question.limit.unit === 'wd') return;
        for (const entry of longer.ledger.filter((one) => one.counted))
          for (const { from, to } of pauses) assert.ok(entry.to <= from || entry.from >= to || from === to);
      },
    ),
    { numRuns: 400 },
  );
});

test('a later start is never due earlier; a longer limit neither', () => {
  fc.assert(
    fc.property(questions, fc.integer({ min: 0, max: 30 * DAY }), (question, later) => {
      const plain = { ...question, pauses: [] };
      const first = answered(plain).at;
      assert.ok(answered({ ...plain, start: plain.start + later }).at >= first);
      const longer = { ...plain.limit, value: plain.limit.value + 1 };
      assert.ok(answered({ ...plain, limit: longer }).at >= first);
    }),
    { numRuns: 400 },
  );
});

test('splitting an interval never changes the sum, and turning it round its sign', () => {
  const instants = fc.tuple(starts, starts, starts);
  fc.assert(
    fc.property(calendars, instants, (on, moments) => {
      const [a, b, c] = moments.toSorted((x, y) => x - y) as [number, number, number];
      const sum = (from: Instant, to: Instant) => workingSecondsBetween(calendar(on), from, to).result;
      assert.equal(sum(a, b) + sum(b, c), sum(a, c));
      assert.equal(sum(c, a), 0 - sum(a, c));
    }),
    { numRuns: 60 },
  );
});

test('forwards and backwards are inverse: the sum between start and result is what was added', () => {
  fc.assert(
    fc.property(calendars, starts, fc.integer({ min: -2_000_000, max: 2_000_000 }), (on, start, seconds) => {
      const there = addWorkingSeconds(calendar(on), start, seconds);
      assert.ok(!isRefusal(there));
      assert.equal(workingSecondsBetween(calendar(on), start, there.result).result, seconds);
      const back = addWorkingSeconds(calendar(on), there.result, -seconds);
      assert.ok(!isRefusal(back));
      // Back at the start, or across closed time from it.
      assert.equal(workingSecondsBetween(calendar(on), back.result, start).result, 0);
    }),
    { numRuns: 300 },
  );
});

test('an open pause leaves as much as closing it would still have to count', () => {
  fc.assert(
    fc.property(questions, fc.integer({ min: 1, max: 400 }), (question, hours) => {
      const from = question.start + hours * HOUR;
      const open = due(calendar(question.on), { ...question, pauses: [{ from, to: null }] });
      assert.ok(!isRefusal(open));
      const whole = answered({ ...question, pauses: [] });
      assert.equal(open.state, whole.at > from ? 'paused' : 'due');
      if (open.state === 'due') return assert.equal(open.at, whole.at);
      assertPartition(
        open.ledger,
        question.start,
        Math.max(question.start, open.ledger.at(-1)?.to ?? question.start),
      );
      if (open.remaining.unit === 'days') return assert.ok(open.remaining.value <= question.limit.value);
      const rest = {
        ...question.limit,
        value: open.remaining.value / (question.limit.unit === 'min' ? 60_000 : HOUR),
      };
      assert.equal(answered({ ...question, start: from, limit: rest, pauses: [] }).at, whole.at);
    }),
    { numRuns: 400 },
  );
});
