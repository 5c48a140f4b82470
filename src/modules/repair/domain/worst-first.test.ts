import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Urgent, worstFirst } from './worst-first.ts';

const order = (id: string, given: Partial<Urgent>): Urgent => ({
  id,
  stage: 'undispatched',
  hazard: null,
  urgency: 'normal',
  important: 0,
  medical: 0,
  households: 1,
  leading: { dueAt: 100 },
  since: 0,
  ...given,
});

const names = (list: readonly Urgent[]) => worstFirst(list).map((one) => one.id);

test('danger first, then who cannot wait, then by the promise that ends first; what is lit again comes last', () => {
  const sorted = worstFirst([
    order('lit', { stage: 'review', leading: { dueAt: 1 } }),
    order('at-work', { stage: 'working', leading: { dueAt: 2 } }),
    order('comes-again', { stage: 'visit-owed', leading: { dueAt: 3 } }),
    order('later', { leading: { dueAt: 60 } }),
    order('no-promise', { leading: null }),
    order('sooner', { leading: { dueAt: 50 } }),
    order('hospital', { important: 1, leading: { dueAt: 90 } }),
    order('ventilator', { medical: 1, leading: { dueAt: 80 } }),
    order('line-down', { hazard: 'line-down', stage: 'working', leading: { dueAt: 99 } }),
  ]);
  assert.deepEqual(
    sorted.map((one) => one.id),
    ['line-down', 'ventilator', 'hospital', 'sooner', 'later', 'no-promise', 'at-work', 'comes-again', 'lit'],
  );
});

test('among equals the many go first, then the oldest, and the order is the same whatever came in', () => {
  const some = [
    order('b', {}),
    order('a', {}),
    order('old', { since: -1 }),
    order('many', { households: 40 }),
  ];
  assert.deepEqual(names(some), ['many', 'old', 'a', 'b']);
  assert.deepEqual(names(some.toReversed()), ['many', 'old', 'a', 'b']);
});
