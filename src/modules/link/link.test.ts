import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { buildApp } from '#app/build-app.ts';
import { acceptCase } from '#modules/case/index.ts';
import { anIntake, smallCounty } from '#modules/case/testing/small-county.ts';
import { readWorkingDays } from '#modules/clock/index.ts';
import { mintLink } from '#modules/notice/index.ts';
import { hashPassword } from '#modules/org/index.ts';
import { handbookLibrary } from '#modules/process/index.ts';
import { sql } from '#platform/db/sql.ts';
import { demoOutside } from '#platform/outside.ts';

// Long because all ways in which a customer answers are asked of one company and its links.
// Peers' bug 24: a customer who says "not fixed" opens his case again, with its history; whichever way he answers.

const ROOT = join(import.meta.dirname, '..', '..', '..');
const SECRET = 'a-secret-of-the-gateway-0123';
const county = await smallCounty();
const { database, companyId } = county;
await database.run(sql`update accounts set password_hash = ${await hashPassword('Gongdian-2026-ceshi')}`);
const app = await buildApp(
  {
    database,
    handbook: handbookLibrary(),
    days: readWorkingDays(join(ROOT, 'handbook', 'calendars', 'holiday-cn.json')),
    clockScale: 1,
    secure: false,
    postName: (name) => ({ zh: name, en: name }),
    outside: { ...demoOutside, smsSecret: SECRET },
  },
  { webFolder: null, tls: null, trustedProxy: null, logError: (error) => assert.fail(String(error)) },
);
test.after(() => app.close());
const clerk = await county.actor('clerk');

let phones = 15_512_340_000;
async function aCase(closed = false, given: Parameters<typeof anIntake>[0] = {}) {
  const phone = String(++phones);
  const accepted = await county.must((tx) =>
    acceptCase(tx, county.deps, clerk, anIntake({ contactPhone: phone, ...given })),
  );
  if (closed) await close(accepted.caseId);
  const token = await database.transaction((tx) => mintLink(tx, companyId, accepted.caseId));
  return { id: accepted.caseId, no: accepted.no, phone, digits: phone.slice(-4), token };
}

/** As the last step of a process leaves it; the way there is tested in `case`. */
async function close(id: string): Promise<void> {
  await database.run(sql`
    update orders set state = 'finished', finished_at = now(), seq = orders.seq + 1,
      process_state = jsonb_set(orders.process_state, '{steps}', (
        select jsonb_object_agg(s.key, s.value || '{"status":"done"}') from jsonb_each(orders.process_state -> 'steps') s))
    from case_orders l where l.case_id = ${id} and orders.company_id = l.company_id and orders.id = l.order_id`);
  await database.run(sql`
    update tasks set state = 'done', ended_at = now()
    from case_orders l where l.case_id = ${id} and tasks.company_id = l.company_id and tasks.order_id = l.order_id`);
  await database.run(sql`update cases set state = 'closed', closed_at = now() where cases.id = ${id}`);
  await database.run(sql`
    insert into outbox (company_id, id, key, channel, template, case_id, run_at, created_at, sent_at, state)
    values (${companyId}, gen_random_uuid(), ${`asked:${id}:${Math.random()}`}, 'sms', 'case-answered', ${id}, now(),
      now(), now(), 'sent')`);
}

let keys = 0;
async function say(token: string, url: string, payload: object) {
  return await app.inject({
    method: 'POST',
    url,
    headers: { 'x-dafuwu-csrf': '1', 'x-dafuwu-link': token, 'idempotency-key': `customer-${++keys}` },
    payload,
  });
}

const look = (token: string) => app.inject({ url: '/api/link', headers: { 'x-dafuwu-link': token } });

async function reply(from: string, text: string, id = `reply-${++keys}`, secret = SECRET) {
  return await app.inject({
    method: 'POST',
    url: '/api/sms/replies',
    headers: { authorization: `Bearer ${secret}` },
    payload: { from, text, id },
  });
}

async function cookieOf(login: string): Promise<string> {
  const answer = await app.inject({
    method: 'POST',
    url: '/api/session',
    headers: { 'x-dafuwu-csrf': '1' },
    payload: { login, password: 'Gongdian-2026-ceshi' },
  });
  return String(answer.headers['set-cookie']).split(';')[0] ?? '';
}

const stateOf = (id: string) =>
  database.one<{ state: string; reopened: number }>(
    sql`select c.state, c.reopened from cases c where c.id = ${id}`,
  );

test('the page tells where the case stands and what is promised, and nothing of persons', async () => {
  const one = await aCase(false, { process: 'complaint', words: '抄表员态度差，姓王' });
  const answer = await look(one.token);
  assert.equal(answer.statusCode, 200);
  assert.equal(answer.headers['cache-control'], 'no-store');
  const view = answer.json();
  assert.deepEqual([view.no, view.state, view.mayAdd, view.mayEvaluate], [one.no, 'open', true, false]);
  assert.ok(view.steps.length >= 2);
  assert.ok(view.promise.dueAt > view.promise.startedAt);
  for (const secret of [one.phone, '测试客户', '态度', clerk.personId, companyId])
    assert.equal(answer.body.includes(secret), false, secret);
});

test('unknown, broken and expired links are answered alike', async () => {
  const one = await aCase();
  const other = await database.transaction((tx) => mintLink(tx, companyId, one.id));
  await database.run(sql`update case_links set expires_at = made_at`);
  const answers = await Promise.all(
    [one.token, other, 'x', '', 'A'.repeat(43), `${one.token}A`, '../../etc/passwd'].map(look),
  );
  for (const answer of answers) {
    assert.equal(answer.statusCode, 404);
    const { code, message, detail } = answer.json().error;
    assert.deepEqual({ code, message, detail }, { code: 'link.unknown', message, detail: {} });
    assert.equal(message, answers.at(-1)?.json().error.message);
  }
});

const from = (remoteAddress: string, token: string) =>
  app.inject({ url: '/api/link', headers: { 'x-dafuwu-link': token }, remoteAddress });

test('whoever guesses tokens is not answered any more, from his address; a real link elsewhere still is', async () => {
  const one = await aCase();
  for (let i = 0; i < 50; i += 1)
    assert.equal((await from('192.0.2.7', `guess-${i}`.padEnd(43, 'x'))).statusCode, 404);
  const stopped = await from('192.0.2.7', one.token);
  assert.deepEqual([stopped.statusCode, stopped.json().error.code], [429, 'link.too-many-guesses']);
  for (let i = 0; i < 60; i += 1) assert.equal((await from('192.0.2.8', one.token)).statusCode, 200);
});

test('words need the last four digits; five wrong tries pause every link of the case, counted in the database', async () => {
  const one = await aCase();
  const second = await database.transaction((tx) => mintLink(tx, companyId, one.id));
  const wrong = one.digits === '9999' ? '0000' : '9999';
  for (let i = 0; i < 5; i++) {
    const answer = await say(i % 2 === 0 ? one.token : second, '/api/link/words', {
      digits: wrong,
      words: '补充',
    });
    assert.equal(answer.json().error.code, 'link.digits-wrong');
  }
  const locked = await say(second, '/api/link/words', { digits: one.digits, words: '补充' });
  assert.deepEqual([locked.statusCode, locked.json().error.code], [429, 'link.digits-locked']);
  const texts = await database.rows(
    sql`select x.id from case_texts x where x.case_id = ${one.id} and x.kind = 'note'`,
  );
  assert.equal(texts.length, 0);
});

test('words reach the case and the bell of whoever answers for it; the same request twice is one', async () => {
  const one = await aCase();
  const send = () =>
    app.inject({
      method: 'POST',
      url: '/api/link/words',
      headers: { 'x-dafuwu-csrf': '1', 'x-dafuwu-link': one.token, 'idempotency-key': 'the-same-key' },
      payload: { digits: one.digits, words: '我家在三楼' },
    });
  for (const answer of await Promise.all([send(), send(), send()])) assert.equal(answer.statusCode, 200);
  assert.equal((await look(one.token)).json().words, 1);
  const bells = await database.rows(sql`
    select o.id from outbox o where o.template = 'customer-added' and o.data ->> 'caseId' = ${one.id}
      and o.person_id = ${clerk.personId}`);
  assert.equal(bells.length, 1);
  const events = await database.one<{ data: string }>(sql`
    select e.data::text as data from case_events e where e.stream_id = ${one.id} and e.type = 'customer.added'`);
  assert.doesNotMatch(events.data, /三楼/);
});

test('not solved: the case opens again with its history, and a second "not solved" goes to the control centre', async () => {
  const one = await aCase(true);
  const answer = await say(one.token, '/api/link/evaluation', {
    solved: false,
    satisfied: false,
    words: '还是没电',
  });
  assert.deepEqual([answer.statusCode, answer.json()], [200, { what: 'reopened' }]);
  assert.deepEqual(await stateOf(one.id), { state: 'open', reopened: 1 });
  const view = (await look(one.token)).json();
  assert.deepEqual([view.state, view.mayEvaluate, view.evaluation, view.reopened], ['open', false, null, 1]);

  await close(one.id);
  const again = await say(one.token, '/api/link/evaluation', { solved: false, satisfied: false });
  assert.deepEqual(again.json(), { what: 'to-control-centre' });
  assert.deepEqual(await stateOf(one.id), { state: 'closed', reopened: 1 });
});

test('solved but dissatisfied owes a call within 24 hours; content ends it', async () => {
  const one = await aCase(true);
  const answer = await say(one.token, '/api/link/evaluation', { solved: true, satisfied: false });
  assert.deepEqual(answer.json(), { what: 'call-within-24h' });
  const owed = await database.one<{ hours: number }>(sql`
    select extract(epoch from w.due_at - w.owed_at) / 3600 as hours from owed_calls w where w.case_id = ${one.id}`);
  assert.equal(Number(owed.hours), 24);

  const other = await aCase(true);
  const thanks = await say(other.token, '/api/link/evaluation', { solved: true, satisfied: true });
  assert.deepEqual(thanks.json(), { what: 'thanks' });
  assert.deepEqual(await stateOf(other.id), { state: 'closed', reopened: 0 });
});

test('the first answer counts, whichever way it came, also when all three come at once', async () => {
  const one = await aCase(true);
  const cookie = await cookieOf('clerk');
  const counter = app.inject({
    method: 'POST',
    url: `/api/cases/${one.id}/evaluation`,
    headers: { 'x-dafuwu-csrf': '1', 'idempotency-key': 'rating-key-1', cookie },
    payload: { solved: true, satisfied: true },
  });
  const page = say(one.token, '/api/link/evaluation', { solved: true, satisfied: true });
  const sms = reply(one.phone, '1');
  const answers = [await counter, await page];
  const texted = (await sms).json().what as string;
  const won = answers.filter((answer) => answer.statusCode === 200).length + (texted === 'thanks' ? 1 : 0);
  assert.equal(won, 1);
  for (const answer of answers)
    if (answer.statusCode !== 200)
      assert.deepEqual([answer.statusCode, answer.json().error.code], [409, 'evaluation.already']);
  const rows = await database.rows(sql`select e.source from case_evaluations e where e.case_id = ${one.id}`);
  assert.equal(rows.length, 1);
});

async function receipt(secret: string) {
  return await app.inject({
    method: 'POST',
    url: '/api/sms/receipts',
    headers: { authorization: `Bearer ${secret}` },
    payload: { id: '0192f0c4-0000-7000-8000-00000000000a', delivered: true },
  });
}

test('a receipt of the gateway is taken with its secret only', async () => {
  assert.equal((await receipt('somebody-elses-secret-word')).statusCode, 401);
  assert.deepEqual((await receipt(SECRET)).json(), { known: false });
});

test('an open case, and one that contradicts itself, are not evaluated', async () => {
  const open = await aCase();
  const early = await say(open.token, '/api/link/evaluation', { solved: true, satisfied: true });
  assert.equal(early.json().error.code, 'evaluation.not-yet');
  const closed = await aCase(true);
  const odd = await say(closed.token, '/api/link/evaluation', { solved: false, satisfied: true });
  assert.equal(odd.json().error.code, 'evaluation.contradicts');
});

test('SMS: 1, 2, 3 answer; who had answered is told once; words go to the case; a repeated reply is one', async () => {
  const one = await aCase(true);
  assert.equal((await reply(`+86 ${one.phone}`, ' ２。', 'reply-x')).json().what, 'reopened');
  assert.equal((await reply(`+86 ${one.phone}`, ' ２。', 'reply-x')).json().what, 'reopened');
  assert.deepEqual(await stateOf(one.id), { state: 'open', reopened: 1 });
  assert.equal((await reply(one.phone, '什么时候来人？')).json().what, 'words');
  const words = await database.one<{ body: string }>(sql`
    select x.body from case_texts x where x.case_id = ${one.id} and x.field = 'customer.sms'`);
  assert.equal(words.body, '什么时候来人？');

  const other = await aCase(true);
  assert.equal((await reply(other.phone, '1')).json().what, 'thanks');
  for (let i = 0; i < 2; i++) assert.equal((await reply(other.phone, '3')).json().what, 'evaluation.already');
  const told = await database.rows(sql`
    select o.id from outbox o where o.template = 'evaluation-kept' and o.case_id = ${other.id}`);
  assert.equal(told.length, 1);
});

test('SMS about an outage: 1 has supply, 2 has none, TD wants no more; the last question is the one that is answered', async () => {
  const householdId = await county.household('rural');
  const phone = String(++phones);
  await database.run(sql`
    update customers set phone = ${phone} from households h where h.id = ${householdId} and customers.id = h.customer_id`);
  const tell = (template: string) =>
    database.run(sql`
      insert into outbox (company_id, id, key, channel, template, household_id, run_at, created_at, sent_at, state)
      values (${companyId}, gen_random_uuid(), ${`told:${++keys}`}, 'sms', ${template}, ${householdId}, now(), now(), clock_timestamp(),
        'sent')`);
  const heard = () =>
    database.rows<{ source: string; says: string }>(sql`
      select r.source, r.says from outage_reports r where r.household_id = ${householdId} order by r.received_at, r.says`);
  assert.equal((await reply(phone, '1')).json().what, 'nobody-asked');
  await tell('neighbour-sought');
  assert.equal((await reply(phone, '1')).json().what, 'has-supply');
  assert.deepEqual(await heard(), [{ source: 'sms', says: 'on' }]);
  await tell('neighbour-back');
  assert.equal((await reply(phone, '２')).json().what, 'still-dark');
  assert.equal((await reply(phone, '2')).json().what, 'still-dark');
  assert.deepEqual(
    (await heard()).map(({ says }) => says).toSorted(),
    ['off', 'on'],
    'said twice is heard once',
  );
  assert.equal((await reply(phone, '什么时候来电')).json().what, 'nobody-asked', 'words need a case');
  assert.equal((await reply(phone, ' td ')).json().what, 'no-more-news');
  const { wanted } = await database.one<{ wanted: boolean }>(sql`
    select c.outage_news as wanted from customers c where c.phone = ${phone}`);
  assert.equal(wanted, false);

  const one = await aCase();
  await database.run(sql`
    insert into outbox (company_id, id, key, channel, template, case_id, run_at, created_at, sent_at, state)
    values (${companyId}, gen_random_uuid(), ${`told:${++keys}`}, 'sms', 'supply-back', ${one.id}, now(), now(), clock_timestamp(), 'sent')`);
  assert.equal((await reply(one.phone, '1')).json().what, 'has-supply');
  assert.equal(
    (await reply(one.phone, '2')).json().what,
    'outage.not-restored',
    'no outage of it was restored',
  );
  assert.deepEqual(await stateOf(one.id), { state: 'open', reopened: 0 });
});

test('a reply without the secret of the gateway is not believed; one from a stranger changes nothing', async () => {
  const one = await aCase(true);
  assert.equal((await reply(one.phone, '2', 'x1', 'a-secret-of-somebody-else-01')).statusCode, 401);
  assert.equal((await reply('15599999999', '2')).json().what, 'nobody-asked');
  assert.deepEqual(await stateOf(one.id), { state: 'closed', reopened: 0 });
});

test('customers’ writes need the header that no foreign page can set', async () => {
  const one = await aCase(true);
  const answer = await app.inject({
    method: 'POST',
    url: '/api/link/evaluation',
    headers: { 'x-dafuwu-link': one.token, 'idempotency-key': 'foreign-page-1' },
    payload: { solved: false, satisfied: false },
  });
  assert.equal(answer.statusCode, 403);
});

test('an anonymous customer gets no message, and nobody can add to his case by its phone', async () => {
  const one = await aCase(false, { anonymous: true });
  const rows = await database.rows(sql`select o.id from outbox o where o.case_id = ${one.id}`);
  assert.equal(rows.length, 0);
  assert.equal((await look(one.token)).json().mayAdd, false);
});

test('the language chosen on the page is kept for the messages of this case; papers that are missing are named there', async () => {
  const one = await aCase(false, {
    process: 'resident-connection',
    householdId: await county.household('city'),
    papers: ['identity', 'promise'],
    promiseSigned: true,
  });
  const headers = { 'x-dafuwu-link': one.token, 'x-dafuwu-csrf': '1', 'idempotency-key': 'language-1' };
  const view = async () =>
    (await app.inject({ url: '/api/link', headers: { 'x-dafuwu-link': one.token } })).json();
  assert.equal((await view()).language, null);
  const chosen = await app.inject({
    method: 'POST',
    url: '/api/link/language',
    headers,
    payload: { language: 'en' },
  });
  assert.equal(chosen.statusCode, 200, chosen.body);
  assert.equal((await view()).language, 'en');
  assert.deepEqual((await view()).papers, [], 'said at the counter, not by the intake of a test');

  await database.run(sql`
    insert into case_papers (company_id, case_id, paper, until_step, again, told_at, told_by)
    values (${companyId}, ${one.id}, 'property', 'survey', false, now(), ${clerk.personId})`);
  const [paper] = (await view()).papers;
  assert.equal(paper.name.zh, '产权证明');
  await database.run(sql`update case_papers set received_at = now() where case_papers.case_id = ${one.id}`);
  assert.deepEqual((await view()).papers, []);
});
