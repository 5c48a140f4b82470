import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { DAY, HOUR } from '#kernel/instant.ts';
import { calendarBook, latestBefore } from '#modules/clock/domain/index.ts';
import { decideStep, type PlanStep, stageAfterCount } from './decide-step.ts';
import { type Consultation, type OwedTelling, PLAN_STAGES, type PlanFacts, type PlanPolicy } from './plan.ts';

// Long because every step, every block and the property over all of them share one way to build a plan.

const NOW = Date.parse('2026-11-23T10:00+08:00');
const BOOK = calendarBook([]);

function policy(plan: Pick<PlanFacts, 'kind' | 'from'>): PlanPolicy {
  const notice = plan.kind === 'planned' ? '7cd' : '24h';
  return {
    noticeAt: latestBefore(notice, plan.from, BOOK).at,
    consultAt: latestBefore('10cd', plan.from, BOOK).at,
    contacts: 2,
  };
}

function aPlan(given: Partial<PlanFacts> = {}): PlanFacts {
  return {
    kind: 'planned',
    stage: 'need',
    from: NOW + 20 * DAY,
    until: NOW + 20 * DAY + 6 * HOUR,
    draftedBy: 'planner',
    computed: true,
    households: 120,
    mustAsk: 0,
    consultations: [],
    repeat: [],
    protectedBy: [],
    meetsAt: null,
    approvedWay: null,
    approvedAt: null,
    approvedOver: 0,
    continuous: 0,
    authority: false,
    owed: [],
    ...given,
  };
}

function codes(plan: PlanFacts, step: PlanStep, now = NOW): readonly string[] | string {
  const decision = decideStep(plan, step, policy(plan), now);
  return 'blocks' in decision ? decision.blocks.map(({ code }) => code) : decision.stage;
}

const approve = (given: Partial<PlanStep & { do: 'approve' }> = {}): PlanStep => ({
  do: 'approve',
  way: 'approval',
  by: 'head',
  override: null,
  ...given,
});
const consulted = (given: Partial<Consultation>): Consultation => ({
  householdId: 'hospital',
  important: true,
  answer: null,
  contacts: 0,
  at: null,
  ...given,
});

test('the way of a plan, from the need to what came after it', () => {
  assert.equal(codes(aPlan({ mustAsk: 1 }), { do: 'ask' }), 'consulting');
  assert.equal(codes(aPlan(), { do: 'submit' }), 'deciding');
  assert.equal(codes(aPlan({ stage: 'deciding' }), approve()), 'approved');
  assert.equal(codes(aPlan({ stage: 'approved' }), { do: 'announce' }), 'announced');
  const started = aPlan({ stage: 'announced', from: NOW, until: NOW + HOUR });
  assert.equal(codes(started, { do: 'start', at: NOW }), 'underway');
  assert.equal(codes(aPlan({ stage: 'underway' }), { do: 'restore' }), 'restored');
  assert.equal(codes(aPlan({ stage: 'restored' }), { do: 'close' }), 'closed');
});

test('consultation: asked in vain twice is informed, once is not; whoever was not asked is missing', () => {
  const ask = (one: Partial<Consultation>) =>
    codes(aPlan({ stage: 'consulting', mustAsk: 1, consultations: [consulted(one)] }), { do: 'submit' });
  assert.deepEqual(ask({ contacts: 1 }), ['planned.unanswered']);
  assert.equal(ask({ contacts: 2 }), 'deciding');
  assert.equal(ask({ answer: 'disagrees' }), 'deciding');
  assert.deepEqual(codes(aPlan({ mustAsk: 1 }), { do: 'submit' }), ['planned.not-asked']);
  assert.deepEqual(codes(aPlan({ computed: false }), { do: 'submit' }), ['planned.not-computed']);
});

test('an open refusal of an important user binds everybody but the deputy manager with a reason', () => {
  const plan = aPlan({
    stage: 'deciding',
    mustAsk: 1,
    consultations: [consulted({ answer: 'disagrees', at: NOW - DAY })],
  });
  assert.deepEqual(codes(plan, approve()), ['planned.open-refusal']);
  assert.deepEqual(codes(plan, approve({ way: 'approval' })), ['planned.open-refusal']);
  assert.equal(codes(plan, approve({ way: 'deputy', override: '医院已落实应急发电车' })), 'approved');
  const unimportant = {
    ...plan,
    consultations: [consulted({ important: false, answer: 'disagrees', at: NOW })],
  };
  assert.deepEqual(codes(unimportant, approve()), ['planned.key-refusal']);
  const met = { ...unimportant, meetsAt: NOW };
  assert.equal(codes(met, approve({ way: 'meeting' })), 'approved');
  const important = { ...plan, meetsAt: NOW };
  assert.deepEqual(codes(important, approve({ way: 'meeting' })), ['planned.open-refusal']);
});

test('the law is not overridden, nor may anybody approve his own plan or a meeting that was not held', () => {
  const deputy = approve({ way: 'deputy', override: '紧急' });
  const near = aPlan({ stage: 'deciding', from: NOW + 7 * DAY - 1, until: NOW + 8 * DAY });
  assert.deepEqual(codes(near, deputy), ['planned.notice-late']);
  assert.equal(codes({ ...near, from: NOW + 7 * DAY }, deputy), 'approved');
  assert.deepEqual(codes(aPlan({ stage: 'deciding' }), approve({ by: 'planner' })), ['planned.own-plan']);
  const meeting = aPlan({ stage: 'deciding', meetsAt: NOW + DAY });
  assert.deepEqual(codes(meeting, approve({ way: 'meeting' })), ['planned.before-meeting']);
  assert.equal(codes(meeting, approve({ way: 'meeting' }), NOW + DAY), 'approved');
});

test('repeated outages are for the meeting or the deputy manager, protected days for the deputy alone', () => {
  const finding = { rule: 'R068-60d', level: 'over', limit: 3, households: 40, most: 3 } as const;
  const repeated = aPlan({ stage: 'deciding', meetsAt: NOW, repeat: [finding] });
  assert.deepEqual(codes(repeated, approve()), ['planned.repeated']);
  assert.equal(codes(repeated, approve({ way: 'meeting' })), 'approved');
  assert.equal(codes({ ...repeated, repeat: [{ ...finding, level: 'warn' }] }, approve()), 'approved');
  const exams = aPlan({ stage: 'deciding', meetsAt: NOW, protectedBy: ['gaokao-2026'] });
  assert.deepEqual(codes(exams, approve({ way: 'meeting' })), ['planned.protected']);
});

const asMove = (from: number, deputy: boolean): PlanStep & { do: 'move' } => ({
  do: 'move',
  from,
  until: from + HOUR,
  deputy,
});

test('another time: free before the decision, the deputy manager afterwards, and always with the whole lead', () => {
  const decide = (plan: PlanFacts, step: PlanStep & { do: 'move' }) => {
    const decision = decideStep(plan, step, policy({ kind: plan.kind, from: step.from }), NOW);
    return 'blocks' in decision ? decision.blocks[0]?.code : decision.stage;
  };
  assert.equal(decide(aPlan({ stage: 'deciding' }), asMove(NOW + DAY, false)), 'need');
  const announced = aPlan({ stage: 'announced' });
  assert.equal(decide(announced, asMove(NOW + 30 * DAY, false)), 'planned.deputy-only');
  assert.equal(decide(announced, asMove(NOW + 6 * DAY, true)), 'planned.notice-late');
  assert.equal(decide(announced, asMove(NOW + 8 * DAY, true)), 'approved');
  assert.equal(decide(announced, asMove(NOW - 1, true)), 'planned.bad-time');
});

test('execution: not before the announced start, not with somebody untold, a later end before the published one', () => {
  const plan = aPlan({ stage: 'announced', from: NOW, until: NOW + 4 * HOUR });
  assert.deepEqual(codes(plan, { do: 'start', at: NOW - 1 }), ['planned.before-announced']);
  assert.deepEqual(codes(plan, { do: 'start', at: NOW + 4 * HOUR }), ['planned.window-over']);
  const owed = (toldAt: number | null, given: Partial<OwedTelling> = {}): readonly OwedTelling[] => [
    { target: 'important', dueAt: NOW - 7 * DAY, toldAt, failed: false, decision: null, ...given },
  ];
  assert.deepEqual(codes({ ...plan, owed: owed(null) }, { do: 'start', at: NOW }), ['planned.untold']);
  assert.deepEqual(codes({ ...plan, owed: owed(NOW - DAY) }, { do: 'start', at: NOW }), [
    'planned.told-late',
  ]);
  assert.equal(codes({ ...plan, owed: owed(NOW - 7 * DAY) }, { do: 'start', at: NOW }), 'underway');
  const told = NOW - 8 * DAY;
  const failed = (given: Partial<OwedTelling>) =>
    codes({ ...plan, owed: owed(told, { failed: true, ...given }) }, { do: 'start', at: NOW });
  assert.deepEqual(failed({}), ['planned.unreached']);
  assert.equal(failed({ decision: 'in-person' }), 'underway');
  assert.equal(failed({ decision: 'go-on' }), 'underway');
  const late = (given: Partial<OwedTelling>) =>
    codes({ ...plan, owed: owed(NOW - DAY, given) }, { do: 'start', at: NOW });
  assert.deepEqual(
    late({ decision: 'go-on' }),
    ['planned.told-late'],
    'the lead of the law is nobody’s to shorten',
  );
  assert.deepEqual(late({ target: 'household' }), ['planned.told-late']);
  assert.equal(late({ target: 'household', decision: 'go-on' }), 'underway');
  const underway = { ...plan, stage: 'underway' } as const;
  assert.equal(codes(underway, { do: 'extend', until: NOW + 5 * HOUR }), 'underway');
  assert.deepEqual(codes(underway, { do: 'extend', until: NOW + 3 * HOUR }), ['planned.bad-time']);
  assert.deepEqual(codes(underway, { do: 'extend', until: NOW + 9 * HOUR }, NOW + 4 * HOUR), [
    'planned.end-passed',
  ]);
});

const anyConsultation: fc.Arbitrary<Consultation> = fc.record({
  householdId: fc.constantFrom('a', 'b', 'c'),
  important: fc.boolean(),
  answer: fc.constantFrom(null, 'agrees', 'adjust', 'disagrees'),
  contacts: fc.nat(3),
  at: fc.option(fc.integer({ min: NOW - 30 * DAY, max: NOW })),
});
const anyPlan: fc.Arbitrary<PlanFacts> = fc
  .record({
    kind: fc.constantFrom('planned', 'temporary'),
    stage: fc.constantFrom(...PLAN_STAGES),
    from: fc.integer({ min: NOW - 5 * DAY, max: NOW + 20 * DAY }),
    hours: fc.integer({ min: 1, max: 12 }),
    draftedBy: fc.constantFrom('planner', 'head'),
    computed: fc.boolean(),
    households: fc.nat(3),
    mustAsk: fc.nat(2),
    consultations: fc.array(anyConsultation, { maxLength: 3 }),
    repeat: fc.constantFrom([], [{ rule: 'R068', level: 'over', limit: 5, households: 9, most: 6 } as const]),
    protectedBy: fc.constantFrom([], ['spring-festival-2027']),
    meetsAt: fc.option(fc.integer({ min: NOW - DAY, max: NOW + DAY })),
    approvedWay: fc.constantFrom(null, 'meeting', 'approval', 'deputy'),
    approvedAt: fc.option(fc.integer({ min: NOW - DAY, max: NOW })),
    approvedOver: fc.nat(10),
    continuous: fc.nat(1),
    authority: fc.boolean(),
    owed: fc.array(
      fc.record({
        target: fc.constantFrom('public', 'household', 'important', 'traffic'),
        dueAt: fc.integer({ min: NOW - DAY, max: NOW + DAY }),
        toldAt: fc.option(fc.integer({ min: NOW - 2 * DAY, max: NOW })),
        failed: fc.boolean(),
        decision: fc.constantFrom(null, 'in-person', 'go-on'),
      }),
      { maxLength: 2 },
    ),
  })
  .map(({ hours, ...plan }) => ({ ...plan, until: plan.from + hours * HOUR }));
const anyStep: fc.Arbitrary<PlanStep> = fc.oneof(
  fc.constantFrom<PlanStep>({ do: 'compute' }, { do: 'ask' }, { do: 'submit' }, { do: 'announce' }),
  fc.constantFrom<PlanStep>({ do: 'cancel' }, { do: 'start', at: NOW }, { do: 'restore' }, { do: 'close' }),
  fc.record<PlanStep & { do: 'approve' }>({
    do: fc.constant('approve'),
    way: fc.constantFrom('meeting', 'approval', 'deputy'),
    by: fc.constantFrom('planner', 'head'),
    override: fc.constantFrom(null, 'reason'),
  }),
  fc
    .record({ from: fc.integer({ min: NOW - DAY, max: NOW + 20 * DAY }), deputy: fc.boolean() })
    .map(({ from, deputy }): PlanStep => ({ do: 'move', from, until: from + HOUR, deputy })),
);

test('whatever is tried: no notice later than the law, no approval with an open block, no start of an untold outage', () => {
  let [announced, approved, moved] = [0, 0, 0];
  fc.assert(
    fc.property(anyPlan, anyStep, (plan, step) => {
      const from = step.do === 'move' ? step.from : plan.from;
      const decision = decideStep(plan, step, policy({ kind: plan.kind, from }), NOW);
      if ('blocks' in decision) {
        assert.ok(decision.blocks.length > 0);
        return;
      }
      const lead = plan.kind === 'planned' ? 7 * DAY : DAY;
      if (step.do === 'announce' || decision.stage === 'approved') {
        assert.ok(from - NOW >= lead || step.do === 'compute', `${step.do} ${from - NOW}`);
        announced += 1;
      }
      if (step.do === 'move' && decision.stage === 'approved') moved += 1;
      if (step.do === 'approve') {
        approved += 1;
        const refused = plan.consultations.some((one) => one.important && one.answer === 'disagrees');
        const waits = plan.consultations.some((one) => one.answer === null && one.contacts < 2);
        assert.ok(!waits && plan.computed && plan.consultations.length >= plan.mustAsk);
        assert.notEqual(step.by, plan.draftedBy);
        if (step.override === null)
          assert.ok(!refused && plan.protectedBy.length === 0 && (plan.continuous === 0 || plan.authority));
      }
      if (step.do === 'start')
        assert.ok(
          plan.owed.every(
            ({ toldAt, dueAt, failed, decision: decided, target }) =>
              (toldAt !== null && toldAt <= dueAt && !failed) ||
              (decided !== null && (failed || target === 'household')),
          ),
        );
    }),
    { numRuns: 20_000, seed: 185 },
  );
  // The property says something: each of them happened.
  assert.ok(announced > 50 && approved > 10 && moved > 5, `${announced} ${approved} ${moved}`);
});

const over = (households: number) =>
  [{ rule: 'R068', level: 'over', limit: 5, households, most: 6 }] as const;

test('an approval holds for what it was given for: a count anew takes it back when there is more to decide', () => {
  const agreed = consulted({ answer: 'agrees', at: NOW - 2 * DAY });
  const plan = aPlan({
    stage: 'approved',
    mustAsk: 1,
    consultations: [agreed],
    approvedWay: 'meeting',
    approvedAt: NOW - DAY,
    approvedOver: 5,
  });
  const after = (given: Partial<PlanFacts>, change = { added: 0, anew: false }) =>
    stageAfterCount({ ...plan, ...given }, policy(plan), change);
  assert.equal(after({}), 'approved');
  assert.equal(after({}, { added: 1, anew: false }), 'consulting');
  assert.equal(after({}, { added: 0, anew: true }), 'consulting');
  assert.equal(after({ mustAsk: 2 }), 'consulting');
  assert.equal(after({ repeat: over(5) }), 'approved');
  assert.equal(after({ repeat: over(6) }), 'consulting');
  assert.equal(after({ stage: 'deciding', mustAsk: 2 }), 'consulting');
  assert.equal(after({ stage: 'deciding' }), 'deciding');
  assert.equal(after({ stage: 'announced', mustAsk: 2 }), 'announced');
  const refused = { consultations: [consulted({ answer: 'disagrees', at: NOW - HOUR })] };
  for (const [given, codesOf] of [
    [{}, 'announced'],
    [{ mustAsk: 2 }, ['planned.decision-over']],
    [{ repeat: over(6) }, ['planned.decision-over']],
    [refused, ['planned.decision-over']],
    [{ ...refused, approvedWay: 'deputy', approvedAt: NOW }, 'announced'],
  ] as const)
    assert.deepEqual(codes({ ...plan, ...given }, { do: 'announce' }), codesOf);
});

test('who produces without a break needs the consent of the approving department, or the deputy manager', () => {
  const plan = aPlan({ stage: 'deciding', continuous: 1 });
  assert.deepEqual(codes(plan, approve()), ['planned.no-authority']);
  assert.equal(codes({ ...plan, authority: true }, approve()), 'approved');
  assert.equal(codes(plan, approve({ way: 'deputy', override: '主管部门口头同意' })), 'approved');
});
