import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY, HOUR, MINUTE } from '#kernel/instant.ts';
import { doorApp } from '#modules/door/testing/door-app.ts';
import { sql } from '#platform/db/sql.ts';

// What is heard of missing supply, through the staff's door and through the one for head-ends of meters.

const county = await doorApp();
const { database, as, keyFor, system } = county;
const caller = await as('call-taker');
const { key } = await keyFor('meters', ['events']);
const headEnd = system(key);
const NOW = await database.now();

const rows = async () => (await database.one<{ n: number }>(sql`select count(*) as n from outage_reports`)).n;
const meters = await database.rows<{ no: string; household: string }>(sql`
  select m.meter_no as no, m.household_id as household from meters m order by m.meter_no limit 3`);
const code = async (body: object) =>
  (await caller.post('/api/outage/reports', body)).json().error?.code as string;
const [one, two] = meters;
assert.ok(one !== undefined && two !== undefined);

test('a report is one row, however often it is sent', async () => {
  const household = await county.household('rural');
  const body = { source: 'phone', householdId: household, says: 'off', key: 'call 17' };
  const first = await caller.post('/api/outage/reports', body);
  assert.equal(first.statusCode, 200, first.body);
  const again = await caller.post('/api/outage/reports', body);
  assert.deepEqual([first.json().again, again.json().again, again.json().id], [false, true, first.json().id]);
  assert.equal(await rows(), 1);
  const row = await database.one<Record<string, unknown>>(sql`
    select r.household_id, r.meter_id is not null as metered, r.taken_at, r.at, r.received_at from outage_reports r`);
  assert.deepEqual(row, {
    household_id: household,
    metered: true,
    taken_at: null,
    at: NOW,
    received_at: NOW,
  });
});

test('what is wrong is refused and leaves nothing', async () => {
  const before = await rows();
  const household = await county.household('city');
  const good = { source: 'phone', householdId: household, says: 'off' };
  assert.equal(await code({ ...good, householdId: one.no.padEnd(36, '0') }), 'http.invalid');
  assert.equal(
    await code({ ...good, householdId: '00000000-0000-7000-8000-000000000000' }),
    'outage.household-unknown',
  );
  assert.equal(await code({ ...good, at: NOW + HOUR }), 'outage.from-future');
  assert.equal((await (await as('bill-auditor')).post('/api/outage/reports', good)).statusCode, 403);
  assert.equal(await rows(), before);
});

test('a batch is answered line by line; what is no good spoils nothing of the rest', async () => {
  const before = await rows();
  const events = [
    { id: 'a', meter: one.no, kind: 'last_gasp', at: NOW - MINUTE },
    { id: 'a', meter: one.no, kind: 'last_gasp', at: NOW - MINUTE },
    { meter: two.no, kind: 'last_gasp', at: NOW - 10 * MINUTE },
    { meter: two.no, kind: 'power_up', at: NOW - 5 * MINUTE },
    { meter: 'no such meter', kind: 'last_gasp', at: NOW },
    { meter: one.no, kind: 'last_gasp', at: NOW + HOUR },
    { meter: one.no, kind: 'last_gasp', at: NOW - 2 * DAY },
    { device: 'no such device', kind: 'open', at: NOW },
    { kind: 'ping_on', at: NOW },
  ];
  const expected = [
    'taken',
    'again',
    'overtaken',
    'taken',
    'unknown-meter',
    'from-future',
    'too-old',
    'unknown-device',
    'unfit',
  ];
  const answer = await headEnd.post('/api/outside/meter-events', { events });
  assert.equal(answer.statusCode, 200, answer.body);
  const said = answer.json() as { taken: number; lines: { line: number; outcome: string }[] };
  assert.deepEqual(
    said.lines.map(({ outcome }) => outcome),
    expected,
  );
  assert.deepEqual([said.taken, said.lines.map(({ line }) => line)], [2, events.map((_, i) => i + 1)]);
  assert.equal(await rows(), before + 3);
  const heard = await database.rows<{ says: string; heard: boolean }>(sql`
    select r.says, r.taken_at is null as heard from outage_reports r where r.source <> 'phone' order by r.id`);
  assert.deepEqual(heard, [
    { says: 'off', heard: true },
    { says: 'off', heard: false },
    { says: 'on', heard: true },
  ]);
  const repeated = await headEnd.post('/api/outside/meter-events', { events });
  assert.deepEqual(
    (repeated.json() as typeof said).lines.map(({ outcome }) => outcome),
    expected.map((outcome) => (['taken', 'overtaken'].includes(outcome) ? 'again' : outcome)),
  );
  assert.equal(await rows(), before + 3);
});

const lines = (n: number) =>
  Array.from({ length: n }, (_, i) => ({ id: `k${i}`, meter: one.no, kind: 'ping_off', at: NOW }));

test('a thousand lines at once are taken; one more, no key and a key of another door are not', async () => {
  const before = await rows();
  const answer = await headEnd.post('/api/outside/meter-events', { events: lines(1000) });
  assert.equal(answer.json().taken, 1000, answer.body);
  assert.equal((await headEnd.post('/api/outside/meter-events', { events: lines(1001) })).statusCode, 400);
  const national = system((await keyFor('95598')).key);
  const body = { events: lines(1) };
  assert.equal((await national.post('/api/outside/meter-events', body)).statusCode, 403);
  assert.equal((await headEnd.post('/api/outside/orders', { number: '1' })).statusCode, 403);
  assert.equal((await system('x'.repeat(91)).post('/api/outside/meter-events', body)).statusCode, 401);
  const unfit = { door: 'meters', name: 'x', scopes: ['events', 'orders'], days: 1 };
  const made = await (await as('administrator')).post('/api/door-keys', unfit);
  assert.equal(made.json().error.code, 'door.key-unfit');
  assert.equal(await rows(), before + 1000);
});
