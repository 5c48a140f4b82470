import assert from 'node:assert/strict';
import { test } from 'node:test';
import { array, assert as check, asyncProperty, constantFrom, double, integer, tuple } from 'fast-check';
import { DAY, HOUR, type Instant, MINUTE } from '#kernel/instant.ts';
import { acceptCase, takeStep } from '#modules/case/index.ts';
import { idOf, pause as askPause, seqOf, worker as workerOf } from '#modules/case/testing/pausing.ts';
import { anIntake, type SmallCounty, smallCounty } from '#modules/case/testing/small-county.ts';
import { handOver, linkCase, unlinkCase } from '#modules/case/work-commands.ts';
import { askCorrection, companyClocks, decideCorrection, readWorkingDays } from '#modules/clock/index.ts';
import { timestamp, type Tx } from '#platform/db/db.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/db/sql.ts';
import { sweepClocks } from './clock-sweep.ts';
import type { OrderActor } from './order-types.ts';
import { resumeOrder } from './pause-commands.ts';
import { pauseStore } from './pause-store.ts';
import { recalculateClocks } from './recalculate-clocks.ts';
import { replanClocks } from './replan-clocks.ts';

// Bugs of other systems (peers.md §6) that concern clocks, on the real database; 4 is in clock/domain/due.test.ts, 6 and 7
// are in case/case-work.test.ts, 27 in recalculate-clocks.test.ts.

const at = (text: string) => Date.parse(`${text}+08:00`);

async function accept(county: SmallCounty, process: string, area: 'city' | 'rural' = 'city') {
  const clerk = await county.actor('clerk');
  const householdId = await county.household(area);
  const intake = anIntake({ process, householdId, words: '家里的事' });
  const accepted = await county.must((tx) => acceptCase(tx, county.deps, clerk, intake));
  return { caseId: accepted.caseId, orderId: accepted.orderId ?? '' };
}

type Clock = { id: string; clock: string; state: string; due: Instant; cycle: number };

async function promise(county: SmallCounty, orderId: string): Promise<Clock> {
  return await county.database.one<Clock>(sql`
    select k.id, k.clock, k.state, k.due_at as due, k.cycle from clocks k
    where k.order_id = ${orderId} and k.role = 'promise' and k.state in ('running', 'paused') order by k.due_at limit 1`);
}

async function worker(county: SmallCounty, orderId: string) {
  const { step } = await county.database.one<{ step: string }>(sql`
    select t.step from tasks t where t.order_id = ${orderId} and t.state = 'open' order by t.ready_at limit 1`);
  return { actor: { ...(await workerOf(county, orderId)), mayReassign: true }, step };
}

async function pause(...given: Parameters<typeof askPause>): Promise<string> {
  return idOf(await askPause(...given));
}

const unsafe = { reason: 'unsafe', evidence: 'photo', until: null } as const;

async function resume(
  county: SmallCounty,
  actor: OrderActor,
  orderId: string,
  pauseId: string,
): Promise<void> {
  const seq = await seqOf(county, orderId);
  await county.must((tx) => resumeOrder(tx, county.deps, actor, { orderId, seq, pauseId }));
}

test('1: a rule that changes while a clock is paused keeps what was paused before (GLPI #6902, #15605)', async () => {
  const county = await smallCounty(at('2026-11-23T10:00'));
  const { orderId } = await accept(county, 'repair-low', 'rural');
  const { actor } = await worker(county, orderId);
  county.clock.advance(10 * MINUTE);
  const first = await pause(county, actor, orderId, unsafe);
  county.clock.advance(30 * MINUTE);
  await resume(county, actor, orderId, first);
  county.clock.advance(10 * MINUTE);
  const second = await pause(county, actor, orderId, unsafe);

  const deps = { ...county.deps, database: county.database, clockBasis: companyClocks(readDays()) };
  const [officer, head] = [await county.actor('control-officer'), await county.actor('operation-head')];
  const correction = { limitId: 'R005', value: 100, reason: '录入时写错' };
  const { changeId } = await county.must((tx) => askCorrection(tx, deps, officer, correction));
  await county.must((tx) => decideCorrection(tx, head, { changeId, approve: true }));
  await recalculateClocks(deps);
  assert.equal((await promise(county, orderId)).state, 'paused');

  county.clock.advance(20 * MINUTE);
  await resume(county, actor, orderId, second);
  const after = await promise(county, orderId);
  assert.deepEqual([after.state, after.due], ['running', at('2026-11-23T10:00') + (100 + 30 + 20) * MINUTE]);
});

test('2: hold time counts once, also when two pauses overlap and the case began on a holiday (frappe #2449)', async () => {
  const county = await smallCounty(at('2026-10-01T10:00'));
  const { orderId } = await accept(county, 'meter-fault');
  const before = await promise(county, orderId);
  assert.equal(before.due, at('2026-10-14T00:00'), '8, 9, 10 (a working Saturday), 12 and 13 October');
  const { actor } = await worker(county, orderId);
  const wish = { reason: 'customer-wish', evidence: 'recording' } as const;
  await pause(county, actor, orderId, { ...wish, until: at('2026-10-09T00:00') });
  assert.equal(
    (await promise(county, orderId)).due,
    at('2026-10-15T00:00'),
    'of the holiday only the 8th was work',
  );
  await pause(county, actor, orderId, { ...wish, until: at('2026-10-10T00:00') });
  assert.equal((await promise(county, orderId)).due, at('2026-10-16T00:00'), 'the 8th twice, and the 9th');
});

test('3: around the clock has no gap at midnight (Zammad #3180)', async () => {
  const county = await smallCounty(at('2026-11-23T23:59:59.999'));
  const { orderId } = await accept(county, 'repair-low', 'rural');
  assert.equal((await promise(county, orderId)).due, at('2026-11-24T01:29:59.999'));
});

test('5: a working Saturday counts, the Monday swapped for it does not (biz #5)', async () => {
  const county = await smallCounty(at('2026-09-18T16:00'));
  const { orderId } = await accept(county, 'meter-fault');
  // 20 September is a working Sunday; 25 to 27 are holidays.
  assert.equal((await promise(county, orderId)).due, at('2026-09-25T00:00'));
});

test('6: what a case said and how long it was paused goes with it into another order, and back', async () => {
  const county = await smallCounty(at('2026-11-23T10:00'));
  const [one, other] = [await accept(county, 'meter-fault'), await accept(county, 'meter-fault')];
  const { actor } = await worker(county, one.orderId);
  const wish = { reason: 'customer-wish', evidence: 'recording' } as const;
  await pause(county, actor, one.orderId, { ...wish, until: at('2026-11-25T09:00') });
  const before = await promise(county, one.orderId);
  assert.equal(before.due, at('2026-12-02T00:00'), 'Tuesday was paused as a whole');
  county.clock.now = at('2026-12-03T09:00');
  await sweepClocks(county.database);
  const breaches = async () =>
    (
      await county.database.one<{ n: number }>(sql`
        select count(*) as n from clock_firings f join clocks k on k.id = f.clock_id
        where k.case_id = ${one.caseId} and k.role = 'promise' and f.percent = 100`)
    ).n;
  assert.equal(await breaches(), 1);
  const officer = await county.actor('control-officer');
  await county.must((tx) =>
    linkCase(tx, county.deps, officer, { caseId: one.caseId, orderId: other.orderId }),
  );
  const linked = await county.database.one<{ due: Instant; broken: Instant | null }>(sql`
    select k.due_at as due, k.broken_at as broken from clocks k
    where k.order_id = ${other.orderId} and k.case_id = ${one.caseId} and k.role = 'promise'`);
  assert.deepEqual(linked, { due: before.due, broken: before.due });
  await county.must((tx) =>
    unlinkCase(tx, county.deps, officer, { caseId: one.caseId, reason: '不是一回事' }),
  );
  assert.equal((await promise(county, one.orderId)).due, before.due);
  await sweepClocks(county.database);
  assert.equal(await breaches(), 1, 'one breach is one breach');
});

test('9: a task that moves to another unit starts no second clock and drops none (Zammad #5624)', async () => {
  const county = await smallCounty(at('2026-11-23T10:00'));
  const { caseId, orderId } = await accept(county, 'meter-fault');
  const { actor, step } = await worker(county, orderId);
  const clocks = async () =>
    await county.database.rows<object>(
      sql`select k.id, k.clock, k.state, k.due_at from clocks k where k.order_id = ${orderId} order by k.id`,
    );
  const ref = { step, caseId: null, round: 1 };
  await county.must((tx) => takeStep(tx, county.deps, actor, { orderId, seq: 1, ref }));
  const before = await clocks();
  const engineer = await county.actor('pq-engineer');
  county.clock.advance(HOUR);
  const seq = await seqOf(county, orderId);
  await county.must((tx) =>
    handOver(tx, county.deps, actor, {
      caseId,
      orderId,
      seq,
      ref,
      toUnitId: engineer.unitId,
      toPost: 'pq-engineer',
      toPersonId: engineer.personId,
      reason: '请运检部办',
    }),
  );
  assert.deepEqual(await clocks(), before);
});

test('10: a breach is noticed at the first sweep after its moment, and each person hears of it once (GLPI #2408)', async () => {
  const county = await smallCounty(at('2026-11-23T10:00'));
  const { orderId } = await accept(county, 'repair-low', 'rural');
  const { due } = await promise(county, orderId);
  county.clock.now = due - 1;
  await sweepClocks(county.database);
  const told = async () =>
    await county.database.rows<{ n: number }>(sql`
      select count(*) as n from outbox m where m.template = 'clock-broken' and m.data ->> 'clock' = 'arrive-rural'
      group by m.person_id`);
  assert.deepEqual(await told(), []);
  county.clock.now = due;
  for (let i = 0; i < 3; i++) await sweepClocks(county.database);
  const heard = await told();
  assert.ok(heard.length > 0 && heard.every((row) => row.n === 1));
});

function readDays() {
  return readWorkingDays(new URL('../../../handbook/calendars/holiday-cn.json', import.meta.url).pathname);
}

test('properties through the store: more pause never ends earlier; a pause cut in two counts the same', async () => {
  const county = await smallCounty(at('2026-09-28T10:00'));
  const orders = [await accept(county, 'meter-fault'), await accept(county, 'repair-low', 'rural')];
  const version = await county.database.transaction((tx) => county.deps.activeHandbook(tx, county.companyId));
  if (version === undefined) throw new Error('no handbook');
  const handbook = version;
  const { personId } = await county.actor('clerk');

  /** The deadline with these pauses, as the store computes and keeps it; nothing of it stays. */
  async function dueWith(orderId: string, pauses: readonly (readonly [number, number])[]): Promise<Instant> {
    const undone = await county.database
      .transaction(async (tx: Tx) => {
        const store = pauseStore(tx, county.companyId);
        const clocks = (await store.listClocks(orderId)).filter((clock) => clock.role === 'promise');
        for (const [from, to] of pauses)
          await store.insert(
            {
              id: newId(),
              orderId,
              reason: 'unsafe',
              approval: 'none',
              evidence: 'photo',
              state: 'standing',
              from: tx.now + from,
              to: tx.now + to,
              askedBy: personId,
              noteTextId: null,
            },
            clocks.map((clock) => clock.id),
          );
        await replanClocks(tx, county.deps, county.companyId, handbook, clocks);
        const row = await tx.one<{ due: Instant }>(sql`
          select min(k.due_at) as due from clocks k where k.order_id = ${orderId} and k.role = 'promise'
            and k.started_at <= ${timestamp(tx.now)}`);
        throw Object.assign(new Error('undo'), row);
      })
      .catch((error: Error & { due?: Instant }) => error);
    if (typeof undone.due !== 'number') throw undone;
    return undone.due;
  }

  const span = tuple(integer({ min: 0, max: 20 * DAY }), integer({ min: 1, max: 6 * DAY })).map(
    ([from, length]) => [from, from + length] as const,
  );
  await check(
    asyncProperty(
      constantFrom(...orders),
      array(span, { maxLength: 3 }),
      span,
      double({ min: 0, max: 1, noNaN: true }),
      async ({ orderId }, pauses, more, share) => {
        const before = await dueWith(orderId, pauses);
        const after = await dueWith(orderId, [...pauses, more]);
        assert.ok(after >= before, `${before} → ${after}`);
        const [from, to] = more;
        const cut = from + Math.floor((to - from) * share);
        assert.equal(await dueWith(orderId, [...pauses, [from, cut], [cut, to]]), after);
      },
    ),
    { numRuns: 40 },
  );
});
