import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { sql } from '#platform/db/sql.ts';
import { httpShell } from '#platform/http/shell.ts';
import { passingVault } from '#platform/vault.ts';
import { sessionRoutes } from '#modules/org/index.ts';
import { PASSWORD, testApp } from './testing/test-app.ts';

// What holds for every reply and every write, whichever module it belongs to.

const web = mkdtempSync(join(tmpdir(), 'dafuwu-hardening-'));
after(() => rmSync(web, { recursive: true, force: true }));
mkdirSync(join(web, 'assets'));
for (const name of ['index.html', 'customer.html', 'hall.html', 'assets/a1b2.js'])
  writeFileSync(join(web, name), 'x');

const { app, signIn, database } = await testApp({ webFolder: web });
const clerk = await signIn('clerk');
const NOWHERE = '019a0000-0000-7000-8000-000000000000';

test('every reply carries the strict headers: pages, files, errors, other methods, refusals', async () => {
  const requests = [
    { method: 'GET', url: '/', expected: 200 },
    { method: 'GET', url: '/assets/a1b2.js', expected: 200 },
    { method: 'GET', url: '/c/some-link', expected: 200 },
    { method: 'HEAD', url: '/', expected: 200 },
    { method: 'GET', url: '/assets/none.js', expected: 404 },
    { method: 'GET', url: '/api/none', expected: 404 },
    { method: 'GET', url: '/api/work', expected: 401 },
    { method: 'POST', url: '/api/cases', expected: 403 },
    { method: 'DELETE', url: '/api/work', expected: 403 },
    { method: 'PUT', url: '/', expected: 403 },
    { method: 'OPTIONS', url: '/api/cases', expected: 404 },
    { method: 'TRACE', url: '/api/cases', expected: 403 },
  ] as const;
  for (const { method, url, expected } of requests) {
    const what = `${method} ${url}`;
    const answer = await app.inject({ method: method as 'GET', url });
    assert.equal(answer.statusCode, expected, what);
    const { headers } = answer;
    const policy = String(headers['content-security-policy']);
    for (const piece of [
      "default-src 'none'",
      "script-src 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ])
      assert.ok(policy.includes(piece), `${what}: ${piece}`);
    assert.doesNotMatch(policy, /unsafe|\*/, what);
    assert.equal(headers['x-content-type-options'], 'nosniff', what);
    assert.equal(headers['x-frame-options'], 'SAMEORIGIN', what);
    assert.equal(headers['referrer-policy'], 'same-origin', what);
    assert.equal(headers['x-powered-by'], undefined, what);
    assert.equal(headers['server'], undefined, what);
    if (url.startsWith('/api/')) assert.equal(headers['cache-control'], 'no-store', what);
  }
});

test('a method that a path does not have is refused and changes nothing', async () => {
  for (const method of ['PUT', 'DELETE'] as const) {
    const answer = await clerk.post('/api/cases', {}, method);
    assert.deepEqual([answer.statusCode, answer.json().error.code], [404, 'http.not-found'], method);
  }
});

type Interface = { readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>> };

test('no write of the interface, signed in or not, is done for a page of another site', async () => {
  const described: Interface = JSON.parse(
    readFileSync(join(import.meta.dirname, '..', '..', 'openapi.json'), 'utf8'),
  );
  const writes = Object.entries(described.paths).flatMap(([path, methods]) =>
    Object.keys(methods)
      .filter((method) => method !== 'get' && method !== 'head')
      .map((method) => ({
        method: method.toUpperCase() as 'POST',
        url: path.replaceAll(/\{\w+\}/g, NOWHERE),
      })),
  );
  assert.ok(writes.length > 60);
  const { cookie } = await cookieOf('clerk');
  for (const { method, url } of writes) {
    const what = `${method} ${url}`;
    const without = await app.inject({ method, url, headers: { cookie } });
    assert.deepEqual([without.statusCode, without.json().error.code], [403, 'http.cross-site'], what);
    for (const foreign of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }]) {
      const headers = { cookie, 'x-dafuwu-csrf': '1', ...foreign };
      const answer = await app.inject({ method, url, headers });
      assert.deepEqual([answer.statusCode, answer.json().error.code], [403, 'http.cross-site'], what);
    }
  }
});

test('a sign-in gives a new token of 256 bits, in a cookie that neither scripts nor other sites reach', async () => {
  const [one, two] = [await cookieOf('clerk'), await cookieOf('clerk')];
  assert.notEqual(one.cookie, two.cookie);
  assert.ok(Buffer.from(one.cookie.split('=')[1] ?? '', 'base64url').length >= 32);
  assert.match(one.whole, /; Path=\/; HttpOnly; SameSite=Lax$/);
  const kept = await database.rows<{ token_hash: string }>(sql`select s.token_hash from sessions s`);
  assert.ok(
    kept.every((row) => !one.cookie.includes(row.token_hash)),
    'only a hash is stored',
  );
});

test('behind TLS the cookie is bound to the host and never sent in clear', async () => {
  const shell = await httpShell({
    webFolder: null,
    tls: null,
    trustedProxy: null,
    logError: () => undefined,
  });
  sessionRoutes(shell, {
    database,
    secure: true,
    clockScale: 1,
    vault: passingVault,
    postName: (post) => ({ zh: post, en: post }),
  });
  const answer = await shell.inject({
    method: 'POST',
    url: '/api/session',
    headers: { 'x-dafuwu-csrf': '1' },
    payload: { login: 'clerk', password: PASSWORD },
  });
  const cookie = String(answer.headers['set-cookie']);
  assert.match(cookie, /^__Host-sid=[^;]+; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
  await shell.close();
});

test('an unknown account takes as long as a wrong password', async () => {
  // Fewer than five tries: a locked account answers at once, and says so.
  const [known, unknown] = [await fastest('planner'), await fastest('nobody-of-ours')];
  assert.ok(unknown > known / 3, `unknown ${unknown} ms, known ${known} ms`);
});

test('an address that a request claims for itself is not believed', async () => {
  const answer = await app.inject({
    url: '/metrics',
    remoteAddress: '203.0.113.9',
    headers: { 'x-forwarded-for': '127.0.0.1' },
  });
  assert.equal(answer.statusCode, 404);
  const proxied = await app.inject({ url: '/metrics', headers: { 'x-forwarded-for': '203.0.113.9' } });
  assert.equal(proxied.statusCode, 404, 'a proxy on this machine does not open it to the world');
  const here = await app.inject({ url: '/metrics' });
  assert.equal(here.statusCode, 200);
  assert.match(here.body, /dafuwu_http_request_seconds_bucket\{.*route="\/api\/cases"/);
  assert.doesNotMatch(here.body, new RegExp(NOWHERE));
});

test('health says what is there and no figure of the business', async () => {
  const answer = await app.inject({ url: '/api/health' });
  assert.deepEqual(Object.keys(answer.json()).toSorted(), ['database', 'handbook', 'now', 'outbox']);
  assert.equal(answer.json().handbook, 'ok');
});

async function cookieOf(login: string): Promise<{ readonly cookie: string; readonly whole: string }> {
  const whole = String((await signIn(login)).answer.headers['set-cookie']);
  return { whole, cookie: whole.split(';')[0] ?? '' };
}

async function fastest(login: string): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < 4; i++) {
    const began = performance.now();
    await signIn(login, `Falsch-${i}-falsch`);
    times.push(performance.now() - began);
  }
  return Math.min(...times);
}
