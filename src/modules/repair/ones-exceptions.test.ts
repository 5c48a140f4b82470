import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MINUTE } from '#kernel/instant.ts';
import { isRefusal } from '#kernel/result.ts';
import { returnStep } from '#modules/case/index.ts';
import { doStep, tryStep } from '#modules/case/testing/do-step.ts';
import { sql } from '#platform/db/sql.ts';
import { transact } from '#platform/db/transact.ts';
import { explainException } from './explain-exception.ts';
import { faultCounty } from './testing/fault-county.ts';

const county = await faultCounty();
const { database, deps, must, control, crew, worker, dispatcher, report, line } = county;
const EXCUSES = ['repair-again', 'repair-late'];

/** A fault that was worked on once; its crew holds the step that gives the supply back. */
async function worked(household: number, arrive: Record<string, string | boolean> = {}) {
  const { orderId, caseId } = await county.fault(household, 'fix', { arrive });
  return { orderId, caseId, ...(await county.take(orderId, 'restore')) };
}

function back(of: Awaited<ReturnType<typeof worked>>, exception?: string) {
  const { orderId, seq, ref: from } = of;
  const why = exception === undefined ? {} : { exception };
  return transact(database, (tx) =>
    returnStep(tx, deps, crew, { orderId, seq, from, to: 'fix', reason: '送电后又跳闸', ...why }),
  );
}

test('whoever sends a repair back unfixed chooses why; without a reason nothing moves', async () => {
  const one = await worked(0);
  const none = await back(one);
  assert.equal(isRefusal(none) && none.refused, 'ones.reason-missing');
  const other = await back(one, 'traffic');
  assert.equal(isRefusal(other) && other.refused, 'ones.reason-unknown');
  const open = await database.rows(
    sql`select t.step from tasks t where t.order_id = ${one.orderId} and t.state = 'open' and t.case_id is null`,
  );
  assert.deepEqual(open, [{ step: 'restore' }]);
  assert.equal((await line(one.orderId)).state, 'running');
  assert.equal(isRefusal(await back(one, 'repair-failed')), false);
  assert.equal((await line(one.orderId)).state, 'broken', 'at once, and not when it is done again');
  await doStep(county, one.orderId, worker, 'fix');
  const { state, reasons, chosen, excused } = await line(one.orderId);
  assert.deepEqual([state, reasons, chosen, excused], ['broken', ['fixed-again'], ['repair-failed'], false]);
  assert.deepEqual(await county.told(one.caseId, EXCUSES), []);
});

test('an excuse is told to the customer by the same move, and only then does it count', async () => {
  const one = await worked(1);
  assert.equal(isRefusal(await back(one, 'weather')), false);
  assert.deepEqual(await county.told(one.caseId, EXCUSES), [['repair-again', 'weather']]);
  await doStep(county, one.orderId, worker, 'fix');
  const known = await line(one.orderId);
  assert.deepEqual([known.state, known.excused], ['broken', true]);
  await database.run(sql`update order_exceptions set told_at = null where order_id = ${one.orderId}`);
  assert.equal((await line(one.orderId)).excused, false);
});

test('who comes late and says why has told the customer himself, or the program tells him', async () => {
  const silent = await worked(2, { arrivalExcuse: 'traffic' });
  assert.deepEqual(await county.told(silent.caseId, EXCUSES), [['repair-late', 'traffic']]);
  const said = await worked(3, { arrivalExcuse: 'weather', excuseTold: true });
  assert.deepEqual(await county.told(said.caseId, EXCUSES), []);
  for (const { orderId } of [silent, said]) assert.equal((await line(orderId)).excuse?.told, true);
});

test('a crew that cannot do it on the spot says why and leaves: the first visit failed, whoever comes next', async () => {
  const { orderId } = await county.fault(4, 'arrive');
  const { ref: from, seq } = await county.take(orderId, 'survey', worker);
  const give = (exception?: string) =>
    transact(database, (tx) =>
      returnStep(tx, deps, worker, {
        orderId,
        seq,
        from,
        to: 'dispatch',
        reason: '没带接线端子',
        ...(exception === undefined ? {} : { exception }),
      }),
    );
  const silent = await give();
  assert.equal(isRefusal(silent) && silent.refused, 'ones.reason-missing');
  assert.equal(isRefusal(await give('lack-material')), false);
  const failed = await line(orderId);
  assert.deepEqual(
    [failed.state, failed.reasons, failed.chosen],
    ['broken', ['second-visit'], ['lack-material']],
  );
  await doStep(county, orderId, dispatcher, 'dispatch');
  for (const [step, actor] of [
    ['accept', crew],
    ['arrive', crew],
    ['survey', worker],
    ['safe', crew],
    ['fix', worker],
    ['restore', crew],
  ] as const)
    await doStep(county, orderId, actor, step);
  const mended = await line(orderId);
  assert.deepEqual([mended.reasons, mended.fixedOnce], [['second-visit'], false]);
});

test('"not solved" at the call-back asks why, breaks the fix at once, and is a repeat within seven days', async () => {
  const { orderId, caseId } = await county.fault(5, 'restore');
  assert.deepEqual((await line(orderId)).state, 'kept');
  for (const [step, actor] of [
    ['reply', crew],
    ['review', dispatcher],
    ['inform', county.call],
  ] as const)
    await doStep(county, orderId, actor, step);
  const notSolved = { callBackResult: 'reached', solved: false };
  const silent = await tryStep(county, orderId, county.call, 'callback', { values: notSolved });
  assert.equal(isRefusal(silent) && silent.refused, 'ones.reason-missing');
  const { reopened } = await database.one<{ reopened: number }>(
    sql`select c.reopened from cases c where c.id = ${caseId}`,
  );
  assert.equal(reopened, 0, 'nothing of it is left');
  await doStep(county, orderId, county.call, 'callback', { values: notSolved, exception: 'not-solved' });
  const again = await line(orderId);
  assert.deepEqual(
    [again.state, again.reasons, again.chosen, again.householdsRepeated, again.fixedOnce],
    ['broken', ['second-visit', 'fixed-again', 'opened-again'], ['not-solved'], 1, false],
  );
});

test('what nobody gave a reason for stands first in the report until somebody does, once', async () => {
  const [found] = await database.rows<{ orderId: string }>(sql`
    select x.order_id as "orderId" from order_exceptions x where x.reason = 'repair-failed'`);
  assert.ok(found);
  const { orderId } = found;
  await database.run(sql`delete from order_exceptions where order_id = ${orderId}`);
  const [first] = (await report()).chosen;
  assert.deepEqual([first?.reason, first?.faults, first?.households], [null, 1, 1]);
  const say = () =>
    transact(database, (tx) => explainException(tx, deps, control, { orderId, reason: 'other' }));
  assert.deepEqual(await say(), { ones: 1 });
  assert.deepEqual(await say(), { refused: 'ones.nothing-open' });
  const after = await report();
  assert.ok(after.chosen.every((one) => one.reason !== null));
  assert.equal(after.chosen.find((one) => one.reason === 'other')?.name?.zh, '其他');
});

test('a day of storm says so and says nothing of stations; a calm day does', async () => {
  const calm = await report();
  assert.equal(calm.storm, false);
  assert.ok(calm.faults.length > 0 && calm.faults.every((one) => one.unit !== null));
  assert.ok(calm.month.every((one) => !one.single));
  assert.equal(calm.trend.at(-1)?.storm, false);
  await must(async (tx) => {
    await tx.run(sql`
      insert into dispatch_settings (company_id, id, at, by_id, storm, automatic, most_customers, most_minutes, reason)
      values (${county.companyId}, gen_random_uuid(), ${new Date(county.clock.now - MINUTE)}, ${dispatcher.personId}, true, false, 1, 1, 'typhoon')`);
    return {};
  });
  const storm = await report();
  assert.equal(storm.storm, true);
  assert.ok(storm.faults.length === calm.faults.length && storm.faults.every((one) => one.unit === null));
  assert.deepEqual(
    storm.trend.map((one) => one.storm),
    [...calm.trend.slice(0, -1).map(() => false), true],
  );
});
