import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MINUTE } from '#kernel/instant.ts';
import { dayOf, startOfDay } from './business-day.ts';

test('a day is the day in China, from its midnight on', () => {
  const midnight = Date.parse('2026-11-23T00:00:00+08:00');
  assert.deepEqual([dayOf(midnight), dayOf(midnight - 1)], ['2026-11-23', '2026-11-22']);
  assert.deepEqual([startOfDay(midnight), startOfDay(midnight + 24 * 60 * MINUTE - 1)], [midnight, midnight]);
});
