import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MINUTE } from '#kernel/instant.ts';
import { anIntake } from '#modules/case/testing/small-county.ts';
import { sql } from '#platform/db/sql.ts';
import type { HallScreen, QueueView } from './queue-api.ts';
import { hallApp } from './testing/hall-app.ts';

// Tickets, windows and the wall through the HTTP door.

const county = await hallApp();
const { as, clock, database, device } = county;
const lead = await as('hall-lead');
const [first, second] = [await as('clerk'), await as('clerk-2')];

async function make(kind: string): Promise<string> {
  return (await lead.post('/api/devices', { kind, name: kind })).json().token;
}
const machine = device(await make('ticket-machine'));
const screen = device(await make('hall-screen'));
const draw = async (kind: string) => (await machine.post('/api/tickets', { class: kind })).json();
const queue = async () => (await first.get('/api/queue')).json() as QueueView;
const wall = async () => (await screen.get('/api/hall-screen')).json() as HallScreen;

test('tickets are numbered by class, once each, also when many are drawn at the same moment', async () => {
  const drawn = await Promise.all(Array.from({ length: 8 }, () => draw('pay')));
  assert.deepEqual(
    drawn.map((one) => one.label).toSorted(),
    Array.from({ length: 8 }, (_, i) => `A00${i + 1}`),
  );
  const key = { 'idempotency-key': 'machine-lost-answer' };
  const once = (await machine.post('/api/tickets', { class: 'business' }, key)).json();
  assert.deepEqual((await machine.post('/api/tickets', { class: 'business' }, key)).json(), once);
  assert.deepEqual([once.label, once.ahead, once.waitMinutes], ['B001', 8, 40]);
  assert.equal((await queue()).waiting.length, 9);
});

test('a window calls the next; two windows at once never call the same', async () => {
  const care = await draw('care');
  assert.deepEqual([care.label, care.ahead], ['D001', 0]);
  const [a, b] = await Promise.all([
    first.post('/api/queue/next', { window: 1 }),
    second.post('/api/queue/next', { window: 2 }),
  ]);
  assert.deepEqual([a.json().label, b.json().label].toSorted(), ['A001', 'D001']);
  const blocked = await first.post('/api/queue/next', { window: 1 });
  assert.equal(blocked.json().error.code, 'hall.ticket-in-hand');

  const calling = (await wall()).calling.map((one) => one.window).toSorted();
  assert.deepEqual(calling, [1, 2]);
  assert.equal((await first.post('/api/queue/recall', {})).statusCode, 200);
  assert.equal((await queue()).inHand?.calls, 2);
});

test('served minutes, absence and waiting become figures (R105, R106)', async () => {
  assert.equal((await first.post('/api/queue/serve', {})).statusCode, 200);
  clock.advance(25 * MINUTE);
  const [clerk, other] = [await as('clerk'), await as('clerk-2')];
  assert.equal((await clerk.post('/api/queue/end', { outcome: 'served' })).statusCode, 200);
  assert.equal((await other.post('/api/queue/end', { outcome: 'no-show' })).statusCode, 200);
  assert.equal(
    (await clerk.post('/api/queue/end', { outcome: 'served' })).json().error.code,
    'hall.no-ticket-in-hand',
  );

  const view = (await clerk.get('/api/queue')).json() as QueueView;
  const served = Object.values(view.figures.served);
  assert.deepEqual(
    [served.reduce((n, one) => n + one.count, 0), served.reduce((n, one) => n + one.over, 0)],
    [1, 1],
  );
  assert.deepEqual([view.figures.called, view.figures.meanWait], [2, 0]);
  assert.deepEqual(view.limits, { pay: 5, business: 20, reference: 15 });

  // The next call ends what is being served there.
  await clerk.post('/api/queue/next', { window: 1 });
  await clerk.post('/api/queue/serve', {});
  assert.equal((await clerk.post('/api/queue/next', { window: 1 })).statusCode, 200);
  assert.equal((await queueOf(clerk)).figures.called, 4);
});

async function queueOf(who: typeof first): Promise<QueueView> {
  return (await who.get('/api/queue')).json();
}

test('a day begins with number one, and another hall has its own', async () => {
  clock.advance(24 * 60 * MINUTE);
  assert.equal((await draw('pay')).label, 'A001');
  const station = await as('station-lead');
  assert.deepEqual((await queueOf(station)).waiting, []);
  assert.equal(
    (await (await as('clerk')).post('/api/queue/end', { outcome: 'served' })).json().error.code,
    'hall.no-ticket-in-hand',
  );
});

test('the wall shows results by the last digits of the case, with the window of the clerk who was asked first', async () => {
  const clerk = await as('clerk');
  const intake = anIntake({ process: 'inquiry' });
  const { caseId, no } = (
    await clerk.post('/api/hall/intake', { draftId: null, callId: null, intake })
  ).json();
  assert.deepEqual((await wall()).ready, [], 'not before there is a result');
  await clerk.post('/api/queue/next', { window: 3 });
  const { step } = await database.one<{ step: string }>(sql`
    select s.value ->> 'id' as step from handbook_versions v,
      jsonb_array_elements(v.content::jsonb -> 'processes') p, jsonb_array_elements(p.value -> 'steps') s
    where p.value ->> 'id' = 'inquiry' and (s.value ->> 'informsCustomer')::boolean limit 1`);
  const rows = await database.run(sql`
    update tasks set step = ${step} from case_orders l
    where l.case_id = ${caseId} and tasks.order_id = l.order_id and tasks.state = 'open'`);
  assert.equal(rows, 1);
  const shown = await wall();
  assert.deepEqual(shown.ready, [{ digits: no.slice(-5), window: 3 }]);
  assert.doesNotMatch(JSON.stringify(shown), new RegExp(no), 'never the whole number');

  await database.run(sql`update cases set accused_unit_id = intake_unit_id where cases.id = ${caseId}`);
  assert.deepEqual((await wall()).ready, [], 'a complaint never comes near a wall');
});

test('a device opens only what it is for, and nothing once it is revoked', async () => {
  assert.equal((await machine.get('/api/hall-screen')).statusCode, 401);
  assert.equal((await screen.post('/api/tickets', { class: 'pay' })).statusCode, 401);
  assert.equal((await device('x'.repeat(43)).get('/api/hall-screen')).statusCode, 401);
  assert.equal((await screen.get('/api/queue')).statusCode, 401, 'a wall is no session');
  const leader = await as('hall-lead');
  const devices = (await leader.get('/api/devices')).json() as { id: string; kind: string }[];
  assert.doesNotMatch(JSON.stringify(devices), /token/);
  for (const one of devices) await leader.post(`/api/devices/${one.id}/revoke`, {});
  assert.equal((await screen.get('/api/hall-screen')).statusCode, 401);
  assert.equal((await (await as('clerk')).get('/api/devices')).statusCode, 403);
});
