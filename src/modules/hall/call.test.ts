import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MINUTE } from '#kernel/instant.ts';
import { anIntake } from '#modules/case/testing/small-county.ts';
import { sql } from '#platform/db/sql.ts';
import { oweCall } from '#modules/case/index.ts';
import { callHints } from './call-hints.ts';
import { hallApp } from './testing/hall-app.ts';

// The telephone: who rings, what is owed to whoever was lost, the day in figures.

const county = await hallApp();
const { as, clock, database, deps, must } = county;

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
  const [owed] = (await taker.get('/api/owed-calls')).json();
  assert.deepEqual(
    [owed.callId, owed.reason, owed.phone, owed.dueAt],
    [view.id, 'dropped', household.phone, clock.now + 25 * MINUTE],
  );
  assert.equal((await taker.get(`/api/hall/standing/${household.id}`)).json().calls, 1);
  const accused = await as('station-lead');
  assert.deepEqual((await accused.get('/api/owed-calls')).json(), [], 'another unit owes nothing');
  const ring = { outcome: 'reached', words: null };
  assert.equal((await accused.post(`/api/owed-calls/${owed.id}/attempts`, ring)).statusCode, 404);
  assert.equal((await taker.post(`/api/owed-calls/${owed.id}/attempts`, ring)).statusCode, 200);
  assert.deepEqual((await taker.get('/api/owed-calls')).json(), []);
  assert.equal((await taker.get(`/api/calls/${view.id}`)).json().owed.state, 'reached');

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
    if (said === 'missed') {
      const { owed } = (await taker.get(`/api/calls/${id}`)).json();
      await taker.post(`/api/owed-calls/${owed.id}/attempts`, { outcome: 'reached', words: null });
    }
  }
  clock.advance(1);
  const after = (await taker.get('/api/calls/figures')).json();
  const more = (key: string) => after[key] - before[key];
  assert.deepEqual(
    ['announced', 'answered', 'inPromise', 'inIndicator', 'missed', 'owedInTime'].map(more),
    [3, 2, 1, 2, 1, 1],
  );
});

test('calls owed to customers of cases and to lost callers are one list, by time left', async () => {
  const taker = await as('call-taker');
  const { id } = (await taker.post('/api/calls/open', { phone: '16499990012' })).json();
  const taken = await taker.post('/api/hall/intake', {
    draftId: null,
    callId: id,
    intake: anIntake({ channel: 'phone', contactPhone: '16499990013' }),
  });
  const { caseId } = taken.json();
  await must((tx) => oweCall(tx, deps, county.companyId, { caseId, reason: 'dissatisfied' }));
  await taker.post(`/api/calls/${id}/end`, { outcome: 'dropped' });
  const mine = (await taker.get('/api/owed-calls'))
    .json()
    .filter((one: { caseId: string }) => one.caseId === caseId);
  assert.deepEqual(
    mine.map((one: { reason: string; phone: string }) => [one.reason, one.phone]),
    [
      ['dropped', '16499990012'],
      ['dissatisfied', '16499990013'],
    ],
  );
  assert.equal((await taker.get(`/api/cases/${caseId}/work`)).json().owedCalls.length, 2);
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

test('a caller lost at night is rung back at once, later tries wait for the morning and for two hours (R109)', async () => {
  const before = clock.now;
  clock.now = Date.parse('2026-11-24T23:10:00+08:00');
  const taker = await as('call-taker');
  const { id } = (await taker.post('/api/calls/open', { phone: '16499990011' })).json();
  await taker.post(`/api/calls/${id}/end`, { outcome: 'dropped' });
  const { owed } = (await taker.get(`/api/calls/${id}`)).json();
  const ring = async (words: string | null = null) =>
    await taker.post(`/api/owed-calls/${owed.id}/attempts`, { outcome: 'no-answer', words });
  assert.equal((await ring('他说明天再说')).json().error.code, 'callback.no-case');
  assert.deepEqual((await ring()).json(), { state: 'open' });
  assert.equal((await ring()).json().error.code, 'callback.too-soon');
  const row = (await taker.get('/api/owed-calls'))
    .json()
    .find((one: { callId: string }) => one.callId === id);
  assert.equal(row.notBefore, Date.parse('2026-11-25T08:00:00+08:00'));
  clock.now = before;
});

test('whoever says that he goes to the media: the control centre hears it with the demand; nobody does of one that is calm, or about the centre', async () => {
  const taker = await as('call-taker');
  const centre = await county.actor('control-officer');
  const take = async (said: object) => {
    const { id } = (await taker.post('/api/calls/open', { phone: '16499990000' })).json();
    const intake = anIntake({
      channel: 'phone',
      process: 'complaint',
      words: '再不来人我就找电视台',
      ...said,
    });
    return (await taker.post('/api/hall/intake', { draftId: null, callId: id, intake })).json().caseId;
  };
  const angry = await take({ mood: 'furious', escalationRisk: true });
  await take({ mood: 'upset', escalationRisk: false });
  await take({ mood: 'furious', escalationRisk: true, accusedUnitId: centre.unitId });
  const told = await database.rows<{ personId: string; caseId: string }>(sql`
    select o.person_id as "personId", o.data ->> 'caseId' as "caseId" from outbox o
    where o.template = 'case-may-escalate'`);
  assert.ok(told.some((one) => one.personId === centre.personId));
  assert.deepEqual([...new Set(told.map((one) => one.caseId))], [angry]);
  const page = (await (await as('control-officer')).get(`/api/cases/${angry}`)).json();
  assert.deepEqual([page.mood, page.escalationRisk], ['furious', true]);
});
