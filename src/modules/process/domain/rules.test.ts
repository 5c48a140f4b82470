import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { HOUR } from '#kernel/instant.ts';
import { isRefusal } from '#kernel/result.ts';
import { aProcess, aStep } from '../testing/builders.ts';
import { callBackDefault, decideCallBack, noCallBackReason } from './call-back.ts';
import { gradeComplaint } from './complaint-grade.ts';
import { decideAppeal, decideReclassification, decideVerdict } from './complaint-review.ts';
import { decideActions } from './decide-actions.ts';
import { drawGraph } from './draw-graph.ts';
import { startProcess } from './engine.ts';
import { decideAfterEvaluation, decideRejection, decideUrging, isRepeatEscalation } from './side-flows.ts';
import { unitOfStep } from './unit-of-step.ts';

describe('complaints', () => {
  test('the highest criterion gives the grade and its duties', () => {
    assert.deepEqual(gradeComplaint({}), { grade: 'general', reasons: [], duties: [] });
    assert.equal(gradeComplaint({ repeatedComplaint: true }).grade, 'important');
    const major = gradeComplaint({ injury: true, threatensGovernmentOrMedia: true });
    assert.deepEqual(
      [major.grade, major.reasons, major.duties[0]?.within],
      ['major', ['grade.injury'], HOUR],
    );
    assert.equal(gradeComplaint({ media: 'national', injury: true }).grade, 'special');
  });

  const judge = { personId: 'j', unitIds: ['inspection'] };
  test('投诉 becomes 意见 only by a second person outside the units concerned', () => {
    const ask = { from: 'TS', to: 'YJ', askedBy: 'a', judge, unitsConcerned: ['station-03'] };
    assert.deepEqual(decideReclassification(ask), { to: 'YJ', staysVisible: true });
    assert.equal(code(decideReclassification({ ...ask, askedBy: 'j' })), 'complaint.same-person');
    assert.equal(
      code(decideReclassification({ ...ask, unitsConcerned: ['inspection'] })),
      'complaint.judge-concerned',
    );
    assert.equal(code(decideReclassification({ ...ask, from: 'YJ' })), 'complaint.not-reclassifiable');
  });

  test('a founded complaint names its liability; the investigator does not judge', () => {
    const ask = { verdict: 'founded', investigator: 'a', judge, unitsConcerned: [] } as const;
    assert.equal(code(decideVerdict(ask)), 'complaint.liability-missing');
    assert.equal(code(decideVerdict({ ...ask, liability: 'unit' })), 'complaint.unit-missing');
    assert.equal(
      code(decideVerdict({ ...ask, liability: 'none', investigator: 'j' })),
      'complaint.same-person',
    );
    const found = decideVerdict({ ...ask, liability: 'unit', liableUnit: 'station-03' });
    assert.deepEqual(found, { verdict: 'founded', liability: 'unit', mayAppeal: true });
  });

  test('the liable unit appeals once, before the end', () => {
    const ask = { liableUnit: 'u', byUnit: 'u', appealsBefore: 0, archived: false };
    assert.deepEqual(decideAppeal(ask), { accepted: true });
    assert.equal(code(decideAppeal({ ...ask, byUnit: 'x' })), 'appeal.not-liable');
    assert.equal(code(decideAppeal({ ...ask, appealsBefore: 1 })), 'appeal.twice');
    assert.equal(code(decideAppeal({ ...ask, archived: true })), 'appeal.too-late');
  });
});

describe('side flows', () => {
  test('a rejection has one of three reasons; the second goes to the control centre', () => {
    const ask = { reason: 'wrong-unit', unit: 'u', rejectedBy: [], accepted: false };
    assert.deepEqual(decideRejection(ask), { to: 'sender' });
    assert.deepEqual(decideRejection({ ...ask, rejectedBy: ['v'] }), { to: 'control-centre' });
    assert.equal(code(decideRejection({ ...ask, rejectedBy: ['u'] })), 'rejection.twice');
    assert.equal(code(decideRejection({ ...ask, reason: 'too-busy' })), 'rejection.reason');
    assert.equal(code(decideRejection({ ...ask, accepted: true })), 'rejection.taken-already');
  });

  test('urging raises supervision from the second time, never the grade, never a clock', () => {
    assert.deepEqual(decideUrging(0), { supervision: 0, resetsClock: false, changesGrade: false });
    assert.equal(decideUrging(1).supervision, 1);
    assert.equal(decideUrging(40).supervision, 1);
  });

  test('the third complaint about one issue is escalated (R037)', () => {
    assert.deepEqual([isRepeatEscalation(2, 3), isRepeatEscalation(3, 3)], [false, true]);
  });

  test("the customer's word decides what follows", () => {
    assert.deepEqual(
      [say(true, true), say(true, false), say(false, false), say(false, true, 1)],
      ['close', 'call-within-24h', 'reopen', 'to-control-centre'],
    );
  });
});

describe('call-backs (R109)', () => {
  test('by day, spaced by two hours, three times', () => {
    assert.deepEqual(next([], at('08:00')), { may: true });
    assert.deepEqual(next([at('09:00')], at('10:00')), {
      may: false,
      reason: 'callback.too-soon',
      earliest: at('11:00'),
    });
    assert.deepEqual(next([at('09:00')], at('11:00')), { may: true });
    assert.deepEqual(next([1, 2, 3], at('11:00')), { may: false, reason: 'callback.attempts-used' });
  });

  test('never between 22:00 and 08:00', () => {
    const tomorrow = at('08:00') + 24 * HOUR;
    assert.deepEqual(next([], at('22:00')), {
      may: false,
      reason: 'callback.quiet-hours',
      earliest: tomorrow,
    });
    assert.deepEqual(next([], at('07:59')), {
      may: false,
      reason: 'callback.quiet-hours',
      earliest: at('08:00'),
    });
    assert.deepEqual(next([at('21:00')], at('21:30')), {
      may: false,
      reason: 'callback.too-soon',
      earliest: tomorrow,
    });
  });

  test('some are never called', () => {
    const ask = {
      caseType: 'TS',
      anonymous: false,
      refused: false,
      wrongNumber: false,
      fromNationalCentre: false,
    };
    assert.equal(noCallBackReason(ask), undefined);
    assert.equal(noCallBackReason({ ...ask, caseType: 'BY' }), 'callback.praise');
    assert.equal(noCallBackReason({ ...ask, anonymous: true }), 'callback.anonymous');
    assert.equal(noCallBackReason({ ...ask, fromNationalCentre: true }), 'callback.done-by-other-door');
  });
});

describe('who does a step', () => {
  const known = {
    intakeUnit: 'hall',
    stationUnit: 'station-03',
    leadUnit: 'marketing',
    accusedUnits: ['station-03'],
  };
  const unit = (rule: Parameters<typeof aStep>[0]['unit'], more = {}) =>
    unitOfStep(aStep({ id: 's', ...(rule === undefined ? {} : { unit: rule }) }), { ...known, ...more });

  test('follows the rule of the step', () => {
    assert.equal(unit({ rule: 'intake' }), 'hall');
    assert.equal(unit({ rule: 'lead' }), 'marketing');
    assert.equal(unit({ rule: 'station' }), 'station-03');
    assert.equal(unit({ rule: 'fixed', unit: 'dispatch' }), 'dispatch');
    assert.equal(
      unit({ rule: 'station', otherwise: 'repair-centre' }, { stationUnit: null }),
      'repair-centre',
    );
  });

  test('keeps the accused unit out', () => {
    const away = { rule: 'station', accusedExcluded: true } as const;
    assert.equal(unit({ ...away, otherwise: 'inspection' }), 'inspection');
    assert.equal(code(unit(away)), 'process.no-unit');
  });

  test('offers actions with the reason why not', () => {
    const definition = aProcess([aStep({ id: 's' })]);
    const { state } = startProcess(definition, { caseIds: ['a'], facts: {}, at: 0 });
    const task = { ref: { step: 's', caseId: null, round: 1 }, unitId: 'u', post: 'clerk', holderId: null };
    const who = { personId: 'me', posts: ['clerk'], unitIds: ['u'], mayReassign: false };
    const reasons = (holderId: string | null, more = {}, of = {}) =>
      decideActions(definition, state, [{ ...task, ...of, holderId }], { ...who, ...more }).map(
        (one) => one.reason ?? 'yes',
      );
    const nobody = 'action.enters-for-nobody';
    const notTaken = 'action.not-taken';
    assert.deepEqual(reasons(null), ['yes', notTaken, notTaken, notTaken, 'yes', nobody]);
    const held = 'action.held-already';
    assert.deepEqual(reasons('me'), [held, 'yes', 'action.nowhere-to-return', 'yes', held, nobody]);
    assert.equal(reasons('me', {}, { offered: true })[4], 'yes');
    assert.equal(reasons('other', { unitIds: [], mayEnterFor: true })[5], 'yes');
    assert.equal(reasons(null, { posts: [] })[4], 'action.other-post');
    assert.equal(reasons('other')[0], 'action.held-by-other');
    assert.equal(reasons(null, { posts: [] })[0], 'action.other-post');
    assert.equal(reasons(null, { unitIds: [] })[1], 'action.other-unit');
  });
});

test('a drawn process: columns by the longest way, lanes apart, returns dashed, no doubled arrow', () => {
  const graph = drawGraph(
    aProcess([
      aStep({ id: 'a' }),
      aStep({ id: 'b', after: ['a'] }),
      aStep({ id: 'c', after: ['a'] }),
      aStep({ id: 'd', after: ['a', 'b', 'c'], returnsTo: ['b'] }),
      aStep({ id: 'e', on: 'case', after: ['d'] }),
    ]),
  );
  assert.deepEqual(
    graph.nodes.map(({ id, x, y, lane }) => [id, x, y, lane]),
    [
      ['a', 0, 0, 'order'],
      ['b', 1, 0, 'order'],
      ['c', 1, 1, 'order'],
      ['d', 2, 0, 'order'],
      ['e', 3, 2, 'case'],
    ],
  );
  assert.deepEqual(
    graph.edges.map(({ from, to, kind }) => `${from}-${to} ${kind}`),
    ['a-b next', 'a-c next', 'b-d next', 'c-d next', 'd-e next', 'd-b return'],
  );
});

function code(result: unknown): string | undefined {
  return isRefusal(result) ? result.refused : undefined;
}

function say(solved: boolean, satisfied: boolean, reopenedBefore = 0) {
  return decideAfterEvaluation({ solved, satisfied, reopenedBefore });
}

function at(time: string): number {
  return Date.parse(`2026-11-24T${time}:00+08:00`);
}

function next(attempts: readonly number[], now: number) {
  return decideCallBack(attempts, now, callBackDefault);
}
