import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, MINUTE } from '#kernel/instant.ts';
import { sql } from '#platform/db/sql.ts';
import { doNextStep } from '#testing/demo/carry-order.ts';
import { demoCompany } from '#testing/demo/demo-company.ts';
import { seeded } from '#testing/demo/seeded.ts';
import { writeTime } from './domain/index.ts';
import { doorApp } from './testing/door-app.ts';

// What goes back to other systems, what they send back, objections; and who sees none of it.

const county = await doorApp();
const { as, system, keyFor, database, clock } = county;
const NOW = await database.now();
const national = system((await keyFor('95598')).key);
const city = system((await keyFor('12345')).key);
const officer = await as('control-officer');

let numbers = 0;
async function accepted(given: Record<string, unknown> = {}) {
  const number = `N${(numbers += 1)}`;
  const payload = {
    number,
    startedAt: writeTime(NOW - HOUR),
    kind: '业务咨询',
    contactName: '张三',
    contactPhone: '13900001111',
    words: '电价怎么算',
    ...given,
  };
  const answer = (await national.post('/api/outside/orders', payload)).json();
  assert.equal(answer.state, 'accepted', JSON.stringify(answer));
  return { number, id: answer.id as string, caseNo: answer.caseNo as string };
}

const FIELDS = {
  contacted: 'yes',
  contactedAt: writeTime(NOW - 10 * MINUTE),
  unit: '营销部',
  cause: '客户对峰谷时段有疑问',
  onSite: 'no',
  measures: '逐项解释电费单',
  result: '客户已明白',
  finishedAt: writeTime(NOW - MINUTE),
  opinion: '认可',
};

test('a reply passes the gate, is fetched in their labels once, and comes back as rework', async () => {
  const { id, number, caseNo } = await accepted();
  const say = (fields: Record<string, string>) => officer.post(`/api/outside/${id}/reply`, { fields });
  const faults = async (fields: Record<string, string>) =>
    (await say({ ...FIELDS, ...fields })).json().error?.detail?.faults ?? null;
  assert.equal(await faults({ cause: '已解决' }), 'cause', 'a word that says nothing');
  assert.equal(await faults({ contactedAt: '' }), 'contactedAt');
  assert.equal(await faults({ contactedAt: '2026-02-30' }), 'contactedAt');
  assert.equal(await faults({ contacted: 'no', contactedAt: '' }), 'notContacted');
  assert.equal(await faults({ finishedAt: writeTime(NOW + HOUR) }), 'reply.time-in-future');
  assert.equal(await faults({ contactedAt: writeTime(NOW - 2 * HOUR) }), 'reply.contact-before-acceptance');
  assert.deepEqual((await national.get('/api/outside/replies')).json().replies, [], 'nothing half-written');

  assert.deepEqual((await say(FIELDS)).json(), { round: 1 });
  assert.deepEqual(
    (await say({ ...FIELDS, opinion: '满意' })).json(),
    { round: 1 },
    'replaced while it waits',
  );
  const { replies } = (await national.get('/api/outside/replies')).json();
  assert.deepEqual(
    [
      replies.length,
      replies[0].number,
      replies[0].caseNo,
      replies[0].fields['是否联系客户'],
      replies[0].fields['客户意见'],
    ],
    [1, number, caseNo, '是', '满意'],
  );
  assert.deepEqual((await city.get('/api/outside/replies')).json().replies, [], 'another door sees nothing');
  assert.deepEqual((await city.post('/api/outside/replies/taken', { numbers: [number] })).json(), {
    handed: 0,
  });
  assert.deepEqual((await national.post('/api/outside/replies/taken', { numbers: [number] })).json(), {
    handed: 1,
  });
  assert.deepEqual((await national.post('/api/outside/replies/taken', { numbers: [number] })).json(), {
    handed: 0,
  });
  assert.equal((await say(FIELDS)).json().error.code, 'door.reply-handed');

  assert.equal((await city.post('/api/outside/returns', { number, reason: '没答到点上' })).statusCode, 404);
  const back = { number, reason: '没说分时电价' };
  assert.deepEqual((await national.post('/api/outside/returns', back)).json(), { returned: true, round: 1 });
  assert.deepEqual((await national.post('/api/outside/returns', back)).json(), { returned: true, round: 1 });
  const after = await database.one<{ state: string; reopened: number }>(sql`
    select c.state, c.reopened from cases c where c.no = ${caseNo}`);
  assert.deepEqual(after, { state: 'open', reopened: 0 }, 'the work had not begun: nothing to begin anew');
  const detail = (await officer.get(`/api/outside/${id}`)).json();
  assert.deepEqual([detail.reply, detail.replies[0].returnReason], ['returned', '没说分时电价']);
  assert.deepEqual((await say(FIELDS)).json(), { round: 2 });
});

test('a returned reply opens the finished case again, each time, as rework', async () => {
  const { id, number, caseNo } = await accepted({ kind: '表扬', words: '师傅服务好' });
  const of = await database.one<{ id: string; order: string }>(sql`
    select c.id, l.order_id as "order" from cases c join case_orders l on l.case_id = c.id where c.no = ${caseNo}`);
  const cast = { deps: county.deps, company: demoCompany() };
  const random = seeded(7, 'returns');
  for (const round of [1, 2]) {
    const step = { orderId: of.order, at: NOW, mayReturn: false };
    while ((await doNextStep(cast, database, step, random)) === 'done');
    const done = await database.one<{ state: string }>(
      sql`select c.state from cases c where c.id = ${of.id}`,
    );
    assert.equal(done.state, 'closed');
    await officer.post(`/api/outside/${id}/reply`, { fields: FIELDS });
    await national.post('/api/outside/replies/taken', { numbers: [number] });
    const back = await national.post('/api/outside/returns', { number, reason: '请写明班组' });
    assert.deepEqual(back.json(), { returned: true, round });
    const now = await database.one<{ state: string; reopened: number; rework: number }>(sql`
      select c.state, c.reopened, (select count(*) from tasks t where t.order_id = ${of.order} and t.state = 'open'
        and t.rework) as rework from cases c where c.id = ${of.id}`);
    assert.deepEqual([now.state, now.reopened, now.rework > 0], ['open', round, true]);
  }
});

test('what was never handed over cannot be sent back; what is no case cannot be replied to', async () => {
  const { number } = await accepted();
  const answer = await national.post('/api/outside/returns', { number, reason: '没收到' });
  assert.equal(answer.json().error.code, 'door.nothing-handed');
  const waiting = (
    await national.post('/api/outside/orders', {
      number: 'W1',
      startedAt: writeTime(NOW),
      kind: '业务咨询',
      words: '',
    })
  ).json();
  const reply = await officer.post(`/api/outside/${waiting.id}/reply`, { fields: FIELDS });
  assert.equal(reply.json().error.code, 'door.not-accepted');
});

test('an objection runs beside the work, one at a time, with their answer', async () => {
  const { id, caseNo } = await accepted();
  const body = { reason: 'not-ours', words: '地址在邻县供电区', evidence: '营配系统截图 12 号' };
  const raised = await officer.post(`/api/outside/${id}/object`, body);
  assert.equal(raised.statusCode, 200, raised.body);
  assert.equal(
    (await officer.post(`/api/outside/${id}/object`, body)).json().error.code,
    'door.objection-open',
  );
  const list = (await officer.get('/api/outside?part=objected')).json().items;
  assert.deepEqual(
    list.map((one: { caseNo: string }) => one.caseNo),
    [caseNo],
  );
  const answer = { outcome: 'rejected', answer: '户号属贵公司' };
  const path = `/api/objections/${raised.json().id}/answer`;
  assert.deepEqual((await officer.post(path, answer)).json(), { answered: true });
  assert.equal((await officer.post(path, answer)).json().error.code, 'door.stale');
  assert.deepEqual((await officer.get('/api/outside?part=objected')).json().items, []);
  const open = await database.one<{ state: string }>(sql`select c.state from cases c where c.no = ${caseNo}`);
  assert.equal(open.state, 'open');
});

test('who may not see a case sees neither its order nor a figure of it', async () => {
  const { id } = await accepted();
  const before = (await officer.get('/api/doors/figures')).json()[0];
  await database.run(sql`update case_access set until = ${new Date(NOW).toISOString()}
    where case_id = (select o.case_id from outside_orders o where o.id = ${id})`);
  const after = (await officer.get('/api/doors/figures')).json()[0];
  assert.equal(after.received, before.received - 1);
  assert.equal((await officer.get(`/api/outside/${id}`)).statusCode, 404);
  assert.equal((await officer.post(`/api/outside/${id}/reply`, { fields: FIELDS })).statusCode, 404);
  assert.equal(
    (
      await officer.post(`/api/outside/${id}/object`, {
        reason: 'duplicate',
        words: '重复来单了',
        evidence: '工单号',
      })
    ).statusCode,
    404,
  );
});

test('figures open exactly what they count, late ones too', async () => {
  await accepted({ kind: '业务咨询', startedAt: writeTime(NOW - 30 * 24 * HOUR) });
  clock.advance(MINUTE);
  const figures = (await officer.get('/api/doors/figures')).json()[0];
  const counted = async (part: string) =>
    (await officer.get(`/api/outside?part=${part}&door=95598`)).json().items.length;
  assert.equal(figures.late, 1);
  assert.deepEqual(
    [
      await counted('late'),
      await counted('open'),
      await counted('to-complete'),
      await counted('to-reply'),
      await counted('recent'),
    ],
    [figures.late, figures.open, figures.toComplete, figures.toReply, figures.received],
  );
});

test('a report on staff that came through a door is answered in its fields by 监察, and seen by nobody else', async () => {
  const words = '抄表员向我索要礼品';
  const { id, number } = await accepted({ kind: '举报', words });
  const pending = (
    await national.post('/api/outside/orders', {
      number: 'N-pending',
      startedAt: writeTime(NOW - HOUR),
      kind: '业务咨询',
    })
  ).json();
  assert.equal(pending.state, 'to-complete');
  const discipline = await as('discipline-officer');
  const door = `/api/outside/${id}`;
  for (const login of ['control-officer', 'call-taker']) {
    const other = await as(login);
    assert.equal((await other.get(door)).statusCode, 404, login);
    assert.equal((await other.post(`${door}/reply`, { fields: FIELDS })).statusCode, 404);
    assert.equal((await other.post(`${door}/handed`, { way: 'copy' })).statusCode, 404);
    assert.equal((await other.get(`/api/outside/${pending.id}`)).statusCode, 200);
  }
  const seen = (await discipline.get(door)).json();
  assert.deepEqual([seen.content.words, seen.replyFields.length > 5], [words, true]);
  assert.equal((await discipline.get(`/api/outside/${pending.id}`)).statusCode, 404, 'no case of his yet');
  for (const path of ['/api/outside?part=all', '/api/doors/figures', '/api/doors/95598/reply-sheet'])
    assert.equal((await discipline.get(path)).statusCode, 403, path);

  assert.deepEqual((await discipline.post(`${door}/reply`, { fields: FIELDS })).json(), { round: 1 });
  const inbox = (await officer.get('/api/outside?part=all')).json().items as { id: string }[];
  assert.ok(inbox.some((one) => one.id === pending.id) && !inbox.some((one) => one.id === id));
  assert.ok(!(await officer.get('/api/doors/95598/reply-sheet')).body.includes(number));
  assert.deepEqual((await discipline.post(`${door}/handed`, { way: 'copy' })).json(), { handed: 1 });
});
