import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anIntake } from '#modules/case/testing/small-county.ts';
import { sql } from '#platform/db/sql.ts';
import { newId } from '#platform/ids.ts';
import type { ShiftView } from './shift-api.ts';
import { hallApp, type Staff } from './testing/hall-app.ts';

// 交接班 through the HTTP door: both sign, and what is hidden comes to light as a number.

const county = await hallApp();
const { as, clock, database } = county;
const [leaving, coming, other] = [await as('dispatcher'), await as('dispatcher-2'), await as('clerk')];
const shift = async (who: Staff) => (await who.get('/api/shift')).json() as ShiftView;

async function repairInHand(): Promise<{ orderId: string; taskId: string }> {
  const householdId = await county.household('city');
  const intake = anIntake({ process: 'repair-low', householdId, words: '没电' });
  const { caseId } = (await other.post('/api/hall/intake', { draftId: null, callId: null, intake })).json();
  return await database.one(sql`
    select t.order_id as "orderId", t.id as "taskId" from tasks t
    join case_orders l on l.company_id = t.company_id and l.order_id = t.order_id
    where l.case_id = ${caseId} and t.state = 'open'`);
}

test('what is open, promised within the next shift, hidden in drafts and owed is in the offer', async () => {
  const { taskId } = await repairInHand();
  const before = await shift(leaving);
  assert.equal(before.place, 'dispatch');
  const { desk } = before.content;
  assert.deepEqual(
    [desk?.open, desk?.nobodyThere, desk?.hazards, desk?.storm, desk?.automatic],
    [1, 1, 0, false, false],
  );
  assert.ok(before.content.open.includes(taskId));
  assert.deepEqual(
    [before.content.promised.length, before.content.drafts, before.content.owed.length],
    [1, 0, 0],
  );
  const content = { intake: anIntake({ words: '还没记完' }), callId: null };
  await leaving.put(`/api/drafts/${newId()}`, { seq: 0, content });
  const { id } = (await leaving.post('/api/calls/open', { phone: '16499991111' })).json();
  await leaving.post(`/api/calls/${id}/end`, { outcome: 'dropped' });
  const after = await shift(leaving);
  const { owed } = (await leaving.get(`/api/calls/${id}`)).json();
  assert.deepEqual([after.content.drafts, after.content.owed], [1, [owed.id]]);
  assert.equal(
    (await shift(coming)).content.drafts,
    0,
    'drafts of others stay hidden until the shift is offered',
  );
});

test('the giver offers, the taker accepts, both are kept; drafts and tasks pass', async () => {
  const seen = await shift(leaving);
  const task = seen.open[0];
  assert.ok(task);
  const { order_id: orderId, seq } = await database.one<{ order_id: string; seq: number }>(sql`
    select t.order_id, o.seq from tasks t join orders o on o.id = t.order_id where t.id = ${task.taskId}`);
  const ref = await database.one<object>(sql`
    select t.step, t.case_id as "caseId", t.round from tasks t where t.id = ${task.taskId}`);
  assert.equal((await leaving.post(`/api/orders/${orderId}/take`, { seq, ref })).statusCode, 200);

  const offered = await leaving.post('/api/shift/offers', { toPersonId: null, note: '3 号线注意' });
  assert.equal(offered.statusCode, 200, offered.body);
  const { id } = offered.json();
  const twice = await leaving.post('/api/shift/offers', { toPersonId: null, note: '' });
  assert.equal(twice.json().error.code, 'shift.offered-already');
  assert.equal(
    (await leaving.post(`/api/shift/offers/${id}/accept`, { takeDrafts: true, takeTasks: true })).json().error
      .code,
    'shift.own-offer',
  );
  assert.equal(
    (await other.post(`/api/shift/offers/${id}/accept`, { takeDrafts: true, takeTasks: true })).statusCode,
    404,
  );

  const [offer] = (await shift(coming)).offers;
  assert.deepEqual([offer?.content.drafts, offer?.note], [1, '3 号线注意']);
  const accepted = await coming.post(`/api/shift/offers/${id}/accept`, { takeDrafts: true, takeTasks: true });
  assert.deepEqual(accepted.json(), { drafts: 1, tasks: 1 });
  assert.equal((await coming.get('/api/drafts')).json()[0].content.intake.words, '还没记完');
  assert.deepEqual((await leaving.get('/api/drafts')).json(), []);
  const held = (await shift(coming)).open.find((one) => one.taskId === task.taskId);
  assert.equal(held?.mine, true, 'the task is in the hands of whoever came');

  const [kept] = (await shift(leaving)).history;
  assert.deepEqual(
    [kept?.state, kept?.fromPersonId === kept?.toPersonId, kept?.acceptedAt],
    ['accepted', false, clock.now],
  );
  const again = await coming.post(`/api/shift/offers/${id}/accept`, { takeDrafts: true, takeTasks: true });
  assert.equal(again.json().error.code, 'shift.not-offered');
});

test('an offer addressed to one is nobody else’s, and can be withdrawn before it is signed', async () => {
  const view = await shift(coming);
  const stranger = await database.one<{ id: string }>(sql`
    select a.person_id as id from accounts a where a.login = 'clerk'`);
  const wrong = await coming.post('/api/shift/offers', { toPersonId: stranger.id, note: '' });
  assert.equal(wrong.json().error.code, 'shift.not-a-colleague');
  const { id: leavingId } = await database.one<{ id: string }>(sql`
    select a.person_id as id from accounts a where a.login = 'dispatcher'`);
  const colleague = view.colleagues.find((one) => one.id === leavingId);
  assert.ok(colleague);
  const { id } = (await coming.post('/api/shift/offers', { toPersonId: colleague.id, note: '' })).json();
  const bell = await database.one<{ n: number }>(sql`
    select count(*) as n from outbox where outbox.template = 'shift-offered' and outbox.person_id = ${colleague.id}`);
  assert.equal(bell.n, 1);
  assert.equal((await shift(leaving)).offers.length, 1);
  assert.equal((await leaving.post(`/api/shift/offers/${id}/withdraw`, {})).statusCode, 404);
  assert.equal((await coming.post(`/api/shift/offers/${id}/withdraw`, {})).statusCode, 200);
  assert.equal((await shift(leaving)).offers.length, 0);
});
