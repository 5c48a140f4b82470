import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRefusal } from '#kernel/result.ts';
import { clockStore } from '#modules/order/clock-store.ts';
import { pauseStore } from '#modules/order/pause-store.ts';
import { replanClocks } from '#modules/order/replan-clocks.ts';
import { sweepClocks } from '#modules/order/clock-sweep.ts';
import { decidePause, resumeOrder } from '#modules/order/index.ts';
import { sql } from '#platform/db/sql.ts';
import { transact } from '#platform/db/transact.ts';
import type { CaseActor } from './case-commands.ts';
import { acceptCase, takeStep } from './index.ts';
import { clockOf, idOf, pause, repair, seqOf, worker } from './testing/pausing.ts';
import { anIntake, smallCounty } from './testing/small-county.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const at = (text: string) => Date.parse(`${text}+08:00`);

test('a repair stops at once and is approved afterwards; rejected, its time counts as if it had never stopped', async () => {
  const county = await smallCounty(at('2026-11-23T10:00'));
  const { orderId } = await repair(county);
  const crew = await worker(county, orderId);
  const before = await clockOf(county, 'arrive-rural');
  county.clock.advance(20 * MINUTE);
  const id = idOf(await pause(county, crew, orderId, {}));
  const stopped = await clockOf(county, 'arrive-rural');
  assert.deepEqual([stopped.state, stopped.due_at], ['paused', before.due_at]);
  assert.equal((await clockOf(county, 'arrive-rural-law')).state, 'running', 'the law never pauses');

  county.clock.advance(30 * MINUTE);
  const resumed = await transact(county.database, async (tx) =>
    resumeOrder(tx, county.deps, crew, { orderId, seq: await seqOf(county, orderId), pauseId: id }),
  );
  assert.ok(!isRefusal(resumed));
  const running = await clockOf(county, 'arrive-rural');
  assert.deepEqual([running.state, running.due_at], ['running', before.due_at + 30 * MINUTE]);

  const decide = async (actor: CaseActor, approve: boolean) =>
    await transact(county.database, async (tx) =>
      decidePause(tx, county.deps, actor, {
        orderId,
        seq: await seqOf(county, orderId),
        pauseId: id,
        approve,
      }),
    );
  assert.deepEqual(await decide(crew, true), { refused: 'pause.own-request' });
  const officer = await county.actor('control-officer');
  assert.ok(!isRefusal(await decide(officer, false)));
  assert.equal((await clockOf(county, 'arrive-rural')).due_at, before.due_at);
  assert.deepEqual(await decide(officer, true), { refused: 'pause.decided' });
});

test('rejected after the work was done: what was kept only by the pause is late, its breach recorded at its moment', async () => {
  const county = await smallCounty(at('2026-11-23T10:00'));
  const { orderId } = await repair(county);
  const crew = await worker(county, orderId);
  const { due_at: due, id: clockId } = await clockOf(county, 'arrive-rural');
  county.clock.advance(80 * MINUTE);
  const id = idOf(await pause(county, crew, orderId, {}));
  county.clock.advance(40 * MINUTE);
  // Stopped while paused, as the step of arrival would do it.
  await county.database.transaction(async (tx) => {
    const version = await county.deps.activeHandbook(tx, county.companyId);
    assert.ok(version);
    const paused = await pauseStore(tx, county.companyId).listPausedAmong([clockId]);
    assert.equal(paused.length, 1);
    await replanClocks(tx, county.deps, county.companyId, version, paused, new Map([[clockId, tx.now]]));
    await clockStore(tx, county.companyId).stop([{ id: clockId, at: tx.now }]);
  });
  const kept = await clockOf(county, 'arrive-rural');
  assert.deepEqual(
    [kept.state, kept.kept, kept.due_at, kept.next_at],
    ['met', true, due + 40 * MINUTE, null],
  );

  const officer = await county.actor('control-officer');
  const seq = await seqOf(county, orderId);
  await county.must((tx) =>
    decidePause(tx, county.deps, officer, { orderId, seq, pauseId: id, approve: false }),
  );
  const late = await clockOf(county, 'arrive-rural');
  assert.deepEqual([late.state, late.kept, late.due_at], ['met', false, due]);
  await sweepClocks(county.database);
  const fired = await county.database.rows<{ percent: number; at: number }>(sql`
    select f.percent, f.occurred_at as at from clock_firings f where f.clock_id = ${clockId} and f.percent = 100`);
  assert.deepEqual(fired, [{ percent: 100, at: due }]);
});

test('promise and law clocks of a complaint never pause, nor does anything that the table does not name', async () => {
  const county = await smallCounty(at('2026-11-23T10:00'));
  const clerk = await county.actor('clerk');
  const accepted = await county.must((tx) =>
    acceptCase(tx, county.deps, clerk, anIntake({ process: 'complaint', words: '抄表员骂人' })),
  );
  const orderId = accepted.orderId ?? '';
  const officer = await county.actor('control-officer');
  const version = await county.database.transaction((tx) => county.deps.activeHandbook(tx, county.companyId));
  const reasons = version?.handbook.pauses.reasons ?? [];
  assert.ok(reasons.length > 5);
  for (const reason of reasons) {
    const evidence = reason.evidence[0] ?? 'paper';
    const done = await pause(county, officer, orderId, {
      reason: reason.id,
      evidence,
      until: at('2026-11-24T10:00'),
    });
    assert.ok(isRefusal(done), reason.id);
  }
  const { n } = await county.database.one<{ n: number }>(
    sql`select count(*) as n from clocks k where k.state <> 'running'`,
  );
  assert.equal(n, 0);
});

test('a customer’s recorded wish moves the appointment without an approver, to the day that he wishes', async () => {
  const county = await smallCounty(at('2026-11-23T10:00'));
  const clerk = await county.actor('clerk');
  const householdId = await county.household('city');
  const accepted = await county.must((tx) =>
    acceptCase(tx, county.deps, clerk, anIntake({ process: 'meter-fault', householdId, words: '表不走了' })),
  );
  const orderId = accepted.orderId ?? '';
  const meter = await worker(county, orderId);
  const promise = await county.database.one<{ clock: string; due_at: number }>(
    sql`select k.clock, k.due_at from clocks k where k.role = 'promise' and k.limit_text = '5wd'`,
  );
  const wish = { reason: 'customer-wish', evidence: 'recording' } as const;
  assert.deepEqual(await pause(county, meter, orderId, { ...wish, until: null }), {
    refused: 'pause.until-missing',
  });
  assert.deepEqual(
    await pause(county, meter, orderId, { ...wish, evidence: 'photo', until: at('2026-11-26T09:00') }),
    {
      refused: 'pause.wrong-evidence',
    },
  );
  assert.deepEqual(await pause(county, meter, orderId, { ...wish, until: at('2026-11-23T09:00') }), {
    refused: 'pause.until-past',
  });
  idOf(await pause(county, meter, orderId, { ...wish, until: at('2026-11-26T09:00') }));
  const moved = await clockOf(county, promise.clock);
  assert.deepEqual(
    [moved.state, moved.due_at - promise.due_at],
    ['running', 48 * HOUR],
    'Tuesday and Wednesday',
  );
  const { state } = await county.database.one<{ state: string }>(sql`select p.state from clock_pauses p`);
  assert.equal(state, 'standing');
});

test('waiting for papers counts from the approval on; until then nothing stops', async () => {
  const county = await smallCounty(at('2026-11-23T10:00'));
  const clerk = await county.actor('clerk');
  const householdId = await county.household('city');
  const accepted = await county.must((tx) =>
    acceptCase(tx, county.deps, clerk, anIntake({ process: 'meter-fault', householdId, words: '表不走了' })),
  );
  const orderId = accepted.orderId ?? '';
  const meter = await worker(county, orderId);
  const papers = { reason: 'customer-papers', evidence: 'paper' } as const;
  assert.deepEqual(await pause(county, meter, orderId, { ...papers, occurredAt: at('2026-11-23T10:00') }), {
    refused: 'pause.only-ahead',
  });
  const id = idOf(await pause(county, meter, orderId, papers));
  const states = async () =>
    (await county.database.rows<{ state: string }>(sql`select distinct k.state from clocks k`)).map(
      (k) => k.state,
    );
  assert.deepEqual(await states(), ['running']);
  const asked = await county.database.one<{ n: number }>(
    sql`select count(*) as n from outbox m where m.template = 'pause-asked'`,
  );
  assert.ok(asked.n > 0, 'somebody hears that his word is wanted');
  const officer = await county.actor('control-officer');
  county.clock.advance(2 * HOUR);
  const seq = await seqOf(county, orderId);
  await county.must((tx) =>
    decidePause(tx, county.deps, officer, { orderId, seq, pauseId: id, approve: true }),
  );
  assert.deepEqual((await states()).toSorted(), ['paused', 'running']);
  const { from } = await county.database.one<{ from: number }>(
    sql`select p.from_at as from from clock_pauses p`,
  );
  assert.equal(from, at('2026-11-23T12:00'));
});

test('a task taken does not undo a pause', async () => {
  const county = await smallCounty(at('2026-11-23T10:00'));
  const { orderId } = await repair(county);
  const crew = await worker(county, orderId);
  idOf(await pause(county, crew, orderId, {}));
  const { step } = await county.database.one<{ step: string }>(
    sql`select t.step from tasks t where t.order_id = ${orderId} and t.state = 'open' order by t.ready_at limit 1`,
  );
  const seq = await seqOf(county, orderId);
  await county.must((tx) =>
    takeStep(tx, county.deps, crew, { orderId, seq, ref: { step, caseId: null, round: 1 } }),
  );
  assert.equal((await clockOf(county, 'arrive-rural')).state, 'paused');
});

test('entered late within the rules it counts from when it happened, and a breach that it undoes leaves the figures', async () => {
  const county = await smallCounty(at('2026-11-23T10:00'));
  const { orderId } = await repair(county);
  const crew = await worker(county, orderId);
  const other = { ...crew, personId: (await county.actor('control-officer')).personId };
  const due = at('2026-11-23T11:30');
  county.clock.now = at('2026-11-23T12:00');
  await sweepClocks(county.database);
  assert.equal((await clockOf(county, 'arrive-rural')).due_at, due);
  const broken = async () =>
    await county.database.one<{ at: number | null; cycle: number; fired: number }>(sql`
      select k.broken_at as at, k.cycle, k.fired from clocks k where k.clock = 'arrive-rural'`);
  assert.deepEqual(await broken(), { at: due, cycle: 1, fired: 100 });

  const since = { occurredAt: at('2026-11-23T11:00'), until: at('2026-11-23T11:50') };
  assert.deepEqual(await pause(county, other, orderId, { ...since, occurredAt: at('2026-11-23T12:30') }), {
    refused: 'field.future',
  });
  assert.deepEqual(await pause(county, other, orderId, { ...since, occurredAt: at('2026-11-23T09:00') }), {
    refused: 'field.before-start',
  });
  assert.deepEqual(
    await pause(county, other, orderId, since),
    { refused: 'pause.until-past' },
    'nobody in the field says it: it would begin now, after its own end',
  );
  const enteredFor = { personId: crew.personId, why: 'no-signal' } as const;
  idOf(await pause(county, other, orderId, { ...since, enteredFor }));
  assert.equal((await clockOf(county, 'arrive-rural')).due_at, due + 50 * MINUTE);
  assert.deepEqual(await broken(), { at: null, cycle: 2, fired: 70 });
  const told = await county.database.rows<{
    type: string;
    at: number;
    field: { claimed: number } | null;
  }>(sql`
    select e.type, e.occurred_at as at, e.data -> 'field' as field from order_events e
    where e.stream_id = ${orderId} and e.type in ('clock.fired', 'clock.paused', 'clock.corrected')
      and (e.data ->> 'clock' is null or e.data ->> 'clock' = 'arrive-rural') order by e.seq`);
  assert.deepEqual(
    told.slice(-2).map(({ type, at: when }) => [type, when]),
    [
      ['clock.paused', since.occurredAt],
      ['clock.corrected', county.clock.now],
    ],
  );
  assert.equal(told.at(-2)?.field?.claimed, since.occurredAt);
  assert.ok(
    told.some((one) => one.type === 'clock.fired' && one.at === due),
    'the breach stays on record',
  );

  county.clock.now = due + 51 * MINUTE;
  await sweepClocks(county.database);
  assert.deepEqual(await broken(), { at: due + 50 * MINUTE, cycle: 2, fired: 100 });
});

test('what nobody in the field says counts from when it is entered, and what was said stays on record', async () => {
  const county = await smallCounty(at('2026-11-23T10:00'));
  const { orderId } = await repair(county);
  const crew = await worker(county, orderId);
  const dispatcher = { ...(await county.actor('dispatcher')), unitIds: crew.unitIds, posts: crew.posts };
  county.clock.advance(20 * MINUTE);
  const doubtful = idOf(await pause(county, dispatcher, orderId, { occurredAt: at('2026-11-23T10:05') }));
  const row = await county.database.one<{ from: number }>(
    sql`select p.from_at as "from" from clock_pauses p where p.id = ${doubtful}`,
  );
  assert.equal(row.from, county.clock.now);
  const { doubt } = await county.database.one<{ doubt: string }>(sql`
    select e.data #>> '{field,doubt}' as doubt from order_events e where e.type = 'clock.paused'`);
  assert.equal(doubt, 'not-in-the-field');
});
