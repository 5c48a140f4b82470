import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY, MINUTE } from '#kernel/instant.ts';
import { anIntake } from '#modules/case/testing/small-county.ts';
import { sql } from '#platform/db/sql.ts';
import { acceptAt, hallApp } from './testing/hall-app.ts';

// What the counter knows before it speaks: the strip, likely repeats, known faults.

const county = await hallApp();
const { as, clock, database } = county;

test('the strip tells open cases, the last promise kept or broken, and what may be promised here', async () => {
  const clerk = await as('clerk');
  const householdId = await county.household('rural');
  const { no } = await acceptAt(clerk, { process: 'repair-low', householdId, words: '没电' });
  const standing = async () => (await clerk.get(`/api/hall/standing/${householdId}`)).json();
  const now = await standing();
  assert.deepEqual([now.open[0].no, now.lastPromise.state, now.calls], [no, 'running', 0]);
  assert.equal(now.fault.cases, 1);

  clock.advance(3 * 60 * MINUTE);
  assert.equal(
    (await (await as('clerk')).get(`/api/hall/standing/${householdId}`)).json().lastPromise.state,
    'broken',
  );
  clock.advance(-3 * 60 * MINUTE);

  const may = async (area: string) =>
    (await clerk.get(`/api/hall/promises?process=repair-low&area=${area}`)).json()[0];
  assert.deepEqual([(await may('city')).text, (await may('rural')).text], ['45min', '90min']);
  assert.equal((await may('city')).dueAt, (await database.now()) + 45 * MINUTE);
});

test('the same demand again joins the case that is open; another one does not', async () => {
  const clerk = await as('clerk');
  const householdId = await county.household('city');
  const { caseId, no } = await acceptAt(clerk, { householdId });
  const repeats = async (query: string) => (await clerk.get(`/api/hall/repeats?process=${query}`)).json();
  assert.deepEqual(
    (await repeats(`inquiry&household=${householdId}`)).map((one: { no: string; same: string }) => [
      one.no,
      one.same,
    ]),
    [[no, 'household']],
  );
  assert.deepEqual(await repeats(`opinion&household=${householdId}`), [], 'another business');
  assert.deepEqual(
    await repeats(`inquiry&household=${await county.household('rural')}`),
    [],
    'another household',
  );

  const before = await database.one<{ n: number }>(sql`select count(*) as n from cases`);
  const once = { caseId, draftId: null, callId: null, channel: 'hall', words: '怎么还没答复' };
  assert.deepEqual((await clerk.post('/api/hall/join', once)).json(), { caseId, no, times: 1 });
  const after = await database.one<{ n: number }>(sql`select count(*) as n from cases`);
  assert.equal(after.n, before.n, 'no second case');
  const view = (await clerk.get(`/api/cases/${caseId}`)).json();
  const event = view.timeline.find((one: { type: string }) => one.type === 'case.urged');
  assert.equal(event.texts[0].body, '怎么还没答复');

  const accused = await as('station-lead');
  assert.equal(
    (await accused.post('/api/hall/join', once)).statusCode,
    404,
    'who may not see it cannot join it',
  );

  clock.advance(70 * DAY);
  assert.deepEqual(
    await (await as('clerk'))
      .get(`/api/hall/repeats?process=inquiry&household=${householdId}`)
      .then((a) => a.json()),
    [],
    'two months later',
  );
  clock.advance(-70 * DAY);
});

test('a neighbour of a known fault is a case of his own on the same order', async () => {
  const taker = await as('call-taker');
  const pair = await database.one<{ a: string; b: string }>(sql`
    select h.id as a, n.id as b from households h join households n on n.company_id = h.company_id
      and n.transformer_code = h.transformer_code and n.id > h.id order by h.id desc limit 1`);
  const repair = { process: 'repair-low', channel: 'phone', words: '没电' } as const;
  await acceptAt(taker, { ...repair, householdId: pair.a });
  const { fault } = (await taker.get(`/api/hall/standing/${pair.b}`)).json();
  assert.deepEqual([fault.process, fault.cases, fault.caseId !== null], ['repair-low', 1, true]);

  const other = await database.one<{ a: string; b: string }>(sql`
    select h.id as a, n.id as b from households h join households n on n.company_id = h.company_id
      and n.transformer_code = h.transformer_code and n.id > h.id order by h.id limit 1`);
  await acceptAt(taker, { process: 'quality-low-voltage', householdId: other.a, words: '电压低' });
  const quiet = (await taker.get(`/api/hall/standing/${other.b}`)).json();
  assert.equal(quiet.fault, null, 'a low voltage is no repair under way');

  const body = {
    draftId: null,
    callId: null,
    orderId: fault.orderId,
    intake: anIntake({ ...repair, householdId: pair.b, contactPhone: '16400002222' }),
  };
  const answer = await taker.post('/api/hall/intake', body);
  assert.equal(answer.statusCode, 200, answer.body);
  const { caseId } = answer.json();
  const { order_id: orderId } = await database.one<{ order_id: string }>(sql`
    select l.order_id from case_orders l where l.case_id = ${caseId} and l.unlinked_at is null`);
  assert.equal(orderId, fault.orderId, 'nobody is sent twice');
  assert.equal((await taker.get(`/api/hall/standing/${pair.b}`)).json().fault.cases, 2);
  const told = await database.one<{ n: number }>(sql`
    select count(*) as n from outbox where outbox.case_id = ${caseId} and outbox.template = 'case-accepted'`);
  assert.equal(told.n, 1, 'he is told on his phone');

  const wrong = await taker.post('/api/hall/intake', { ...body, intake: anIntake({ householdId: pair.b }) });
  assert.equal(wrong.json().error.code, 'case.link-other-process');
});

test('a passer-by is known by the phone he left', async () => {
  const clerk = await as('clerk');
  const { no } = await acceptAt(clerk, { contactPhone: '16400001234', words: '路灯不亮' });
  const [found] = (await clerk.get('/api/hall/repeats?process=inquiry&phone=16400001234')).json();
  assert.deepEqual([found.no, found.same], [no, 'phone']);
  assert.deepEqual((await clerk.get('/api/hall/repeats?process=inquiry&phone=16400009999')).json(), []);
});
