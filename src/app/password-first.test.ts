import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from '#platform/db/sql.ts';
import { addressOf, interfaceRoutes, sampleOf, SOME_ID } from './testing/interface-routes.ts';
import { PASSWORD, testApp } from './testing/test-app.ts';

// Whoever must change his password may do nothing else; the server says so, whatever the pages show.

const t = await testApp();
await t.app.ready();
const NEW = 'Xin-mima-2026-ceshi';

test('every route refuses until the password is changed, and then none does', async () => {
  const clerk = await t.signIn('clerk');
  await t.database.run(sql`update accounts set must_change = true where accounts.login = 'clerk'`);
  const session = (await clerk.get('/api/session')).json();
  assert.deepEqual([session.mustChangePassword, session.permissions], [true, []]);

  const routes = interfaceRoutes(t.app);
  assert.ok(routes.length > 100);
  const asked = [
    ...routes.map(({ method, path, body }) => ({
      method,
      path: addressOf(path, SOME_ID),
      body: body === undefined ? undefined : (sampleOf(body) as object),
    })),
    ...['/api/live', '/api/sessions', '/api/session/second-factor'].map((path) => ({
      method: 'GET' as const,
      path,
      body: undefined,
    })),
  ];
  const wrong: string[] = [];
  for (const { method, path, body } of asked) {
    const answer = method === 'GET' ? await clerk.get(path) : await clerk.post(path, body, method);
    const code = answer.statusCode === 403 ? answer.json().error.code : answer.statusCode;
    if (code !== 'session.password-first') wrong.push(`${method} ${path}: ${code}`);
  }
  assert.deepEqual(wrong, []);

  const change = { password: PASSWORD, newPassword: NEW };
  assert.equal((await clerk.post('/api/session/password', change)).statusCode, 204);
  assert.equal((await clerk.get('/api/work')).statusCode, 200);
  assert.equal((await clerk.get('/api/sessions')).statusCode, 200);
});

test('a password that is too old in the middle of a session is changed first as well', async () => {
  const lead = await t.signIn('hall-lead');
  assert.equal((await lead.get('/api/work')).statusCode, 200);
  await t.database.run(sql`update companies set demo = false`);
  await t.database.run(sql`update accounts set password_changed_at = now() - interval '91 days'
    where accounts.login = 'hall-lead'`);
  const answer = await lead.get('/api/work');
  assert.deepEqual([answer.statusCode, answer.json().error.code], [403, 'session.password-first']);
});
