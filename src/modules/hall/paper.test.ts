import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRefusal } from '#kernel/result.ts';
import { doStep, tryStep } from '#modules/case/testing/do-step.ts';
import { sql } from '#platform/db/sql.ts';
import { acceptAt, hallApp } from './testing/hall-app.ts';

// 一次性告知 and papers that follow.

const county = await hallApp();
const { as, clock, database } = county;

test('what is missing is said once, ticked off by step, and a second asking is a violation', async () => {
  const clerk = await as('clerk');
  const householdId = await county.household('city');
  const { caseId, missingPapers } = await acceptAt(clerk, {
    process: 'resident-connection',
    householdId,
    words: '新房装表',
    papers: ['identity', 'promise'],
    promiseSigned: true,
  });
  assert.deepEqual(missingPapers, [{ id: 'property', until: 'survey' }]);
  const receipt = async () => (await clerk.get(`/api/cases/${caseId}/receipt`)).json();
  const told = (await receipt()).papers;
  assert.deepEqual([told.length, told[0].again, told[0].receivedAt], [1, false, null]);
  assert.deepEqual((await receipt()).askable, [], 'what was handed in is not asked for again');

  const asked = await clerk.post(`/api/cases/${caseId}/papers/ask`, {
    paper: null,
    words: '再拿村委会证明',
    until: null,
  });
  assert.deepEqual(asked.json(), { violation: true });
  const twice = await clerk.post(`/api/cases/${caseId}/papers/ask`, {
    paper: 'property',
    words: null,
    until: null,
  });
  assert.equal(twice.json().error.code, 'hall.paper-asked-already');
  const events = await database.rows<{ data: { violation: boolean } }>(sql`
    select e.data from case_events e where e.stream_id = ${caseId} and e.type = 'papers.asked-again'`);
  assert.deepEqual(
    events.map((event) => event.data.violation),
    [true],
  );
  assert.doesNotMatch(JSON.stringify(events), /村委会/, 'words stay out of events');

  const facts = async () =>
    (
      await database.one<{ facts: Record<string, unknown> }>(sql`
        select o.process_state -> 'facts' as facts from case_orders l
        join orders o on o.company_id = l.company_id and o.id = l.order_id where l.case_id = ${caseId}`)
    ).facts['paper.property'];
  assert.equal(await facts(), undefined);
  assert.equal(
    (await clerk.post(`/api/cases/${caseId}/papers/receive`, { paper: 'property' })).statusCode,
    200,
  );
  assert.equal(await facts(), true, 'the process knows the paper');
  const again = await clerk.post(`/api/cases/${caseId}/papers/receive`, { paper: 'property' });
  assert.equal(again.json().error.code, 'hall.paper-not-missing');
  assert.equal(
    (await receipt()).papers.find((one: { id: string }) => one.id === 'property').receivedAt,
    clock.now,
  );
});

test('a paper asked for later holds its step until it is there', async () => {
  const clerk = await as('clerk');
  const householdId = await county.household('city');
  const { caseId } = await acceptAt(clerk, {
    process: 'resident-connection',
    householdId,
    words: '新房装表',
    papers: ['identity', 'property', 'promise'],
    promiseSigned: true,
  });
  const receipt = async () => (await clerk.get(`/api/cases/${caseId}/receipt`)).json();
  const [now] = (await receipt()).untilSteps;
  const ask = async (until: string | null) =>
    await clerk.post(`/api/cases/${caseId}/papers/ask`, { paper: null, words: '村委会证明', until });
  assert.equal((await ask('nowhere')).json().error.code, 'hall.paper-too-late');
  assert.equal((await ask(null)).statusCode, 200);

  const { order_id: orderId } = await database.one<{ order_id: string }>(sql`
    select l.order_id from case_orders l where l.case_id = ${caseId}`);
  const worker = await county.actor('clerk');
  const held = await tryStep(county, orderId, worker, now.id);
  assert.equal(isRefusal(held) && held.refused, 'process.paper-missing');
  const { papers } = await receipt();
  const asked = papers.find((one: { again: boolean }) => one.again);
  assert.deepEqual([asked.name.zh, asked.until], ['村委会证明', now.name]);
  const came = await clerk.post(`/api/cases/${caseId}/papers/receive`, { paper: asked.id });
  assert.equal(came.statusCode, 200);
  await doStep(county, orderId, worker, now.id);
});

test('how many are missing goes to his phone once, and again when one more is asked for', async () => {
  const clerk = await as('clerk');
  const given = {
    process: 'resident-connection',
    householdId: await county.household('city'),
    words: '装表',
  };
  const { caseId } = await acceptAt(clerk, {
    ...given,
    papers: ['identity', 'promise'],
    promiseSigned: true,
  });
  const counts = async () =>
    (
      await database.rows<{ n: number }>(sql`
        select (o.data ->> 'count')::int as n from outbox o
        where o.case_id = ${caseId} and o.template = 'papers-missing' order by o.created_at, o.id`)
    ).map((row) => row.n);
  assert.deepEqual(await counts(), [1]);
  await clerk.post(`/api/cases/${caseId}/papers/ask`, { paper: null, words: '村委会证明', until: null });
  assert.deepEqual(await counts(), [1, 1]);
  const whole = await acceptAt(clerk, {
    ...given,
    papers: ['identity', 'promise', 'property'],
    promiseSigned: true,
  });
  const none = await database.rows(sql`
    select 1 from outbox o where o.case_id = ${whole.caseId} and o.template = 'papers-missing'`);
  assert.deepEqual(none, []);
});
