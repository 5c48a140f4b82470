import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startProcess } from '#modules/process/domain/index.ts';
import { aProcess, aStep } from '#modules/process/testing/builders.ts';
import type { FieldJob } from '#modules/repair/field-api.ts';
import type { Did, FieldRequest } from './did.ts';
import { metresAway } from './far.ts';
import { viewJob } from './job-view.ts';

// A repair of four steps: the second is another unit's, the ring to the customer goes beside them.
const definition = aProcess([
  aStep({ id: 'arrive', milestones: [{ name: 'arrived' }] }),
  aStep({ id: 'ring', on: 'case', milestones: [{ name: 'contacted' }] }),
  aStep({ id: 'permit', after: ['arrive'] }),
  aStep({ id: 'restore', after: ['permit'] }),
]);
const begun = startProcess(definition, { caseIds: ['case-1'], facts: {}, at: 0 });

const job: FieldJob = {
  orderId: 'order-1',
  no: 'BX-1',
  caseId: 'case-1',
  cases: [{ caseId: 'case-1', no: 'BX-1', name: null, phone: null }],
  process: 'test@1',
  state: begun.state,
  steps: ['arrive', 'ring', 'restore'],
  units: { permit: '县调' },
  place: '某村 1 号',
  at: { lat: 37.2, lon: 122.05 },
  words: null,
  flags: [],
  unit: '抢修班',
  reportedAt: 1000,
  startedAt: 1000,
  dueAt: null,
  paused: false,
  suggested: [],
  groups: [],
};

function did(request: FieldRequest, at = 5000): Did {
  return { request, at };
}

function step(id: string, caseId: string | null = null, round = 1): FieldRequest {
  return { kind: 'step', orderId: 'order-1', ref: { step: id, caseId, round } };
}

test('what the phone did stands at once, sent or not; the next step is another unit’s and is waited for', () => {
  const fresh = viewJob(job, definition, []);
  assert.equal(fresh.step?.step.id, 'arrive');
  assert.deepEqual(
    fresh.calls.map((one) => one.ref.caseId),
    ['case-1'],
  );
  assert.deepEqual(fresh.waitsFor, []);
  const there = viewJob(job, definition, [did(step('arrive'))]);
  assert.equal(there.step, undefined);
  assert.deepEqual(
    there.waitsFor.map((one) => one.ref.step),
    ['permit'],
  );
  assert.deepEqual(
    there.done.map((one) => [one.step.id, one.at]),
    [['arrive', 5000]],
  );
  assert.equal(there.over, false);
});

test('the phone goes ahead of no permission, counts nothing twice, and leaves other orders alone', () => {
  const ahead = viewJob(job, definition, [did(step('arrive')), did(step('restore'))]);
  assert.equal(ahead.state.steps['restore']?.status, 'waiting');
  const twice = viewJob(job, definition, [did(step('arrive'), 5000), did(step('arrive'), 9000)]);
  assert.deepEqual(
    twice.done.map((one) => one.at),
    [5000],
  );
  const foreign = did({ ...step('arrive'), orderId: 'order-2' } as FieldRequest);
  assert.equal(viewJob(job, definition, [foreign]).step?.step.id, 'arrive');
});

test('the job is over when nothing of the crew is left, the permission being done by others', () => {
  const permitted = viewJob(job, definition, [did(step('arrive')), did(step('permit'))]);
  assert.equal(permitted.step?.step.id, 'restore');
  const all = [did(step('arrive')), did(step('permit')), did(step('restore'))];
  const rings = viewJob(job, definition, all);
  assert.deepEqual([rings.over, rings.callsOnly], [false, true], 'the customer is still to be rung');
  assert.equal(permitted.callsOnly, false);
  assert.equal(viewJob(job, definition, [...all, did(step('ring', 'case-1'))]).over, true);
});

test('an order that was given back is over for this phone, and a foreign one is not', () => {
  const back = did({
    kind: 'back',
    orderId: 'order-1',
    ref: { step: 'arrive', caseId: null, round: 1 },
    reason: 'x',
  });
  assert.equal(viewJob(job, definition, [back]).over, true);
  assert.equal(viewJob({ ...job, orderId: 'order-2' }, definition, [back]).over, false);
});

test('groups of the phone and of the server are one list, with both times', () => {
  const of = { orderId: 'order-1', groupId: 'group-1' } as const;
  const known = [{ id: 'group-0', label: '西', households: 3, energisedAt: 7, resuppliedAt: null }];
  const view = viewJob({ ...job, groups: known }, definition, [
    did({ kind: 'group', ...of, label: '东', households: 4 }),
    did({ kind: 'supply', ...of, what: 'energised' }, 20),
    did({ kind: 'supply', orderId: 'order-1', groupId: 'group-0', what: 'resupplied' }, 30),
  ]);
  assert.deepEqual(
    view.groups.map((one) => [one.label, one.energisedAt, one.resuppliedAt]),
    [
      ['西', 7, 30],
      ['东', 20, null],
    ],
  );
});

const at = (lat: number, accuracy = 10) => ({ lat, lon: 122.05, accuracy });

test('"arrived" is asked again only far from the place, with the inaccuracy of the phone taken off', () => {
  const arrive = definition.steps[0];
  const restore = definition.steps[3];
  assert.ok(arrive && restore);
  // A hundredth of a degree is 1112 m.
  const metres = metresAway(job, arrive, at(37.21), 500);
  assert.ok(metres !== null && Math.abs(metres - 1112) < 2, `${metres}`);
  assert.equal(metresAway(job, arrive, at(37.201), 500), null, 'near');
  assert.equal(metresAway(job, arrive, at(37.21, 800), 500), null, 'the phone does not know better');
  assert.equal(metresAway(job, restore, at(37.21), 500), null, 'no arrival');
  assert.equal(metresAway({ at: null }, arrive, at(37.21), 500), null, 'no place known');
  assert.equal(metresAway(job, arrive, null, 500), null, 'no position');
  assert.equal(metresAway(job, arrive, at(37.21), null), null, 'the handbook asks nothing');
});
