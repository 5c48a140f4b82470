import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { acceptCase } from '#modules/case/index.ts';
import { anIntake, type SmallCounty, smallCounty } from '#modules/case/testing/small-county.ts';
import {
  askCorrection,
  type ChangeActor,
  companyClocks,
  decideCorrection,
  importNotice,
  readWorkingDays,
} from '#modules/clock/index.ts';
import type { Database } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { transact } from '#platform/db/transact.ts';
import { sweepClocks } from './clock-sweep.ts';
import { recalculateClocks } from './recalculate-clocks.ts';

const at = (text: string) => Date.parse(`${text}+08:00`);
const FILE = readWorkingDays(
  join(import.meta.dirname, '..', '..', '..', 'handbook', 'calendars', 'holiday-cn.json'),
);

const NOTICE = `国务院办公厅关于2027年部分节假日安排的通知
一、元旦：1月1日（周五）至5日（周二）放假调休，共5天。1月9日（周六）上班。
二、春节：2月5日（周五）至11日（周四）放假调休，共7天。`;

async function complain(county: SmallCounty): Promise<string> {
  const clerk = await county.actor('clerk');
  const accepted = await county.must((tx) =>
    acceptCase(tx, county.deps, clerk, anIntake({ process: 'complaint', words: '抄表员骂人' })),
  );
  return accepted.orderId ?? '';
}

async function answer(county: SmallCounty) {
  return await county.database.one<{
    id: string;
    due: number;
    cycle: number;
    text: string;
    broken: number | null;
  }>(sql`
    select k.id, k.due_at as due, k.cycle, k.limit_text as text, k.broken_at as broken from clocks k
    where k.clock = 'answer' order by k.id limit 1`);
}

const depsOf = (county: SmallCounty, database: Database = county.database) => ({
  ...county.deps,
  database,
  clockBasis: companyClocks(FILE),
});

async function importIt(county: SmallCounty, actor: ChangeActor, text = NOTICE) {
  return await transact(county.database, (tx) =>
    importNotice(tx, depsOf(county), actor, { text, paper: '国办发明电〔2026〕9号' }),
  );
}

test('peer bug 27: an imported holiday moves open deadlines, keeps the old ones, and tells each person once', async () => {
  const county = await smallCounty(at('2026-12-30T10:00'));
  for (let i = 0; i < 3; i++) await complain(county);
  const before = await answer(county);
  assert.equal(before.due, at('2027-01-08T00:00'), 'statutory days only');

  const officer = await county.actor('control-officer');
  assert.deepEqual(Object.keys((await importIt(county, officer)) as object), ['changeId', 'year']);
  assert.ok((await recalculateClocks(depsOf(county))) >= 3);
  const after = await answer(county);
  assert.deepEqual([after.due, after.cycle], [at('2027-01-10T00:00'), 2]);

  const history = await county.database.rows<object>(sql`
    select d.cycle, d.due_at as due, h.year from clock_deadlines d
    join clock_changes h on h.id = d.change_id where d.clock_id = ${before.id}`);
  assert.deepEqual(history, [{ cycle: 1, due: before.due, year: 2027 }]);
  const told = await county.database.rows<{ n: number }>(sql`
    select count(*) as n from outbox m where m.template = 'clocks-moved' group by m.person_id`);
  assert.ok(told.length > 0);
  assert.ok(told.every((row) => row.n === 1));
  assert.equal(await recalculateClocks(depsOf(county)), 0, 'nothing is left');
  const change = await county.database.one<{ finished: boolean; looked: number; moved: number }>(sql`
    select h.finished_at is not null as finished, h.looked, h.moved from clock_changes h`);
  assert.ok(change.finished && change.looked > change.moved && change.moved >= 3, JSON.stringify(change));
  assert.deepEqual(await importIt(county, officer), { refused: 'clock.same-year', detail: { year: 2027 } });
});

test('a faulty notice changes nothing', async () => {
  const county = await smallCounty(at('2026-12-30T10:00'));
  const officer = await county.actor('control-officer');
  const wrong = await importIt(county, officer, NOTICE.replace('周五', '周四'));
  assert.deepEqual((wrong as { refused: string }).refused, 'clock.notice-wrong-weekday');
  const { n } = await county.database.one<{ n: number }>(sql`select count(*) as n from clock_changes`);
  assert.equal(n, 0);
});

test('killed after each batch, by two processes: every clock is looked at once and none keeps the old basis', async () => {
  const county = await smallCounty(at('2026-12-30T10:00'));
  const orderId = await complain(county);
  await county.database.run(sql`
    insert into orders (company_id, id, process, business, handbook_version_id, station_id, lead_unit_id, state,
      process_state, seq, started_at)
    select o.company_id, gen_random_uuid(), o.process, o.business, o.handbook_version_id, o.station_id, o.lead_unit_id,
      'open', o.process_state, 1, o.started_at
    from orders o, generate_series(1, 600) where o.id = ${orderId}`);
  await county.database.run(sql`
    insert into clocks (company_id, id, order_id, clock, limit_id, limit_text, role, state, started_at, due_at, schedule,
      next_at)
    select k.company_id, gen_random_uuid(), o.id, 'planted', k.limit_id, k.limit_text, k.role, 'running', k.started_at,
      k.due_at, k.schedule, k.next_at
    from orders o, clocks k where o.id <> ${orderId} and k.clock = 'answer'`);
  const officer = await county.actor('control-officer');
  await importIt(county, officer);
  let turn = 0;
  const mortal: Database = {
    ...county.database,
    transaction: (work) =>
      county.database.transaction(async (tx) => {
        const result = await work(tx);
        if (++turn % 2 === 0) throw new Error('killed');
        return result;
      }),
  };
  const run = async () => {
    for (let i = 0; i < 12; i++)
      await recalculateClocks(depsOf(county, mortal)).catch((error: Error) => {
        if (error.message !== 'killed') throw error;
      });
  };
  await Promise.all([run(), run()]);
  const count = await county.database.one<Record<string, number>>(sql`
    select count(*) filter (where k.due_at = ${'2027-01-10T00:00:00+08:00'} and k.cycle = 2) as moved,
      count(*) filter (where k.basis_seq = 0) as behind,
      (select count(*) from clock_deadlines d join clocks x on x.id = d.clock_id and x.clock = 'planted') as kept
    from clocks k where k.clock = 'planted'`);
  assert.deepEqual(count, { moved: 600, behind: 0, kept: 600 });
});

test('a correction waits for a second person, and then moves clocks begun before it, not later handbooks', async () => {
  const county = await smallCounty(at('2026-11-23T10:00'));
  await complain(county);
  const officer = await county.actor('control-officer');
  const head = await county.actor('marketing-head');
  const ask = (value: number, limitId = 'R023') =>
    transact(county.database, (tx) =>
      askCorrection(tx, depsOf(county), officer, { limitId, value, reason: '录入时写错' }),
    );
  assert.deepEqual(await ask(11), { refused: 'clock.looser-than-law', detail: { floor: 10 } });
  assert.deepEqual(await ask(5), { refused: 'clock.same-value' });
  assert.deepEqual(await ask(2.5), { refused: 'clock.bad-value' });
  assert.deepEqual(await ask(3, 'R999'), { refused: 'clock.unknown-limit' });
  assert.deepEqual(await ask(3, 'R080'), { refused: 'clock.no-clock-limit' });
  const asked = await ask(7);
  assert.ok('changeId' in asked);
  const decide = (actor: ChangeActor, approve: boolean) =>
    transact(county.database, (tx) => decideCorrection(tx, actor, { changeId: asked.changeId, approve }));
  assert.deepEqual(await decide(officer, true), { refused: 'clock.own-correction' });
  assert.equal(await recalculateClocks(depsOf(county)), 0);
  assert.equal((await answer(county)).text, '5wd');

  assert.deepEqual(await decide(head, true), { changeId: asked.changeId });
  assert.ok((await recalculateClocks(depsOf(county))) > 0);
  const moved = await answer(county);
  assert.deepEqual([moved.text, moved.due], ['7wd', at('2026-12-03T00:00')]);
  assert.deepEqual(await decide(head, false), { refused: 'clock.change-decided' });

  // A case that begins after the correction, under the handbook from before it, counts the corrected limit at once.
  const fresh = { ...county, deps: { ...county.deps, clockBasis: companyClocks(FILE) } };
  await complain(fresh);
  const { n } = await county.database.one<{ n: number }>(sql`
    select count(*) as n from clocks k where k.clock = 'answer' and k.limit_text = '7wd' and k.basis_seq = 1`);
  assert.equal(n, 2);
});

test('what fired stays; a breach that no longer is one leaves the figures, and a later one is recorded anew', async () => {
  const county = await smallCounty(at('2026-12-30T10:00'));
  await complain(county);
  county.clock.now = at('2027-01-08T09:00');
  await sweepClocks(county.database);
  const broken = await answer(county);
  assert.equal(broken.broken, at('2027-01-08T00:00'));
  await importIt(county, await county.actor('control-officer'));
  await recalculateClocks(depsOf(county));
  assert.equal((await answer(county)).broken, null);
  county.clock.now = at('2027-01-11T09:00');
  await sweepClocks(county.database);
  const fired = await county.database.rows<object>(sql`
    select f.cycle, f.occurred_at as at from clock_firings f where f.clock_id = ${broken.id} and f.percent = 100
    order by f.cycle`);
  assert.deepEqual(fired, [
    { cycle: 1, at: at('2027-01-08T00:00') },
    { cycle: 2, at: at('2027-01-10T00:00') },
  ]);
});

test('a clock that a process started with an older calendar is found and counted again', async () => {
  const county = await smallCounty(at('2026-12-30T10:00'));
  // The basis of this process was read before the import, and is kept for a moment.
  await county.database.transaction((tx) => county.deps.clockBasis(tx, county.companyId));
  await importIt(county, await county.actor('control-officer'));
  await recalculateClocks(depsOf(county));
  await complain(county);
  assert.equal((await answer(county)).due, at('2027-01-08T00:00'));
  await recalculateClocks(depsOf(county));
  assert.equal((await answer(county)).due, at('2027-01-10T00:00'));
});
