import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wilson } from './wilson.ts';

test('Wilson intervals as in the literature: 81 of 263, none of 20, all of 3', () => {
  // Newcombe 1998, table I, method 3.
  near(wilson(81, 263).low, 0.2553);
  near(wilson(81, 263).high, 0.3662);
  near(wilson(0, 20).low, 0);
  near(wilson(0, 20).high, 0.1611);
  assert.ok(wilson(3, 3).low > 0.4 && wilson(3, 3).low < 0.5 && wilson(3, 3).high === 1);
});

function near(a: number, b: number): void {
  assert.ok(Math.abs(a - b) < 5e-4, `${a} ${b}`);
}
