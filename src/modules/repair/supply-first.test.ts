import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY, HOUR, MINUTE } from '#kernel/instant.ts';
import { isRefusal } from '#kernel/result.ts';
import { returnStep } from '#modules/case/index.ts';
import { casePaper } from '#modules/case/case-paper.ts';
import { listWork } from '#modules/case/work-reads.ts';
import { doStep, tryStep } from '#modules/case/testing/do-step.ts';
import { isAtWork } from './at-work.ts';
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

async function owed(orderId: string) {
  return await database.maybe(sql`
    select k.state, k.due_at as due, k.kept, k.limit_id as name from clocks k
    where k.order_id = ${orderId} and k.clock = 'come-again'`);
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
  assert.equal(await stage(orderId), 'visit-owed');
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
  assert.deepEqual(await owed(orderId), { state: 'running', due: planned, kept: null, name: 'R015' });
  const mine = await listWork(database, { ...crew, posts: ['repair-lead'] }, county.clock.now, 100);
  const again = mine.find((one) => one.order_id === orderId && one.step === 'come-again');
  assert.deepEqual(
    [again?.holder_id, again?.due_at],
    [null, planned],
    'the visit owed is in my work, by its time',
  );

  county.clock.advance(DAY - HOUR);
  await doStep(county, orderId, crew, 'come-again');
  assert.deepEqual(await owed(orderId), { state: 'met', due: planned, kept: true, name: 'R015' });
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

test('nobody comes by the time that was arranged: the visit is none by arrangement any more, and broke the one arrival', async () => {
  const { orderId } = await county.fault(5, 'survey', { survey: { supplyFirst: true } });
  const planned = county.clock.now + HOUR;
  await doStep(county, orderId, crew, 'supply-first', {
    values: { firstResuppliedAt: county.clock.now, repairPlannedAt: planned },
  });
  assert.equal((await county.line(orderId)).state, 'kept');
  county.clock.advance(HOUR);
  const overdue = await county.line(orderId);
  assert.deepEqual(
    [overdue.state, overdue.reasons, overdue.chosen],
    ['broken', ['arrangement-missed'], [null]],
  );
  await doStep(county, orderId, crew, 'come-again');
  assert.deepEqual(await owed(orderId), { state: 'met', due: planned, kept: false, name: 'R015' });
  assert.deepEqual((await county.line(orderId)).reasons, ['arrangement-missed']);
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

test('until the arranged day the crew is free; another one that comes then is no change of crews, one that came before is', async () => {
  const crews = await database.rows<{ id: string }>(sql`select c.id from crews c order by c.id limit 2`);
  const send = (orderId: string, at: number, which: 0 | 1) =>
    database.run(sql`
      insert into crew_assignments (company_id, id, order_id, crew_id, lead_id, sent_by, sent_at, automatic, expected_at, from_lon,
        from_lat, to_lon, to_lat, zone, repair_minutes, dispatch_step, arrive_step, done_step)
      values (${county.companyId}, gen_random_uuid(), ${orderId}, ${crews[which]?.id ?? ''}, ${crew.personId}, ${crew.personId},
        ${new Date(at)}, false, ${new Date(at)}, 122, 37, 122, 37, 'rural', 60, 'dispatch', 'arrive', 'restore')`);
  const end = (orderId: string, at: number) =>
    database.run(sql`
      update crew_assignments set ended_at = ${new Date(at)}, ended_by = ${crew.personId}, end_reason = 'shift-over'
      where crew_assignments.order_id = ${orderId} and crew_assignments.ended_at is null`);
  const atWork = async (orderId: string) =>
    (
      await database.rows(sql`
        select 1 from crew_assignments w join orders o on o.company_id = w.company_id and o.id = w.order_id
        where w.order_id = ${orderId} and ${isAtWork(county.clock.now)}`)
    ).length;

  const { orderId } = await county.fault(3, 'survey', { survey: { supplyFirst: true } });
  await send(orderId, county.clock.now - HOUR, 0);
  assert.equal(await atWork(orderId), 1);
  await doStep(county, orderId, crew, 'supply-first', {
    values: { firstResuppliedAt: county.clock.now, repairPlannedAt: county.clock.now + 2 * HOUR },
  });
  assert.equal(await atWork(orderId), 0);
  county.clock.advance(2 * HOUR);
  assert.equal(await atWork(orderId), 1);
  await end(orderId, county.clock.now);
  await send(orderId, county.clock.now, 1);
  const arranged = await county.line(orderId);
  assert.deepEqual(arranged.reasons, ['arrangement-missed'], 'late, but no change of crews');

  const plain = await county.fault(4, 'survey');
  await send(plain.orderId, county.clock.now - HOUR, 0);
  await end(plain.orderId, county.clock.now);
  await send(plain.orderId, county.clock.now, 1);
  const changed = await county.line(plain.orderId);
  assert.deepEqual([changed.reasons, changed.chosen], [['crew-changed'], ['shift-over']]);
});

test('the work order on paper has every step that may still come, with what is to be ticked and written; strangers get none', async () => {
  const { caseId } = await county.fault(0, 'survey', { survey: { supplyFirst: true } });
  const of = { id: caseId, now: county.clock.now };
  const paper = await casePaper(database, deps.version, crew, of);
  const steps = new Map(paper?.steps.map((step) => [step.id, step]));
  assert.equal(steps.get('survey')?.done, true);
  const safe = steps.get('safe');
  assert.deepEqual([safe?.done, safe?.checks.length, safe?.fields[0]?.unit], [false, 3, '组']);
  assert.equal(steps.has('archive'), false, 'what the program does by itself needs no paper');
  assert.equal(steps.has('permission'), false, 'no medium voltage is cut');
  const stranger = await county.actor('bill-auditor');
  assert.equal(await casePaper(database, deps.version, stranger, of), undefined);
});
