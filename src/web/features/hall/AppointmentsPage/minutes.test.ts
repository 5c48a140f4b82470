import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clockOf, minutesOf, partsOf } from './minutes.ts';

test('minutes are written and read the same way; what is no time is none', () => {
  for (const minutes of [0, 510, 1439, 1440]) assert.equal(minutesOf(clockOf(minutes)), minutes);
  for (const text of ['8:30', '25:00', '08:60', '', 'x']) assert.equal(minutesOf(text), undefined, text);
});

test('parts cover the span without overlap, and a rest that is too short is left out', () => {
  assert.deepEqual(partsOf({ from: 510, to: 600 }, 30), [
    { from: 510, to: 540 },
    { from: 540, to: 570 },
    { from: 570, to: 600 },
  ]);
  assert.equal(partsOf({ from: 510, to: 599 }, 30).length, 2);
  assert.deepEqual(partsOf({ from: 600, to: 510 }, 30), []);
});
