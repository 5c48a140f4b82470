import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noticeLoops } from '#modules/notice/index.ts';
import { handbookLibrary } from '#modules/process/index.ts';
import { sql } from '#platform/db/sql.ts';
import { testApp } from './testing/test-app.ts';

// The code for a password goes to its person; the administrator sees it only where there is no mobile phone.

const t = await testApp();
const administrator = await t.signIn('administrator');
const [relay] = noticeLoops({ database: t.database, handbook: handbookLibrary() });

async function newPerson(staffNo: string, phone: string | null): Promise<string> {
  const { units } = (await administrator.get('/api/org/choices')).json();
  const hall = units.find((one: { name: { zh: string } }) => one.name.zh === '城区营业厅');
  const body = { staffNo, name: '吕小布', phone, unitId: hall.id, post: 'clerk' };
  const made = await administrator.post('/api/org/people', body);
  assert.equal(made.statusCode, 200, made.body);
  return made.json().id;
}

async function sent(): Promise<readonly { receiver: string; body: string }[]> {
  await relay?.turn();
  await relay?.finish?.();
  return await t.database.rows(sql`
    select d.receiver, d.body from demo_messages d join outbox o on o.id = d.outbox_id
    where o.template = 'account-code' order by o.created_at, o.id`);
}

const use = (code: string, newPassword: string) =>
  administrator.post('/api/session/code', { code, newPassword });

test('with a mobile phone: the code goes there, at any hour, sealed until then, and nobody else is shown it', async () => {
  const id = await newPerson('N2001', '164 0000 1234');
  t.clock.now = Date.parse('2026-11-24T03:00+08:00');
  const opened = await administrator.post(`/api/org/people/${id}/account`, { login: 'n2001' });
  const { code, sentTo, login } = opened.json();
  assert.deepEqual([code, sentTo, login], [null, '164****1234', 'n2001']);
  const [message, ...more] = await sent();
  assert.deepEqual([more, message?.receiver], [[], '164 0000 1234']);
  const [, inSms = ''] = /账号 n2001 的一次性口令：([A-Z0-9-]+)，/.exec(message?.body ?? '') ?? [];
  assert.match(inSms, /^([A-Z2-9]{5}-){3}[A-Z2-9]{5}$/);
  const rows = await t.database.rows<{ text: string }>(sql`
    select o.data::text as text from outbox o where o.template = 'account-code'
    union all select i.answer from idempotency_keys i`);
  assert.ok(rows.length > 1);
  assert.ok(
    rows.every((row) => !row.text?.includes(inSms)),
    'nowhere in the database in plain words',
  );
  assert.deepEqual((await use(inSms, 'Chenguang-88-xin')).json(), { login: 'n2001' });

  const reset = (await administrator.post(`/api/org/people/${id}/account/reset`)).json();
  assert.deepEqual([reset.code, reset.sentTo], [null, '164****1234']);
  assert.equal((await sent()).length, 2);
});

for (const phone of [null, '0631-8451234'])
  test(`${phone === null ? 'without a phone' : 'with a desk telephone'} the code is shown once, to be handed over`, async () => {
    const before = (await sent()).length;
    const staffNo = phone === null ? 'N2002' : 'N2003';
    const id = await newPerson(staffNo, phone);
    const body = { login: staffNo.toLowerCase() };
    const { code, sentTo } = (await administrator.post(`/api/org/people/${id}/account`, body)).json();
    assert.equal(sentTo, null);
    assert.equal((await use(code, 'Chenguang-88-xin')).statusCode, 200);
    assert.equal((await sent()).length, before);
  });
