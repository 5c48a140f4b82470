import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, MINUTE } from '#kernel/instant.ts';
import { clockMoved, serverTimeAt, stampNow } from './device-clock.ts';

const NOON = Date.parse('2026-11-25T12:00:00+08:00');

test('a clock that is three hours wrong all day tells the right time', () => {
  const reading = { server: NOON, device: NOON + 3 * HOUR, scale: 1 };
  const stamp = stampNow(reading, NOON + 5 * HOUR);
  assert.equal(stamp.at, NOON + 2 * HOUR);
  const back = { server: NOON + 4 * HOUR, device: NOON + 7 * HOUR, scale: 1 };
  assert.equal(clockMoved(stamp, back), false);
});

test('a clock that was set while there was no network is found out; a drift of seconds is none', () => {
  const stamp = stampNow({ server: NOON, device: NOON, scale: 1 }, NOON + 30 * MINUTE);
  const later = (device: number) => ({ server: NOON + HOUR, device, scale: 1 });
  assert.equal(clockMoved(stamp, later(NOON + HOUR + 20_000)), false);
  assert.equal(clockMoved(stamp, later(NOON + 4 * HOUR)), true);
  assert.equal(clockMoved(stamp, later(NOON - 2 * HOUR)), true);
  assert.equal(clockMoved(stampNow(null, NOON), later(NOON)), true, 'never heard of the server');
});

test('a company whose clock runs sixty times as fast', () => {
  const reading = { server: NOON, device: 1000, scale: 60 };
  assert.equal(serverTimeAt(reading, 61_000), NOON + HOUR);
  const stamp = stampNow(reading, 61_000);
  assert.equal(clockMoved(stamp, { server: NOON + 2 * HOUR, device: 121_000, scale: 60 }), false);
  assert.equal(clockMoved(stamp, { server: NOON + 6 * HOUR, device: 121_000, scale: 60 }), true);
});
