import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY, MINUTE } from '#kernel/instant.ts';
import { anIntake } from '#modules/case/testing/small-county.ts';
import { sql } from '#platform/db/sql.ts';
import { newId } from '#platform/ids.ts';
import { callHints } from './call-hints.ts';
import { hallApp, type Staff } from './testing/hall-app.ts';

// Counter and phone through the HTTP door, on the demo company.

const county = await hallApp();
const { as, clock, database } = county;

async function accept(who: Staff, given: Parameters<typeof anIntake>[0]) {
  const body = { draftId: null, callId: null, intake: anIntake(given) };
  const answer = await who.post('/api/hall/intake', body);
  assert.equal(answer.statusCode, 200, answer.body);
  return answer.json() as { caseId: string; no: string; missingPapers: { id: string; until: string }[] };
}

test('drafts follow the person, are nobody else’s, and go when the demand is accepted', async () => {
  const [clerk, other] = [await as('clerk'), await as('clerk-2')];
  const id = newId();
  const content = { intake: anIntake({ words: '家里没电' }), callId: null };
  assert.deepEqual((await clerk.put(`/api/drafts/${id}`, { seq: 0, content })).json(), { seq: 1 });
  const later = { ...content, intake: anIntake({ words: '家里没电，邻居有' }) };
  assert.deepEqual((await clerk.put(`/api/drafts/${id}`, { seq: 1, content: later })).json(), { seq: 2 });

  const stale = await clerk.put(`/api/drafts/${id}`, { seq: 1, content });
  assert.deepEqual([stale.statusCode, stale.json().error.code], [409, 'hall.draft.stale']);
  const again = await as('clerk');
  const [found] = (await again.get('/api/drafts')).json();
  assert.equal(found.content.intake.words, '家里没电，邻居有');

  assert.deepEqual((await other.get('/api/drafts')).json(), []);
  assert.equal((await other.put(`/api/drafts/${id}`, { seq: 2, content })).statusCode, 404);
  assert.equal((await other.post(`/api/drafts/${id}/discard`, {})).statusCode, 404);

  const refused = await clerk.post('/api/hall/intake', {
    draftId: id,
    callId: null,
    intake: anIntake({ words: ' ' }),
  });
  assert.equal(refused.json().error.code, 'case.words-missing');
  assert.equal((await clerk.get('/api/drafts')).json().length, 1, 'a refused intake keeps its draft');
  const accepted = await clerk.post('/api/hall/intake', { draftId: id, callId: null, intake: anIntake({}) });
  assert.match(accepted.json().no, /^\d{11}$/);
  assert.deepEqual((await clerk.get('/api/drafts')).json(), []);
});

test('twenty drafts are enough', async () => {
  const clerk = await as('clerk-2');
  const content = { intake: anIntake({}), callId: null };
  for (let i = 0; i < 20; i++)
    assert.equal((await clerk.put(`/api/drafts/${newId()}`, { seq: 0, content })).statusCode, 200);
  const more = await clerk.put(`/api/drafts/${newId()}`, { seq: 0, content });
  assert.equal(more.json().error.code, 'hall.too-many-drafts');
});

test('the strip tells open cases, the last promise kept or broken, and what may be promised here', async () => {
  const clerk = await as('clerk');
  const householdId = await county.household('rural');
  const { no } = await accept(clerk, { process: 'repair-low', householdId, words: '没电' });
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
  const { caseId, no } = await accept(clerk, { householdId });
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
  await accept(taker, { ...repair, householdId: pair.a });
  const { fault } = (await taker.get(`/api/hall/standing/${pair.b}`)).json();
  assert.deepEqual([fault.process, fault.cases, fault.caseId !== null], ['repair-low', 1, true]);

  const other = await database.one<{ a: string; b: string }>(sql`
    select h.id as a, n.id as b from households h join households n on n.company_id = h.company_id
      and n.transformer_code = h.transformer_code and n.id > h.id order by h.id limit 1`);
  await accept(taker, { process: 'quality-low-voltage', householdId: other.a, words: '电压低' });
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
  const { no } = await accept(clerk, { contactPhone: '16400001234', words: '路灯不亮' });
  const [found] = (await clerk.get('/api/hall/repeats?process=inquiry&phone=16400001234')).json();
  assert.deepEqual([found.no, found.same], [no, 'phone']);
  assert.deepEqual((await clerk.get('/api/hall/repeats?process=inquiry&phone=16400009999')).json(), []);
});

test('what is missing is said once, ticked off by step, and a second asking is a violation', async () => {
  const clerk = await as('clerk');
  const householdId = await county.household('city');
  const { caseId, missingPapers } = await accept(clerk, {
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

  const asked = await clerk.post(`/api/cases/${caseId}/papers/ask`, { paper: null, words: '再拿村委会证明' });
  assert.deepEqual(asked.json(), { violation: true });
  const twice = await clerk.post(`/api/cases/${caseId}/papers/ask`, { paper: 'property', words: null });
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

test('a call rings on the screen of the person called, knows the household, and owes a call-back when it is cut off', async () => {
  const lead = await as('hall-lead');
  const made = await lead.post('/api/devices', { kind: 'exchange', name: '话务系统' });
  const { id: deviceId, token } = made.json();
  const exchange = async (url: string, payload: object, key = token) =>
    await county.device(key).post(url, payload);
  const household = await database.one<{ id: string; phone: string }>(sql`
    select min(h.id::text) as id, c.phone from households h
    join customers c on c.company_id = h.company_id and c.id = h.customer_id
    where c.phone is not null group by c.phone having count(*) = 1 order by c.phone limit 1`);
  const call = { phone: household.phone, agent: 'call-taker', recording: 'REC-1' };

  assert.equal((await exchange('/api/calls', call, `${token}x`)).statusCode, 401);
  const rang = await exchange('/api/calls', call);
  assert.equal(rang.statusCode, 200, rang.body);
  assert.deepEqual((await exchange('/api/calls', call)).json(), rang.json(), 'told twice, one call');
  assert.equal(
    (await exchange('/api/calls', { ...call, agent: 'nobody', recording: 'x' })).json().error.code,
    'hall.agent-unknown',
  );

  const taker = await as('call-taker');
  const ringing = (await taker.get('/api/calls/ringing')).json();
  assert.equal(ringing.call.id, rang.json().id);
  assert.equal((await lead.get('/api/calls/ringing')).json().call, null, 'not on another screen');
  assert.equal((await lead.get(`/api/calls/${ringing.call.id}`)).statusCode, 404);
  const view = (await taker.get(`/api/calls/${ringing.call.id}`)).json();
  assert.deepEqual(
    [view.phone, view.householdId, view.households.length],
    [household.phone, household.id, 1],
  );

  assert.equal((await taker.post(`/api/calls/${view.id}/answer`, {})).statusCode, 200);
  const notes = { mood: 'furious', escalationRisk: true, recordingNo: 'REC-1', householdId: household.id };
  assert.equal((await taker.put(`/api/calls/${view.id}/notes`, notes)).statusCode, 200);
  await exchange('/api/calls/rang-off', { recording: 'REC-1', outcome: 'dropped' });
  const [owed] = (await taker.get('/api/calls/owed')).json();
  assert.deepEqual([owed.id, owed.owedUntil], [view.id, clock.now + 25 * MINUTE]);
  assert.equal((await taker.get(`/api/hall/standing/${household.id}`)).json().calls, 1);
  assert.equal((await taker.post(`/api/calls/${view.id}/called-back`, {})).statusCode, 200);
  assert.deepEqual((await taker.get('/api/calls/owed')).json(), []);

  await lead.post(`/api/devices/${deviceId}/revoke`, {});
  assert.equal((await exchange('/api/calls', { ...call, recording: 'REC-2' })).statusCode, 401);
});

test('a demand taken on the phone is tied to its call; one that ended well owes nothing', async () => {
  const taker = await as('call-taker');
  const { id } = (await taker.post('/api/calls/open', { phone: '16499990000' })).json();
  const answer = await taker.post('/api/hall/intake', {
    draftId: null,
    callId: id,
    intake: anIntake({ channel: 'phone' }),
  });
  assert.equal((await taker.get(`/api/calls/${id}`)).json().caseId, answer.json().caseId);
  assert.equal((await taker.post(`/api/calls/${id}/end`, { outcome: 'done' })).json().owedUntil, null);
  assert.equal(
    (await taker.post(`/api/calls/${id}/end`, { outcome: 'dropped' })).json().error.code,
    'hall.call-over',
  );
});

test('the telephone’s day in figures: picked up within 12 and 20 seconds (R107), missed, called back in time', async () => {
  const lead = await as('hall-lead');
  const { token } = (await lead.post('/api/devices', { kind: 'exchange', name: '二号总机' })).json();
  const exchange = county.device(token);
  const taker = await as('call-taker');
  const before = (await taker.get('/api/calls/figures')).json();
  assert.deepEqual(before.limits, { promise: 12, indicator: 20 });
  for (const [i, seconds] of [10, 15, 40].entries()) {
    const call = { phone: '16499990009', agent: 'call-taker', recording: `F-${i}` };
    const { id } = (await exchange.post('/api/calls', call)).json();
    clock.advance(seconds * 1000);
    const said = i === 2 ? 'missed' : 'answered';
    await exchange.post('/api/calls/rang-off', { recording: `F-${i}`, outcome: said });
    if (said === 'missed') await taker.post(`/api/calls/${id}/called-back`, {});
  }
  clock.advance(1);
  const after = (await taker.get('/api/calls/figures')).json();
  const more = (key: string) => after[key] - before[key];
  assert.deepEqual(
    ['announced', 'answered', 'inPromise', 'inIndicator', 'missed', 'owedInTime'].map(more),
    [3, 2, 1, 2, 1, 1],
  );
});

test('a call that moved is hinted to the person whose it is, and to nobody else', async () => {
  const taker = await as('call-taker');
  const since = clock.now;
  clock.advance(1000);
  const { id } = (await taker.post('/api/calls/open', { phone: '16499990010' })).json();
  const hints = await callHints(database)(since);
  const [person] = await database.rows<{ id: string }>(sql`
    select a.person_id as id from accounts a where a.login = 'call-taker'`);
  assert.deepEqual(
    hints.map((hint) => [hint.topic, hint.id, hint.personId]),
    [['call', id, person?.id]],
  );
  assert.deepEqual(await callHints(database)(clock.now), []);
});
