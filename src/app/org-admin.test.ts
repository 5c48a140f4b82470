import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anIntake } from '#modules/case/testing/small-county.ts';
import { sql } from '#platform/db/sql.ts';
import type { PersonRow, PersonView } from '#modules/org/admin-api.ts';
import { testApp } from './testing/test-app.ts';

// The company's administration over HTTP: people, units, accounts, roles, sessions, each by whom it belongs to.

const { signIn, database, app } = await testApp();
const administrator = await signIn('administrator');
const security = await signIn('security-admin');

type Choices = {
  readonly units: readonly { readonly id: string; readonly name: { readonly zh: string } }[];
};
const choices: Choices = (await administrator.get('/api/org/choices')).json();
const unit = (zh: string) => choices.units.find((one) => one.name.zh === zh)?.id ?? '';
const hall = unit('城区营业厅');

async function personOf(login: string): Promise<string> {
  const page: { rows: readonly PersonRow[] } = (await administrator.get(`/api/org/people?q=${login}`)).json();
  return page.rows.find((row) => row.login === login)?.id ?? '';
}

async function code(answer: { json(): { error: { code: string } } }): Promise<string> {
  return answer.json().error.code;
}

async function newPerson(staffNo: string, given: object = {}): Promise<string> {
  const body = { staffNo, name: '吕小布', phone: null, unitId: hall, post: 'clerk', ...given };
  const answer = await administrator.post('/api/org/people', body);
  assert.equal(answer.statusCode, 200, answer.body);
  return answer.json().id;
}

/** A person with an account who has set his password by the code. */
async function withAccount(staffNo: string): Promise<{ id: string; login: string }> {
  const id = await newPerson(staffNo);
  const login = staffNo.toLowerCase();
  const issued = (await administrator.post(`/api/org/people/${id}/account`, { login })).json();
  const used = await administrator.post('/api/session/code', {
    code: issued.code,
    newPassword: 'Chenguang-88-xin',
  });
  assert.deepEqual([used.statusCode, used.json()], [200, { login }]);
  return { id, login };
}

test('a new person gets an account and a code, sets a password himself, and works once he has a role', async () => {
  const { id, login } = await withAccount('N1001');
  const he = await signIn(login, 'Chenguang-88-xin');
  assert.equal(he.answer.statusCode, 204);
  assert.equal((await he.get('/api/work')).statusCode, 403, 'without a role he may do nothing');
  assert.equal(
    (await security.post(`/api/security/people/${id}/roles/grant`, { role: 'clerk' })).statusCode,
    200,
  );
  assert.equal((await he.get('/api/work')).statusCode, 200, 'the right holds from the next request');
  await security.post(`/api/security/people/${id}/roles/revoke`, { role: 'clerk' });
  assert.equal((await he.get('/api/work')).statusCode, 403, 'and is gone from the next request');
  const found: { rows: readonly PersonRow[] } = (await administrator.get('/api/org/people?q=lxb')).json();
  assert.ok(
    found.rows.some((row) => row.id === id),
    'by the initials of 吕小布',
  );
});

test('name, phone and mail address are corrected; an address that is none is refused', async () => {
  const id = await newPerson('N1012');
  const person = { name: '吕小布', phone: '16400001234', email: 'lv.xiaobu@example.cn' };
  const put = async (body: object) => await administrator.post(`/api/org/people/${id}`, body, 'PUT');
  assert.equal((await put(person)).statusCode, 200);
  const { name, phone, email } = (await administrator.get(`/api/org/people/${id}`)).json();
  assert.deepEqual({ name, phone, email }, person);
  for (const wrong of ['lv.xiaobu', 'a@b@c', 'a@b.cn, c@d.cn', 'a <a@b.cn>'])
    assert.equal((await put({ ...person, email: wrong })).statusCode, 400, wrong);
  assert.equal((await put({ ...person, email: null })).statusCode, 200);
});

test('a code works once, in any spelling, and a wrong one says nothing', async () => {
  const id = await newPerson('N1002');
  const first = (await administrator.post(`/api/org/people/${id}/account`, { login: 'n1002' })).json();
  const second = (await administrator.post(`/api/org/people/${id}/account/reset`)).json();
  const use = async (text: string, newPassword: string) =>
    await administrator.post('/api/session/code', { code: text, newPassword });
  assert.equal(
    await code(await use(first.code, 'Chenguang-88-xin')),
    'code.wrong',
    'the earlier code has ended',
  );
  assert.equal(await code(await use(second.code, 'short')), 'session.password-short');
  const spelled = second.code.toLowerCase().replaceAll('-', ' ');
  assert.equal((await use(spelled, 'Chenguang-88-xin')).statusCode, 200);
  assert.equal(await code(await use(second.code, 'Chenguang-99-xin')), 'code.wrong');
  const kept = await database.rows<{ code_hash: string }>(sql`select o.code_hash from one_time_codes o`);
  assert.ok(kept.every((row) => row.code_hash !== second.code && row.code_hash.length === 64));
});

test('an expired code opens nothing', async () => {
  const id = await newPerson('N1003');
  const issued = (await administrator.post(`/api/org/people/${id}/account`, { login: 'n1003' })).json();
  await database.run(sql`update one_time_codes set expires_at = now() - interval '1 second'
    where one_time_codes.person_id = ${id}`);
  const body = { code: issued.code, newPassword: 'Chenguang-88-xin' };
  assert.equal(await code(await administrator.post('/api/session/code', body)), 'code.wrong');
});

test('the three administrators exclude each other and every other role; nobody gives himself a right', async () => {
  const auditor = await personOf('auditor');
  const clerk = await personOf('clerk');
  const own = await personOf('security-admin');
  const grant = async (id: string, role: string) =>
    await code(await security.post(`/api/security/people/${id}/roles/grant`, { role }));
  assert.equal(await grant(auditor, 'security-admin'), 'role.separate');
  assert.equal(await grant(auditor, 'clerk'), 'role.separate');
  assert.equal(await grant(clerk, 'administrator'), 'role.separate');
  assert.equal(await grant(own, 'clerk'), 'role.own');
  assert.equal(await grant(clerk, 'emperor'), 'role.unknown');
  const last = await security.post(`/api/security/people/${auditor}/roles/revoke`, { role: 'auditor' });
  assert.equal(await code(last), 'role.last');
});

test('duties are apart: the administrator gives no rights, the security administrator opens no accounts', async () => {
  const clerk = await personOf('clerk-2');
  const body = { role: 'hall-lead' };
  assert.equal((await administrator.post(`/api/security/people/${clerk}/roles/grant`, body)).statusCode, 403);
  assert.equal((await administrator.get('/api/security/sessions')).statusCode, 403);
  assert.equal((await security.post(`/api/org/people/${clerk}/account/reset`)).statusCode, 403);
  for (const login of ['auditor', 'security-admin']) {
    const answer = await administrator.post(`/api/org/people/${await personOf(login)}/account/reset`);
    assert.equal(await code(answer), 'org.console-only', login);
  }
  const own = await administrator.post(`/api/org/people/${await personOf('administrator')}/account/disable`);
  assert.equal(await code(own), 'org.own');
  for (const login of ['clerk', 'auditor', 'control-officer']) {
    const one = await signIn(login);
    assert.equal((await one.get('/api/org/people')).statusCode, 403, login);
  }
});

test('a disabled account is out at the next request, and in again when it is enabled', async () => {
  const { id, login } = await withAccount('N1004');
  const he = await signIn(login, 'Chenguang-88-xin');
  assert.equal((await he.get('/api/session')).statusCode, 200);
  await administrator.post(`/api/org/people/${id}/account/disable`);
  assert.equal((await he.get('/api/session')).statusCode, 401);
  assert.equal(await code((await signIn(login, 'Chenguang-88-xin')).answer), 'session.wrong');
  await administrator.post(`/api/org/people/${id}/account/enable`);
  assert.equal((await he.get('/api/session')).statusCode, 401, 'the old session stays ended');
  assert.equal((await signIn(login, 'Chenguang-88-xin')).answer.statusCode, 204);
});

test('one sees and ends his own sessions only; the security administrator anybody’s', async () => {
  const { login } = await withAccount('N1005');
  const [desk, phone] = [await signIn(login, 'Chenguang-88-xin'), await signIn(login, 'Chenguang-88-xin')];
  const other = await signIn('clerk');
  const own: readonly { id: string; current: boolean }[] = (await desk.get('/api/sessions')).json();
  assert.equal(own.length, 2);
  const elsewhere = own.find((one) => !one.current)?.id ?? '';
  assert.equal((await other.post(`/api/sessions/${elsewhere}/end`)).statusCode, 404, 'not somebody else’s');
  assert.equal((await phone.get('/api/session')).statusCode, 200);
  assert.equal((await desk.post(`/api/sessions/${elsewhere}/end`)).statusCode, 204);
  assert.equal((await phone.get('/api/session')).statusCode, 401);
  assert.equal((await desk.get('/api/session')).statusCode, 200);
  const rest: readonly { id: string }[] = (await desk.get('/api/sessions')).json();
  const everybody: readonly { id: string }[] = (await security.get('/api/security/sessions')).json();
  assert.ok(everybody.length > 3);
  assert.equal((await security.post(`/api/security/sessions/${rest[0]?.id}/end`)).statusCode, 200);
  assert.equal((await desk.get('/api/session')).statusCode, 401);
});

test('nobody goes while work waits for him: what he holds, and what waits for a post that only he has', async () => {
  const lead = await signIn('station-lead');
  const leadId = await personOf('station-lead');
  const { posts }: PersonView = (await administrator.get(`/api/org/people/${leadId}`)).json();
  const station = posts[0]?.unitId ?? '';
  const clerk = await signIn('clerk');
  await clerk.post('/api/cases', anIntake({}));
  await database.run(sql`
    update tasks set unit_id = ${station}, post = 'station-lead', holder_id = null where tasks.state = 'open'`);
  const answer = await administrator.post(`/api/org/people/${leadId}/leave`);
  assert.equal(await code(answer), 'org.tasks-waiting');
  await database.run(sql`update tasks set holder_id = ${leadId} where tasks.state = 'open'`);
  assert.equal(await code(await administrator.post(`/api/org/people/${leadId}/leave`)), 'org.tasks-held');
  await database.run(sql`update tasks set state = 'withdrawn' where tasks.state = 'open'`);
  assert.equal((await administrator.post(`/api/org/people/${leadId}/leave`)).statusCode, 200);
  assert.equal((await lead.get('/api/session')).statusCode, 401);
  assert.equal((await administrator.post(`/api/org/people/${leadId}/leave`)).statusCode, 404);
});

test('posts: a transfer takes the place of the main post, a second one stands beside it and ends alone', async () => {
  const id = await newPerson('N1006');
  const to = { unitId: unit('营销部'), post: 'service-officer' };
  assert.equal((await administrator.post(`/api/org/people/${id}/transfer`, to)).statusCode, 200);
  const also = { unitId: hall, post: 'hall-lead' };
  assert.equal((await administrator.post(`/api/org/people/${id}/add-post`, also)).statusCode, 200);
  assert.equal(await code(await administrator.post(`/api/org/people/${id}/add-post`, also)), 'org.post-held');
  const view = async (): Promise<PersonView> => (await administrator.get(`/api/org/people/${id}`)).json();
  assert.deepEqual(
    (await view()).posts.map((one) => [one.post, one.main]),
    [
      ['service-officer', true],
      ['hall-lead', false],
    ],
  );
  assert.equal(await code(await administrator.post(`/api/org/people/${id}/end-post`, to)), 'org.post-main');
  assert.equal((await administrator.post(`/api/org/people/${id}/end-post`, also)).statusCode, 200);
  assert.equal((await view()).posts.length, 1);
  const wrong = { unitId: hall, post: 'wizard' };
  assert.equal(
    await code(await administrator.post(`/api/org/people/${id}/transfer`, wrong)),
    'org.post-unknown',
  );
});

test('units: a new one below another, closed only when empty', async () => {
  const body = { parentId: hall, code: 'window-9', kind: 'group', name: '九号窗口', nameEn: 'Window nine' };
  const made = (await administrator.post('/api/org/units', body)).json();
  assert.equal(await code(await administrator.post('/api/org/units', body)), 'org.unit-code-used');
  assert.equal(await code(await administrator.post(`/api/org/units/${hall}/close`)), 'org.unit-has-people');
  const station = unit('营销部');
  assert.notEqual(station, '');
  const named = { name: '九号台', nameEn: 'Desk nine', phone: null };
  assert.equal((await administrator.post(`/api/org/units/${made.id}`, named, 'PUT')).statusCode, 200);
  assert.equal((await administrator.post(`/api/org/units/${made.id}/close`)).statusCode, 200);
  const late = { staffNo: 'N1007', name: '迟到', phone: null, unitId: made.id, post: 'clerk' };
  assert.equal(await code(await administrator.post('/api/org/people', late)), 'org.unit-unknown');
  const company: { units: readonly { id: string }[] } = (await administrator.get('/api/org/company')).json();
  assert.ok(!company.units.some((one) => one.id === made.id));
});

test('every act is in the audit, with ids and codes and no names', async () => {
  const id = await newPerson('N1008', { name: '奇异姓名' });
  await administrator.post(`/api/org/people/${id}/account`, { login: 'n1008' });
  const rows = await database.rows<{ action: string; actor_id: string | null; detail: object }>(sql`
    select a.action, a.actor_id, a.detail from audit_entries a where a.object_id = ${id} order by a.id`);
  assert.deepEqual(
    rows.map((row) => row.action),
    ['person.added', 'account.opened'],
  );
  assert.ok(rows.every((row) => row.actor_id !== null && !JSON.stringify(row.detail).includes('奇异')));
});

test('one address that tries one password on many accounts is stopped', async () => {
  const seen: number[] = [];
  for (let i = 0; i < 51; i++) seen.push((await attempt(`nobody-${i}`)).statusCode);
  assert.deepEqual([seen[0], seen[49], seen[50]], [403, 403, 429]);
  assert.equal((await signIn('clerk')).answer.statusCode, 204, 'from elsewhere one signs in');
});

async function attempt(login: string) {
  return await app.inject({
    method: 'POST',
    url: '/api/session',
    headers: { 'x-dafuwu-csrf': '1' },
    remoteAddress: '10.1.2.3',
    payload: { login, password: 'Spring-2026-x' },
  });
}
