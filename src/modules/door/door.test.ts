import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY, HOUR, MINUTE } from '#kernel/instant.ts';
import { sql } from '#platform/db/sql.ts';
import { settleNext } from './door-jobs.ts';
import { writeTime } from './domain/index.ts';
import { doorApp } from './testing/door-app.ts';

// Orders of 95598, 12398 and 12345, through the HTTP door and from the desk, on the demo company.

const county = await doorApp();
const { apps, as, system, keyFor, count, database, clock } = county;
const NOW = await database.now();
const { key } = await keyFor('95598');
const national = system(key);

const account = async (area: 'city' | 'rural' | 'remote') =>
  await database.one<{ no: string; id: string }>(sql`
    select h.account_no as no, h.id from households h where h.id = ${await county.household(area)}`);

function order(given: Record<string, unknown>) {
  return {
    number: `26${Math.random().toString().slice(2, 12)}`,
    startedAt: writeTime(NOW - 10 * MINUTE),
    kind: '故障报修',
    contactName: '张三',
    contactPhone: '13900001111',
    place: '某处',
    words: '家里停电',
    area: '城区',
    ...given,
  };
}

test('an order becomes one case, its promise counts from their acceptance, its household is known by the account', async () => {
  const household = await account('rural');
  const sent = order({ accountNo: household.no, startedAt: writeTime(NOW - 30 * MINUTE), area: undefined });
  const answer = await national.post('/api/outside/orders', sent);
  assert.equal(answer.statusCode, 200, answer.body);
  const body = answer.json();
  assert.deepEqual([body.state, body.arrived, body.faults], ['accepted', 'first', []]);
  const made = await database.one<Record<string, unknown>>(sql`
    select c.id, c.channel, c.household_id, c.process, c.accepted_at, o.started_at, o.process_state -> 'facts' as facts
    from cases c join case_orders l on l.case_id = c.id join orders o on o.id = l.order_id where c.no = ${body.caseNo}`);
  assert.deepEqual(
    [made['channel'], made['household_id'], made['process'], made['accepted_at'], made['started_at']],
    ['95598', household.id, 'repair-low', NOW - 30 * MINUTE, NOW - 30 * MINUTE],
  );
  const facts = made['facts'] as Record<string, unknown>;
  assert.deepEqual([facts['noCallBack'], facts['source'], facts['area']], [true, '95598', 'rural']);
  const arrival = await database.one<{ started_at: number; due_at: number }>(sql`
    select k.started_at, k.due_at from clocks k join case_orders l on l.order_id = k.order_id
    where l.case_id = ${made['id']} and k.clock = 'arrive-rural'`);
  assert.deepEqual([arrival.started_at, arrival.due_at], [NOW - 30 * MINUTE, NOW + 60 * MINUTE]);

  const officer = await as('control-officer');
  const shown = (await officer.get(`/api/cases/${String(made['id'])}/outside`)).json().order;
  assert.deepEqual([shown.number, shown.door, shown.usedBefore], [sent.number, '95598', 1 / 3]);
  const other = await (await as('clerk')).get(`/api/cases/${String(made['id'])}/outside`);
  assert.equal(other.statusCode, 404, 'who may not see the case learns nothing of its order');
});

test('the house counts its own first steps from when the order reached it', async () => {
  const sent = order({ kind: '业务咨询', startedAt: writeTime(NOW - 3 * HOUR) });
  const { caseNo } = (await national.post('/api/outside/orders', sent)).json();
  const clocks = await database.rows<{ clock: string; started_at: number }>(sql`
    select k.clock, k.started_at from clocks k join case_orders l on l.order_id = k.order_id
    join cases c on c.id = l.case_id where c.no = ${caseNo} order by k.clock`);
  assert.equal(clocks.find((one) => one.clock === 'take')?.started_at, NOW);
  assert.equal(clocks.find((one) => one.clock === 'answer')?.started_at, NOW - 3 * HOUR);
});

test('the same number again answers the first case; other content is an update that is shown; eight at once are one', async () => {
  const sent = order({});
  const before = await count('cases');
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, i) => system(key, apps[i % 2]).post('/api/outside/orders', sent)),
  );
  assert.deepEqual([...new Set(answers.map((one) => one.statusCode))], [200]);
  assert.equal(new Set(answers.map((one) => one.json().caseNo)).size, 1);
  assert.equal(answers.filter((one) => one.json().arrived === 'first').length, 1);
  assert.equal(await count('cases'), before + 1);

  const changed = { ...sent, words: '家里停电，邻居也停' };
  const [second, third] = [
    (await national.post('/api/outside/orders', changed)).json(),
    (await national.post('/api/outside/orders', changed)).json(),
  ];
  assert.deepEqual([second.arrived, third.arrived], ['changed', 'again']);
  assert.equal(await count('cases'), before + 1);
  const officer = await as('control-officer');
  const list = (await officer.get('/api/outside?part=changed')).json().items;
  assert.deepEqual(
    list.map((one: { number: string }) => one.number),
    [sent.number],
  );
  const detail = (await officer.get(`/api/outside/${list[0].id}`)).json();
  assert.deepEqual(detail.changes[0].fields, [{ field: 'words', was: '家里停电', is: '家里停电，邻居也停' }]);
  const event = await database.one<{ n: number }>(sql`
    select count(*) as n from case_events e where e.stream_id = ${list[0].caseId} and e.type = 'outside.updated'`);
  assert.equal(event.n, 1);
  assert.equal((await officer.post(`/api/outside/${list[0].id}/seen`, {})).statusCode, 200);
  assert.deepEqual((await officer.get('/api/outside?part=changed')).json().items, []);
});

test('every bad order is refused clearly and leaves nothing behind', async () => {
  const expired = await keyFor('95598', ['orders'], 1);
  const replies = await keyFor('95598', ['replies']);
  const revoked = await keyFor('95598');
  await (await as('administrator')).post(`/api/door-keys/${revoked.id}/revoke`, {});
  const tables = ['cases', 'orders', 'outside_orders', 'people', 'clocks'] as const;
  const before = await Promise.all(tables.map(count));
  const gb18030 = Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xcd, 0xa3, 0xb5, 0xe7, 0x22, 0x7d]);
  const table: [string, object | string | Buffer, string | undefined, number, string][] = [
    ['no number', order({ number: ' ' }), key, 422, 'door.number-missing'],
    ['no start', order({ startedAt: undefined }), key, 422, 'door.start-missing'],
    ['30 February', order({ startedAt: '2026-02-30 08:00' }), key, 422, 'door.start-unreadable'],
    ['words as a time', order({ startedAt: '昨天下午' }), key, 422, 'door.start-unreadable'],
    ['future start', order({ startedAt: writeTime(NOW + HOUR) }), key, 422, 'door.start-future'],
    ['a year ago', order({ startedAt: writeTime(NOW - 366 * DAY) }), key, 422, 'door.start-too-old'],
    ['too long a place', order({ place: '长'.repeat(201) }), key, 422, 'door.field-too-long'],
    ['beyond the schema', order({ words: 'x'.repeat(10_001) }), key, 400, 'http.invalid'],
    ['unknown field', order({ secret: 1 }), key, 400, 'http.invalid'],
    ['a number for a text', order({ number: 7 }), key, 400, 'http.invalid'],
    ['half a surrogate', JSON.stringify(order({})).replace('张三', '\\ud800'), key, 400, 'http.bad-text'],
    ['NUL', order({ words: '停\u0000电' }), key, 400, 'http.bad-text'],
    ['GB18030', gb18030, key, 400, 'http.not-utf8'],
    ['10 MB', order({ words: 'x'.repeat(10 * 1024 * 1024) }), key, 413, 'http.too-large'],
    ['a list', [order({})], key, 400, 'http.invalid'],
    ['not JSON', '{"number":', key, 400, 'http.not-json'],
    ['no key', order({}), undefined, 401, 'door.key-unknown'],
    ['a wrong key', order({}), `${key.slice(0, -2)}xx`, 401, 'door.key-unknown'],
    ['a key that never was', order({}), 'x'.repeat(91), 401, 'door.key-unknown'],
    ['a revoked key', order({}), revoked.key, 401, 'door.key-unknown'],
    ['a key for replies only', order({}), replies.key, 403, 'door.key-scope'],
  ];
  for (const [what, payload, shown, status, code] of table) {
    const answer = await (shown === undefined
      ? apps[0].inject({
          method: 'POST',
          url: '/api/outside/orders',
          headers: { 'x-dafuwu-csrf': '1' },
          payload: order({}),
        })
      : system(shown).post('/api/outside/orders', payload));
    assert.deepEqual([what, answer.statusCode, answer.json().error.code], [what, status, code]);
  }
  clock.advance(2 * DAY);
  const late = await system(expired.key).post('/api/outside/orders', order({}));
  assert.deepEqual([late.statusCode, late.json().error.code], [401, 'door.key-unknown'], 'expired');
  clock.advance(-2 * DAY);
  assert.deepEqual(await Promise.all(tables.map(count)), before);
  const good = await national.post('/api/outside/orders', order({}));
  assert.equal(good.statusCode, 200, 'the same request without a fault is taken in');
});

test('what cannot be a case by itself waits whole in the inbox until a person completes it or sets it aside', async () => {
  const officer = await as('control-officer');
  const cases = await count('cases');
  const sent = [
    order({ kind: '没听过的类型' }),
    order({ area: undefined, place: '不知何处' }),
    order({ words: '' }),
  ];
  const [unknown, ...others] = sent;
  const refused = await national.post('/api/outside/orders', unknown ?? {});
  assert.deepEqual([refused.statusCode, refused.json().error.code], [422, 'door.kind-unknown']);
  assert.match(refused.json().error.detail.known, /故障报修/, 'it is told what we know');
  const file = { door: '95598', way: 'paste', orders: [{ line: 1, order: unknown }] };
  assert.equal((await officer.post('/api/outside/import', file)).statusCode, 200);
  while (await settleNext(database, county.deps));
  const [byHand] = (await officer.get('/api/outside?part=to-complete')).json().items;
  const answers = [byHand];
  for (const one of others) answers.push((await national.post('/api/outside/orders', one)).json());
  assert.deepEqual(
    answers.map((one) => [one.state, one.faults]),
    [
      ['to-complete', ['door.type-unknown']],
      ['to-complete', ['case.area-missing']],
      ['to-complete', ['door.words-missing']],
    ],
  );
  assert.equal(await count('cases'), cases, 'nothing half-accepted');
  const waiting = (await officer.get('/api/outside?part=to-complete')).json().items;
  assert.equal(waiting.length, 3);
  const [a, b] = answers;
  const body = {
    process: 'inquiry',
    caseType: 'YWZX',
    householdId: null,
    area: null,
    accusedUnitId: null,
    words: '问电价',
    place: '某处',
  };
  const open = (await officer.get(`/api/outside/${a.id}`)).json();
  assert.equal(open.content.contactPhone, '13900001111');
  const noted = await database.one<{ n: number }>(sql`
    select count(*) as n from audit_entries e where e.action = 'outside.read' and e.object_id = ${a.id}`);
  assert.equal(noted.n, 1, 'whoever saw the phone is on record');
  const done = await officer.post(`/api/outside/${a.id}/complete`, body);
  const closed = (await officer.get(`/api/outside/${a.id}`)).json();
  assert.equal(
    closed.content.contactPhone,
    '139****1111',
    'from now on the steps of the case say who sees him',
  );
  assert.match(done.json().no, /^\d{11}$/);
  assert.equal((await officer.post(`/api/outside/${a.id}/complete`, body)).json().error.code, 'door.stale');
  assert.equal((await officer.post(`/api/outside/${b.id}/set-aside`, { note: '不是本县' })).statusCode, 200);
  assert.equal((await officer.get('/api/outside?part=to-complete')).json().items.length, 1);
  const again = (await national.post('/api/outside/orders', sent[1] ?? {})).json();
  assert.deepEqual([again.arrived, again.state], ['again', 'set-aside']);
  assert.equal((await (await as('clerk')).get('/api/outside?part=all')).statusCode, 403);
});

test('an import is all or nothing, and taken in by and by; the same file again doubles nothing', async () => {
  const officer = await as('control-officer');
  const rows = [order({ kind: '诉求' }), order({ kind: '诉求' }), order({ kind: '诉求' })].map((one, i) => ({
    line: i + 2,
    order: one,
  }));
  const before = await count('outside_orders');
  const faulty = rows.map((row, i) =>
    i === 1 ? { ...row, order: { ...row.order, startedAt: '2026-02-30' } } : row,
  );
  const refused = await officer.post('/api/outside/import', { door: '12345', way: 'csv', orders: faulty });
  assert.deepEqual(
    [refused.statusCode, refused.json().error.code, refused.json().error.detail.faults],
    [422, 'door.rows-faulty', '3:startedAt:door.start-unreadable'],
  );
  assert.equal(await count('outside_orders'), before);
  const body = { door: '12345', way: 'csv', orders: [...rows, ...rows.slice(0, 1)] };
  assert.deepEqual((await officer.post('/api/outside/import', body)).json(), {
    first: 3,
    again: 1,
    changed: 0,
  });
  assert.equal(await settleNext(database, county.deps), true, 'one, then the program stops');
  assert.deepEqual((await officer.post('/api/outside/import', body)).json(), {
    first: 0,
    again: 4,
    changed: 0,
  });
  while (await settleNext(database, county.deps));
  const made = await database.rows<{ channel: string; process: string }>(sql`
    select c.channel, c.process from outside_orders o join cases c on c.id = o.case_id where o.door = '12345'`);
  assert.deepEqual(
    made,
    Array.from({ length: 3 }, () => ({ channel: '12345', process: 'other-doors' })),
  );
  const figures = (await officer.get('/api/doors/figures')).json();
  assert.equal(figures.find((one: { door: string }) => one.door === '12345').received, 3);
});
