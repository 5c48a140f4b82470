import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, MINUTE } from '#kernel/instant.ts';
import { isRefusal } from '#kernel/result.ts';
import { bounceHandovers } from '#modules/order/index.ts';
import type { StepRef } from '#modules/process/domain/index.ts';
import { sql } from '#platform/db/sql.ts';
import { transact } from '#platform/db/transact.ts';
import { acceptCase } from './case-commands.ts';
import { askToEnd, decideEnd } from './end-case.ts';
import { answerUnit, askUnit } from './joint-requests.ts';
import { oweCall, recordCall } from './owed-calls.ts';
import { rejectOrder } from './reject-order.ts';
import { reopenCase } from './reopen-case.ts';
import { takeStep } from './step-commands.ts';
import { doStep } from './testing/do-step.ts';
import { rowsAreTheFold } from './testing/rows-are-the-fold.ts';
import { anIntake, smallCounty } from './testing/small-county.ts';
import { handOver, linkCase, unlinkCase, urgeCase } from './work-commands.ts';

const county = await smallCounty();
const { database, deps, must } = county;
const clerk = await county.actor('clerk');
const officer = await county.actor('service-officer');
const control = await county.actor('control-officer');
const engineer = await county.actor('pq-engineer');

async function anInquiry(given: Parameters<typeof anIntake>[0] = {}) {
  const accepted = await must((tx) => acceptCase(tx, deps, clerk, anIntake(given)));
  assert.ok(accepted.orderId !== null);
  return { caseId: accepted.caseId, orderId: accepted.orderId };
}

async function openTask(orderId: string) {
  const row = await database.one<{
    step: string;
    case_id: string | null;
    round: number;
    seq: number;
    unit: string;
  }>(
    sql`select t.step, t.case_id, t.round, o.seq, u.code as unit from tasks t
      join orders o on o.company_id = t.company_id and o.id = t.order_id
      join units u on u.company_id = t.company_id and u.id = t.unit_id
      where t.order_id = ${orderId} and t.state = 'open' order by t.ready_at, t.id limit 1`,
  );
  const ref: StepRef = { step: row.step, caseId: row.case_id, round: row.round };
  return { seq: row.seq, ref, unit: row.unit };
}

async function isSeenBy(caseId: string, unitId: string): Promise<boolean> {
  const row = await database.maybe(sql`select 1 from case_access a
    where a.case_id = ${caseId} and a.unit_id = ${unitId} and a.until is null`);
  return row !== undefined;
}

async function openClocks(caseId: string) {
  return await database.rows<{ clock: string; due: number }>(sql`
    select k.clock, k.due_at as due from clocks k where k.case_id = ${caseId} and k.state = 'running' order by k.clock`);
}

test('a hand-over is pending until taken; nobody takes it in time: it goes back, once, and the unit sees nothing more', async () => {
  const { caseId, orderId } = await anInquiry();
  const { ref, seq } = await openTask(orderId);
  await must((tx) => takeStep(tx, deps, officer, { orderId, seq, ref }));
  const request = {
    caseId,
    orderId,
    seq: seq + 1,
    ref,
    toUnitId: engineer.unitId,
    toPost: 'pq-engineer',
    toPersonId: null,
    reason: '要先测电压',
  };
  const handed = await must((tx) => handOver(tx, deps, officer, request));
  assert.equal(handed.dueAt, county.clock.now + 2 * HOUR);
  assert.equal((await openTask(orderId)).unit, 'operation');
  assert.ok(await isSeenBy(caseId, engineer.unitId));
  assert.equal(await bounceHandovers(database, async () => undefined), 0);

  county.clock.advance(2 * HOUR);
  const told: string[] = [];
  const [first, second] = await Promise.all(
    [1, 2].map(() => bounceHandovers(database, async (_tx, one) => void told.push(one.offeredBy))),
  );
  assert.equal((first ?? 0) + (second ?? 0), 1);
  assert.deepEqual(told, [officer.personId]);
  assert.equal((await openTask(orderId)).unit, 'marketing');
  assert.equal(await isSeenBy(caseId, engineer.unitId), false);
});

test('a hand-over that is taken stays; the clerk who was asked first stays bound to the case', async () => {
  const { caseId, orderId } = await anInquiry();
  const { ref, seq } = await openTask(orderId);
  await must((tx) => takeStep(tx, deps, officer, { orderId, seq, ref }));
  const to = { toUnitId: engineer.unitId, toPost: 'pq-engineer', toPersonId: engineer.personId };
  await must((tx) =>
    handOver(tx, deps, officer, { caseId, orderId, seq: seq + 1, ref, ...to, reason: '请运检核实' }),
  );
  // Named to a person it is his already; by taking it he accepts.
  await must((tx) => takeStep(tx, deps, engineer, { orderId, seq: seq + 2, ref }));
  county.clock.advance(3 * HOUR);
  assert.equal(await bounceHandovers(database, async () => undefined), 0);
  const row = await database.one<{ first: string }>(
    sql`select c.first_asked_id as first from cases c where c.id = ${caseId}`,
  );
  assert.equal(row.first, clerk.personId);
});

test('nothing is handed over to the unit complained about, to an empty post, or by whoever does not hold it', async () => {
  const lead = await county.actor('station-lead');
  const { caseId, orderId } = await anInquiry({ process: 'complaint', accusedUnitId: lead.unitId });
  const { ref, seq } = await openTask(orderId);
  await must((tx) => takeStep(tx, deps, control, { orderId, seq, ref }));
  const base = { caseId, orderId, seq: seq + 1, ref, toPersonId: null, reason: '请处理' };
  const tries = [
    [control, { toUnitId: lead.unitId, toPost: 'station-lead' }, 'handover.accused'],
    [control, { toUnitId: engineer.unitId, toPost: 'storekeeper' }, 'handover.nobody-there'],
    [lead, { toUnitId: engineer.unitId, toPost: 'pq-engineer' }, 'http.not-found'],
    [clerk, { toUnitId: engineer.unitId, toPost: 'pq-engineer' }, 'action.other-unit'],
  ] as const;
  for (const [actor, to, code] of tries) {
    const refused = await transact(database, (tx) => handOver(tx, deps, actor, { ...base, ...to }));
    assert.ok(isRefusal(refused));
    assert.equal(refused.refused, code);
  }
});

test('another department is asked in parallel, sees the case from then on, answers once; the asker is told', async () => {
  const { caseId } = await anInquiry();
  assert.equal(await isSeenBy(caseId, engineer.unitId), false);
  const request = {
    caseId,
    unitId: engineer.unitId,
    question: '这条线近期有停电计划吗',
    hours: 4,
    kind: 'joint' as const,
  };
  const asked = await must((tx) => askUnit(tx, officer, request));
  assert.ok(await isSeenBy(caseId, engineer.unitId));
  const answer = { id: asked.id, answer: '没有计划' };
  assert.ok(isRefusal(await transact(database, (tx) => answerUnit(tx, clerk, answer))));
  await must((tx) => answerUnit(tx, engineer, answer));
  const again = await transact(database, (tx) => answerUnit(tx, engineer, answer));
  assert.deepEqual(again, { refused: 'joint.answered' });
  const bell = await database.rows(sql`
    select 1 from outbox o where o.template = 'joint-answered' and o.person_id = ${officer.personId}`);
  assert.equal(bell.length, 1);
});

test('urging resets no clock and touches no grade; the second time the level of supervision rises', async () => {
  const { caseId } = await anInquiry();
  const before = await openClocks(caseId);
  county.clock.advance(MINUTE);
  assert.deepEqual(await must((tx) => urgeCase(tx, clerk, { caseId, words: '客户在等' })), {
    urged: 1,
    supervision: 0,
  });
  assert.deepEqual(await must((tx) => urgeCase(tx, clerk, { caseId, words: '客户又来问' })), {
    urged: 2,
    supervision: 1,
  });
  assert.deepEqual(await openClocks(caseId), before);
});

test('a merged case stops the clocks of its own order and keeps its promises from when it was accepted; taken off again, all is as it was (Zammad #904, #2347)', async () => {
  const first = await anInquiry();
  county.clock.advance(10 * MINUTE);
  const second = await anInquiry();
  const promises = await openClocks(second.caseId);
  assert.ok(promises.length > 0);
  county.clock.advance(10 * MINUTE);
  const third = await anInquiry();
  for (const { caseId } of [second, third])
    await must((tx) => linkCase(tx, deps, control, { caseId, orderId: first.orderId }));
  const left = await database.one<{ state: string; open: number; running: number }>(sql`
    select o.state, (select count(*) from tasks t where t.order_id = o.id and t.state = 'open') as open,
      (select count(*) from clocks k where k.order_id = o.id and k.state = 'running') as running
    from orders o where o.id = ${second.orderId}`);
  assert.deepEqual(left, { state: 'parked', open: 0, running: 0 });
  assert.deepEqual(await openClocks(second.caseId), promises);

  await must((tx) => unlinkCase(tx, deps, control, { caseId: second.caseId, reason: '不是同一件事' }));
  assert.deepEqual(await openClocks(second.caseId), promises);
  assert.equal((await openTask(second.orderId)).ref.step, 'take');
  const onFirst = await database.rows<{ case_id: string }>(sql`
    select l.case_id from case_orders l where l.order_id = ${first.orderId} and l.unlinked_at is null`);
  assert.deepEqual(new Set(onFirst.map((one) => one.case_id)), new Set([first.caseId, third.caseId]));
});

test('an order is joined only by demands of its kind, and only by who may see it', async () => {
  const { caseId } = await anInquiry();
  const praise = await must((tx) =>
    acceptCase(tx, deps, clerk, anIntake({ process: 'praise', words: '谢谢师傅' })),
  );
  const orderId = praise.orderId ?? '';
  const other = await transact(database, (tx) => linkCase(tx, deps, control, { caseId, orderId }));
  assert.deepEqual(other, { refused: 'case.link-other-process' });
  const unseen = await transact(database, (tx) => linkCase(tx, deps, engineer, { caseId, orderId }));
  assert.deepEqual(unseen, { refused: 'http.not-found' });
});

test('"not solved" opens a closed case once, with its history; the second time the control centre rings (FixMyStreet #897)', async () => {
  const { caseId, orderId } = await anInquiry();
  for (const [step, actor] of [
    ['take', officer],
    ['contact', officer],
    ['handle', officer],
    ['reply', officer],
    ['review', control],
    ['answer', clerk],
  ] as const)
    await doStep(county, orderId, actor, step);
  const request = { caseId, by: 'customer', textIds: [] } as const;
  assert.deepEqual(await must((tx) => reopenCase(tx, deps, clerk, request)), { what: 'reopened' });
  const row = await database.one<{ state: string; reopened: number; rework: number }>(sql`
    select c.state, c.reopened, (select count(*) from tasks t where t.order_id = ${orderId} and t.rework
      and t.state = 'open') as rework from cases c where c.id = ${caseId}`);
  assert.equal(row.state, 'open');
  assert.equal(row.reopened, 1);
  assert.ok(row.rework > 0);
  assert.deepEqual(await must((tx) => reopenCase(tx, deps, clerk, request)), { what: 'to-control-centre' });
  const owed = await database.one<{ code: string; reason: string }>(sql`
    select u.code, o.reason from owed_calls o join units u on u.id = o.unit_id where o.case_id = ${caseId}`);
  assert.deepEqual(owed, { code: 'control-centre', reason: 'not-solved-again' });
});

test('an owed call: three attempts, two hours apart, by day (R109); reached ends it, the third silence gives up', async () => {
  county.clock.now = Date.parse('2026-11-24T09:00:00+08:00');
  const { caseId } = await anInquiry();
  await must((tx) => oweCall(tx, deps, county.companyId, { caseId, reason: 'dissatisfied' }));
  const { id, due } = await database.one<{ id: string; due: number }>(sql`
    select o.id, o.due_at as due from owed_calls o where o.case_id = ${caseId}`);
  assert.equal(due, county.clock.now + 24 * HOUR);
  const ring = (outcome: 'no-answer' | 'reached') =>
    transact(database, (tx) => recordCall(tx, deps, clerk, { id, outcome, words: null }));
  assert.deepEqual(await ring('no-answer'), { state: 'open' });
  const tooSoon = await ring('no-answer');
  assert.ok(isRefusal(tooSoon) && tooSoon.refused === 'callback.too-soon');
  county.clock.advance(2 * HOUR);
  assert.deepEqual(await ring('no-answer'), { state: 'open' });
  county.clock.now = Date.parse('2026-11-24T23:00:00+08:00');
  const night = await ring('no-answer');
  assert.ok(isRefusal(night) && night.refused === 'callback.quiet-hours');
  county.clock.now = Date.parse('2026-11-25T08:30:00+08:00');
  assert.deepEqual(await ring('no-answer'), { state: 'given-up' });
  assert.deepEqual(await ring('reached'), { refused: 'http.not-found' });
});

test('the end of service is decided by a second person of a fitting post, never by who asked', async () => {
  const { caseId, orderId } = await anInquiry();
  const asked = await must((tx) =>
    askToEnd(tx, control, { caseId, kind: 'stopped', reason: '诉求超出规定' }),
  );
  const decide = (actor: typeof control) =>
    transact(database, (tx) => decideEnd(tx, deps, actor, { id: asked.id, approve: true }));
  assert.deepEqual(await decide(control), { refused: 'case.end-own' });
  assert.deepEqual(await decide(clerk), { refused: 'case.end-post' });
  const head = { ...control, personId: (await county.actor('marketing-head')).personId };
  assert.deepEqual(await decide({ ...head, posts: ['department-head'] }), { state: 'approved' });
  const row = await database.one<{ state: string; ended: string; order: string; open: number }>(sql`
    select c.state, c.ended_as as ended, o.state as order,
      (select count(*) from tasks t where t.order_id = o.id and t.state = 'open') as open
    from cases c join orders o on o.id = ${orderId} where c.id = ${caseId}`);
  assert.deepEqual(row, { state: 'closed', ended: 'stopped', order: 'stopped', open: 0 });
});

test('退单: three reasons, once a unit; the first goes to the sender, the second to the control centre (§3.5)', async () => {
  const { caseId, orderId } = await anInquiry();
  const reject = async (actor: typeof officer, reason: 'wrong-unit' | 'key-data-missing') => {
    const { seq, ref } = await openTask(orderId);
    const words = '客户所在区域不归本所';
    return await transact(database, (tx) =>
      rejectOrder(tx, deps, actor, { caseId, orderId, seq, ref, reason, words }),
    );
  };
  const stranger = await reject(engineer, 'wrong-unit');
  assert.deepEqual(stranger, { refused: 'http.not-found' });
  county.clock.advance(MINUTE);
  // Nobody sent it but the program: the duty officer of the control centre decides.
  assert.ok(!isRefusal(await reject(officer, 'wrong-unit')));
  assert.equal((await openTask(orderId)).unit, 'control-centre');
  assert.equal(await isSeenBy(caseId, officer.unitId), false);

  const { ref, seq } = await openTask(orderId);
  await must((tx) => takeStep(tx, deps, control, { orderId, seq, ref }));
  const taken = await reject(control, 'wrong-unit');
  assert.ok(isRefusal(taken) && taken.refused === 'action.held-already');
  const to = { toUnitId: officer.unitId, toPost: 'service-officer', toPersonId: null, reason: '归营销部' };
  await must((tx) => handOver(tx, deps, control, { caseId, orderId, seq: seq + 1, ref, ...to }));
  const twice = await reject(officer, 'key-data-missing');
  assert.ok(isRefusal(twice) && twice.refused === 'rejection.twice');
  // What a refused rejection touched is as it was: the hand-over is still on offer.
  const offered = await database.rows(sql`
    select 1 from handovers h where h.order_id = ${orderId} and h.state = 'offered'`);
  assert.equal(offered.length, 1);
});

test('who handed it over gets a rejected task back and is told', async () => {
  const { caseId, orderId } = await anInquiry();
  const { ref, seq } = await openTask(orderId);
  await must((tx) => takeStep(tx, deps, officer, { orderId, seq, ref }));
  const to = { toUnitId: engineer.unitId, toPost: 'pq-engineer', toPersonId: engineer.personId };
  await must((tx) =>
    handOver(tx, deps, officer, { caseId, orderId, seq: seq + 1, ref, ...to, reason: '请测' }),
  );
  county.clock.advance(MINUTE);
  const request = { caseId, orderId, seq: seq + 2, ref, reason: 'wrong-unit' as const, words: '不归运检' };
  await must((tx) => rejectOrder(tx, deps, engineer, request));
  const task = await database.one(sql`
    select t.holder_id as holder from tasks t where t.order_id = ${orderId} and t.state = 'open'`);
  assert.deepEqual(task, { holder: officer.personId });
  assert.equal(await isSeenBy(caseId, engineer.unitId), false);
  const told = await database.rows(sql`
    select 1 from outbox o where o.template = 'handover-bounced' and o.person_id = ${officer.personId}
      and o.key like ${`rejected:${orderId}:%`}`);
  assert.equal(told.length, 1);
});

test('after all that, the kept rows are what the events tell', async () => {
  const { orders, cases } = await rowsAreTheFold(county);
  assert.ok(orders > 0 && cases > 0);
});
