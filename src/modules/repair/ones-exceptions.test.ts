import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MINUTE } from '#kernel/instant.ts';
import { isRefusal } from '#kernel/result.ts';
import { acceptCase, dayStart, returnStep, takeStep } from '#modules/case/index.ts';
import { doStep } from '#modules/case/testing/do-step.ts';
import { anIntake, smallCounty } from '#modules/case/testing/small-county.ts';
import { sql } from '#platform/db/sql.ts';
import { transact } from '#platform/db/transact.ts';
import { explainException } from './explain-exception.ts';
import { morningReport } from './five-ones-report.ts';

const county = await smallCounty();
const { database, deps, must } = county;
const call = await county.actor('call-taker');
const dispatcher = await county.actor('dispatcher');
const crew = await county.actor('repair-lead');
const worker = await county.actor('repair-worker');
const control = await county.actor('control-officer');
const households = await database.rows<{ id: string }>(sql`
  select h.id from households h join units u on u.company_id = h.company_id and u.id = h.station_id
  join premises p on p.company_id = h.company_id and p.id = h.premises_id
  where u.code = 'station-05' and p.area_class = 'rural' order by h.account_no limit 4`);
const WAY = [
  ['judge', dispatcher],
  ['dispatch', dispatcher],
  ['accept', crew],
  ['arrive', crew],
  ['survey', worker],
  ['safe', crew],
  ['fix', worker],
] as const;

/** A fault that was worked on once; its crew holds the step that gives the supply back. */
async function worked(household: number, arrival: Record<string, string | boolean> = {}) {
  const householdId = households[household]?.id ?? '';
  const intake = anIntake({ process: 'repair-low', channel: 'phone', householdId });
  const { orderId, caseId } = await must((tx) => acceptCase(tx, deps, call, intake));
  assert.ok(orderId);
  for (const [step, actor] of WAY) {
    county.clock.advance(5 * MINUTE);
    await doStep(county, orderId, actor, step, step === 'arrive' ? { values: arrival } : {});
  }
  const ref = { step: 'restore', caseId: null, round: 1 };
  const { seq } = await database.one<{ seq: number }>(
    sql`select o.seq from orders o where o.id = ${orderId}`,
  );
  const taken = await must((tx) => takeStep(tx, deps, crew, { orderId, seq, ref }));
  return { orderId, caseId, ref, seq: taken.seq };
}

async function report() {
  const version = await deps.activeHandbook(database, county.companyId);
  assert.ok(version);
  const { now } = county.clock;
  return await morningReport(database, control, version, { from: dayStart(now), now });
}

async function told(caseId: string) {
  const rows = await database.rows<{ template: string; why: string }>(sql`
    select n.template, n.data ->> 'why' as why from outbox n
    where n.case_id = ${caseId} and n.template in ('repair-again', 'repair-late')`);
  return rows.map((one) => [one.template, one.why]);
}

test('whoever sends a repair back unfixed chooses why; without a reason nothing moves', async () => {
  const { orderId, caseId, ref: from, seq } = await worked(0);
  const back = (exception?: string) =>
    transact(database, (tx) =>
      returnStep(tx, deps, crew, {
        orderId,
        seq,
        from,
        to: 'fix',
        reason: '送电后又跳闸',
        ...(exception === undefined ? {} : { exception }),
      }),
    );
  const none = await back();
  assert.equal(isRefusal(none) && none.refused, 'ones.reason-missing');
  const other = await back('traffic');
  assert.equal(isRefusal(other) && other.refused, 'ones.reason-unknown');
  const open = await database.rows(
    sql`select t.step from tasks t where t.order_id = ${orderId} and t.state = 'open' and t.case_id is null`,
  );
  assert.deepEqual(open, [{ step: 'restore' }]);
  assert.equal(isRefusal(await back('repair-failed')), false);
  await doStep(county, orderId, worker, 'fix');
  const line = (await report()).faults.find((one) => one.orderId === orderId);
  assert.deepEqual(
    [line?.state, line?.reasons, line?.chosen],
    ['broken', ['fixed-again'], ['repair-failed']],
  );
  assert.equal(line?.excused, false);
  assert.deepEqual(await told(caseId), []);
});

test('an excuse is told to the customer by the same move, and only then does it count', async () => {
  const { orderId, caseId, ref: from, seq } = await worked(1);
  await must((tx) =>
    returnStep(tx, deps, crew, {
      orderId,
      seq,
      from,
      to: 'fix',
      reason: '暴雨停不下来',
      exception: 'weather',
    }),
  );
  assert.deepEqual(await told(caseId), [['repair-again', 'weather']]);
  await doStep(county, orderId, worker, 'fix');
  const known = (await report()).faults.find((one) => one.orderId === orderId);
  assert.deepEqual([known?.state, known?.excused], ['broken', true]);
  await database.run(sql`update order_exceptions set told_at = null where order_id = ${orderId}`);
  assert.equal((await report()).faults.find((one) => one.orderId === orderId)?.excused, false);
});

test('who comes late and says why has told the customer himself, or the program tells him', async () => {
  const silent = await worked(2, { arrivalExcuse: 'traffic' });
  assert.deepEqual(await told(silent.caseId), [['repair-late', 'traffic']]);
  const said = await worked(3, { arrivalExcuse: 'weather', excuseTold: true });
  assert.deepEqual(await told(said.caseId), []);
  const { faults } = await report();
  for (const { orderId } of [silent, said])
    assert.equal(faults.find((one) => one.orderId === orderId)?.excuse?.told, true);
});

test('what nobody gave a reason for stands first in the report until somebody does, once', async () => {
  const [line] = await database.rows<{ orderId: string }>(sql`
    select x.order_id as "orderId" from order_exceptions x where x.reason = 'repair-failed'`);
  assert.ok(line);
  const { orderId } = line;
  await database.run(sql`delete from order_exceptions where order_id = ${orderId}`);
  const [first] = (await report()).chosen;
  assert.deepEqual([first?.reason, first?.faults, first?.households], [null, 1, 1]);
  const say = () =>
    transact(database, (tx) => explainException(tx, deps, control, { orderId, reason: 'lack-material' }));
  assert.deepEqual(await say(), { ones: 1 });
  assert.deepEqual(await say(), { refused: 'ones.nothing-open' });
  const after = await report();
  assert.ok(after.chosen.every((one) => one.reason !== null));
  assert.equal(after.chosen.find((one) => one.reason === 'lack-material')?.name?.zh, '缺料');
});

test('the month’s mean stands beside its promise, and a day of storm says so', async () => {
  const calm = await report();
  assert.equal(calm.storm, false);
  assert.ok(calm.month.every((one) => !one.single));
  await database.run(sql`
    insert into dispatch_settings (company_id, id, at, by_id, storm, automatic, most_customers, most_minutes, reason)
    values (${county.companyId}, gen_random_uuid(), ${new Date(county.clock.now - MINUTE)}, ${dispatcher.personId}, true, false, 1, 1, 'typhoon')`);
  assert.equal((await report()).storm, true);
});
