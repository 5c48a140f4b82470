import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR } from '#kernel/instant.ts';
import { isRefusal } from '#kernel/result.ts';
import { acceptCase } from '#modules/case/index.ts';
import { doStep, tryStep } from '#modules/case/testing/do-step.ts';
import { anIntake, smallCounty } from '#modules/case/testing/small-county.ts';
import { sql } from '#platform/db/sql.ts';
import { transact } from '#platform/db/transact.ts';
import { evaluate } from './evaluate.ts';

// "Solved? satisfied?" is asked once, whichever way he answers first (issue #2, 14): the call-back, the link, an SMS, the key.

const county = await smallCounty();
const { database, deps, must, companyId } = county;
const clerk = await county.actor('clerk');
const officer = await county.actor('service-officer');
const control = await county.actor('control-officer');
const caller = await county.actor('call-taker');

/** A request as far as its call-back, at 08:30 of a day of its own. */
async function toCallBack(): Promise<{ readonly caseId: string; readonly orderId: string }> {
  county.clock.advance(24 * HOUR);
  const intake = anIntake({ process: 'other-request', contactPhone: '15512340077' });
  const { caseId, orderId } = await must((tx) => acceptCase(tx, deps, clerk, intake));
  assert.ok(orderId);
  const way = [
    ['take', officer],
    ['contact', officer],
    ['handle', officer],
    ['reply', officer],
    ['review', control],
    ['answer', clerk],
  ] as const;
  for (const [step, actor] of way) await doStep(county, orderId, actor, step);
  return { caseId, orderId };
}

const called = (values: object) => ({ values: { callBackResult: 'reached', ...values } }) as const;
const content = called({ solved: true, satisfaction: 'satisfied' });

const byLink = (caseId: string, solved = true) =>
  transact(database, (tx) =>
    evaluate(tx, deps, companyId, { caseId, source: 'page', solved, satisfied: solved, words: null }),
  );

async function said(caseId: string) {
  return await database.rows<{ round: number; source: string; solved: boolean; satisfied: boolean }>(sql`
    select e.round, e.source, e.solved, e.satisfied from case_evaluations e where e.case_id = ${caseId} order by e.round`);
}

async function asked(caseId: string): Promise<number> {
  const { n } = await database.one<{ n: number }>(sql`
    select count(*) as n from outbox o where o.case_id = ${caseId} and o.template = 'case-answered'`);
  return n;
}

test('who said it when he was rung is neither asked nor heard again', async () => {
  const { caseId, orderId } = await toCallBack();
  await doStep(county, orderId, caller, 'callback', content);
  assert.deepEqual(await said(caseId), [{ round: 0, source: 'call', solved: true, satisfied: true }]);
  assert.equal(await asked(caseId), 0);
  const again = await byLink(caseId, false);
  assert.ok(
    isRefusal(again) && again.refused === 'evaluation.already' && again.detail?.['source'] === 'call',
  );
  const { state } = await database.one<{ state: string }>(
    sql`select c.state from cases c where c.id = ${caseId}`,
  );
  assert.equal(state, 'closed');
});

test('whoever could not be reached, or was and did not say, is asked by SMS, and his answer counts', async () => {
  for (const result of [
    called({ callBackResult: 'declined' }),
    called({ solved: undefined, satisfaction: undefined }),
  ]) {
    const { caseId, orderId } = await toCallBack();
    await doStep(county, orderId, caller, 'callback', result);
    assert.equal(await asked(caseId), 1);
    assert.deepEqual(await byLink(caseId), { what: 'thanks' });
    assert.deepEqual(await said(caseId), [{ round: 0, source: 'page', solved: true, satisfied: true }]);
  }
});

test('"not solved" on the phone begins another round, and each round is heard once', async () => {
  const { caseId, orderId } = await toCallBack();
  await doStep(county, orderId, caller, 'callback', called({ solved: false }));
  const way = [
    ['handle', officer],
    ['reply', officer],
    ['review', control],
    ['answer', clerk],
  ] as const;
  for (const [step, actor] of way) await doStep(county, orderId, actor, step);
  await doStep(county, orderId, caller, 'callback', content);
  const rows = await said(caseId);
  assert.deepEqual(
    rows.map(({ round, source, solved }) => [round, source, solved]),
    [
      [0, 'call', false],
      [1, 'call', true],
    ],
  );
  assert.ok(isRefusal(await byLink(caseId)));
});

test('the other way round: who answered on his link first is not counted again by a call', async () => {
  const { caseId, orderId } = await toCallBack();
  await doStep(county, orderId, caller, 'callback', called({ callBackResult: 'declined' }));
  assert.deepEqual(await byLink(caseId, false), { what: 'reopened' });
  assert.deepEqual(await said(caseId), [{ round: 0, source: 'page', solved: false, satisfied: false }]);
  // The round that he began is open: neither his link nor an old page of the caller's says anything of it yet.
  assert.ok(isRefusal(await byLink(caseId)));
  const stale = await tryStep(county, orderId, caller, 'callback', content).catch(() => 'no such task');
  assert.equal(stale, 'no such task');
});

test('call and link at one moment: one word, and what follows from it once', async () => {
  for (let i = 0; i < 4; i += 1) {
    const { caseId, orderId } = await toCallBack();
    await Promise.all([
      tryStep(county, orderId, caller, 'callback', content),
      byLink(caseId, false),
      byLink(caseId, false),
    ]);
    assert.deepEqual(await said(caseId), [{ round: 0, source: 'call', solved: true, satisfied: true }]);
    const { state, reopened } = await database.one<{ state: string; reopened: number }>(
      sql`select c.state, c.reopened from cases c where c.id = ${caseId}`,
    );
    assert.deepEqual([state, reopened], ['closed', 0]);
  }
});
