import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type MapDevice, schematic } from './schematic.ts';

const device = (id: string, parent: string | null, at?: readonly [number, number]): MapDevice => ({
  id,
  parent,
  feederId: parent === null ? null : 'F',
  at: at === undefined ? null : { lon: at[0], lat: at[1] },
});

const county = [
  device('substation', null, [0, 0]),
  device('head', 'substation'),
  device('switch', 'head'),
  device('left', 'switch', [2, 2]),
  device('right', 'switch', [4, 2]),
  device('spare', 'right'),
];

test('a device without a place is drawn in the middle of what it supplies, or where it is supplied from', () => {
  const { positions } = schematic(county.toReversed());
  assert.deepEqual(positions.get('switch'), { lon: 3, lat: 2 });
  assert.deepEqual(positions.get('head'), { lon: 3, lat: 2 });
  assert.deepEqual(positions.get('spare'), { lon: 4, lat: 2 });
  assert.deepEqual(positions.get('left'), { lon: 2, lat: 2 });
});

test('the ways are lines from the source outwards, each way once', () => {
  const { lines } = schematic(county);
  assert.deepEqual(lines.get('F'), [
    [
      { lon: 0, lat: 0 },
      { lon: 3, lat: 2 },
      { lon: 2, lat: 2 },
    ],
    [
      { lon: 3, lat: 2 },
      { lon: 4, lat: 2 },
    ],
  ]);
});

test('what hangs on nothing that has a place is not drawn', () => {
  const { positions, lines } = schematic([device('a', null), device('b', 'a')]);
  assert.equal(positions.size + lines.size, 0);
});
