import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY, HOUR } from '#kernel/instant.ts';
import { sql } from '#platform/db/sql.ts';
import { inTurn } from '#platform/db/in-turn.ts';
import { companyReliability } from './company-reliability.ts';
import { approvePlan, type PlanActor, recordAnswer, submitPlan } from './planned-commands.ts';
import { draftPlan } from './planned-draft.ts';
import { announcePlan, cancelPlan, movePlan } from './planned-notices.ts';
import { planBoard, plannedFor } from './planned-reads.ts';
import { plannedLoops } from './planned-jobs.ts';
import { listNotices } from './supply-notice-reads.ts';
import { recordTelling } from './planned-tellings.ts';
import { closePlan, extendPlan, restorePlan, startPlan } from './planned-run.ts';
import { ALL, announced, plannedCounty } from './testing/planned-county.ts';

// Long because one plan is taken from the need to the end in all its ways, by the same people and households.

test('the grid says who is affected; whoever keeps a second supply is told, not dark', async () => {
  const t = await plannedCounty();
  const supplies = await t.database.rows<{ household: string; transformer: string }>(sql`
    select s.household_id as household, s.transformer_id as transformer from network_supplies s
    where s.company_id = ${t.companyId} and s.household_id in (
      select o.household_id from network_supplies o where o.company_id = ${t.companyId}
      group by o.household_id having count(*) > 1) order by s.household_id, s.transformer_id`);
  const [first, second] = supplies;
  assert.ok(first !== undefined && second !== undefined && first.household === second.household);
  const one = await t.view((await t.draft({ deviceIds: [first.transformer] })).id);
  assert.equal(one.keeping, 1);
  const both = await t.view((await t.draft({ deviceIds: [first.transformer, second.transformer] })).id);
  assert.equal(both.keeping, 0);
  assert.ok(both.households > one.households);
  assert.ok(both.kinds.some(({ kind, dark }) => kind === 'important' && dark >= 1));
  assert.ok(one.kinds.some(({ kind, keeping }) => kind === 'important' && keeping === 1));
  const section = await t.database.one<{ id: string }>(sql`
    select d.id from network_devices d where d.company_id = ${t.companyId} and d.kind = 'section' limit 1`);
  assert.equal(
    await t.code((tx) => draftPlan(tx, t.deps, t.planner, t.wanted({ deviceIds: [section.id] }))),
    'planned.bad-device',
  );
  const past = t.wanted({ from: t.clock.now - 1 });
  assert.equal(await t.code((tx) => draftPlan(tx, t.deps, t.planner, past)), 'planned.bad-time');
});

test('an important user who says no: nobody approves but the deputy manager, with a reason', async () => {
  const t = await plannedCounty();
  const { transformer, household } = await t.database.one<{ transformer: string; household: string }>(sql`
    select s.transformer_id as transformer, s.household_id as household from network_supplies s
    where s.company_id = ${t.companyId} and not exists (select 1 from network_supplies o
      where o.company_id = s.company_id and o.household_id = s.household_id and o.meter_id <> s.meter_id)
    order by s.household_id limit 1`);
  await t.database.run(sql`
    update households set key_account = true, important_grade = (select h.important_grade from households h
      where h.important_grade is not null limit 1) where households.id = ${household}`);
  const { id } = await t.draft({ deviceIds: [transformer] });
  assert.equal((await t.view(id)).next, 'ask');
  assert.equal(
    await t.code(async (tx) => submitPlan(tx, t.deps, t.planner, { id, seq: 2, meeting: false })),
    'planned.not-asked',
  );
  await t.askAll(id);
  const bell = await t.database.one<{ n: number }>(sql`
    select count(*) as n from outbox o where o.template = 'planned-consult' and o.channel = 'desk'`);
  assert.ok(bell.n >= 1);
  const { consultations } = await t.view(id);
  for (const { householdId } of consultations) {
    const no = { planId: id, householdId, answer: 'disagrees' } as const;
    assert.equal(await t.code((tx) => recordAnswer(tx, t.planner, no)), 'planned.needs-reason');
    await t.must((tx) => recordAnswer(tx, t.planner, { ...no, reason: 'production' }));
  }
  await t.must(async (tx) =>
    submitPlan(tx, t.deps, t.planner, { id, seq: await t.seqOf(id), meeting: false }),
  );
  const seen = await t.view(id);
  assert.deepEqual(
    seen.blocks.map(({ code, overridable }) => [code, overridable]),
    [['planned.open-refusal', true]],
  );
  const { seq } = seen;
  const approve = { id, seq, way: 'approval', override: null } as const;
  assert.equal(await t.code((tx) => approvePlan(tx, t.deps, t.head, approve)), 'planned.open-refusal');
  const override = { id, seq, way: 'deputy', override: '发电车已到位' } as const;
  assert.equal(await t.code((tx) => approvePlan(tx, t.deps, t.head, override)), 'planned.deputy-only');
  assert.equal(
    await t.code((tx) => approvePlan(tx, t.deps, t.deputy, { ...override, seq: 1 })),
    'planned.stale',
  );
  assert.equal(await t.code((tx) => approvePlan(tx, t.deps, t.deputy, override)), 'done');
  assert.equal((await t.view(id)).approvedWay, 'deputy');
});

test('announced: everybody is told by his way, once; the outage is executed, counted as planned, and told when late', async () => {
  const t = await plannedCounty();
  const id = await announced(t);
  const plan = await t.view(id);
  const sms = await t.database.one<{ n: number; told: number }>(sql`
    select count(*) as n, count(distinct o.household_id) as told from outbox o where o.template = 'planned-notice'`);
  const reachable = await t.database.one<{ n: number }>(sql`
    select count(*) as n from planned_households a join households h on h.id = a.household_id
    join customers c on c.id = h.customer_id and c.phone is not null
    where a.plan_id = ${id} and (not a.keeps_supply or a.kinds && array['important', 'key', 'medical', 'hospital'])`);
  assert.ok(sms.n > 10);
  assert.deepEqual([sms.n, sms.told], [reachable.n, reachable.n]);
  const [notice] = plan.deadlines.filter(({ limitId }) => limitId === 'R060');
  assert.equal(notice?.dueAt, plan.from - 7 * DAY);
  assert.ok(notice.metAt !== null && notice.metAt <= notice.dueAt && notice.ledger.length > 0);
  assert.ok(plan.tellings.every(({ late }) => late === 0));

  const { household } = await t.database.one<{ household: string }>(sql`
    select a.household_id as household from planned_households a where a.plan_id = ${id} and not a.keeps_supply limit 1`);
  assert.equal(await plannedFor(t.database, t.companyId, household, t.clock.now), undefined, 'weeks away');
  const start = async () =>
    await t.code(async (tx) => startPlan(tx, t.deps, t.dispatcher, { id, seq: await t.seqOf(id) }));
  assert.equal(await start(), 'planned.before-announced');
  t.clock.advance(20 * DAY);
  assert.equal((await plannedFor(t.database, t.companyId, household, t.clock.now))?.underway, false);
  assert.equal(await start(), 'done');
  assert.equal((await plannedFor(t.database, t.companyId, household, t.clock.now))?.underway, true);
  t.clock.advance(5 * HOUR);
  const until = plan.until + 2 * HOUR;
  const late = { id, until, reason: '电缆头制作超时' };
  await t.must(async (tx) => extendPlan(tx, t.deps, t.dispatcher, { ...late, seq: await t.seqOf(id) }));
  t.clock.advance(2 * HOUR);
  await t.must(async (tx) => restorePlan(tx, t.deps, t.dispatcher, { id, seq: await t.seqOf(id) }));
  await t.must(async (tx) => closePlan(tx, t.deps, t.planner, { id, seq: await t.seqOf(id) }));
  const done = await t.view(id);
  assert.deepEqual([done.stage, done.firstUntil, done.until], ['closed', plan.until, until]);
  assert.ok(done.devices.every(({ open }) => !open));
  const back = done.events.find(({ type }) => type === 'restored');
  assert.equal(back?.data['lateMinutes'], 60, 'against the end that was published first');
  const lateSms = await t.database.one<{ n: number }>(
    sql`select count(*) as n from outbox o where o.template = 'planned-late'`,
  );
  assert.equal(lateSms.n, reachable.n);

  const [told] = await listNotices(t.database, t.companyId, t.clock.now - 30 * DAY);
  assert.deepEqual(
    told?.reports.map(({ what }) => what),
    ['report', 'change', 'restored', 'closed'],
  );
  assert.deepEqual(
    [told?.kind, told?.actualFrom, told?.actualUntil, told?.until],
    ['planned', plan.from, plan.from + 7 * HOUR, until],
  );

  const figures = await companyReliability(t.database, t.companyId, 2026, t.clock.now);
  const [counted] = figures.interruptions.filter(({ planned }) => planned);
  assert.ok(
    counted !== undefined &&
      counted.customers > 0 &&
      Math.abs(counted.customerHours / counted.customers - 7) < 1e-6,
  );
});

test('a notice later than the law is refused; an urgent change of an announced plan tells everybody anew with the whole lead', async () => {
  const t = await plannedCounty();
  const { id } = await t.draft();
  await t.askAll(id);
  for (const { householdId } of (await t.view(id)).consultations)
    await t.must((tx) => recordAnswer(tx, t.planner, { planId: id, householdId, answer: 'agrees' }));
  await t.must(async (tx) =>
    submitPlan(tx, t.deps, t.planner, { id, seq: await t.seqOf(id), meeting: false }),
  );
  await t.must(async (tx) =>
    approvePlan(tx, t.deps, t.head, { id, seq: await t.seqOf(id), way: 'approval', override: null }),
  );
  t.clock.advance(13 * DAY + 1);
  const tell = async () =>
    await t.code(async (tx) => announcePlan(tx, t.deps, t.planner, { id, seq: await t.seqOf(id) }));
  assert.equal(await tell(), 'planned.notice-late');
  const move = async (actor: PlanActor, from: number) =>
    await t.code(async (tx) =>
      movePlan(tx, t.deps, actor, { id, seq: await t.seqOf(id), from, until: from + HOUR, reason: '改期' }),
    );
  assert.equal(await move(t.planner, t.clock.now + 10 * DAY), 'planned.deputy-only');
  assert.equal(await move(t.deputy, t.clock.now + 7 * DAY - 1), 'planned.notice-late');
  assert.equal(await move(t.deputy, t.clock.now + 8 * DAY), 'done');
  assert.equal(await tell(), 'done');
  assert.equal(await move(t.deputy, t.clock.now + 9 * DAY), 'done');
  const seen = await t.view(id);
  assert.deepEqual([seen.stage, seen.from], ['announced', t.clock.now + 9 * DAY]);
  const counts = await t.database.rows<{ template: string; n: number }>(sql`
    select o.template, count(*) as n from outbox o where o.household_id is not null group by o.template order by o.template`);
  assert.deepEqual(
    counts.map(({ template }) => template),
    ['planned-moved', 'planned-notice'],
  );
  assert.equal(counts[0]?.n, counts[1]?.n);
});

test('cancelled: whoever was told is told so, and nothing of it stays planned', async () => {
  const t = await plannedCounty();
  const id = await announced(t, { from: t.clock.now + 12 * DAY, until: t.clock.now + 12 * DAY + HOUR });
  const { household } = await t.database.one<{ household: string }>(sql`
    select a.household_id as household from planned_households a where a.plan_id = ${id} and not a.keeps_supply limit 1`);
  t.clock.advance(5 * DAY);
  assert.ok((await plannedFor(t.database, t.companyId, household, t.clock.now)) !== undefined);
  await t.must(async (tx) =>
    cancelPlan(tx, t.deps, t.planner, { id, seq: await t.seqOf(id), reason: '雨天' }),
  );
  const { n } = await t.database.one<{ n: number }>(sql`
    select count(*) as n from outbox o where o.template = 'planned-cancelled' and o.household_id is not null`);
  assert.ok(n > 10);
  assert.equal(await plannedFor(t.database, t.companyId, household, t.clock.now), undefined);
  const receipt = async (cause: string) => {
    const { telling } = await t.database.one<{ telling: string }>(sql`
      select t.id as telling from planned_tellings t where t.plan_id = ${id} and t.cause = ${cause} and t.receipt_at is null limit 1`);
    return await t.code((tx) => recordTelling(tx, t.planner, { id: telling, receipt: true }));
  };
  assert.equal(await receipt('notice'), 'planned.telling-over');
  assert.equal(await receipt('cancelled'), 'done');
  assert.equal(
    await t.code(async (tx) => startPlan(tx, t.deps, t.dispatcher, { id, seq: await t.seqOf(id) })),
    'planned.wrong-stage',
  );
});

test('repeated outages: earlier plans and faults of the same households count; the meeting may still decide', async () => {
  const t = await plannedCounty();
  await announced(t, { from: t.clock.now + 15 * DAY, until: t.clock.now + 15 * DAY + HOUR });
  const { id } = await t.draft({ from: t.clock.now + 40 * DAY, until: t.clock.now + 40 * DAY + HOUR });
  const seen = await t.view(id);
  const over = seen.repeat.filter(({ level }) => level === 'over');
  assert.deepEqual(
    over.map(({ rule, households }) => [rule, households]),
    [['R068-planned-60d', seen.households]],
  );
  await t.askAll(id);
  for (const { householdId } of (await t.view(id)).consultations)
    await t.must((tx) => recordAnswer(tx, t.planner, { planId: id, householdId, answer: 'agrees' }));
  await t.must(async (tx) =>
    submitPlan(tx, t.deps, t.planner, { id, seq: await t.seqOf(id), meeting: true }),
  );
  const approve = async (way: 'meeting' | 'approval') =>
    await t.code(async (tx) =>
      approvePlan(tx, t.deps, t.head, { id, seq: await t.seqOf(id), way, override: null }),
    );
  assert.equal(await approve('approval'), 'planned.repeated');
  assert.equal(await approve('meeting'), 'planned.before-meeting');
  const { meetsOn } = await t.view(id);
  assert.match(meetsOn ?? '', /^2026-1[12]-1[89]|^2026-1[12]-20/);
  t.clock.advance(28 * DAY);
  assert.equal(await approve('meeting'), 'done');
});

test('a day before everybody is reminded, once however often the loop turns; a late end rings at whoever drafted and approved', async () => {
  const t = await plannedCounty();
  const id = await announced(t);
  const turn = async () => {
    for (const loop of plannedLoops(t.database, t.deps)) await loop.turn();
  };
  const count = async (template: string) =>
    (
      await t.database.one<{ n: number }>(
        sql`select count(*) as n from outbox o where o.template = ${template}`,
      )
    ).n;
  t.clock.advance(19 * DAY - 1);
  await turn();
  assert.equal(await count('planned-reminder'), 0);
  t.clock.advance(1);
  // Another process is in its turn: what it has not committed is not done beside it, however old the snapshot.
  await inTurn(t.database, 'planned-reminders', async () => {
    await turn();
    assert.equal(await count('planned-reminder'), 0);
  });
  await Promise.all([turn(), turn()]);
  await turn();
  assert.equal(await count('planned-reminder'), await count('planned-notice'));
  t.clock.advance(DAY);
  await t.must(async (tx) => startPlan(tx, t.deps, t.dispatcher, { id, seq: await t.seqOf(id) }));
  assert.equal(await count('planned-late-now'), 0);
  t.clock.advance(6 * HOUR);
  await turn();
  await turn();
  assert.equal(await count('planned-late-now'), 2);
});

test('the list of open plans begins with what is due first: the notice before its start, the end once it is dark', async () => {
  const t = await plannedCounty();
  const board = async () => {
    const reader = { companyId: t.companyId, personId: t.head.personId, permissions: ALL };
    const { open } = await planBoard(t.database, t.deps, reader, {
      from: t.clock.now,
      to: t.clock.now + DAY,
    });
    for (const { id, due } of open)
      assert.deepEqual(due, (await t.view(id)).due, 'the page of the plan says the same');
    return open.map(({ id, due }) => [id, due?.what, due?.at]);
  };
  const near = await announced(t);
  const { from, until } = await t.view(near);
  // Its notice is due before the other one starts, though it starts later itself.
  const { id: far } = await t.draft({ from: from + 2 * DAY, until: from + 2 * DAY + HOUR });
  const notice = (await t.view(far)).deadlines.find(({ limitId }) => limitId === 'R060')?.dueAt;
  assert.ok(notice !== undefined && notice < from);
  assert.deepEqual(await board(), [
    [far, 'notice', notice],
    [near, 'start', from],
  ]);
  await t.askAll(far);
  const [first] = await board();
  assert.equal(first?.[1], 'consult');
  assert.ok(Number(first?.[2]) < notice);
  t.clock.advance(from - t.clock.now);
  await t.must(async (tx) => startPlan(tx, t.deps, t.dispatcher, { id: near, seq: await t.seqOf(near) }));
  assert.deepEqual((await board())[1], [near, 'end', until]);
});
