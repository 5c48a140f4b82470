import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anIntake, type SmallCounty, smallCounty } from '#modules/case/testing/small-county.ts';
import { acceptCase, takeStep } from '#modules/case/index.ts';
import { timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { jumpWatch } from './clock-jump.ts';
import { clockStore } from './clock-store.ts';
import { sweepClocks } from './clock-sweep.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const at = (text: string) => Date.parse(`${text}+08:00`);

type Row = {
  readonly clock: string;
  readonly percent: number;
  readonly passed: number[];
  readonly occurred_at: number;
  readonly recorded_at: number;
};

async function firings(county: SmallCounty): Promise<Row[]> {
  return await county.database.rows<Row>(sql`
    select k.clock, f.percent, f.passed, f.occurred_at, f.recorded_at from clock_firings f
    join clocks k on k.company_id = f.company_id and k.id = f.clock_id order by f.recorded_at, f.occurred_at, k.clock`);
}

async function complaint(county: SmallCounty, given: object = {}) {
  const clerk = await county.actor('clerk');
  return await county.must((tx) =>
    acceptCase(tx, county.deps, clerk, anIntake({ process: 'complaint', words: '抄表员骂人', ...given })),
  );
}

test('a promise of 24 hours warns at half, 70 and 85 percent and is broken at its moment', async () => {
  const county = await smallCounty(at('2026-11-23T10:00'));
  await complaint(county);
  const contact = async () => (await firings(county)).filter((one) => one.clock === 'contact');
  county.clock.now = at('2026-11-23T21:59:59.999');
  await sweepClocks(county.database);
  assert.deepEqual(await contact(), []);
  for (const [percent, when] of [
    [50, '2026-11-23T22:00'],
    [70, '2026-11-24T02:48'],
    [85, '2026-11-24T06:24'],
    [100, '2026-11-24T10:00'],
  ] as const) {
    county.clock.now = at(when) + 500;
    await sweepClocks(county.database);
    const last = (await contact()).at(-1);
    assert.deepEqual(
      [last?.percent, last?.occurred_at, last?.recorded_at],
      [percent, at(when), at(when) + 500],
      `${percent}`,
    );
  }
  const row = await county.database.one<{ broken_at: number; next_at: number | null; state: string }>(
    sql`select k.broken_at, k.next_at, k.state from clocks k where k.clock = 'contact'`,
  );
  assert.deepEqual(row, { broken_at: at('2026-11-24T10:00'), next_at: null, state: 'running' });
});

test('shares that passed while the program was down collapse into the highest, recorded at its own moment', async () => {
  const county = await smallCounty(at('2026-11-23T10:00'));
  await complaint(county);
  county.clock.now = at('2026-11-26T07:00');
  await sweepClocks(county.database);
  const contact = (await firings(county)).filter((one) => one.clock === 'contact');
  assert.equal(contact.length, 1);
  assert.deepEqual(
    [contact[0]?.percent, contact[0]?.passed, contact[0]?.occurred_at],
    [100, [50, 70, 85], at('2026-11-24T10:00')],
  );
  const events = await county.database.rows<{ percent: number; at: number }>(sql`
    select (e.data ->> 'percent')::integer as percent, e.occurred_at as at from order_events e
    where e.type = 'clock.fired' and e.data ->> 'clock' = 'contact'`);
  assert.deepEqual(events, [{ percent: 100, at: at('2026-11-24T10:00') }]);
});

test('a page is not stale because a clock fired in between; a real move makes it so', async () => {
  const county = await smallCounty(at('2026-11-23T10:00'));
  const accepted = await complaint(county);
  county.clock.advance(HOUR);
  assert.ok((await sweepClocks(county.database)) > 0);
  const officer = await county.actor('control-officer');
  const ref = { step: 'grade', caseId: null, round: 1 };
  const take = (seq: number) =>
    county.database.transaction((tx) =>
      takeStep(tx, county.deps, officer, { orderId: accepted.orderId ?? '', seq, ref }),
    );
  const { seq: moved } = await county.database.one<{ seq: number }>(sql`select o.seq from orders o`);
  assert.ok(moved > 1);
  assert.deepEqual(await take(moved + 1), { refused: 'order.stale', detail: { seq: moved } });
  assert.deepEqual(await take(1), { seq: moved + 1 });
  assert.deepEqual(await take(1), { refused: 'order.stale', detail: { seq: moved + 1 } });
});

test('quiet hours: a limit by day warns between 8 and 22 o’clock; its breach at midnight is recorded then, told at 8', async () => {
  const county = await smallCounty(at('2026-11-23T10:00'));
  await complaint(county);
  const schedules = await county.database.rows<{
    text: string;
    schedule: { percent: number; at: number; tellAt: number | null }[];
  }>(sql`select k.limit_text as text, k.schedule from clocks k where k.role <> 'reference'`);
  for (const { text, schedule } of schedules.filter((one) => one.text.endsWith('wd')))
    for (const moment of schedule) {
      const hour =
        (((moment.percent === 100 ? (moment.tellAt ?? 0) : moment.at) + 8 * HOUR) % (24 * HOUR)) / HOUR;
      assert.ok(hour >= 8 && hour < 22, `${text} ${moment.percent} at ${hour}`);
    }
  const five = schedules.find((one) => one.text === '5wd')?.schedule.at(-1);
  assert.deepEqual(five, { percent: 100, at: at('2026-12-01T00:00'), tellAt: at('2026-12-01T08:00') });
});

test('who is told: the lead where nobody holds the work, the department from 85 %, the control centre at the breach', async () => {
  const county = await smallCounty(at('2026-11-23T10:00'));
  await complaint(county);
  const posts = async (percent: number) =>
    (
      await county.database.rows<{ post: string }>(sql`
        select distinct a.post from outbox m join assignments a on a.person_id = m.person_id and a.main
        where m.template like 'clock-%' and m.data ->> 'clock' = 'contact'
          and (m.data ->> 'percent')::integer = ${percent} order by a.post`)
    ).map((row) => row.post);
  for (const when of ['2026-11-23T22:00', '2026-11-24T02:48', '2026-11-24T06:24', '2026-11-24T10:00']) {
    county.clock.now = at(when);
    await sweepClocks(county.database);
  }
  const breach = await posts(100);
  assert.ok(breach.includes('control-officer') && breach.includes('deputy-manager'), breach.join());
  assert.ok(!(await posts(50)).includes('deputy-manager'));
  const again = await county.database.one<{ n: number }>(sql`select count(*) as n from outbox`);
  await sweepClocks(county.database);
  assert.equal((await county.database.one<{ n: number }>(sql`select count(*) as n from outbox`)).n, again.n);
});

test('the accused unit is never told, nor its crew, nor whoever could not open the case', async () => {
  const county = await smallCounty(at('2026-11-23T10:00'));
  const lead = await county.actor('station-lead');
  await complaint(county, { accusedUnitId: lead.unitId });
  county.clock.now = at('2026-12-10T10:00');
  await sweepClocks(county.database);
  const told = await county.database.one<{ all: number; accused: number; blind: number }>(sql`
    select count(*) as all,
      count(*) filter (where exists (select 1 from assignments a join units u on u.id = a.unit_id
        where a.person_id = m.person_id and ${lead.unitId}::uuid in (u.id, u.parent_id))) as accused,
      count(*) filter (where not exists (select 1 from assignments a join units u on u.id = a.unit_id
        join case_access x on x.case_id = (m.data ->> 'caseId')::uuid and x.unit_id in (u.id, u.parent_id)
        where a.person_id = m.person_id)) as blind
    from outbox m where m.template = 'clock-broken'`);
  assert.ok(told.all > 0);
  assert.deepEqual([told.accused, told.blind], [0, 0]);
  const { n } = await county.database.one<{ n: number }>(
    sql`select count(*) as n from case_access a where a.unit_id = ${lead.unitId}`,
  );
  assert.equal(n, 0);
});

test('clocks under 30 minutes are shown and told to nobody', async () => {
  const county = await smallCounty(at('2026-11-23T10:00'));
  await complaint(county);
  county.clock.advance(21 * MINUTE);
  await sweepClocks(county.database);
  const grade = (await firings(county)).filter((one) => one.clock === 'grade');
  assert.deepEqual(
    grade.map((one) => one.percent),
    [100],
  );
  const { n } = await county.database.one<{ n: number }>(
    sql`select count(*) as n from outbox m where m.data ->> 'clock' = 'grade'`,
  );
  assert.equal(n, 0);
});

test('the computer’s clock going back never un-breaks; work done in time but entered late does', async () => {
  const county = await smallCounty(at('2026-11-23T10:00'));
  await complaint(county);
  const due = at('2026-11-24T10:00');
  const stopAt = async (when: number) => {
    return await county.database
      .transaction(async (tx) => {
        const { id } = await tx.one<{ id: string }>(sql`select k.id from clocks k where k.clock = 'contact'`);
        await clockStore(tx, county.companyId).stop([{ id, at: when }]);
        const row = await tx.one<{ kept: boolean }>(sql`select k.kept from clocks k where k.id = ${id}`);
        throw Object.assign(new Error('undo'), row);
      })
      .catch((undone: Error & { kept: boolean }) => undone.kept);
  };
  county.clock.now = due + 1000;
  await sweepClocks(county.database);
  assert.equal(await stopAt(due + 1000), false);
  assert.equal(await stopAt(due - MINUTE), true, 'done before, entered after: the figure is corrected');
  county.clock.now = due - 10 * MINUTE;
  await sweepClocks(county.database);
  assert.equal(await stopAt(due - 10 * MINUTE), false, 'the clock went back');
  assert.equal(
    (await firings(county)).filter((one) => one.clock === 'contact' && one.percent === 100).length,
    1,
  );
});

test('met exactly at the deadline is late, is stored so, and its breach is still recorded once', async () => {
  const county = await smallCounty(at('2026-11-23T10:00'));
  await complaint(county);
  county.clock.now = at('2026-11-24T10:00');
  await county.database.transaction(async (tx) => {
    const { id } = await tx.one<{ id: string }>(sql`select k.id from clocks k where k.clock = 'contact'`);
    await clockStore(tx, county.companyId).stop([{ id, at: tx.now }]);
  });
  county.clock.advance(500);
  await sweepClocks(county.database);
  await sweepClocks(county.database);
  const row = await county.database.one<object>(
    sql`select k.state, k.kept, k.broken_at, k.next_at from clocks k where k.clock = 'contact'`,
  );
  assert.deepEqual(row, { state: 'met', kept: false, broken_at: at('2026-11-24T10:00'), next_at: null });
  const fired = (await firings(county)).filter((one) => one.clock === 'contact');
  assert.deepEqual(
    fired.map((one) => [one.percent, one.occurred_at]),
    [[100, at('2026-11-24T10:00')]],
  );
});

test('a clock that jumps by more than a minute: an alarm, everything recorded at once, people told two minutes later', async () => {
  const county = await smallCounty(at('2026-11-23T10:00'));
  await complaint(county);
  let running = 0;
  const watch = jumpWatch(county.database, 1, () => running);
  const pass = (wall: number, real = wall) => {
    county.clock.advance(wall);
    running += real;
  };
  assert.equal(await watch.look(), 0);
  pass(12 * HOUR);
  assert.equal(await watch.look(), 0, 'half a day passed on both');
  pass(30_000, 10_000);
  assert.equal(await watch.look(), 0, 'twenty seconds are drift');
  pass(13 * HOUR, MINUTE);
  const hold = await watch.look();
  assert.equal(hold, 2 * MINUTE);
  await sweepClocks(county.database, hold);
  const told = await county.database.one<{ early: number; all: number }>(sql`
    select count(*) as all, count(*) filter (where m.run_at < ${timestamp(county.clock.now + hold)}) as early
    from outbox m where m.template = 'clock-broken'`);
  assert.ok(told.all > 0 && told.early === 0);
  assert.ok((await firings(county)).some((one) => one.recorded_at === county.clock.now));
  const alarm = await county.database.rows<{ minutes: number }>(
    sql`select (m.data ->> 'minutes')::integer as minutes from outbox m where m.template = 'clock-jumped'`,
  );
  assert.deepEqual(alarm, [{ minutes: 779 }]);
  pass(2 * MINUTE);
  assert.equal(await watch.look(), 0);
  pass(-10 * MINUTE, 1000);
  assert.ok((await watch.look()) > 0, 'backwards as well');
});
