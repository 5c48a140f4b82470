import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NetworkDevice } from './device.ts';
import { topologyOf } from './topology.ts';

function device(id: string, parent: string | null, more: Partial<NetworkDevice> = {}): NetworkDevice {
  const kind = parent === null ? 'substation' : 'switch';
  return { id, kind, parent, tieTo: null, normallyOpen: false, km: 0, ...more };
}

/** Two feeders, A and B, joined by a tie that is open. */
const COUNTY: readonly NetworkDevice[] = [
  device('S', null),
  device('A', 'S'),
  device('a1', 'A'),
  device('a2', 'a1'),
  device('twig', 'a1'),
  device('B', 'S'),
  device('b1', 'B'),
  device('tie', 'a2', { tieTo: 'b1', normallyOpen: true }),
];
const open = (...ids: string[]) => new Set(ids);

test('up and down in the normal state', () => {
  const normal = topologyOf(COUNTY, open('tie'));
  assert.deepEqual(normal.up('a2'), ['a2', 'a1', 'A', 'S']);
  assert.deepEqual(normal.darkIfOpen(['a1']), ['a1', 'a2', 'twig']);
  assert.deepEqual(normal.darkIfOpen(['b1']), ['b1', 'tie']);
  assert.deepEqual(normal.darkIfOpen(['tie', 'nobody']), []);
  assert.deepEqual([normal.dark(), normal.ringClosers(), normal.up('nobody')], [[], [], []]);
});

test('a transfer turns the way of supply round', () => {
  const transferred = topologyOf(COUNTY, open('a1'));
  assert.deepEqual(transferred.dark(), []);
  assert.deepEqual(transferred.up('a2'), ['tie', 'b1', 'B', 'S']);
  // a1 is open and its lower end is fed from the other side: through a2, backwards.
  assert.deepEqual(transferred.up('a1'), ['a2', 'tie', 'b1', 'B', 'S']);
  assert.deepEqual(transferred.darkIfOpen(['a2']), ['a1', 'twig']);
  assert.deepEqual(transferred.darkIfOpen(['b1']), ['a1', 'a2', 'twig', 'b1', 'tie']);
});

test('an open device with nothing closed behind it leaves its subtree dark', () => {
  const dark = topologyOf(COUNTY, open('tie', 'A'));
  assert.deepEqual(dark.dark(), ['A', 'a1', 'a2', 'twig']);
  assert.equal(dark.isSupplied('A'), false);
  assert.equal(dark.isSupplied('b1'), true);
  assert.deepEqual([dark.up('a2'), dark.darkIfOpen(['a1'])], [[], []]);
});

test('a ring closed for a moment loses nothing when one side opens, and is named', () => {
  const ring = topologyOf(COUNTY, open());
  assert.equal(ring.ringClosers().length, 1);
  assert.deepEqual(ring.darkIfOpen(['a1']), []);
  assert.deepEqual(ring.darkIfOpen(['a1', 'b1']), ['a1', 'a2', 'twig', 'b1', 'tie']);
});

test('a substation that is off darkens what it alone feeds; an island is dark', () => {
  const two = [...COUNTY, device('T', null), device('C', 'T'), device('lost', 'nowhere')];
  const topology = topologyOf(two, open('tie'));
  assert.deepEqual(topology.dark(), ['lost']);
  assert.deepEqual(topologyOf(two, open('tie', 'S')).isSupplied('C'), true);
  assert.deepEqual(topology.darkIfOpen(['T']), ['T', 'C']);
});

test('on trees drawn at random, what goes dark is the subtree, and what is up is the chain of parents', () => {
  let seed = 5;
  const next = (n: number) => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) % n;
  for (let round = 0; round < 60; round += 1) {
    const tree = [device('0', null)];
    for (let i = 1; i < 2 + next(40); i += 1) tree.push(device(String(i), String(next(i))));
    const topology = topologyOf(tree, open());
    const chain = (id: string): string[] => {
      const parent = tree.find((one) => one.id === id)!.parent;
      return parent === null ? [id] : [id, ...chain(parent)];
    };
    const chosen = String(1 + next(tree.length - 1));
    assert.deepEqual(topology.up(chosen), chain(chosen));
    assert.deepEqual(
      topology.darkIfOpen([chosen]),
      tree.map(({ id }) => id).filter((id) => chain(id).includes(chosen)),
    );
  }
});
