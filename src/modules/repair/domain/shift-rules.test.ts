import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR } from '#kernel/instant.ts';
import { faultOfShift, type PlannedShift } from './shift-rules.ts';

const policy = { longestDutyHours: 12, restHours: 11 };
const NOW = 1_790_000_000_000;

function shift(from: number, until: number, own: Partial<PlannedShift> = {}): PlannedShift {
  return {
    crewId: 'a',
    kind: 'duty',
    from: NOW + from * HOUR,
    until: NOW + until * HOUR,
    people: ['x', 'y'],
    ...own,
  };
}

const fault = (wanted: PlannedShift, ...others: PlannedShift[]) =>
  faultOfShift(wanted, others, policy, NOW)?.refused;

test('twelve hours after eleven of rest are allowed, not a minute more or less', () => {
  assert.equal(fault(shift(0, 12)), undefined);
  assert.equal(fault(shift(0, 12.1)), 'shift.too-long');
  assert.equal(fault(shift(0, 24, { kind: 'on-call' })), undefined);
  assert.equal(fault(shift(0, 12), shift(23, 30, { crewId: 'b' })), undefined);
  assert.equal(fault(shift(0, 12), shift(22.9, 30, { crewId: 'b' })), 'shift.no-rest');
  assert.equal(fault(shift(30, 40), shift(10, 19.1, { crewId: 'b' })), 'shift.no-rest');
});

test('nobody is in two places, and no crew stands twice', () => {
  const elsewhere = shift(11, 20, { crewId: 'b', kind: 'on-call', people: ['y', 'z'] });
  assert.equal(fault(shift(0, 12), elsewhere), 'shift.person-set-already');
  assert.equal(fault(shift(0, 11), elsewhere), undefined, 'half-open: one ends when the other begins');
  assert.equal(fault(shift(0, 12), shift(11, 20, { people: ['v', 'w'] })), 'shift.crew-set-already');
});

test('two named persons, and not one twice', () => {
  assert.equal(fault(shift(0, 8, { people: ['x'] })), 'shift.two-persons');
  assert.equal(fault(shift(0, 8, { people: ['x', 'x'] })), 'shift.two-persons');
  assert.equal(fault(shift(0, 8, { people: ['x', 'y', 'y'] })), 'shift.two-persons');
  assert.equal(fault(shift(-9, -1)), 'shift.over');
});
