import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, MINUTE } from '#kernel/instant.ts';
import { isRefusal } from '#kernel/result.ts';
import { sql } from '#platform/db/sql.ts';
import { transact } from '#platform/db/transact.ts';
import { acceptCase } from './case-commands.ts';
import { askToEnd, decideEnd } from './end-case.ts';
import { answerUnit, askUnit } from './joint-requests.ts';
import { oweCall, recordCall } from './owed-calls.ts';
import { reopenCase } from './reopen-case.ts';
import { doStep } from './testing/do-step.ts';
import { rowsAreTheFold } from './testing/rows-are-the-fold.ts';
import { anIntake } from './testing/small-county.ts';
import { linkCase, linkCases, unlinkCase, urgeCase } from './work-commands.ts';
import { casesAtWork } from './testing/cases-at-work.ts';

// What people do with a case beside its steps: ask, urge, link, reopen, ring, end.

const { county, database, deps, must, clerk, anInquiry, openTask, isSeenBy, openClocks } =
  await casesAtWork();
const officer = await county.actor('service-officer');
const control = await county.actor('control-officer');
const engineer = await county.actor('pq-engineer');

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

test('several demands join at once as they would one by one, all of them or none', async () => {
  const cases = [];
  for (let i = 0; i < 5; i++) cases.push(await anInquiry());
  const [first, second, ...others] = cases;
  const praise = await must((tx) =>
    acceptCase(tx, deps, clerk, anIntake({ process: 'praise', words: '谢谢师傅' })),
  );
  const orderId = first?.orderId ?? '';
  county.clock.advance(10 * MINUTE);
  const caseIds = others.map((one) => one.caseId);
  const unfit = { caseIds: [...caseIds, praise.caseId], orderId };
  const refused = await transact(database, (tx) => linkCases(tx, deps, control, unfit));
  assert.deepEqual(refused, { refused: 'case.link-other-process' });
  const promises = await openClocks(caseIds[0] ?? '');

  await must((tx) => linkCase(tx, deps, control, { caseId: second?.caseId ?? '', orderId }));
  await must((tx) => linkCases(tx, deps, control, { caseIds, orderId }));
  const linked = await database.rows<{ case_id: string; events: number; clocks: number; tasks: number }>(sql`
    select l.case_id, (select count(*) from order_events e where e.stream_id = l.order_id and e.type = 'case.linked'
        and e.data ->> 'caseId' = l.case_id::text) as events,
      (select count(*) from clocks k where k.order_id = l.order_id and k.case_id = l.case_id and k.state = 'running') as clocks,
      (select count(*) from tasks t where t.order_id = l.order_id and t.case_id = l.case_id and t.state = 'open') as tasks
    from case_orders l where l.order_id = ${orderId} and l.unlinked_at is null and l.case_id <> ${first?.caseId ?? ''}`);
  assert.equal(linked.length, 4);
  const [{ case_id: _one, ...like } = { case_id: '' }] = linked;
  for (const { case_id: _id, ...one } of linked) assert.deepEqual(one, { ...like, events: 1 });
  assert.deepEqual(await openClocks(caseIds[0] ?? ''), promises);
});

test('joined, taken off and joined again at one moment: each time is kept, none ends in an error', async () => {
  const first = await anInquiry();
  const second = await anInquiry();
  const join = { caseId: second.caseId, orderId: first.orderId };
  for (let i = 0; i < 2; i++) {
    await must((tx) => linkCase(tx, deps, control, join));
    await must((tx) => unlinkCase(tx, deps, control, { caseId: second.caseId, reason: '不是同一件事' }));
  }
  await must((tx) => linkCase(tx, deps, control, join));
  const rows = await database.rows<{ nth: number; here: boolean }>(sql`
    select l.nth, l.unlinked_at is null as here from case_orders l
    where l.case_id = ${second.caseId} and l.order_id = ${first.orderId} order by l.nth`);
  assert.deepEqual(
    rows.map(({ nth, here }) => [nth, here]),
    [
      [1, false],
      [2, false],
      [3, true],
    ],
  );
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

test('after all that, the kept rows are what the events tell', async () => {
  const { orders, cases } = await rowsAreTheFold(county);
  assert.ok(orders > 0 && cases > 0);
});
