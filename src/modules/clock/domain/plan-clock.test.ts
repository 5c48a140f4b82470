import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR } from '#kernel/instant.ts';
import { calendarBook } from './calendar-book.ts';
import { untilText } from './limit.ts';
import { planClock } from './plan-clock.ts';

const book = calendarBook([]);
const policy = { percents: [50, 100], quiet: { from: 24, to: 0 }, tellFrom: 0 };
const start = Date.parse('2026-11-24T15:10:07.123+08:00');
const arranged = Date.parse('2026-11-25T21:10:00+08:00');

test('an arrangement ends when it was arranged, to the millisecond, and warns on the way; only a pause moves it', () => {
  const facts = { limit: untilText(arranged), start, pauses: [] };
  const plan = planClock(book, facts, policy);
  assert.equal(plan.dueAt, arranged);
  assert.deepEqual(
    plan.schedule.map((moment) => moment.at),
    [start + Math.round((arranged - start) / 2), arranged],
  );
  assert.deepEqual(plan.ledger, [{ from: start, to: arranged, counted: true, why: 'natural-time' }]);
  const paused = planClock(
    book,
    { ...facts, pauses: [{ from: start + HOUR, to: start + 3 * HOUR }] },
    policy,
  );
  assert.equal(paused.dueAt, arranged + 2 * HOUR);
  const past = planClock(book, { ...facts, limit: untilText(start - HOUR) }, policy);
  assert.equal(past.dueAt, start, 'what was arranged for a moment that had gone by is over at once');
});
