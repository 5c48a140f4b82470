import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decidePause } from '#modules/order/index.ts';
import { timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { CaseActor } from './case-commands.ts';
import { clockLedger } from './clock-reads.ts';
import { orderPauses } from './pause-reads.ts';
import { pendingPauses } from './pending-pauses.ts';
import { clockOf, idOf, pause, repair, seqOf, worker } from './testing/pausing.ts';
import { smallCounty } from './testing/small-county.ts';

const MINUTE = 60_000;
const at = (text: string) => Date.parse(`${text}+08:00`);

test('the ledger covers the time without a gap, names the pause, and what it counts is the limit', async () => {
  const county = await smallCounty(at('2026-11-23T10:00'));
  const { orderId } = await repair(county);
  const crew = await worker(county, orderId);
  county.clock.advance(20 * MINUTE);
  idOf(await pause(county, crew, orderId, { until: at('2026-11-23T11:00') }));
  const { id, due_at: due } = await clockOf(county, 'arrive-rural');
  const ledger = await clockLedger(county.database, county.deps, crew, id, county.clock.now);
  assert.ok(ledger);
  assert.deepEqual(
    ledger.lines.map(({ from, to, counted, pause: named }) => [from, to, counted, named?.zh ?? null]),
    [
      [at('2026-11-23T10:00'), at('2026-11-23T10:20'), true, null],
      [at('2026-11-23T10:20'), at('2026-11-23T11:00'), false, '恶劣天气或现场不安全'],
      [at('2026-11-23T11:00'), due, true, null],
    ],
  );
  assert.equal(due, at('2026-11-23T12:10'));
  const stranger = await county.actor('planner');
  assert.equal(await clockLedger(county.database, county.deps, stranger, id, county.clock.now), undefined);
});

test('what may be done about pauses is said with the reason when not', async () => {
  const county = await smallCounty(at('2026-11-23T10:00'));
  const { orderId } = await repair(county);
  const crew = await worker(county, orderId);
  idOf(await pause(county, crew, orderId, {}));
  const view = async (actor: CaseActor, mayApprove: boolean) =>
    await orderPauses(county.database, county.deps, { ...actor, mayApprove }, orderId, county.clock.now);
  const mine = await view(crew, true);
  assert.deepEqual(mine?.pauses[0]?.actions, [
    { action: 'resume', allowed: true, reason: null },
    { action: 'approve', allowed: false, reason: 'pause.own-request' },
    { action: 'reject', allowed: false, reason: 'pause.own-request' },
  ]);
  assert.ok(mine.options.every((one) => one.allowed === one.clocks.length > 0));
  const officer = await view(await county.actor('control-officer'), true);
  assert.ok(officer);
  assert.ok(officer.options.every((one) => !one.allowed && one.reason === 'pause.not-yours'));
  assert.ok(officer.pauses[0]?.actions.some((one) => one.action === 'approve' && one.allowed));
  assert.equal(await view(await county.actor('planner'), false), undefined);
});

test('what waits for a word is listed for who may see the case, and for nobody else', async () => {
  const county = await smallCounty(at('2026-11-23T10:00'));
  const { orderId } = await repair(county);
  const crew = await worker(county, orderId);
  const id = idOf(await pause(county, crew, orderId, {}));
  const list = async (actor: CaseActor) =>
    (await pendingPauses(county.database, county.deps, { ...actor, mayApprove: true }, county.clock.now)).map(
      (one) => [one.id, one.allowed],
    );
  const officer = await county.actor('control-officer');
  assert.deepEqual(await list(officer), [[id, true]]);
  assert.deepEqual(await list(crew), [[id, false]]);
  assert.deepEqual(await list(await county.actor('planner')), []);
  const seq = await seqOf(county, orderId);
  await county.must((tx) =>
    decidePause(tx, county.deps, officer, { orderId, seq, pauseId: id, approve: true }),
  );
  assert.deepEqual(await list(officer), []);
});

test('when the time is over, a pause in the field can still be entered late, and it says so', async () => {
  const county = await smallCounty(at('2026-11-23T10:00'));
  const { orderId } = await repair(county);
  const dispatcher = await worker(county, orderId);
  const options = async (post = dispatcher.posts[0] ?? '') => {
    const reader = { ...dispatcher, posts: [post], mayApprove: false };
    return await orderPauses(county.database, county.deps, reader, orderId, county.clock.now);
  };
  const unsafe = (view: Awaited<ReturnType<typeof options>>) =>
    view?.options.find((one) => one.id === 'unsafe');
  assert.equal(unsafe(await options())?.onlyLate, false);
  county.clock.now = at('2026-11-24T10:00');
  assert.equal((await options())?.fieldPeople, null, 'the dispatcher is not in the field');
  assert.deepEqual([unsafe(await options())?.allowed, unsafe(await options())?.onlyLate], [false, false]);

  // A crew has it, and what it promised has been over for an hour.
  await county.database.run(sql`update tasks set post = 'repair-worker' where tasks.order_id = ${orderId}`);
  await county.database.run(sql`update clocks set due_at = ${timestamp(county.clock.now - 60 * MINUTE)}
    where clocks.order_id = ${orderId}`);
  const late = await options('repair-worker');
  assert.notEqual(late?.fieldPeople, null);
  assert.deepEqual([unsafe(late)?.allowed, unsafe(late)?.onlyLate], [true, true]);
});
