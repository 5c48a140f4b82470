import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MINUTE } from '#kernel/instant.ts';
import { callOrder, estimateWait, queueFigures, ticketLabel, type TicketClass } from './queue.ts';

const T = Date.parse('2026-11-23T08:30:00+08:00');
const EACH = { pay: 5, business: 20, booked: 20, care: 20 };
const ticket = (id: string, kind: TicketClass, minutes: number, n = 1) => ({
  id,
  class: kind,
  n,
  issuedAt: T + minutes * MINUTE,
});

test('care comes first, then appointments, then whoever came first; nobody is lost by it', () => {
  const waiting = [
    ticket('pay', 'pay', 0),
    ticket('business', 'business', 1),
    ticket('care', 'care', 9),
    ticket('booked', 'booked', 5),
    ticket('pay2', 'pay', 2, 2),
  ];
  assert.deepEqual(
    callOrder(waiting).map((one) => one.id),
    ['care', 'booked', 'pay', 'business', 'pay2'],
  );
  assert.equal(waiting[0]?.id, 'pay', 'the input stays as it was');
});

test('a number has three digits until there are more', () => {
  assert.deepEqual(
    [ticketLabel('pay', 1), ticketLabel('care', 42), ticketLabel('business', 1234)],
    ['A001', 'D042', 'B1234'],
  );
});

test('the wait is the work ahead shared by the windows, and never divided by none', () => {
  assert.equal(estimateWait(['pay', 'business', 'pay'], EACH, 2), 15);
  assert.equal(estimateWait(['pay', 'business'], EACH, 0), 25);
  assert.equal(estimateWait([], EACH, 3), 0);
});

test('figures: who was not called has no wait yet, who was not served no minutes', () => {
  const at = (minutes: number) => T + minutes * MINUTE;
  const figures = queueFigures(
    [
      { class: 'pay', issuedAt: T, calledAt: at(10), servingAt: at(11), endedAt: at(15) },
      { class: 'pay', issuedAt: T, calledAt: at(20), servingAt: at(20), endedAt: at(28) },
      { class: 'business', issuedAt: T, calledAt: null, servingAt: null, endedAt: null },
    ],
    EACH,
  );
  assert.deepEqual([figures.called, figures.meanWait, figures.longestWait], [2, 15, 20]);
  assert.deepEqual(figures.served.pay, { count: 2, mean: 6, over: 1 });
  assert.deepEqual(figures.served.business, { count: 0, mean: null, over: 0 });
});
