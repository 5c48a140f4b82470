import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type LvShape, lvTree } from './lv-tree.ts';

function drawing(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
}

test('every household has a meter in a box, every box hangs on a branch, parents come first', () => {
  for (const shape of ['urban', 'rural'] as LvShape[]) {
    for (let households = 2; households <= 180; households += 1) {
      const tree = lvTree(households, shape, drawing(households));
      assert.equal(
        tree.reduce((sum, { meters }) => sum + meters, 0),
        households,
      );
      for (const [i, { kind, parent, meters, km }] of tree.entries()) {
        assert.ok(parent < i && km > 0);
        assert.equal(meters > 0, kind === 'meter_box');
        if (kind === 'meter_box') assert.equal(tree[parent]?.kind, 'lv_branch');
      }
      const outgoing = tree.filter(({ parent }) => parent === -1);
      assert.ok(outgoing.length >= 1 && outgoing.length <= 4);
      assert.ok(outgoing.every(({ kind }) => kind === 'lv_branch'));
      // No branch without customers.
      assert.ok(tree.every(({ kind }, i) => kind === 'meter_box' || tree.some(({ parent }) => parent === i)));
    }
  }
});

test('boxes are larger in town; the same seed gives the same tree, another seed another', () => {
  const boxes = (shape: LvShape) =>
    lvTree(180, shape, drawing(1)).filter(({ kind }) => kind === 'meter_box').length;
  assert.ok(boxes('rural') > 1.5 * boxes('urban'));
  assert.deepEqual(lvTree(90, 'rural', drawing(3)), lvTree(90, 'rural', drawing(3)));
  assert.notDeepEqual(lvTree(90, 'rural', drawing(3)), lvTree(90, 'rural', drawing(4)));
});

test('a customer alone on his transformer has one box and no branch', () => {
  assert.deepEqual(
    lvTree(1, 'urban', drawing(1)).map(({ kind, parent, meters }) => [kind, parent, meters]),
    [['meter_box', -1, 1]],
  );
});
