import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { readWorkingDays } from '#modules/clock/index.ts';
import { hashPassword } from '#modules/org/index.ts';
import { handbookLibrary } from '#modules/process/index.ts';
import { anIntake, smallCounty } from '#modules/case/testing/small-county.ts';
import { sql } from '#platform/db/sql.ts';
import { buildApp } from './build-app.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const PASSWORD = 'Gongdian-2026-ceshi';
const county = await smallCounty();
const { database } = county;
await database.run(sql`update accounts set password_hash = ${await hashPassword(PASSWORD)}`);
const app = await buildApp(
  {
    database,
    handbook: handbookLibrary(),
    days: readWorkingDays(join(ROOT, 'handbook', 'calendars', 'holiday-cn.json')),
    clockScale: 1,
    secure: false,
    postName: (name) => ({ zh: name, en: name }),
  },
  { webFolder: null, tls: null, trustedProxy: null, logError: (error) => assert.fail(String(error)) },
);
// The framework ends the pool's users first; the database is closed with the file.
test.after(() => app.close());

const CSRF = { 'x-dafuwu-csrf': '1' };

async function signIn(login: string, password = PASSWORD) {
  const answer = await app.inject({
    method: 'POST',
    url: '/api/session',
    headers: CSRF,
    payload: { login, password },
  });
  return { answer, cookie: String(answer.headers['set-cookie'] ?? '').split(';')[0] ?? '' };
}

let used = 0;
async function post(cookie: string, url: string, payload: object, headers: Record<string, string> = {}) {
  const key = { 'idempotency-key': `test-key-${(used += 1)}` };
  return await app.inject({ method: 'POST', url, headers: { ...CSRF, ...key, ...headers, cookie }, payload });
}

test('sign-in: the session is in a cookie that scripts cannot read, and says who one is', async () => {
  const { answer, cookie } = await signIn('clerk');
  assert.equal(answer.statusCode, 204);
  assert.match(String(answer.headers['set-cookie']), /HttpOnly; SameSite=Lax/);
  const session = (await app.inject({ url: '/api/session', headers: { cookie } })).json();
  assert.deepEqual([session.login, session.unit.code, session.locked], ['clerk', 'hall-centre', false]);
  assert.ok(session.permissions.includes('case.intake'));
});

test('an unknown account and a wrong password get the same words; five failures lock the account (R101)', async () => {
  const unknown = (await signIn('nobody-here')).answer;
  const wrong = (await signIn('clerk-2', 'falsch')).answer;
  assert.equal(unknown.json().error.code, 'session.wrong');
  assert.deepEqual(wrong.json().error.code, unknown.json().error.code);
  assert.equal(wrong.statusCode, unknown.statusCode);
  for (let i = 0; i < 4; i++) await signIn('clerk-2', 'falsch');
  const locked = (await signIn('clerk-2')).answer;
  assert.equal(locked.json().error.code, 'session.locked-out');
  await database.run(sql`update accounts set locked_until = now() - interval '1 second'`);
  assert.equal((await signIn('clerk-2')).answer.statusCode, 204);
});

test('a screen left alone is locked, refuses work, and opens again with the password (R102)', async () => {
  const { cookie } = await signIn('service-officer');
  await database.run(sql`update sessions set seen_at = now() - interval '16 minutes'`);
  const refused = await app.inject({ url: '/api/work', headers: { cookie } });
  assert.deepEqual([refused.statusCode, refused.json().error.code], [401, 'session.locked']);
  const wrong = await app.inject({
    method: 'POST',
    url: '/api/session/unlock',
    headers: { ...CSRF, cookie },
    payload: { password: 'x' },
  });
  assert.equal(wrong.statusCode, 403);
  const right = await app.inject({
    method: 'POST',
    url: '/api/session/unlock',
    headers: { ...CSRF, cookie },
    payload: { password: PASSWORD },
  });
  assert.equal(right.statusCode, 204);
  assert.equal((await app.inject({ url: '/api/work', headers: { cookie } })).statusCode, 200);
});

test('nothing is answered without a session, and nothing written by another site', async () => {
  for (const url of [
    '/api/session',
    '/api/intake',
    '/api/work',
    '/api/cases',
    '/api/households?q=x',
    '/api/live',
  ])
    assert.equal((await app.inject({ url })).statusCode, 401, url);
  const { cookie } = await signIn('clerk');
  const bare = await app.inject({ method: 'POST', url: '/api/cases', headers: { cookie }, payload: {} });
  assert.equal(bare.json().error.code, 'http.cross-site');
  for (const header of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }])
    assert.equal(
      (await post(cookie, '/api/cases', anIntake({}), header)).json().error.code,
      'http.cross-site',
    );
});

test('roles: the administrators have nothing to do with cases; a worker cannot take demands in', async () => {
  const table = [
    ['administrator', '/api/work', 403],
    ['security-admin', '/api/households?q=%E7%8E%8B%E5%BB%BA', 403],
    ['auditor', '/api/cases', 403],
    ['repair-worker', '/api/intake', 403],
    ['repair-worker', '/api/work', 200],
    ['clerk', '/api/intake', 200],
  ] as const;
  for (const [login, url, status] of table) {
    const { cookie } = await signIn(login);
    assert.equal((await app.inject({ url, headers: { cookie } })).statusCode, status, `${login} ${url}`);
  }
});

test('a repeated write has one effect and the same answer; the same key for something else is refused', async () => {
  const { cookie } = await signIn('clerk');
  const headers = { 'idempotency-key': 'said-it-twice-1' };
  const answers = await Promise.all([1, 2, 3].map(() => post(cookie, '/api/cases', anIntake({}), headers)));
  assert.deepEqual(
    answers.map((one) => one.statusCode),
    [200, 200, 200],
  );
  assert.equal(new Set(answers.map((one) => one.json().no)).size, 1);
  const other = await post(cookie, '/api/cases', anIntake({ words: '别的事' }), headers);
  assert.deepEqual([other.statusCode, other.json().error.code], [422, 'http.key-reused']);
});

test('a case is a page for those who work on it, and does not exist for the accused', async () => {
  const lead = await county.actor('station-lead');
  const { cookie } = await signIn('clerk');
  const made = await post(
    cookie,
    '/api/cases',
    anIntake({ process: 'complaint', words: '抄表员骂人', accusedUnitId: lead.unitId }),
  );
  const url = `/api/cases/${made.json().caseId}`;
  const mine = await app.inject({ url, headers: { cookie } });
  assert.equal(mine.json().words, '抄表员骂人');
  const accused = await signIn('station-lead');
  const theirs = await app.inject({ url, headers: { cookie: accused.cookie } });
  const absent = await app.inject({
    url: '/api/cases/019a0000-0000-7000-8000-000000000000',
    headers: { cookie: accused.cookie },
  });
  assert.deepEqual([theirs.statusCode, absent.statusCode], [404, 404]);
  assert.equal(theirs.json().error.code, absent.json().error.code);
  const list = await app.inject({ url: '/api/cases', headers: { cookie: accused.cookie } });
  assert.ok(!list.body.includes(made.json().no));
});

test('bad input is a clear 4xx and leaves nothing behind', async () => {
  const { cookie } = await signIn('clerk');
  const { n: before } = await database.one<{ n: number }>(sql`select count(*) as n from cases`);
  const body = JSON.stringify(anIntake({}));
  const raw: readonly (readonly [string, Buffer | string, string])[] = [
    [
      'GB18030 where UTF-8 is due',
      Buffer.concat([Buffer.from('{"words":"'), Buffer.from([0xcd, 0xa3, 0xb5, 0xe7]), Buffer.from('"}')]),
      'http.not-utf8',
    ],
    ['half a surrogate pair', body.replace('请问', '\\ud800'), 'http.bad-text'],
    ['NUL', body.replace('请问', '\\u0000'), 'http.bad-text'],
    ['deep nesting', `${'['.repeat(40_000)}${']'.repeat(40_000)}`, 'http.too-deep'],
    ['__proto__', body.replace('{', '{"__proto__":{},'), 'http.bad-key'],
    ['a field we do not know', body.replace('{', '{"state":"closed",'), 'http.invalid'],
    ['a number for a text', body.replace(/"words":"[^"]*"/, '"words":7'), 'http.invalid'],
    ['text beyond its length', body.replace('请问', '长'.repeat(5000)), 'http.invalid'],
    ['a body of two megabytes', body.replace('请问', 'x'.repeat(2_000_000)), 'http.too-large'],
    ['not JSON', '{', 'http.not-json'],
    [
      'an unknown household',
      body.replace('"householdId":null', '"householdId":"019a0000-0000-7000-8000-000000000000"'),
      'case.household-unknown',
    ],
    ['no uuid', body.replace('"householdId":null', '"householdId":"1/../2"'), 'http.invalid'],
  ];
  for (const [what, payload, code] of raw) {
    const headers = {
      ...CSRF,
      cookie,
      'content-type': 'application/json',
      'idempotency-key': `bad-input-${code.replaceAll('.', '-')}-${what.length}`,
    };
    const answer = await app.inject({ method: 'POST', url: '/api/cases', headers, payload });
    assert.ok(answer.statusCode >= 400 && answer.statusCode < 500, `${what}: ${answer.statusCode}`);
    assert.equal(answer.json().error.code, code, what);
  }
  const form = await app.inject({
    method: 'POST',
    url: '/api/cases',
    headers: { ...CSRF, cookie, 'content-type': 'text/plain' },
    payload: body,
  });
  assert.equal(form.statusCode, 415);
  for (const url of [
    '/api/cases/abc',
    '/api/cases/%00',
    '/api/households/1%2F..%2F2',
    '/api/cases?before=x',
    '/api/callers/abc',
  ])
    assert.match(String((await app.inject({ url, headers: { cookie } })).statusCode), /^4/, url);
  assert.equal((await database.one<{ n: number }>(sql`select count(*) as n from cases`)).n, before);
});

test('every answer carries the strict policy, errors too', async () => {
  for (const url of ['/api/session', '/api/health', '/nowhere']) {
    const { headers } = await app.inject({ url });
    assert.match(String(headers['content-security-policy']), /script-src 'self';style-src 'self'/, url);
    assert.equal(headers['x-content-type-options'], 'nosniff');
  }
});

test('Ctrl+K finds a case by its last digits, and none for whom it does not exist', async () => {
  const lead = await county.actor('station-lead');
  const { cookie } = await signIn('clerk');
  const made = await post(
    cookie,
    '/api/cases',
    anIntake({ process: 'complaint', words: '抄表员骂人', accusedUnitId: lead.unitId }),
  );
  const no: string = made.json().no;
  const find = async (as: string) =>
    (await app.inject({ url: `/api/cases/find?q=${Number(no.slice(6))}`, headers: { cookie: as } })).json();
  assert.deepEqual(
    (await find(cookie)).map((one: { no: string }) => one.no),
    [no],
  );
  assert.deepEqual(await find((await signIn('station-lead')).cookie), []);
});

test('personal data seen because of a task is noted once a person and case, and not for a bystander', async () => {
  const { cookie } = await signIn('clerk');
  const made = await post(cookie, '/api/cases', anIntake({ words: '电费怎么算' }));
  const url = `/api/cases/${made.json().caseId}`;
  for (const login of ['clerk', 'clerk', 'control-officer']) {
    const reader = await signIn(login);
    assert.equal((await app.inject({ url, headers: { cookie: reader.cookie } })).statusCode, 200);
  }
  const noted = await database.rows<{ actor_id: string }>(sql`
    select e.actor_id from audit_entries e
    where e.action = 'case.personal-data-seen' and e.object_id = ${made.json().caseId}`);
  assert.deepEqual(noted, [{ actor_id: (await county.actor('clerk')).personId }]);
});
