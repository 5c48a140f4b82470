import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY, HOUR, MINUTE } from '#kernel/instant.ts';
import { isRefusal } from '#kernel/result.ts';
import { acceptCase, askUnit, caseList, dayStart, filterMoments, linkCase } from '#modules/case/index.ts';
import { doStep } from '#modules/case/testing/do-step.ts';
import { anIntake, smallCounty } from '#modules/case/testing/small-county.ts';
import { listRepeats } from '#modules/hall/standing-reads.ts';
import { handbookLibrary } from '#modules/process/index.ts';
import { commandRows } from '#modules/repair/command-reads.ts';
import { morningReport } from '#modules/repair/five-ones-report.ts';
import { followTellings, planOpen } from '#modules/repair/index.ts';
import { possibleEstimates } from '#modules/repair/possible-estimates.ts';
import { liveStore } from '#modules/outage/live-store.ts';
import { boards } from '#modules/score/board-reads.ts';
import { bottleneck } from '#modules/score/bottleneck.ts';
import { unitScores } from '#modules/score/score-reads.ts';
import { drawReviews } from '#modules/score/support-reviews.ts';
import { sql } from '#platform/db/sql.ts';
import { transact } from '#platform/db/transact.ts';

// 演练: the same cases, first real and then of an exercise. Whatever counts them as real counts none of them as an exercise.

const NOW = Date.parse('2026-11-23T10:00:00+08:00');
const PLACE = '米山镇政府东路口';
const county = await smallCounty(NOW);
const { database, deps, must, companyId, clock } = county;
const call = await county.actor('call-taker');
const dispatcher = await county.actor('dispatcher');
const control = await county.actor('control-officer');
const crew = await county.actor('mv-lead');
const worker = await county.actor('mv-worker');
const library = handbookLibrary();

async function report(until: string | null) {
  const intake = anIntake({
    process: 'repair-low',
    channel: 'phone',
    householdId: null,
    area: 'rural',
    place: PLACE,
    contactName: null,
    contactPhone: null,
  });
  const { orderId, caseId } = await must((tx) => acceptCase(tx, deps, call, intake));
  assert.ok(orderId);
  for (const [step, actor] of [
    ['judge', dispatcher],
    ['dispatch', dispatcher],
    ['accept', crew],
    ['arrive', crew],
    ['survey', worker],
    ['safe', crew],
    ['fix', worker],
    ['restore', crew],
  ] as const) {
    if (until === null) break;
    clock.advance(MINUTE);
    await doStep(county, orderId, actor, step);
    if (step === until) break;
  }
  return { orderId, caseId };
}

/** Every figure that would count these cases. Whatever is drawn or begun for it is taken back. */
async function figures(): Promise<Readonly<Record<string, number>>> {
  const { now } = clock;
  const version = await deps.activeHandbook(database, companyId);
  assert.ok(version);
  const { book } = await deps.clockBasis(database, companyId);
  const books = { active: version, version: deps.version };
  const filter = {
    state: 'open',
    householdId: null,
    business: null,
    unitId: null,
    due: null,
    since: null,
  } as const;
  const moments = await filterMoments(database, deps, companyId);
  const list = await caseList(database, library, control, { filter, before: null }, moments);
  const { total } = await boards({ database, handbook: library, clockScale: 1 }, deps)(control);
  const period = { from: now - 30 * DAY, to: now + 1, month: '2026-11' };
  const scores = await unitScores(database, control, period);
  const ones = await morningReport(database, control, version, { from: dayStart(now), now });
  const rows = await commandRows(database, dispatcher, books, { now, orderId: null });
  const restored = rows.find((row) => row.arrival?.metAt !== null && row.arrival !== null);
  assert.ok(restored, 'the command page shows them, real or not');
  const learnt = await possibleEstimates(database, companyId, books, restored, now);
  const plan = await planOpen(database, deps, dispatcher, false);
  assert.ok(plan);
  const by = { process: 'repair-low', householdId: null, phone: null, place: PLACE };
  const begun = await drawn(
    (tx) => followTellings(tx, companyId, version),
    sql`select count(*) as n from outage_groups`,
  );
  const waits = await bottleneck(database, library, companyId, { now, book });
  await drawReviews(database, deps);
  const { n: reviews } = await database.one<{ n: number }>(sql`select count(*) as n from support_reviews`);
  await database.run(sql`delete from support_reviews where true`);
  return {
    list: list.total ?? 0,
    board: total.atWork,
    scores: scores.reduce((sum, one) => sum + one.done + one.clocks, 0),
    ones: ones.faults.length,
    means: ones.month.reduce((sum, one) => sum + one.faults, 0),
    command: rows.filter((row) => !row.drill).length,
    estimates: learnt.filter((one) => one.source === 'learnt').length,
    plan: plan.proposal.send.length + plan.proposal.arranged.length + plan.proposal.unplanned.length,
    tellings: begun,
    repeats: (await listRepeats(database, call, by, now)).length,
    bottleneck: waits === null ? 0 : 1,
    reviews,
    inference: await drawn(
      (tx) => liveStore(tx, companyId).reportCases(['repair-low'], now - DAY, dispatcher.personId),
      sql`select count(*) as n from outage_reports`,
    ),
  };
}

type Tx = Parameters<Parameters<typeof must>[0]>[0];

/** What work would make, counted and taken back. */
async function drawn(work: (tx: Tx) => Promise<unknown>, count: ReturnType<typeof sql>): Promise<number> {
  let counted = 0;
  await transact(database, async (tx) => {
    await work(tx);
    counted = (await tx.one<{ n: number }>(count)).n;
    return { refused: 'test.taken-back' };
  });
  return counted;
}

test('what counts real cases counts none of an exercise, wherever it counts', async () => {
  const cases = [];
  for (let i = 0; i < 6; i++) cases.push(await report('restore'));
  const waiting = await report('judge');
  cases.push(waiting);
  // Longer than the month before: that makes a bottleneck.
  for (const { orderId } of cases.slice(0, 5))
    await database.run(sql`
      insert into tasks (company_id, id, order_id, step, round, unit_id, post, rework, state, ready_at, ended_at, ended_by)
      select t.company_id, gen_random_uuid(), t.order_id, t.step, 9, t.unit_id, t.post, false, 'done',
        t.ready_at - interval '40 days', t.ready_at - interval '40 days', t.ended_by
      from tasks t where t.order_id = ${orderId} and t.step = 'accept'`);
  const asked = {
    caseId: waiting.caseId,
    unitId: (await county.actor('operation-head')).unitId,
    question: '线路是否有电',
    hours: 8,
    kind: 'joint' as const,
  };
  const { id } = await must((tx) => askUnit(tx, control, asked));
  await database.run(sql`
    update joint_requests set state = 'answered', answered_by = ${control.personId},
      answer_id = joint_requests.question_id, answered_at = '2026-10-20T10:00:00+08:00'
    where joint_requests.id = ${id}`);

  const real = await figures();
  assert.deepEqual(
    Object.entries(real).filter(([, value]) => value === 0),
    [],
    'each of them counts these cases while they are real',
  );
  await database.run(sql`
    insert into drills (company_id, id, title, scene, planned_at, state, made_by, made_at, began_at)
    values (${companyId}, ${companyId}, '演练', '演练', now(), 'running', ${control.personId}, now(), now())`);
  await database.run(sql`update cases set drill_id = ${companyId} where cases.company_id = ${companyId}`);
  assert.deepEqual(
    Object.entries(await figures()).filter(([, value]) => value !== 0),
    [],
  );

  // A real demand and an exercise are never answered by one order, whichever way.
  clock.advance(HOUR);
  const householdId = await county.household('rural');
  const other = await must((tx) =>
    acceptCase(tx, deps, call, anIntake({ process: 'repair-low', channel: 'phone', householdId })),
  );
  for (const [caseId, orderId] of [
    [other.caseId, waiting.orderId],
    [waiting.caseId, other.orderId ?? ''],
  ] as const) {
    const linked = await transact(database, (tx) => linkCase(tx, deps, dispatcher, { caseId, orderId }));
    assert.equal(isRefusal(linked) && linked.refused, 'case.link-drill');
  }
});
