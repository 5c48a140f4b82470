import assert from 'node:assert/strict';
import { test } from 'node:test';
import { torture } from './torture.ts';

const QUIET = { secondsBetween: 2, say: () => undefined };

test('kill -9 of the program and of the database: nothing acknowledged is lost, nothing doubled', {
  timeout: 240_000,
}, async () => {
  const result = await torture({ ...QUIET, kills: { program: 1, server: 1 }, lying: false });
  assert.ok(result.acknowledged > 10, `only ${result.acknowledged} were acknowledged`);
  assert.deepEqual([result.lost, result.doubled, result.firedTwice], [[], [], 0]);
  assert.equal(result.cases, result.acknowledged);
  assert.ok(result.fired > 0, 'no clock fired, so nothing was shown of them');
});

test('a database that acknowledges before it has written is caught', { timeout: 240_000 }, async () => {
  const result = await torture({
    ...QUIET,
    kills: { program: 0, server: 2 },
    lying: true,
  });
  assert.ok(result.lost.length > 0, `${result.acknowledged} acknowledged, none lost`);
  assert.equal(result.ok, false);
});
