import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR } from '#kernel/instant.ts';
import { sql } from '#platform/db/sql.ts';
import type { ComplaintView, DeskPage } from './voice-api.ts';
import { complaintDesk, person } from './testing/complaint-desk.ts';

// The list of the desk, and the trail of a reclassification.

const { county, database, clock, as, complain, signInOf } = await complaintDesk();

test('a complaint becomes an opinion by a second person only; its promise counts from acceptance; the trail stays', async () => {
  const lead = await county.actor('station-lead');
  const one = await complain({ accusedUnitId: lead.unitId });
  const { accepted } = await database.one<{ accepted: number }>(
    sql`select c.accepted_at as accepted from cases c where c.id = ${one.caseId}`,
  );
  clock.advance(2 * HOUR);
  const officer = await as('control-officer');
  const asked = await officer.post(`/api/complaints/${one.caseId}/reclassify`, {
    to: 'YJ',
    reason: '客户只是提意见',
  });
  const { id } = asked.json() as { id: string };
  const twice = await officer.post(`/api/complaints/${one.caseId}/reclassify`, {
    to: 'YJ',
    reason: '再申请',
  });
  assert.equal(twice.json().error.code, 'reclassification.asked');
  const url = `/api/reclassifications/${id}/decide`;
  const own = await officer.post(url, { approve: true, words: '同意' });
  assert.equal(own.json().error.code, 'complaint.same-person');
  assert.equal(
    (await (await as('station-lead')).post(url, { approve: true, words: '同意' })).statusCode,
    403,
  );

  const second = await signInOf(person('control-centre', 'control-officer', 1), 'control-officer');
  const decided = await second.post(url, { approve: true, words: '录音核实，未要求追责' });
  assert.equal(decided.statusCode, 200, decided.body);
  const view: ComplaintView = (await second.get(`/api/complaints/${one.caseId}`)).json();
  assert.equal(view.caseType.zh, '意见');
  assert.deepEqual(
    view.reclassifications.map((trail) => [trail.from.zh, trail.to.zh, trail.state, trail.words]),
    [['投诉', '意见', 'approved', '录音核实，未要求追责']],
  );
  assert.ok(view.clocks.length > 0);
  for (const bar of view.clocks) assert.equal(bar.startedAt, accepted);
  const old = await database.one<{ state: string; running: number }>(sql`
    select o.state, (select count(*) from clocks k where k.order_id = o.id and k.state = 'running') as running
    from orders o where o.id = ${one.orderId}`);
  assert.deepEqual(old, { state: 'stopped', running: 0 });
  assert.equal(
    (await (await as('station-lead')).get(`/api/cases/${one.caseId}`)).statusCode,
    404,
    'still the accused',
  );
});

test('the desk shows contact and answers side by side, the tightest first, and counts what it lists', async () => {
  await complain();
  clock.advance(HOUR);
  await complain();
  const officer = await as('control-officer');
  const page: DeskPage = (await officer.get('/api/complaints?type=TS&state=open')).json();
  assert.equal(page.total, page.rows.length);
  const [first] = page.rows;
  assert.deepEqual(
    first?.clocks.map((bar) => [bar.limit, bar.role]),
    [
      ['24h', 'promise'],
      ['4wd', 'company'],
      ['5wd', 'promise'],
      ['10wd', 'law'],
    ],
  );
  const dues = page.rows.map((row) => row.clocks[0]?.dueAt ?? 0);
  assert.deepEqual(
    dues,
    dues.toSorted((a, b) => a - b),
  );
  assert.ok(new Set(dues).size > 1, 'one was accepted later');
  assert.equal((await (await as('clerk')).get('/api/complaints?type=TS&state=open')).statusCode, 403);
  assert.equal(
    (await officer.get('/api/complaints?type=JB&state=open')).statusCode,
    400,
    'reports are not here',
  );
});
