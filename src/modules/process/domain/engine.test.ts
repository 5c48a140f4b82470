import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { isRefusal } from '#kernel/result.ts';
import { aProcess, aStep } from '../testing/builders.ts';
import type { Facts, ProcessDefinition, StepDefinition, StepRef } from './definition.ts';
import {
  isFinished,
  linkCases,
  type ProcessEvent,
  type ProcessState,
  readySteps,
  replayProcess,
  startProcess,
  stepKey,
  type Transition,
  transition,
} from './engine.ts';
import { paperAsked } from './step-input.ts';

// Long because the examples and the properties below them play the same processes by the same helpers.

const repair = aProcess(
  [
    aStep({ id: 'dispatch' }),
    aStep({ id: 'contact', on: 'case' }),
    aStep({ id: 'survey', after: ['dispatch'], fields: [field('voltage', ['low', 'medium'])] }),
    aStep({ id: 'permit', after: ['survey'], when: { fact: 'voltage', is: 'medium' } }),
    aStep({
      id: 'fix',
      after: ['survey', 'permit'],
      milestones: [{ name: 'restored' }],
      returnsTo: ['survey'],
    }),
    aStep({ id: 'accept', after: ['fix'], kind: 'acceptance', returnsTo: ['fix'] }),
    aStep({ id: 'inform', on: 'case', after: ['accept', 'contact'] }),
    aStep({ id: 'callback', on: 'case', after: ['inform'], returnsTo: ['fix'] }),
  ],
  { reopensTo: 'fix' },
);

describe('a process', () => {
  test('opens what waits for nothing, once for the order and once for each case', () => {
    assert.deepEqual(names(begin(repair, ['a', 'b']).ready), ['dispatch', 'contact@a', 'contact@b']);
  });

  test('skips a branch whose condition is false and goes on', () => {
    const state = play(repair, ['a'], [['dispatch'], ['survey', { values: { voltage: 'low' } }]]);
    assert.equal(state.steps['permit']?.status, 'skipped');
    assert.deepEqual(names(readySteps(repair, state)), ['contact@a', 'fix']);
  });

  test('takes the branch whose condition is true', () => {
    const state = play(repair, ['a'], [['dispatch'], ['survey', { values: { voltage: 'medium' } }]]);
    assert.deepEqual(names(readySteps(repair, state)), ['contact@a', 'permit']);
  });

  test('says the milestone and where it was reached', () => {
    const state = play(repair, ['a'], [['dispatch'], ['survey', { values: { voltage: 'low' } }]]);
    const moments = done(repair, state, 'fix').moments.map((moment) => moment.name);
    assert.deepEqual(moments, ['step.fix.done', 'restored', 'step.accept.ready']);
  });

  test('a milestone with a stated time is reached at that time', () => {
    const definition = aProcess([
      aStep({
        id: 'fix',
        fields: [{ id: 'restoredAt', name: { zh: '复电', en: 'restored' }, type: 'instant' }],
        milestones: [{ name: 'restored', at: 'restoredAt' }],
      }),
    ]);
    const { state } = begin(definition, ['a']);
    const result = ok(definition, state, doneEvent(state, 'fix', null, { values: { restoredAt: 7 } }));
    assert.equal(result.moments.find((moment) => moment.name === 'restored')?.at, 7);
  });

  test('a failed acceptance opens the next round of the work', () => {
    const state = play(repair, ['a'], [['dispatch'], ['survey', { values: { voltage: 'low' } }], ['fix']]);
    const result = ok(repair, state, doneEvent(state, 'accept', null, { outcome: 'fail' }));
    assert.deepEqual(result.ready, [{ step: 'fix', caseId: null, round: 2 }]);
    assert.deepEqual(names(result.withdrawn), ['accept']);
  });

  test('a no of one customer does not ring a content one again', () => {
    const upToEnd = play(
      repair,
      ['a', 'b'],
      [
        ['dispatch'],
        ['contact', {}, 'a'],
        ['contact', {}, 'b'],
        ['survey', { values: { voltage: 'low' } }],
        ['fix'],
        ['accept', { outcome: 'pass' }],
        ['inform', {}, 'a'],
        ['inform', {}, 'b'],
        ['callback', {}, 'a'],
      ],
    );
    const from: StepRef = { step: 'callback', caseId: 'b', round: 1 };
    const back = ok(repair, upToEnd, { type: 'stepReturned', from, to: 'fix', reason: 'unsolved', at: 5 });
    assert.deepEqual(back.ready, [{ step: 'fix', caseId: null, round: 2 }]);
    assert.equal(back.state.steps['callback@a']?.status, 'done');
    assert.equal(back.state.steps['inform@b']?.round, 2);
  });

  test('"not solved" after the end begins the named step again, with its history', () => {
    const { state } = finish(repair, begin(repair, ['a']).state);
    assert.ok(isFinished(repair, state));
    const result = ok(repair, state, { type: 'reopened', caseId: 'a', at: 9 });
    assert.deepEqual(result.ready, [{ step: 'fix', caseId: null, round: 2 }]);
    assert.equal(result.finished, false);
  });

  test('a second report of the same fault joins: it is contacted and informed, the fuse is changed once', () => {
    const state = play(repair, ['a'], [['dispatch'], ['survey', { values: { voltage: 'low' } }], ['fix']]);
    const result = ok(repair, state, { type: 'caseLinked', caseId: 'b', at: 5 });
    assert.deepEqual(names(result.ready), ['contact@b']);
  });

  test('an automatic step completes itself', () => {
    const definition = aProcess([
      aStep({ id: 'sms', kind: 'automatic', milestones: [{ name: 'told' }] }),
      aStep({ id: 'work', after: ['sms'] }),
    ]);
    const result = begin(definition, ['a']);
    assert.deepEqual(names(result.automatic), ['sms']);
    assert.deepEqual(names(result.ready), ['work']);
    assert.ok(result.moments.some((moment) => moment.name === 'told'));
  });

  test('text stays out of the state: only that it was given', () => {
    const definition = aProcess([
      aStep({ id: 'hear', fields: [{ id: 'words', name: { zh: '原话', en: 'words' }, type: 'text' }] }),
    ]);
    const { state } = begin(definition, ['a']);
    const result = ok(
      definition,
      state,
      doneEvent(state, 'hear', null, { values: { words: '王建国家停电' } }),
    );
    assert.equal(JSON.stringify(result).includes('王建国'), false);
    assert.equal(result.state.facts['words'], true);
  });

  const refused: { why: string; event: (state: ProcessState) => ProcessEvent; code: string }[] = [
    { why: 'not its turn', event: () => doneEvent(null, 'fix', null, {}), code: 'process.step-not-ready' },
    {
      why: 'an old page',
      event: () => doneEvent(null, 'dispatch', null, {}, 2),
      code: 'process.stale-round',
    },
    { why: 'no such step', event: () => doneEvent(null, 'fly', null, {}), code: 'process.unknown-step' },
    {
      why: 'an outcome where none is asked',
      event: () => doneEvent(null, 'dispatch', null, { outcome: 'pass' }),
      code: 'process.outcome-missing',
    },
    {
      why: 'a value nobody asked for',
      event: () => doneEvent(null, 'dispatch', null, { values: { colour: 'red' } }),
      code: 'process.value-unknown',
    },
    {
      why: 'a way back that the handbook does not know',
      event: () => ({
        type: 'stepReturned',
        from: { step: 'dispatch', caseId: null, round: 1 },
        to: 'contact',
        reason: 'x',
        at: 1,
      }),
      code: 'process.return-not-allowed',
    },
    {
      why: 'linked twice',
      event: () => ({ type: 'caseLinked', caseId: 'a', at: 1 }),
      code: 'process.case-linked-already',
    },
    {
      why: 'never linked',
      event: () => ({ type: 'caseUnlinked', caseId: 'z', at: 1 }),
      code: 'process.case-not-linked',
    },
    {
      why: 'reopened before it was done',
      event: () => ({ type: 'reopened', caseId: 'a', at: 1 }),
      code: 'process.not-done-yet',
    },
  ];
  for (const { why, event, code } of refused) {
    test(`refuses: ${why}`, () => {
      const { state } = begin(repair, ['a']);
      const result = transition(repair, state, event(state));
      assert.equal(isRefusal(result) && result.refused, code);
    });
  }

  test('refuses a missing paper, check or value by its name', () => {
    const definition = aProcess(
      [
        aStep({
          id: 'scheme',
          checklist: [{ id: 'photo', text: '拍照', evidence: 'photo', required: true }],
          fields: [{ id: 'kw', name: { zh: '容量', en: 'capacity' }, type: 'number', required: true }],
        }),
      ],
      { papers: [{ id: 'deed', name: { zh: '产权证明', en: 'deed' }, until: 'scheme' }] },
    );
    const { state } = begin(definition, ['a']);
    const attempt = (input: object) => {
      const result = transition(definition, state, doneEvent(state, 'scheme', null, input));
      return isRefusal(result) ? [result.refused, result.detail] : 'done';
    };
    assert.deepEqual(attempt({}), ['process.value-missing', { step: 'scheme', field: 'kw' }]);
    assert.deepEqual(attempt({ values: { kw: 'many' } }), [
      'process.value-invalid',
      { step: 'scheme', field: 'kw' },
    ]);
    assert.deepEqual(attempt({ values: { kw: 8 } }), [
      'process.check-missing',
      { step: 'scheme', item: 'photo' },
    ]);
    const full = { values: { kw: 8 }, checked: ['photo'] };
    assert.deepEqual(attempt(full), ['process.paper-missing', { step: 'scheme', paper: 'deed' }]);
    const withPaper = ok(definition, state, {
      type: 'factsChanged',
      caseId: null,
      facts: { 'paper.deed': true },
      at: 2,
    }).state;
    assert.equal(
      isRefusal(transition(definition, withPaper, doneEvent(withPaper, 'scheme', null, full))),
      false,
    );
  });

  test('a paper that was asked for later holds the step it was asked for, and no other, until it is there', () => {
    const definition = aProcess([aStep({ id: 'first' }), aStep({ id: 'second', after: ['first'] })]);
    const { state } = begin(definition, ['a']);
    const know = (from: typeof state, facts: Facts) =>
      ok(definition, from, { type: 'factsChanged', caseId: null, facts, at: 2 }).state;
    const asked = know(state, paperAsked('other-1', 'second'));
    const first = ok(definition, asked, doneEvent(asked, 'first', null, {})).state;
    const held = transition(definition, first, doneEvent(first, 'second', null, {}));
    assert.deepEqual(isRefusal(held) && [held.refused, held.detail], [
      'process.paper-missing',
      { step: 'second', paper: 'other-1' },
    ]);
    const here = know(first, { 'paper.other-1': true });
    assert.equal(isRefusal(transition(definition, here, doneEvent(here, 'second', null, {}))), false);
  });

  test('nothing moves after it was stopped', () => {
    const stopped = ok(repair, begin(repair, ['a']).state, { type: 'stopped', at: 1 });
    assert.deepEqual(names(stopped.withdrawn), ['dispatch', 'contact@a']);
    const result = transition(repair, stopped.state, { type: 'caseLinked', caseId: 'b', at: 2 });
    assert.equal(isRefusal(result) && result.refused, 'process.stopped');
  });
});

describe('whatever happens to any process', () => {
  const walk = fc.tuple(processes(), fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { maxLength: 40 }));

  test('a step never has two open rounds, and no round opens twice', () => {
    fc.assert(
      fc.property(walk, ([definition, dice]) => {
        const opened = new Set<string>();
        let open = new Set<string>();
        for (const step of wander(definition, dice)) {
          for (const ref of step.withdrawn) assert.ok(open.delete(text(ref)));
          if (step.event?.type === 'stepDone') open.delete(text(step.event.ref));
          for (const ref of step.ready) {
            assert.ok(!opened.has(text(ref)), `${text(ref)} opens twice`);
            opened.add(text(ref));
            open.add(text(ref));
          }
          open = new Set(open);
          const now = readySteps(definition, step.state).map(text);
          assert.deepEqual([...open].toSorted(), now.toSorted());
          assert.equal(new Set(now.map((one) => one.split('#')[0])).size, now.length);
        }
      }),
    );
  });

  test('a step opens only when everything before it is done or skipped', () => {
    fc.assert(
      fc.property(walk, ([definition, dice]) => {
        for (const { state, ready } of wander(definition, dice)) {
          for (const ref of ready) {
            for (const id of definition.steps.find((one) => one.id === ref.step)!.after) {
              const own = state.steps[stepKey(id, ref.caseId)] ?? state.steps[id];
              assert.ok(own?.status === 'done' || own?.status === 'skipped');
            }
          }
        }
      }),
    );
  });

  test('it can still be finished', () => {
    fc.assert(
      fc.property(walk, ([definition, dice]) => {
        const last = wander(definition, dice).at(-1)!;
        assert.ok(finish(definition, last.state).finished);
      }),
    );
  });

  test('linking and unlinking a case leaves the rest as it was', () => {
    fc.assert(
      fc.property(walk, ([definition, dice]) => {
        const { state } = wander(definition, dice).at(-1)!;
        const linked = ok(definition, state, { type: 'caseLinked', caseId: 'late', at: 1 });
        const after = ok(definition, linked.state, { type: 'caseUnlinked', caseId: 'late', at: 2 });
        assert.deepEqual({ ...after.state, left: {} }, { ...state, left: {} });
        assert.deepEqual(linked.ready, after.withdrawn);
      }),
    );
  });

  test('cases that are linked at once are as those linked one after the other', () => {
    fc.assert(
      fc.property(walk, ([definition, dice]) => {
        const { state } = wander(definition, dice).at(-1)!;
        const links = ['late', 'later', 'latest'].map(
          (caseId, i) => ({ type: 'caseLinked', caseId, facts: { f1: i > 0 }, at: 1 }) as const,
        );
        const atOnce = linkCases(definition, state, links);
        assert.ok(!isRefusal(atOnce));
        let one = state;
        const ready: StepRef[] = [];
        for (const link of links) {
          const linked = ok(definition, one, link);
          ready.push(...linked.ready);
          one = linked.state;
        }
        assert.deepEqual(atOnce.state, one);
        assert.deepEqual(new Set(names(atOnce.ready)), new Set(names(ready)));
        const again = linkCases(definition, atOnce.state, links);
        assert.deepEqual(again, { refused: 'process.case-linked-already' });
      }),
    );
  });

  test('the same events give the same state', () => {
    fc.assert(
      fc.property(walk, ([definition, dice]) => {
        const steps = wander(definition, dice);
        const events = steps.flatMap((step) => (step.event === undefined ? [] : [step.event]));
        const again = replayProcess(definition, start, JSON.parse(JSON.stringify(events)));
        assert.deepEqual(again, steps.at(-1)!.state);
      }),
    );
  });
});

const start = { caseIds: ['a', 'b'], facts: { f0: true }, at: 0 };

type Walked = Transition & { readonly event?: ProcessEvent };

/** A random life: does, returns, links, unlinks, changes facts, reopens; what is refused changes nothing. */
function wander(definition: ProcessDefinition, dice: readonly (readonly [number, number])[]): Walked[] {
  const walked: Walked[] = [startProcess(definition, start)];
  dice.forEach(([what, which], at) => {
    const { state } = walked.at(-1)!;
    const event = chooseEvent(definition, state, what, which, at);
    if (event === undefined) return;
    const result = transition(definition, state, event);
    if (!isRefusal(result)) walked.push({ ...result, event });
  });
  return walked;
}

function chooseEvent(
  definition: ProcessDefinition,
  state: ProcessState,
  what: number,
  which: number,
  at: number,
): ProcessEvent | undefined {
  const ready = readySteps(definition, state);
  const ref = ready[which % Math.max(1, ready.length)];
  const caseId = `c${which % 3}`;
  if (what <= 5) return ref === undefined ? undefined : pass(definition, ref, at, which === 9);
  if (what === 6 && ref !== undefined) {
    const to = definition.steps.find((step) => step.id === ref.step)?.returnsTo?.[0];
    return to === undefined ? undefined : { type: 'stepReturned', from: ref, to, reason: 'x', at };
  }
  if (what === 7) {
    return state.cases.includes(caseId)
      ? { type: 'caseUnlinked', caseId, at }
      : { type: 'caseLinked', caseId, at };
  }
  if (what === 8) return { type: 'factsChanged', caseId: null, facts: { [`f${which % 2}`]: which < 5 }, at };
  const again = definition.steps[which % definition.steps.length];
  if (which > 5 && again !== undefined)
    return {
      type: 'stepAgain',
      step: again.id,
      caseId: again.on === 'case' ? (state.cases[0] ?? null) : null,
      at,
    };
  return { type: 'reopened', caseId: 'a', at };
}

/** Any acyclic process: some steps of cases, some conditional, some acceptances, some with a way back. */
function processes(): fc.Arbitrary<ProcessDefinition> {
  const shape = fc.record({
    onCase: fc.boolean(),
    kind: fc.constantFrom('work' as const, 'work' as const, 'acceptance' as const, 'automatic' as const),
    when: fc.constantFrom(undefined, { fact: 'f0', is: true }, { not: { fact: 'f1', is: true } }),
    after: fc.array(fc.nat(7), { maxLength: 3 }),
    back: fc.nat(7),
  });
  return fc.array(shape, { minLength: 1, maxLength: 8 }).map((shapes) => {
    const steps: StepDefinition[] = [];
    for (const [index, one] of shapes.entries()) {
      const before = steps.filter((step) => one.onCase || step.on === 'order');
      const after = [...new Set(one.after.map((n) => before[n % Math.max(1, before.length)]?.id ?? ''))];
      const orderSteps = steps.filter((step) => step.on === 'order');
      const back = orderSteps[one.back % Math.max(1, orderSteps.length)]?.id;
      const canFail = one.kind !== 'acceptance' || back !== undefined;
      steps.push(
        aStep({
          id: `s${index}`,
          on: one.onCase ? 'case' : 'order',
          kind: canFail ? one.kind : 'work',
          after: after.filter((id) => id !== ''),
          ...(one.when === undefined ? {} : { when: one.when }),
          ...(back === undefined ? {} : { returnsTo: [back] }),
        }),
      );
    }
    return aProcess(steps);
  });
}

function finish(definition: ProcessDefinition, from: ProcessState): Transition {
  let state = from;
  let last: Transition | undefined;
  for (let count = 0; count < 200; count += 1) {
    const ref = readySteps(definition, state)[0];
    if (ref === undefined) break;
    last = ok(definition, state, pass(definition, ref, count));
    state = last.state;
  }
  return (
    last ?? {
      state,
      ready: [],
      withdrawn: [],
      automatic: [],
      moments: [],
      finished: isFinished(definition, state),
    }
  );
}

function pass(definition: ProcessDefinition, ref: StepRef, at: number, fails = false): ProcessEvent {
  const step = definition.steps.find((one) => one.id === ref.step);
  const values = Object.fromEntries(
    (step?.fields ?? []).map((one) => [one.id, one.options?.[0]?.id ?? 'words']),
  );
  return {
    type: 'stepDone',
    ref,
    at,
    values,
    ...(step?.kind === 'acceptance' ? { outcome: fails ? ('fail' as const) : ('pass' as const) } : {}),
  };
}

function begin(definition: ProcessDefinition, caseIds: readonly string[]): Transition {
  return startProcess(definition, { caseIds, facts: {}, at: 0 });
}

type Move = readonly [step: string, input?: object, caseId?: string];

function play(
  definition: ProcessDefinition,
  caseIds: readonly string[],
  moves: readonly Move[],
): ProcessState {
  let { state } = begin(definition, caseIds);
  for (const [step, input, caseId] of moves) {
    state = ok(definition, state, doneEvent(state, step, caseId ?? null, input ?? {})).state;
  }
  return state;
}

function done(definition: ProcessDefinition, state: ProcessState, step: string): Transition {
  return ok(definition, state, doneEvent(state, step, null, {}));
}

function doneEvent(
  state: ProcessState | null,
  step: string,
  caseId: string | null,
  input: object,
  round?: number,
): ProcessEvent {
  const current = state?.steps[stepKey(step, caseId)]?.round ?? 1;
  return { type: 'stepDone', ref: { step, caseId, round: round ?? current }, at: 1, ...input };
}

function ok(definition: ProcessDefinition, state: ProcessState, event: ProcessEvent): Transition {
  const result = transition(definition, state, event);
  if (isRefusal(result)) assert.fail(`${event.type} refused: ${JSON.stringify(result)}`);
  return result;
}

function names(refs: readonly StepRef[]): string[] {
  return refs.map((ref) => stepKey(ref.step, ref.caseId));
}

function text(ref: StepRef): string {
  return `${stepKey(ref.step, ref.caseId)}#${ref.round}`;
}

function field(id: string, options: readonly string[]) {
  return {
    id,
    name: { zh: id, en: id },
    type: 'enum' as const,
    required: true,
    options: options.map((option) => ({ id: option, name: { zh: option, en: option } })),
  };
}
