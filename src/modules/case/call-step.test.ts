import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, MINUTE } from '#kernel/instant.ts';
import { isRefusal } from '#kernel/result.ts';
import { handbookLibrary } from '#modules/process/index.ts';
import { sql } from '#platform/db/sql.ts';
import { acceptCase } from './case-commands.ts';
import { myWork } from './case-lists.ts';
import { caseView } from './case-view.ts';
import { doStep, tryStep } from './testing/do-step.ts';
import { rowsAreTheFold } from './testing/rows-are-the-fold.ts';
import { anIntake, smallCounty } from './testing/small-county.ts';

// 2026-11-23 08:30 in Shanghai, a Monday.
const county = await smallCounty();
const { database, deps, must } = county;
const clerk = await county.actor('clerk');
const officer = await county.actor('service-officer');
const control = await county.actor('control-officer');
const caller = await county.actor('call-taker');

/** A request as far as its call-back, at 08:30 of a day of its own. */
async function toCallBack(): Promise<{ caseId: string; orderId: string }> {
  county.clock.advance(24 * HOUR);
  const accepted = await must((tx) => acceptCase(tx, deps, clerk, anIntake({ process: 'other-request' })));
  const { caseId, orderId } = accepted;
  assert.ok(orderId);
  const steps = [
    ['take', officer],
    ['contact', officer],
    ['handle', officer],
    ['reply', officer],
    ['review', control],
    ['answer', clerk],
  ] as const;
  for (const [step, actor] of steps) await doStep(county, orderId, actor, step);
  return { caseId, orderId };
}

const noAnswer = { values: { callBackResult: 'no-answer' } };

async function standing(caseId: string) {
  return await database.one<{ state: string; reopened: number; facts: Record<string, unknown> | null }>(sql`
    select c.state, c.reopened, o.process_state -> 'caseFacts' -> c.id::text as facts from cases c
    join case_orders l on l.company_id = c.company_id and l.case_id = c.id
    join orders o on o.company_id = l.company_id and o.id = l.order_id where c.id = ${caseId}`);
}

async function refusal(orderId: string, report: Parameters<typeof tryStep>[4]) {
  const done = await tryStep(county, orderId, caller, 'callback', report);
  return isRefusal(done) ? done : undefined;
}

async function calls(caseId: string) {
  return await database.rows(sql`
    select e.data ->> 'outcome' as outcome, (e.data ->> 'attempt')::int as attempt from case_events e
    where e.stream_id = ${caseId} and e.type = 'customer.called' order by e.seq`);
}

test('three calls that nobody answers, two hours apart, end the step as not reached; before that it stays open', async () => {
  const { caseId, orderId } = await toCallBack();
  await doStep(county, orderId, caller, 'callback', noAnswer);
  assert.equal((await standing(caseId)).state, 'open');
  const soon = await refusal(orderId, noAnswer);
  assert.deepEqual(soon, { refused: 'callback.too-soon', detail: { earliest: county.clock.now + 2 * HOUR } });
  const view = await caseView(database, deps.version, caller, caseId, county.clock.now);
  const form = view?.order?.forms.find((one) => one.step === 'callback');
  assert.equal(form?.calls?.attempts.length, 1);
  assert.equal(form?.calls?.notBefore, county.clock.now + 2 * HOUR);
  const mine = (await myWork(database, handbookLibrary(), caller, county.clock.now)).find(
    (item) => item.orderId === orderId,
  );
  assert.equal(mine?.ringFrom, county.clock.now + 2 * HOUR, 'my work says it too');
  assert.ok(!form?.fields.some((field) => field.options.some((option) => option.id === 'unreachable')));

  county.clock.advance(2 * HOUR);
  await doStep(county, orderId, caller, 'callback', noAnswer);
  county.clock.advance(2 * HOUR);
  await doStep(county, orderId, caller, 'callback', noAnswer);
  const { state, facts } = await standing(caseId);
  assert.equal(state, 'closed');
  assert.equal(facts?.['callBackResult'], 'unreachable');
  assert.deepEqual(
    await calls(caseId),
    [1, 2, 3].map((attempt) => ({ outcome: 'no-answer', attempt })),
  );
  county.clock.advance(-4 * HOUR);
});

test('nobody is rung between 22:00 and 08:00, and "not reached" is not said by hand; nothing is on record then', async () => {
  const { caseId, orderId } = await toCallBack();
  county.clock.advance(14 * HOUR);
  const late = await refusal(orderId, noAnswer);
  assert.equal(late?.refused, 'callback.quiet-hours');
  county.clock.advance(-14 * HOUR);
  const byHand = await refusal(orderId, { values: { callBackResult: 'unreachable' } });
  assert.equal(byHand?.refused, 'process.value-invalid');
  const nonsense = await refusal(orderId, {
    values: { callBackResult: 'reached', satisfaction: '张三很满意' },
  });
  assert.equal(nonsense?.refused, 'process.value-invalid');
  assert.deepEqual(await calls(caseId), []);
});

test('"not solved" sends the work back once with its history; the second time the control centre owes a call', async () => {
  const { caseId, orderId } = await toCallBack();
  const notSolved = { values: { callBackResult: 'reached', solved: false } };
  await doStep(county, orderId, caller, 'callback', notSolved);
  const again = await standing(caseId);
  assert.deepEqual([again.state, again.reopened], ['open', 1]);
  const rework = () =>
    database.rows<{ state: string; kept: boolean | null; limit: string; at: number; due: number }>(sql`
      select k.state, k.kept, k.limit_text as limit, k.started_at as at, k.due_at as due from clocks k
      where k.order_id = ${orderId} and k.clock = 'rework'`);
  const [begun] = await rework();
  assert.deepEqual([begun?.state, begun?.limit, begun?.at], ['running', '2wd', county.clock.now]);
  for (const [step, actor] of [
    ['handle', officer],
    ['reply', officer],
    ['review', control],
    ['answer', clerk],
  ] as const)
    await doStep(county, orderId, actor, step);
  const [answered] = await rework();
  assert.deepEqual([answered?.state, answered?.kept], ['met', true], 'R113 ends with the next answer');
  county.clock.advance(5 * MINUTE);
  await doStep(county, orderId, caller, 'callback', notSolved);
  const end = await standing(caseId);
  assert.deepEqual([end.state, end.reopened], ['closed', 1]);
  const owed = await database.rows(sql`
    select o.reason, u.code from owed_calls o join units u on u.company_id = o.company_id and u.id = o.unit_id
    where o.case_id = ${caseId}`);
  assert.deepEqual(owed, [{ reason: 'not-solved-again', code: 'control-centre' }]);
  county.clock.advance(-5 * MINUTE);
});

test('solved but dissatisfied owes a call; solved and content owes nothing', async () => {
  for (const [satisfaction, reasons] of [
    ['very-dissatisfied', ['dissatisfied']],
    ['satisfied', []],
  ] as const) {
    const { caseId, orderId } = await toCallBack();
    await doStep(county, orderId, caller, 'callback', {
      values: { callBackResult: 'reached', solved: true, satisfaction },
    });
    assert.equal((await standing(caseId)).state, 'closed');
    const owed = await database.rows<{ reason: string }>(sql`
      select o.reason from owed_calls o where o.case_id = ${caseId}`);
    assert.deepEqual(
      owed.map((one) => one.reason),
      reasons,
    );
  }
});

test('after all that, the kept rows are what the events tell', async () => {
  const { orders, cases } = await rowsAreTheFold(county);
  assert.ok(orders > 0 && cases > 0);
});
