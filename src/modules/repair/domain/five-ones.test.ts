import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { type FaultRecord, firstFixRate, judgeFiveOnes, ONE_OF, repeatRate } from './five-ones.ts';

const good: FaultRecord = {
  reportedAt: 0,
  arrivedAt: 30,
  resuppliedAt: 90,
  ended: true,
  visited: true,
  crews: ['a'],
  arrivals: 1,
  fixes: 1,
  reopened: 0,
  secondOrders: 0,
  staged: false,
  arrangementMissed: false,
  sentBack: [],
  reports: [{ householdId: 'h', repeats: 0, repeated: false }],
};
const reasonsOf = (more: Partial<FaultRecord>) => judgeFiveOnes({ ...good, ...more }).reasons;

test('one of each is kept; supply by groups is designed so', () => {
  assert.deepEqual(judgeFiveOnes(good), {
    state: 'kept',
    reasons: [],
    households: 1,
    householdsBroken: 0,
    householdsRepeated: 0,
    fixedOnce: true,
  });
  assert.equal(judgeFiveOnes({ ...good, staged: true }).state, 'kept');
  assert.equal(judgeFiveOnes({ ...good, crews: ['a', 'a'] }).state, 'kept');
});

test('each exception has its reason, and its one of the five', () => {
  assert.deepEqual(reasonsOf({ reports: [{ householdId: 'h', repeats: 1, repeated: false }] }), [
    'asked-again',
  ]);
  assert.deepEqual(reasonsOf({ secondOrders: 1 }), ['second-order']);
  assert.deepEqual(reasonsOf({ crews: ['a', 'b'] }), ['crew-changed']);
  assert.deepEqual(reasonsOf({ arrivals: 2 }), ['second-visit']);
  assert.deepEqual(reasonsOf({ sentBack: ['crew', 'arrival'] }), ['second-visit']);
  assert.deepEqual(reasonsOf({ staged: true, arrangementMissed: true }), ['arrangement-missed']);
  assert.equal(ONE_OF['arrangement-missed'], 'arrival');
  assert.deepEqual(reasonsOf({ sentBack: ['fix'] }), ['fixed-again']);
  assert.deepEqual(reasonsOf({ fixes: 2, reopened: 1 }), ['fixed-again', 'opened-again']);
  assert.equal(ONE_OF['opened-again'], 'fix');
});

test('two demands of one household are a second call; of two households they are one fault, asked once each', () => {
  const twice = [
    { householdId: 'h', repeats: 0, repeated: false },
    { householdId: 'h', repeats: 0, repeated: false },
    { householdId: 'g', repeats: 0, repeated: false },
  ];
  assert.deepEqual(judgeFiveOnes({ ...good, reports: twice }), {
    state: 'broken',
    reasons: ['asked-again'],
    households: 2,
    householdsBroken: 1,
    householdsRepeated: 0,
    fixedOnce: true,
  });
  assert.equal(judgeFiveOnes({ ...good, reports: twice.slice(1) }).state, 'kept');
  const strangers = [
    { householdId: null, repeats: 0, repeated: false },
    { householdId: null, repeats: 0, repeated: false },
  ];
  assert.equal(judgeFiveOnes({ ...good, reports: strangers }).state, 'kept');
});

test('what is not done yet is neither kept nor broken; what needed no visit is apart', () => {
  assert.equal(judgeFiveOnes({ ...good, resuppliedAt: null, ended: false }).state, 'running');
  assert.equal(judgeFiveOnes({ ...good, resuppliedAt: null, ended: false, arrivals: 2 }).state, 'broken');
  assert.equal(
    judgeFiveOnes({ ...good, visited: false, arrivedAt: null, resuppliedAt: null, crews: [], arrivals: 0 })
      .state,
    'no-visit',
  );
});

test('never more broken households than households, and a broken fault has a reason', () => {
  const faults = fc.record({
    crews: fc.array(fc.constantFrom('a', 'b')),
    arrivals: fc.nat(3),
    fixes: fc.nat(3),
    reopened: fc.nat(2),
    sentBack: fc.array(fc.constantFrom('crew' as const, 'arrival' as const, 'fix' as const)),
    secondOrders: fc.nat(2),
    reports: fc.array(
      fc.record({ householdId: fc.constantFrom('h', 'g', null), repeats: fc.nat(2), repeated: fc.boolean() }),
    ),
  });
  fc.assert(
    fc.property(faults, (more) => {
      const verdict = judgeFiveOnes({ ...good, ...more });
      assert.ok(verdict.householdsBroken <= verdict.households);
      assert.ok(verdict.householdsRepeated <= verdict.households);
      assert.equal(verdict.state === 'broken', verdict.reasons.length > 0);
    }),
  );
});

test('first-fix and repeat rates are told twice, of faults and of households; what is dark or needed nobody is in no first-fix rate', () => {
  const three = ['a', 'b', 'c'].map((householdId) => ({
    householdId,
    repeats: 0,
    repeated: householdId === 'a',
  }));
  const judged = [
    good,
    { ...good, reports: three, arrivals: 2 },
    { ...good, resuppliedAt: null, ended: false },
    { ...good, visited: false, crews: [], arrivals: 0 },
  ].map(judgeFiveOnes);
  assert.deepEqual(
    judged.map((one) => one.fixedOnce),
    [true, false, null, null],
  );
  assert.deepEqual(firstFixRate(judged), {
    faults: { part: 1, whole: 2 },
    households: { part: 1, whole: 4 },
  });
  assert.deepEqual(repeatRate(judged), {
    faults: { part: 1, whole: 4 },
    households: { part: 1, whole: 6 },
  });
  const again = [{ householdId: 'h', repeats: 1, repeated: false }];
  assert.equal(
    judgeFiveOnes({ ...good, reports: again }).fixedOnce,
    true,
    'who asked again was still helped at once',
  );
});
