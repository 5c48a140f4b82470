import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from '#platform/db/sql.ts';
import type { ComplaintView, DeskPage } from './voice-api.ts';
import { complaintDesk, person } from './testing/complaint-desk.ts';

// The accused and those who keep away see nothing of a complaint.

const { county, database, companyId, as, complain, seqOf, work, signInOf } = await complaintDesk();

test('the accused sees nothing of it, nor does its head through the leading group, nor a counter below it', async () => {
  const head = await county.actor('marketing-head');
  const one = await complain({ accusedUnitId: head.unitId });
  const { caseId } = one;
  await database.run(sql`
    insert into case_access (company_id, unit_id, case_id, since)
    select ${companyId}, u.id, ${caseId}, to_timestamp(0) from units u where u.code in ('leading-group', 'hall-centre')
    on conflict do nothing`);
  for (const login of ['marketing-head', 'clerk']) {
    const staff = await as(login);
    assert.equal((await staff.get(`/api/cases/${caseId}`)).statusCode, 404, login);
    assert.equal((await staff.get('/api/cases')).body.includes(caseId), false, login);
    assert.equal((await staff.get(`/api/cases/find?q=${one.no}`)).body.includes(caseId), false, login);
  }
  const accused = await as('marketing-head');
  assert.equal((await accused.get(`/api/complaints/${caseId}`)).statusCode, 404);
  const desk: DeskPage = (await accused.get('/api/complaints?type=TS&state=open')).json();
  assert.equal(
    desk.rows.some((row) => row.id === caseId),
    false,
  );
  assert.equal(desk.total, desk.rows.length);
  for (const [url, body] of [
    [`/api/complaints/${caseId}/reclassify`, { to: 'YJ', reason: '不是投诉' }],
    [`/api/complaints/${caseId}/keep-away`, { personId: null, kind: 'recused', reason: '回避' }],
  ] as const)
    assert.equal((await accused.post(url, body)).statusCode, 404, url);
  const seen: DeskPage = (
    await (await as('operation-head')).get('/api/complaints?type=TS&state=open')
  ).json();
  assert.equal(
    seen.rows.some((row) => row.id === caseId),
    true,
    'another head of the leading group does',
  );
  const tasks = await database.rows<{ code: string }>(sql`
    select u.code from tasks t join units u on u.id = t.unit_id where t.order_id = ${one.orderId}`);
  assert.deepEqual(
    tasks.map((task) => task.code),
    ['control-centre'],
  );
});

test('who keeps away sees nothing of it, and what he held goes back to his post', async () => {
  const one = await complain();
  const officer = await as('control-officer');
  await work(one, await county.actor('control-officer'), 'grade');
  const url = `/api/complaints/${one.caseId}/keep-away`;
  assert.deepEqual(
    (await officer.post(url, { personId: null, kind: 'recused', reason: '客户是我的亲戚' })).json(),
    { released: 1 },
  );
  assert.equal((await officer.get(`/api/cases/${one.caseId}`)).statusCode, 404);
  assert.equal((await officer.get('/api/work')).body.includes(one.caseId), false);
  const ref = { step: 'grade', caseId: null, round: 1 };
  const again = await officer.post(`/api/orders/${one.orderId}/take`, { seq: await seqOf(one), ref });
  assert.equal(again.statusCode, 404);
  await work(one, person('control-centre', 'control-officer', 1), 'grade');
});

test('a recusal is ended by who imposed it or by a manager above, with the reason; then he sees it again', async () => {
  const one = await complain();
  const officer = await as('control-officer');
  const second = person('control-centre', 'control-officer', 1);
  const url = `/api/complaints/${one.caseId}`;
  const away = { personId: second.personId, kind: 'recused', reason: '邻居' };
  assert.equal((await officer.post(`${url}/keep-away`, away)).statusCode, 200);
  const other = await signInOf(second, 'control-officer');
  assert.equal((await other.get(url)).statusCode, 404);
  const end = { personId: second.personId, reason: '不是同一个小区' };
  assert.equal((await other.post(`${url}/let-back`, end)).statusCode, 404, 'not by himself');
  const stranger = await as('inspection-head');
  await database.run(sql`
    insert into case_access (company_id, unit_id, case_id, since)
    select ${county.companyId}, u.id, ${one.caseId}, to_timestamp(0) from units u where u.code = 'inspection'`);
  const refused = await stranger.post(`${url}/let-back`, end);
  assert.equal(refused.json().error.code, 'complaint.let-back-by-whom');

  const before: ComplaintView = (await officer.get(url)).json();
  assert.deepEqual(
    before.keptAway.map(({ who, mayLetBack }) => [who, mayLetBack]),
    [[second.personId, true]],
  );
  assert.equal((await officer.post(`${url}/let-back`, end)).statusCode, 200);
  assert.equal((await officer.post(`${url}/let-back`, end)).json().error.code, 'complaint.not-kept-away');
  assert.equal((await other.get(url)).statusCode, 200);
  const kept = await database.rows<{ type: string; body: string }>(sql`
    select e.type, x.body from case_events e join case_texts x on x.id = (e.data -> 'textIds' ->> 0)::uuid
    where e.stream_id = ${one.caseId} and e.type like 'person.%' order by e.seq`);
  assert.deepEqual(kept, [
    { type: 'person.kept-away', body: '邻居' },
    { type: 'person.let-back', body: '不是同一个小区' },
  ]);
});
