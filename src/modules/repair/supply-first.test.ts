import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY, HOUR, MINUTE } from '#kernel/instant.ts';
import { isRefusal } from '#kernel/result.ts';
import { returnStep } from '#modules/case/index.ts';
import { doStep, tryStep } from '#modules/case/testing/do-step.ts';
import { stageOf } from './domain/index.ts';
import { sql } from '#platform/db/sql.ts';
import { faultCounty } from './testing/fault-county.ts';

const county = await faultCounty();
const { database, deps, crew, worker, report } = county;

async function stage(orderId: string) {
  const version = await deps.activeHandbook(database, county.companyId);
  const definition = version?.process('repair-low');
  assert.ok(definition);
  const { steps } = await database.one<{ steps: Readonly<Record<string, { readonly status: string }>> }>(sql`
    select o.process_state -> 'steps' as steps from orders o where o.id = ${orderId}`);
  return stageOf(definition, (step) => {
    const found = steps[step];
    return found === undefined ? undefined : { status: found.status, held: false };
  });
}

test('supply first, repair later: the clock stops when the light is on, the second visit is by arrangement, and nothing is broken', async () => {
  const { orderId, caseId } = await county.fault(0, 'survey', { survey: { supplyFirst: true } });
  assert.equal(await stage(orderId), 'working');
  county.clock.advance(20 * MINUTE);
  const { now } = county.clock;
  const early = await tryStep(county, orderId, crew, 'supply-first', {
    values: { firstResuppliedAt: now, repairPlannedAt: now - HOUR },
  });
  assert.equal(isRefusal(early) && early.refused, 'process.value-early');
  const planned = now + DAY;
  await doStep(county, orderId, crew, 'supply-first', {
    values: { firstResuppliedAt: now, repairPlannedAt: planned, supplyWay: 'generator' },
  });
  assert.equal(await stage(orderId), 'resupplied');
  assert.deepEqual(await county.told(caseId, ['supplied-first']), [['supplied-first', null]]);
  const [clock] = await database.rows<{ state: string; minutes: number }>(sql`
    select k.state, (extract(epoch from k.stopped_at - k.started_at) / 60)::float8 as minutes from clocks k
    where k.order_id = ${orderId} and k.clock = 'restore-rural'`);
  assert.deepEqual(clock, { state: 'met', minutes: 30 });
  const reply = await database.rows(sql`
    select 1 from clocks k where k.order_id = ${orderId} and k.clock = 'reply-entry'`);
  assert.deepEqual(reply, [], 'the five minutes for the reply begin after the lasting repair');
  const lit = await county.line(orderId);
  assert.deepEqual([lit.state, lit.staged, lit.restoration, lit.reasons], ['kept', true, 30, []]);

  county.clock.advance(DAY);
  await doStep(county, orderId, crew, 'come-again');
  for (const [step, actor] of [
    ['safe', crew],
    ['fix', worker],
    ['restore', crew],
  ] as const)
    await doStep(county, orderId, actor, step);
  const [mended] = (await report(county.control, 1)).faults;
  assert.deepEqual(
    [mended?.state, mended?.staged, mended?.restoration, mended?.fixedOnce, mended?.reasons],
    ['kept', true, 30, true, []],
  );
  await doStep(county, orderId, crew, 'reply');
});

test('a repair without arrangement has no such steps, and a repair that fails after the arrangement is a breach as any', async () => {
  const plain = await county.fault(1, 'restore');
  const steps = await database.rows<{ step: string }>(sql`
    select distinct t.step from tasks t where t.order_id = ${plain.orderId} and t.step in ('supply-first', 'come-again')`);
  assert.deepEqual(steps, []);
  const one = await county.line(plain.orderId);
  assert.deepEqual([one.staged, await stage(plain.orderId)], [false, 'resupplied']);

  const { orderId } = await county.fault(2, 'survey', { survey: { supplyFirst: true } });
  await doStep(county, orderId, crew, 'supply-first', {
    values: { firstResuppliedAt: county.clock.now, repairPlannedAt: county.clock.now + HOUR },
  });
  for (const [step, actor] of [
    ['come-again', crew],
    ['safe', crew],
    ['fix', worker],
  ] as const)
    await doStep(county, orderId, actor, step);
  const { ref: from, seq } = await county.take(orderId, 'restore');
  await county.must((tx) =>
    returnStep(tx, deps, crew, {
      orderId,
      seq,
      from,
      to: 'fix',
      reason: '又断了',
      exception: 'repair-failed',
    }),
  );
  assert.deepEqual((await county.line(orderId)).reasons, ['fixed-again']);
});
