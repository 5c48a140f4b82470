import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRefusal } from '#kernel/result.ts';
import { sql } from '#platform/db/sql.ts';
import { transact } from '#platform/db/transact.ts';
import { acceptCase } from './case-commands.ts';
import { finishStep, returnStep, takeStep } from './step-commands.ts';
import { rowsAreTheFold } from './testing/rows-are-the-fold.ts';
import { anIntake, type SmallCounty, smallCounty } from './testing/small-county.ts';

const county = await smallCounty();

test('an accepted demand has its case, order, first task, clocks and events, or nothing at all', async () => {
  const clerk = await county.actor('clerk');
  const before = await counts();
  const householdId = await county.household('rural');
  const accepted = await county.must((tx) =>
    acceptCase(
      tx,
      county.deps,
      clerk,
      anIntake({ process: 'repair-low', channel: 'phone', householdId, words: '家里没电' }),
    ),
  );
  assert.match(accepted.no, /^261123\d{5}$/);
  const clocks = await county.database.rows<{ clock: string; due: number }>(sql`
    select c.clock, c.due_at as due from clocks c where c.order_id = ${accepted.orderId} order by c.clock`);
  const arrival = clocks.find((one) => one.clock === 'arrive-rural');
  assert.equal(arrival?.due, county.clock.now + 90 * 60_000);
  assert.ok(!clocks.some((one) => one.clock === 'arrive-city'));

  const refused = await transact(county.database, (tx) =>
    acceptCase(tx, county.deps, clerk, anIntake({ process: 'repair-low', area: null })),
  );
  assert.deepEqual(refused, { refused: 'case.area-missing' });
  const now = await counts();
  assert.deepEqual(
    [now.cases - before.cases, now.orders - before.orders, now.tasks - before.tasks],
    [1, 1, 1],
  );
});

test('a quick item is closed at birth, counted, and has no order', async () => {
  const clerk = await county.actor('clerk');
  const accepted = await county.must((tx) =>
    acceptCase(tx, county.deps, clerk, anIntake({ process: null, quickItem: 'bill-query', words: '' })),
  );
  assert.equal(accepted.orderId, null);
  const row = await county.database.one<{ state: string; business: string }>(sql`
    select c.state, c.business from cases c where c.id = ${accepted.caseId}`);
  assert.deepEqual(row, { state: 'closed', business: 'billing' });
});

test('what is wrong with an intake is said, each thing by its name', async () => {
  const clerk = await county.actor('clerk');
  const cases = [
    [{ process: 'no-such' }, 'case.unknown-process'],
    [{ process: null, quickItem: 'no-such' }, 'case.unknown-quick-item'],
    [{ process: 'inquiry', quickItem: 'bill-query' }, 'case.one-of-two'],
    [{ caseType: 'TS' }, 'case.wrong-type'],
    [{ words: '  ' }, 'case.words-missing'],
    [{ householdId: '019a0000-0000-7000-8000-000000000000' }, 'case.household-unknown'],
    [{ accusedUnitId: '019a0000-0000-7000-8000-000000000000' }, 'case.accused-unknown'],
  ] as const;
  for (const [given, code] of cases) {
    const result = await transact(county.database, (tx) =>
      acceptCase(tx, county.deps, clerk, anIntake(given)),
    );
    assert.equal(isRefusal(result) && result.refused, code);
  }
});

test('an inquiry is carried to its end by the posts of its steps, and the first asked tells the customer', async () => {
  const clerk = await county.actor('clerk');
  const officer = await county.actor('service-officer');
  const control = await county.actor('control-officer');
  const { caseId, orderId, seq } = await opened(clerk, 'inquiry');
  const promised = await county.database.rows(sql`
    select c.clock, c.role, c.limit_text, c.case_id from clocks c where c.order_id = ${orderId} order by c.clock`);
  assert.deepEqual(promised, [
    { clock: 'answer', role: 'promise', limit_text: '5wd', case_id: caseId },
    { clock: 'answer-county', role: 'company', limit_text: '4wd', case_id: caseId },
    { clock: 'take', role: 'company', limit_text: '2h', case_id: null },
  ]);
  const go = worker(orderId, seq);

  const stranger = await go.try(clerk, 'take', null, {});
  assert.equal(isRefusal(stranger) && stranger.refused, 'action.other-post');
  await go.do(officer, 'take', null, {});
  await go.do(officer, 'contact', caseId, {
    values: { contactResult: 'reached', contactNote: '客户姓王,电话 13900000000' },
  });
  await go.do(officer, 'handle', null, {});
  const gate = await go.try(officer, 'reply', null, { reply: { result: '已解决' } });
  assert.equal(isRefusal(gate) && gate.refused, 'case.reply-gate');
  await go.do(officer, 'reply', null, { reply: aReply(county.clock.now) });
  await go.do(control, 'review', null, { outcome: 'fail' });
  await go.do(officer, 'reply', null, { round: 2, reply: aReply(county.clock.now) });
  await go.do(control, 'review', null, { round: 2, outcome: 'pass' });

  const task = await county.database.one<{ holder: string }>(sql`
    select t.holder_id as holder from tasks t where t.order_id = ${orderId} and t.state = 'open'`);
  assert.equal(task.holder, clerk.personId);
  await go.do(clerk, 'answer', caseId, { values: { answerWay: 'phone' } });

  const end = await county.database.one(sql`
    select c.state as case_state, o.state as order_state from cases c, orders o
    where c.id = ${caseId} and o.id = ${orderId}`);
  assert.deepEqual(end, { case_state: 'closed', order_state: 'finished' });
  const clocks = await county.database.rows(sql`
    select c.clock, c.state from clocks c where c.order_id = ${orderId} and c.state = 'running'`);
  assert.deepEqual(clocks, []);
});

test('whoever acts on a page that is out of date is told so, and nothing is written', async () => {
  const clerk = await county.actor('clerk');
  const officer = await county.actor('service-officer');
  const { orderId, seq } = await opened(clerk, 'inquiry');
  const ref = { step: 'take', caseId: null, round: 1 };
  await county.must((tx) => takeStep(tx, county.deps, officer, { orderId, seq, ref }));
  const late = await transact(county.database, (tx) =>
    takeStep(tx, county.deps, officer, { orderId, seq, ref }),
  );
  assert.deepEqual(late, { refused: 'order.stale', detail: { seq: seq + 1 } });
});

test('two who take one task at once: one gets it, the other learns that the page is stale', async () => {
  const clerk = await county.actor('clerk');
  const officer = await county.actor('service-officer');
  const { orderId, seq } = await opened(clerk, 'inquiry');
  const ref = { step: 'take', caseId: null, round: 1 };
  const both = await Promise.all(
    [1, 2].map(() =>
      transact(county.database, (tx) => takeStep(tx, county.deps, officer, { orderId, seq, ref })),
    ),
  );
  assert.equal(both.filter((one) => isRefusal(one) && one.refused === 'order.stale').length, 1);
});

test('work that is sent back opens the earlier step again with its reason kept apart from the event', async () => {
  const clerk = await county.actor('clerk');
  const officer = await county.actor('service-officer');
  const { orderId, seq } = await opened(clerk, 'inquiry');
  const go = worker(orderId, seq);
  await go.do(officer, 'take', null, {});
  await go.do(officer, 'handle', null, {});
  await go.take(officer, 'reply', null, 1);
  const from = { step: 'reply', caseId: null, round: 1 };
  await county.must((tx) =>
    returnStep(tx, county.deps, officer, {
      orderId,
      seq: go.seq(),
      from,
      to: 'handle',
      reason: '张三家的表号不对',
    }),
  );
  const open = await county.database.rows(sql`
    select t.step, t.round, t.rework from tasks t
    where t.order_id = ${orderId} and t.state = 'open' and t.case_id is null`);
  assert.deepEqual(open, [{ step: 'handle', round: 2, rework: true }]);
  const { told } = await county.database.one<{ told: string }>(sql`
    select string_agg(e.data::text, ' ') as told from order_events e where e.stream_id = ${orderId}`);
  assert.ok(!told.includes('张三'));
});

test('whoever did the step hears that it came back, unless he sent it back himself', async () => {
  const clerk = await county.actor('clerk');
  const officer = await county.actor('service-officer');
  const colleague = await county.database.one<{ id: string }>(sql`
    select a.person_id as id from assignments a
    where a.unit_id = ${officer.unitId} and a.post = 'service-officer' and a.person_id <> ${officer.personId} limit 1`);
  const bells = async (orderId: string) =>
    await county.database.rows<{ person: string }>(sql`
      select o.person_id as person from outbox o join case_orders l on l.case_id = (o.data ->> 'caseId')::uuid
      where o.template = 'task-returned' and l.order_id = ${orderId}`);
  for (const [did, told] of [
    [{ ...officer, personId: colleague.id }, [{ person: colleague.id }]],
    [officer, []],
  ] as const) {
    const { orderId, seq } = await opened(clerk, 'inquiry');
    const go = worker(orderId, seq);
    await go.do(did, 'take', null, {});
    await go.do(did, 'handle', null, {});
    await go.take(officer, 'reply', null, 1);
    const from = { step: 'reply', caseId: null, round: 1 };
    await county.must((tx) =>
      returnStep(tx, county.deps, officer, {
        orderId,
        seq: go.seq(),
        from,
        to: 'handle',
        reason: '表号不对',
      }),
    );
    assert.deepEqual(await bells(orderId), told);
  }
});

test('the accused station sees nothing of the complaint about it, not even one that its own counter took', async () => {
  const clerk = await county.actor('clerk');
  const station = await county.actor('station-lead');
  const stationUnit = station.unitId;
  const householdId = (
    await county.database.one<{ id: string }>(sql`
      select h.id from households h where h.station_id = ${stationUnit} limit 1`)
  ).id;
  for (const taker of [clerk, { ...clerk, unitId: stationUnit }]) {
    const accepted = await county.must((tx) =>
      acceptCase(
        tx,
        county.deps,
        taker,
        anIntake({ process: 'complaint', householdId, words: '抄表员骂人', accusedUnitId: stationUnit }),
      ),
    );
    const seeing = await county.database.rows<{ unit: string }>(sql`
      select a.unit_id as unit from case_access a where a.case_id = ${accepted.caseId}`);
    assert.ok(seeing.length > 0);
    assert.ok(!seeing.some((one) => one.unit === stationUnit));
  }
});

async function counts() {
  return await county.database.one<{ cases: number; orders: number; tasks: number }>(sql`
    select (select count(*) from cases) as cases, (select count(*) from orders) as orders,
      (select count(*) from tasks) as tasks`);
}

async function opened(clerk: Awaited<ReturnType<SmallCounty['actor']>>, process: string) {
  const accepted = await county.must((tx) => acceptCase(tx, county.deps, clerk, anIntake({ process })));
  assert.ok(accepted.orderId);
  return { caseId: accepted.caseId, orderId: accepted.orderId, seq: 1 };
}

type Actor = Awaited<ReturnType<SmallCounty['actor']>>;

/** Takes and does steps one after another, keeping the order's seq. */
function worker(orderId: string, begin: number) {
  let seq = begin;
  const take = async (actor: Actor, step: string, caseId: string | null, round: number) => {
    const task = await county.database.maybe<{ holder: string | null }>(sql`
      select t.holder_id as holder from tasks t where t.order_id = ${orderId} and t.step = ${step}
        and t.round = ${round} and t.state = 'open'`);
    if (task?.holder === actor.personId) return undefined;
    const taken = await transact(county.database, (tx) =>
      takeStep(tx, county.deps, actor, { orderId, seq, ref: { step, caseId, round } }),
    );
    if (isRefusal(taken)) return taken;
    seq = taken.seq;
    return undefined;
  };
  const attempt = async (actor: Actor, step: string, caseId: string | null, report: { round?: number }) => {
    const { round = 1, ...input } = report;
    const refused = await take(actor, step, caseId, round);
    if (refused !== undefined) return refused;
    const done = await transact(county.database, (tx) =>
      finishStep(tx, county.deps, actor, { ...input, orderId, seq, ref: { step, caseId, round } }),
    );
    if (!isRefusal(done)) seq = done.seq;
    return done;
  };
  type Report = { round?: number } & Partial<
    Omit<Parameters<typeof finishStep>[3], 'orderId' | 'seq' | 'ref'>
  >;
  return {
    seq: () => seq,
    take,
    try: (actor: Actor, step: string, caseId: string | null, report: Report) =>
      attempt(actor, step, caseId, report),
    do: async (actor: Actor, step: string, caseId: string | null, report: Report) => {
      const done = await attempt(actor, step, caseId, report);
      assert.ok(!isRefusal(done), JSON.stringify(done));
    },
  };
}

function aReply(now: number) {
  return {
    contacted: true,
    contactedAt: now,
    responsibleUnit: '营销部',
    cause: '客户不清楚一户多人口的办理条件',
    verifiedOnSite: false,
    measures: '查阅现行政策,向客户逐条说明',
    result: '客户可持户口本到营业厅办理',
    finishedAt: now,
    customerOpinion: '认可',
  };
}

test('after all that, the kept rows are what the events tell', async () => {
  const { orders, cases } = await rowsAreTheFold(county);
  assert.ok(orders > 0 && cases > 0);
});
