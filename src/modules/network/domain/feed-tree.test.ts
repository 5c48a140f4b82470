import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NetworkDevice } from './device.ts';
import { feedTree } from './feed-tree.ts';

function device(
  id: string,
  kind: NetworkDevice['kind'],
  parent: string | null,
  km = 0,
  tieTo: string | null = null,
): NetworkDevice {
  return { id, kind, parent, tieTo, normallyOpen: tieTo !== null, km };
}

/** S – A – (1 km) – K – (2 km) – T – box, and S – B, tied from the section behind K. */
const COUNTY = [
  device('S', 'substation', null),
  device('A', 'breaker', 'S', 0.5),
  device('s1', 'section', 'A', 1),
  device('K', 'switch', 's1'),
  device('s2', 'section', 'K', 2),
  device('T', 'transformer', 's2'),
  device('box', 'meter_box', 'T'),
  device('B', 'breaker', 'S'),
  device('tie', 'switch', 's2', 0, 'B'),
];

const shape = (open: string[]) => {
  const tree = feedTree(COUNTY, new Set(open));
  return {
    devices: Object.fromEntries(tree.devices.map(({ id, parent }) => [id, parent])),
    exposure: Object.fromEntries(tree.devices.map(({ id, exposure }) => [id, exposure])),
    of: (id: string) => tree.deviceOf(id),
  };
};

test('sections lend their length to the device above them', () => {
  const { devices, exposure, of } = shape(['tie']);
  assert.deepEqual(devices, { A: null, B: null, K: 'A', T: 'K', box: 'T' });
  assert.deepEqual([exposure['A'], exposure['K'], exposure['T']], [1.5, 2, 0]);
  assert.deepEqual([of('box'), of('s2'), of('s1'), of('nobody')], ['box', 'K', 'A', undefined]);
});

test('a transfer turns parents round', () => {
  const { devices, of } = shape(['A']);
  assert.deepEqual(devices, { B: null, tie: 'B', K: 'tie', T: 'tie', box: 'T' });
  assert.deepEqual([of('box'), of('A')], ['box', 'K']);
});

test('what is dark keeps its normal parents', () => {
  const { devices, of } = shape(['A', 'tie']);
  assert.deepEqual(devices, { A: null, B: null, K: 'A', T: 'K', box: 'T' });
  assert.deepEqual([of('s2'), of('box')], ['K', 'box']);
});
