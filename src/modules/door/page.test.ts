import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR } from '#kernel/instant.ts';
import { anIntake } from '#modules/case/testing/small-county.ts';
import { sql } from '#platform/db/sql.ts';
import { doWork } from './domain/index.ts';
import { doorApp } from './testing/door-app.ts';
import { timestamp } from '#platform/db/db.ts';
import { newId } from '#platform/ids.ts';

// The customers' own page, over HTTP, on the demo company.

const county = await doorApp();
const { apps, database, clock, count, as } = county;
const village = await database.one<{ code: string; name: string; area: string; station: string }>(sql`
  select a.division_code as code, a.name, a.area_class as area, a.station_id as station from service_areas a
  where a.area_class = 'rural' order by a.division_code limit 1`);

let keys = 0;
const newKey = () => `page-test-key-${String((keys += 1)).padStart(6, '0')}`;

function body(given: Record<string, unknown> = {}) {
  return {
    item: 'outage',
    divisionCode: village.code,
    accountNo: null,
    place: '村东头',
    words: '没电了',
    name: null,
    phone: `139${String((keys += 1)).padStart(8, '0')}`,
    insist: false,
    ...given,
  };
}

async function report(given: Record<string, unknown> = {}, key = newKey(), app = apps[0]) {
  const payload = {
    ...body(given),
    nonce: doWork(key),
    ...('nonce' in given ? { nonce: given['nonce'] } : {}),
  };
  const headers = { 'x-dafuwu-csrf': '1', 'idempotency-key': key };
  return await app.inject({ method: 'POST', url: '/api/page/reports', headers, payload });
}

test('the page says what it offers and finds a village by two characters', async () => {
  const info = (await apps[0].inject({ url: '/api/page' })).json();
  assert.ok(info.items.some((one: { id: string }) => one.id === 'outage'));
  const places = (
    await apps[0].inject({ url: `/api/page/places?q=${encodeURIComponent(village.name.slice(0, 2))}` })
  ).json();
  assert.ok(places.some((one: { code: string }) => one.code === village.code));
});

test('a report becomes a case of the web door: answered for by a post, found by its link', async () => {
  const answer = await report();
  assert.equal(answer.statusCode, 200, answer.body);
  const { no, link } = answer.json();
  const made = await database.one<Record<string, unknown>>(sql`
    select c.id, c.channel, c.station_id as station, c.area_class as area, u.code as unit, p.system,
      (select count(*) from accounts x where x.person_id = p.id) as accounts
    from cases c join units u on u.id = c.intake_unit_id join people p on p.id = c.first_asked_id where c.no = ${no}`);
  assert.deepEqual(
    { ...made, id: '' },
    {
      id: '',
      channel: 'web',
      station: village.station,
      area: 'rural',
      unit: 'control-centre',
      system: true,
      accounts: 0,
    },
  );
  assert.match(link, /^\/c\/[\w-]{43}$/);
  const seen = await apps[0].inject({ url: `/api/link/${link.slice(3)}` });
  assert.notEqual(seen.statusCode, 401);
  const held = await database.one<{ n: number }>(sql`
    select count(*) as n from tasks t join people p on p.id = t.holder_id where p.system`);
  assert.equal(held.n, 0, 'no task lies with somebody who is nobody');
  const officer = await as('control-officer');
  assert.equal((await officer.get(`/api/cases/${String(made['id'])}`)).statusCode, 200);
});

test('the second of a village is told what is known, may insist, and neighbours of a transformer are told at once', async () => {
  const second = await report({ insist: true });
  assert.match(second.json().no, /^\d{11}$/);
  const before = await count('cases');
  const third = (await report()).json();
  assert.equal(third.known.reports, 2);
  assert.ok(third.known.dueAt > (await database.now()));
  assert.equal(await count('cases'), before, 'no case was made');
  assert.equal((await report({ item: 'question' })).json().known, undefined, 'a question is no outage');

  const two = await database.rows<{ no: string }>(sql`
    select h.account_no as no from households h join premises p on p.id = h.premises_id
    where p.area_class = 'city' and h.transformer_code in (select x.transformer_code from households x
      group by x.transformer_code having count(*) > 1)
    order by h.transformer_code, h.account_no limit 2`);
  const at = (i: number) => ({ accountNo: two[i]?.no, divisionCode: null });
  assert.match((await report(at(0))).json().no, /^\d{11}$/);
  assert.equal((await report(at(1))).json().known.reports, 1);
  clock.advance(13 * HOUR);
  assert.equal(
    (await report({ phone: '13912345678' })).json().known,
    undefined,
    'another day, another outage',
  );
  clock.advance(-13 * HOUR);
});

test('the same key is one case, eight at once over two programs too; another content is refused', async () => {
  const key = newKey();
  const given = { phone: '13800000001', insist: true };
  const before = await count('cases');
  const answers = await Promise.all(Array.from({ length: 8 }, (_, i) => report(given, key, apps[i % 2])));
  assert.deepEqual([...new Set(answers.map((one) => one.statusCode))], [200]);
  assert.equal(new Set(answers.map((one) => one.json().no)).size, 1);
  assert.equal(answers.filter((one) => !one.json().repeated).length, 1);
  assert.equal(await count('cases'), before + 1);
  const other = await report({ ...given, words: '别的话' }, key);
  assert.deepEqual([other.statusCode, other.json().error.code], [422, 'http.key-reused']);
});

test('who sends too much, does no work or sends nonsense is refused, and nothing is written', async () => {
  const before = await count('cases');
  const cases: [string, Record<string, unknown>, number, string][] = [
    ['no work', { nonce: 1 }, 422, 'page.work'],
    ['unknown account', { accountNo: '0000000000' }, 422, 'page.account-unknown'],
    ['unknown village', { divisionCode: '999999999999' }, 422, 'page.place-unknown'],
    ['nowhere', { divisionCode: null }, 422, 'page.place-missing'],
    ['unknown button', { item: 'moon' }, 422, 'page.item-unknown'],
    ['a phone that is none', { phone: '12345' }, 400, 'http.invalid'],
    ['half a character', { words: '\ud800' }, 400, 'http.bad-text'],
    ['NUL', { words: 'a\0' }, 400, 'http.bad-text'],
    ['nothing said', { words: '' }, 400, 'http.invalid'],
    ['a long word', { words: 'x'.repeat(1001) }, 400, 'http.invalid'],
  ];
  for (const [what, given, status, code] of cases) {
    const answer = await report({ insist: true, ...given });
    assert.deepEqual([what, answer.statusCode, answer.json().error.code], [what, status, code]);
  }
  const short = await report({ insist: true }, 'short-key');
  assert.equal(short.json().error.code, 'http.key-missing');
  assert.equal(await count('cases'), before);
  const phone = '13700000000';
  for (let i = 0; i < 6; i++) assert.equal((await report({ phone, insist: true })).statusCode, 200, `${i}`);
  const seventh = await report({ phone, insist: true });
  assert.deepEqual([seventh.statusCode, seventh.json().error.code], [429, 'page.too-many']);
  assert.equal(await count('cases'), before + 6);
});

test('counter and phone too: one key sent eight times at once over two programs is one case', async () => {
  const { cookie } = await as('clerk');
  const intake = anIntake({ process: 'inquiry', words: '同一个请求来八次' });
  const sent: readonly [string, object][] = [
    ['/api/cases', intake],
    ['/api/hall/intake', { draftId: null, callId: null, intake: { ...intake, channel: 'phone' } }],
  ];
  for (const [url, payload] of sent) {
    const before = await count('cases');
    const headers = { 'x-dafuwu-csrf': '1', 'idempotency-key': newKey(), cookie };
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        (apps[i % 2] ?? apps[0]).inject({ method: 'POST', url, headers, payload }),
      ),
    );
    assert.deepEqual([...new Set(answers.map((one) => one.statusCode))], [200], answers[0]?.body);
    assert.equal(new Set(answers.map((one) => one.json().no)).size, 1, url);
    assert.equal(await count('cases'), before + 1, url);
  }
});

test('whoever is in a planned outage is told so, until when, and makes no case', async () => {
  const { no, id } = await database.one<{ no: string; id: string }>(sql`
    select h.account_no as no, h.id from households h join premises p on p.company_id = h.company_id and p.id = h.premises_id
    where p.area_class = 'remote' order by h.account_no desc limit 1`);
  const now = await database.now();
  const planId = newId();
  await database.run(sql`
    insert into planned_outages (company_id, id, no, seq, kind, stage, reason, work, from_at, until_at, traffic, drafted_by, drafted_at,
      started_at)
    select h.company_id, ${planId}, 'TD-page', 1, 'planned', 'underway', 'maintenance', '检修', ${timestamp(now - HOUR)},
      ${timestamp(now + HOUR)}, false, ${planId}, ${timestamp(now)}, ${timestamp(now - HOUR)}
    from households h where h.id = ${id}`);
  await database.run(sql`
    insert into planned_households (company_id, plan_id, household_id, kinds, keeps_supply)
    select h.company_id, ${planId}, h.id, '{}', false from households h where h.id = ${id}`);
  const before = await count('cases');
  const { known } = (await report({ accountNo: no, divisionCode: null })).json();
  assert.deepEqual([known.planned, known.since, known.dueAt], [true, now - HOUR, now + HOUR]);
  assert.equal(await count('cases'), before);
});
