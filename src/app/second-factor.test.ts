import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { runAccountCli, sealSecrets } from '#modules/org/index.ts';
import { codeAt } from '#modules/org/totp.ts';
import { openDatabase } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { passingVault, vaultOf } from '#platform/vault.ts';
import { PASSWORD, testApp } from './testing/test-app.ts';

// A second factor at sign-in: enrolled by its person, asked for after the password, each code once; the three administrators
// must have one where the company says so.

const t = await testApp();
const step = () => Math.floor(Date.now() / 30_000);

async function enrol(
  login: string,
): Promise<{ readonly secret: string; readonly recovery: readonly string[] }> {
  const client = await t.signIn(login);
  const wrong = await client.post('/api/session/second-factor', { password: 'Nicht-das-richtige-1' });
  assert.equal(wrong.json().error.code, 'session.wrong');
  const { secret, otpauth } = (
    await client.post('/api/session/second-factor', { password: PASSWORD })
  ).json();
  assert.ok(otpauth.startsWith('otpauth://totp/') && otpauth.includes(secret));
  const no = await client.post('/api/session/second-factor/confirm', { code: '000000' });
  assert.equal(no.json().error.code, 'factor.wrong');
  const done = await client.post('/api/session/second-factor/confirm', { code: codeAt(secret, step()) });
  assert.equal(done.statusCode, 200, done.body);
  return { secret, recovery: done.json().recoveryCodes };
}

const enter = (login: string, code?: string, password = PASSWORD) =>
  t.app.inject({
    method: 'POST',
    url: '/api/session',
    headers: { 'x-dafuwu-csrf': '1' },
    payload: { login, password, ...(code === undefined ? {} : { code }) },
  });

const refusal = async (answer: ReturnType<typeof enter>) => (await answer).json().error.code as string;

test('whoever has one is asked for it after the password, and only then; each code counts once', async () => {
  const { secret, recovery } = await enrol('hall-lead');
  assert.equal(recovery.length, 10);
  assert.equal(await refusal(enter('hall-lead')), 'session.second-factor');
  assert.equal(
    await refusal(enter('hall-lead', codeAt(secret, step() + 1), 'Falsch-2026-ceshi')),
    'session.wrong',
  );
  const next = codeAt(secret, step() + 1);
  assert.equal((await enter('hall-lead', next)).statusCode, 204);
  assert.equal(await refusal(enter('hall-lead', next)), 'session.wrong-code');

  const [first = ''] = recovery;
  assert.equal((await enter('hall-lead', first.toLowerCase())).statusCode, 204);
  assert.equal(await refusal(enter('hall-lead', first)), 'session.wrong-code');
  const kept = await t.database.rows<{ text: string }>(sql`select r.code_hash as text from recovery_codes r`);
  assert.ok(
    kept.every((row) => !recovery.includes(row.text)),
    'only hashes are kept',
  );
});

test('secrets lie sealed; what is plain from earlier is sealed at a start and works on; another key is noticed', async () => {
  const { secret } = await enrol('call-taker');
  const kept = async () =>
    (
      await t.database.one<{ secret: string }>(sql`
        select f.secret from second_factors f join accounts a on a.person_id = f.person_id
        where a.login = 'call-taker'`)
    ).secret;
  assert.ok(!(await kept()).includes(secret));
  const plain = sql`update second_factors set secret = ${secret}, last_step = 0
    where second_factors.person_id = (select a.person_id from accounts a where a.login = 'call-taker')`;
  await t.database.run(plain);
  assert.equal(await t.database.transaction((tx) => sealSecrets(tx, passingVault)), 0);
  assert.ok(!(await kept()).includes(secret));
  assert.equal((await enter('call-taker', codeAt(secret, step()))).statusCode, 204);
  const { n } = await t.database.one<{ n: number }>(sql`select count(*) as n from second_factors`);
  const other = vaultOf(randomBytes(32));
  assert.equal(await t.database.transaction((tx) => sealSecrets(tx, other)), n);
});

test('wrong codes lock the account like wrong passwords; to leave the code out costs nothing', async () => {
  await enrol('station-lead');
  for (let i = 0; i < 8; i += 1) assert.equal(await refusal(enter('station-lead')), 'session.second-factor');
  // One wrong password was counted when it was enrolled: five in all.
  for (let i = 0; i < 3; i += 1)
    assert.equal(await refusal(enter('station-lead', '123456')), 'session.wrong-code');
  assert.equal(await refusal(enter('station-lead', '123456')), 'session.locked-out');
});

test('a reset by the administrator begins anew without it', async () => {
  await enrol('dispatcher');
  const administrator = await t.signIn('administrator');
  const person = (await t.actor('dispatcher')).personId;
  // Without a phone the code is shown to whoever resets (code-by-sms.test.ts).
  await t.database.run(sql`update people set phone = null where people.id = ${person}`);
  const { code } = (await administrator.post(`/api/org/people/${person}/account/reset`)).json();
  const set = await t.app.inject({
    method: 'POST',
    url: '/api/session/code',
    headers: { 'x-dafuwu-csrf': '1' },
    payload: { code, newPassword: 'Xin-mima-2026-ceshi' },
  });
  assert.equal(set.statusCode, 200, set.body);
  assert.equal((await enter('dispatcher', undefined, 'Xin-mima-2026-ceshi')).statusCode, 204);
});

test('where the company asks it of its three administrators, they may do nothing before; others work on', async () => {
  const security = await t.signIn('security-admin');
  const auditor = await t.signIn('auditor');
  const clerk = await t.signIn('clerk');
  assert.equal((await clerk.post('/api/security/second-factor', { required: true }, 'PUT')).statusCode, 403);
  const before = (await security.get('/api/security/second-factor')).json();
  assert.equal(before.required, false);
  assert.deepEqual(
    before.without.map((one: { role: string }) => one.role),
    ['administrator', 'auditor', 'security-admin'],
  );
  assert.equal((await auditor.get('/api/audit')).statusCode, 200);
  assert.equal(
    (await security.post('/api/security/second-factor', { required: true }, 'PUT')).statusCode,
    200,
  );

  assert.equal((await auditor.get('/api/audit')).statusCode, 403);
  const session = (await auditor.get('/api/session')).json();
  assert.deepEqual([session.mustEnrol, session.permissions], [true, []]);
  assert.equal((await clerk.get('/api/cases')).statusCode, 200);

  const { secret } = await enrol('auditor');
  assert.equal((await auditor.get('/api/audit')).statusCode, 200);
  const end = { password: PASSWORD, code: codeAt(secret, step() + 1) };
  assert.equal(
    (await auditor.post('/api/session/second-factor/end', end)).json().error.code,
    'factor.required',
  );
  await enrol('security-admin');
  assert.equal(
    (await security.post('/api/security/second-factor', { required: false }, 'PUT')).statusCode,
    200,
  );
  assert.equal((await auditor.post('/api/session/second-factor/end', end)).statusCode, 200);
  assert.equal((await enter('auditor')).statusCode, 204);
});

test('when the key is lost, all second factors are void by the server’s console, on record', async () => {
  await enrol('planner');
  const open = async () => openDatabase({ connection: t.connection, onError: () => undefined });
  const { code } = await t.database.one<{ code: string }>(sql`select c.code from companies c`);
  assert.equal((await runAccountCli(['lost-key', 'nowhere'], open)).exitCode, 2);
  const { exitCode, out } = await runAccountCli(['lost-key', code], open);
  assert.equal(exitCode, 0, out);
  assert.equal((await enter('planner')).statusCode, 204, 'the password is enough until he sets one up anew');
  const left = await t.database.one<{ n: number; noted: number }>(sql`
    select (select count(*) from second_factors) + (select count(*) from recovery_codes) as n,
      (select count(*) from audit_entries a where a.action = 'account.console-lost-key') as noted`);
  assert.deepEqual(left, { n: 0, noted: 1 });
});
