import assert from 'node:assert/strict';
import { test } from 'node:test';
import { singleLine } from './single-line.ts';

const drawn = (...pairs: (readonly [id: string, parent: string | null])[]) =>
  singleLine(pairs.map(([id, parent]) => ({ id, parent }))).map(({ id, column, row }) => [id, column, row]);

test('the trunk goes straight on, branches take rows of their own below', () => {
  assert.deepEqual(
    drawn(['head', null], ['twig', 'head'], ['k1', 'head'], ['k2', 'k1'], ['t1', 'k2'], ['t2', 'k1']),
    [
      ['head', 0, 0],
      ['k1', 1, 0],
      ['k2', 2, 0],
      ['t1', 3, 0],
      ['t2', 2, 1],
      ['twig', 1, 2],
    ],
  );
});

test('what has its parent outside the drawing begins a row of its own', () => {
  assert.deepEqual(drawn(['a', 'elsewhere'], ['b', 'a'], ['c', 'elsewhere']), [
    ['a', 0, 0],
    ['b', 1, 0],
    ['c', 0, 1],
  ]);
  assert.deepEqual(drawn(), []);
});

test('every device is drawn once, none on another, and a feeder may be thousands deep', () => {
  const chain = Array.from({ length: 5000 }, (_, i) => [String(i), i === 0 ? null : String(i - 1)] as const);
  assert.equal(drawn(...chain).at(-1)?.[1], 4999);
  let seed = 3;
  const next = (n: number) => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) % n;
  const tree = Array.from({ length: 400 }, (_, i) => [String(i), i === 0 ? null : String(next(i))] as const);
  const places = drawn(...tree);
  assert.equal(new Set(places.map(([id]) => id)).size, 400);
  assert.equal(new Set(places.map(([, column, row]) => `${column} ${row}`)).size, 400);
});
