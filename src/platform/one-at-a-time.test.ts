import assert from 'node:assert/strict';
import { test } from 'node:test';
import { oneAtATime } from './one-at-a-time.ts';

test('who asks meanwhile shares the next turn, which begins after he asked; turns never overlap', async () => {
  const ends: ((failed?: Error) => void)[] = [];
  let [begun, atWork] = [0, 0];
  const ask = oneAtATime(async () => {
    const turn = ++begun;
    assert.equal(++atWork, 1);
    await new Promise<void>((resolve, reject) =>
      ends.push((failed) => (failed === undefined ? resolve() : reject(failed))),
    ).finally(() => (atWork -= 1));
    return turn;
  });
  const first = ask();
  await new Promise(setImmediate);
  const [second, third] = [ask(), ask()];
  assert.equal(begun, 1, 'the second turn waits for the first');
  ends[0]?.(new Error('the first failed'));
  await assert.rejects(first, /the first failed/);
  await new Promise(setImmediate);
  ends[1]?.();
  assert.deepEqual([await second, await third], [2, 2]);
});
