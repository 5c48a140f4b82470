import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, MINUTE } from '#kernel/instant.ts';
import { isRefusal } from '#kernel/result.ts';
import { bounceHandovers } from '#modules/order/index.ts';
import { sql } from '#platform/db/sql.ts';
import { transact } from '#platform/db/transact.ts';
import { rejectOrder } from './reject-order.ts';
import { takeStep } from './step-commands.ts';
import { rowsAreTheFold } from './testing/rows-are-the-fold.ts';
import { handOver } from './work-commands.ts';
import { casesAtWork } from './testing/cases-at-work.ts';

// Work that goes to somebody else: handed over (转派), rejected (退单).

const { county, database, deps, must, clerk, anInquiry, openTask, isSeenBy } = await casesAtWork();
const officer = await county.actor('service-officer');
const control = await county.actor('control-officer');
const engineer = await county.actor('pq-engineer');

test('a hand-over is pending until taken; nobody takes it in time: it goes back, once, and the unit sees nothing more', async () => {
  const { caseId, orderId } = await anInquiry();
  const { ref, seq } = await openTask(orderId);
  await must((tx) => takeStep(tx, deps, officer, { orderId, seq, ref }));
  const request = {
    caseId,
    orderId,
    seq: seq + 1,
    ref,
    toUnitId: engineer.unitId,
    toPost: 'pq-engineer',
    toPersonId: null,
    reason: '要先测电压',
  };
  const handed = await must((tx) => handOver(tx, deps, officer, request));
  assert.equal(handed.dueAt, county.clock.now + 2 * HOUR);
  assert.equal((await openTask(orderId)).unit, 'operation');
  assert.ok(await isSeenBy(caseId, engineer.unitId));
  assert.equal(await bounceHandovers(database, async () => undefined), 0);

  county.clock.advance(2 * HOUR);
  const told: string[] = [];
  const [first, second] = await Promise.all(
    [1, 2].map(() => bounceHandovers(database, async (_tx, one) => void told.push(one.offeredBy))),
  );
  assert.equal((first ?? 0) + (second ?? 0), 1);
  assert.deepEqual(told, [officer.personId]);
  assert.equal((await openTask(orderId)).unit, 'marketing');
  assert.equal(await isSeenBy(caseId, engineer.unitId), false);
});

test('a hand-over that is taken stays; the clerk who was asked first stays bound to the case', async () => {
  const { caseId, orderId } = await anInquiry();
  const { ref, seq } = await openTask(orderId);
  await must((tx) => takeStep(tx, deps, officer, { orderId, seq, ref }));
  const to = { toUnitId: engineer.unitId, toPost: 'pq-engineer', toPersonId: engineer.personId };
  await must((tx) =>
    handOver(tx, deps, officer, { caseId, orderId, seq: seq + 1, ref, ...to, reason: '请运检核实' }),
  );
  // Named to a person it is his already; by taking it he accepts.
  await must((tx) => takeStep(tx, deps, engineer, { orderId, seq: seq + 2, ref }));
  county.clock.advance(3 * HOUR);
  assert.equal(await bounceHandovers(database, async () => undefined), 0);
  const row = await database.one<{ first: string }>(
    sql`select c.first_asked_id as first from cases c where c.id = ${caseId}`,
  );
  assert.equal(row.first, clerk.personId);
});

test('nothing is handed over to the unit complained about, to an empty post, or by whoever does not hold it', async () => {
  const lead = await county.actor('station-lead');
  const { caseId, orderId } = await anInquiry({ process: 'complaint', accusedUnitId: lead.unitId });
  const { ref, seq } = await openTask(orderId);
  await must((tx) => takeStep(tx, deps, control, { orderId, seq, ref }));
  const base = { caseId, orderId, seq: seq + 1, ref, toPersonId: null, reason: '请处理' };
  const tries = [
    [control, { toUnitId: lead.unitId, toPost: 'station-lead' }, 'handover.accused'],
    [control, { toUnitId: engineer.unitId, toPost: 'storekeeper' }, 'handover.nobody-there'],
    [lead, { toUnitId: engineer.unitId, toPost: 'pq-engineer' }, 'http.not-found'],
    [clerk, { toUnitId: engineer.unitId, toPost: 'pq-engineer' }, 'action.other-unit'],
  ] as const;
  for (const [actor, to, code] of tries) {
    const refused = await transact(database, (tx) => handOver(tx, deps, actor, { ...base, ...to }));
    assert.ok(isRefusal(refused));
    assert.equal(refused.refused, code);
  }
});

test('退单: three reasons, once a unit; the first goes to the sender, the second to the control centre (§3.5)', async () => {
  const { caseId, orderId } = await anInquiry();
  const reject = async (actor: typeof officer, reason: 'wrong-unit' | 'key-data-missing') => {
    const { seq, ref } = await openTask(orderId);
    const words = '客户所在区域不归本所';
    return await transact(database, (tx) =>
      rejectOrder(tx, deps, actor, { caseId, orderId, seq, ref, reason, words }),
    );
  };
  const stranger = await reject(engineer, 'wrong-unit');
  assert.deepEqual(stranger, { refused: 'http.not-found' });
  county.clock.advance(MINUTE);
  // Nobody sent it but the program: the duty officer of the control centre decides.
  assert.ok(!isRefusal(await reject(officer, 'wrong-unit')));
  assert.equal((await openTask(orderId)).unit, 'control-centre');
  assert.equal(await isSeenBy(caseId, officer.unitId), false);

  const { ref, seq } = await openTask(orderId);
  await must((tx) => takeStep(tx, deps, control, { orderId, seq, ref }));
  const taken = await reject(control, 'wrong-unit');
  assert.ok(isRefusal(taken) && taken.refused === 'action.held-already');
  const to = { toUnitId: officer.unitId, toPost: 'service-officer', toPersonId: null, reason: '归营销部' };
  await must((tx) => handOver(tx, deps, control, { caseId, orderId, seq: seq + 1, ref, ...to }));
  const twice = await reject(officer, 'key-data-missing');
  assert.ok(isRefusal(twice) && twice.refused === 'rejection.twice');
  // What a refused rejection touched is as it was: the hand-over is still on offer.
  const offered = await database.rows(sql`
    select 1 from handovers h where h.order_id = ${orderId} and h.state = 'offered'`);
  assert.equal(offered.length, 1);
});

test('who handed it over gets a rejected task back and is told', async () => {
  const { caseId, orderId } = await anInquiry();
  const { ref, seq } = await openTask(orderId);
  await must((tx) => takeStep(tx, deps, officer, { orderId, seq, ref }));
  const to = { toUnitId: engineer.unitId, toPost: 'pq-engineer', toPersonId: engineer.personId };
  await must((tx) =>
    handOver(tx, deps, officer, { caseId, orderId, seq: seq + 1, ref, ...to, reason: '请测' }),
  );
  county.clock.advance(MINUTE);
  const request = { caseId, orderId, seq: seq + 2, ref, reason: 'wrong-unit' as const, words: '不归运检' };
  await must((tx) => rejectOrder(tx, deps, engineer, request));
  const task = await database.one(sql`
    select t.holder_id as holder from tasks t where t.order_id = ${orderId} and t.state = 'open'`);
  assert.deepEqual(task, { holder: officer.personId });
  assert.equal(await isSeenBy(caseId, engineer.unitId), false);
  const told = await database.rows(sql`
    select 1 from outbox o where o.template = 'handover-bounced' and o.person_id = ${officer.personId}
      and o.key like ${`rejected:${orderId}:%`}`);
  assert.equal(told.length, 1);
});

test('after all that, the kept rows are what the events tell', async () => {
  const { orders, cases } = await rowsAreTheFold(county);
  assert.ok(orders > 0 && cases > 0);
});
