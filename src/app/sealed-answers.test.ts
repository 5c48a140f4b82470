import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRefusal } from '#kernel/result.ts';
import { sql, sqlName } from '#platform/db/sql.ts';
import { idempotent } from '#platform/http/idempotent.ts';
import { passingVault, vaultOf } from '#platform/vault.ts';
import { testApp } from './testing/test-app.ts';

// What a write answered is given again to whoever repeats it (design rule 4). Some answers are a code or a token that is kept
// nowhere else, so all of them lie sealed: a copy of the database opens nothing.

const t = await testApp();

async function newPerson(): Promise<string> {
  const administrator = await t.signIn('administrator');
  const { units } = (await administrator.get('/api/org/choices')).json();
  const { id: unitId } = units.find((one: { name: { zh: string } }) => one.name.zh === '城区营业厅');
  const body = { staffNo: 'N3001', name: '吕小布', phone: null, unitId, post: 'clerk' };
  return (await administrator.post('/api/org/people', body)).json().id;
}

const handsOut = [
  {
    what: 'the token of a device',
    login: 'hall-lead',
    url: async () => '/api/devices',
    body: { kind: 'hall-screen', name: '大屏' },
    secret: 'token',
  },
  {
    what: 'the first code of an account',
    login: 'administrator',
    url: async () => `/api/org/people/${await newPerson()}/account`,
    body: { login: 'n3001' },
    secret: 'code',
  },
] as const;

for (const { what, login, url, body, secret } of handsOut)
  test(`${what}: the same again for whoever repeats, and nowhere in the database`, async () => {
    const cookie = String((await t.signIn(login)).answer.headers['set-cookie']).split(';')[0] ?? '';
    const headers = { cookie, 'x-dafuwu-csrf': '1', 'idempotency-key': `sealed-${secret}` };
    const request = { method: 'POST', url: await url(), headers, payload: body } as const;
    const [first, again] = [await t.app.inject(request), await t.app.inject(request)];
    assert.equal(first.statusCode, 200, first.body);
    assert.deepEqual(again.json(), first.json());
    const given: string = first.json()[secret];
    assert.ok(given.length >= 20);
    assert.deepEqual(await tablesWith(given), []);
  });

/** Every table that holds the text somewhere. */
async function tablesWith(text: string): Promise<string[]> {
  const tables = await t.database.rows<{ name: string }>(sql`
    select c.table_name as name from information_schema.tables c
    where c.table_schema = 'public' and c.table_type = 'BASE TABLE' order by 1`);
  assert.ok(tables.some(({ name }) => name === 'idempotency_keys'));
  const found: string[] = [];
  for (const { name } of tables) {
    const { n } = await t.database.one<{ n: number }>(sql`
      select count(*) as n from ${sqlName(name)} t where t::text like ${`%${text}%`}`);
    if (n > 0) found.push(name);
  }
  return found;
}

test('an answer that another key sealed, or that was moved to another row, is lost; the write is not done again', async () => {
  const { personId: actorId } = await t.actor('clerk');
  let done = 0;
  const once = (key: string, vault = passingVault) =>
    t.database.transaction((tx) =>
      idempotent(tx, vault, { companyId: t.companyId, actorId, key, content: {} }, async () => ({
        done: (done += 1),
      })),
    );
  assert.deepEqual(await once('sealed-move-1'), { done: 1 });
  assert.deepEqual(await once('sealed-move-1'), { done: 1 });
  const lost = await once('sealed-move-1', vaultOf(Buffer.alloc(32, 7)));
  assert.ok(isRefusal(lost));
  assert.equal(lost.refused, 'http.answer-lost');

  await once('sealed-move-2');
  await t.database.run(sql`
    update idempotency_keys set answer = (
      select i.answer from idempotency_keys i where i.actor_id = ${actorId} and i.key = 'sealed-move-1')
    where idempotency_keys.actor_id = ${actorId} and idempotency_keys.key = 'sealed-move-2'`);
  await assert.rejects(once('sealed-move-2'), /authenticate/);
  assert.equal(done, 2);
});
