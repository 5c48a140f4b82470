import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MINUTE } from '#kernel/instant.ts';
import type { Crew, DispatchFacts, Fault } from './dispatch-facts.ts';
import { litBy, simulateRestoration } from './simulate-restoration.ts';

const at = { position: { longitude: 122, latitude: 37 }, zone: 'rural' } as const;
const crew = (id: string, freeAt: number): Crew => ({
  id,
  grid: 'g',
  at,
  freeAt,
  shiftEnd: 1e9,
  onDutySince: 0,
  skills: [],
  materials: {},
});
const fault = (id: string, repairMinutes: number): Fault => ({
  id,
  grid: 'g',
  at,
  reportedAt: 0,
  customers: 1,
  important: false,
  medical: 0,
  skills: [],
  materials: {},
  repairMinutes,
});
/** Two crews, two faults: ten minutes to each from a crew, five between faults. */
const travel = Float64Array.from([0, 0, 10, 10, 0, 0, 10, 10, 0, 0, 0, 5, 0, 0, 5, 0]);
const facts: DispatchFacts = {
  now: 0,
  crews: [crew('free', 0), crew('busy', 60 * MINUTE)],
  faults: [fault('a', 30), fault('b', 40)],
  travel,
};

const minutes = (plan: [string, string[]][]) =>
  simulateRestoration(facts, new Map(plan)).map((one) => [
    one.fault,
    one.crew,
    one.reachedAt / MINUTE,
    one.litAt / MINUTE,
  ]);

test('a crew does one after the other, from where the last one was, once it is free', () => {
  assert.deepEqual(minutes([['free', ['a', 'b']]]), [
    ['a', 'free', 10, 40],
    ['b', 'free', 45, 85],
  ]);
  assert.deepEqual(
    minutes([
      ['free', ['b']],
      ['busy', ['a', 'gone']],
      ['off duty', ['b']],
    ]),
    [
      ['b', 'free', 10, 50],
      ['a', 'busy', 70, 100],
    ],
  );
});

test('half and all of those who wait have supply by then; never, where somebody is in no plan', () => {
  const expected = [
    { litAt: 30, households: 60 },
    { litAt: 10, households: 40 },
  ];
  assert.equal(litBy(expected, 100, 0.4), 10);
  assert.equal(litBy(expected, 100, 0.5), 30);
  assert.equal(litBy(expected, 101, 1), null);
});
