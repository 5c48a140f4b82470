import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acceptCases } from '#modules/case/index.ts';
import { rowsAreTheFold } from '#modules/case/testing/rows-are-the-fold.ts';
import { anIntake, smallCounty } from '#modules/case/testing/small-county.ts';
import { handbookLibrary } from '#modules/process/index.ts';
import { boards } from '#modules/score/board-reads.ts';
import { openDatabase } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { demoCompany } from './demo-company.ts';
import { liveStories } from './history-stories.ts';
import { analyzeFilled } from './load-demo.ts';
import { loadHistory } from './load-history.ts';

// What `npm run seed -- county` does, on a small scale: one story of each kind, three thousand cases over two years.

const CASES = 3000;
const NOW = Date.parse('2026-11-23T08:30:00+08:00');
const AT_NOW = new Date(NOW).toISOString();
const MONDAY = Date.parse('2026-02-16T00:00:00+08:00');

const county = await smallCounty(NOW);
const { database } = county;
const company = demoCompany();
const constraintsBefore = await schemaOf();
const stories = await liveStories({
  company,
  deps: county.deps,
  ofEachKind: 1,
  openAt: (clock) =>
    openDatabase({ connection: county.connection, clock, max: 2, onError: (error) => assert.fail(error) }),
  monday: MONDAY,
  onProgress: () => undefined,
});
await loadHistory(database, { company, stories, cases: CASES, until: NOW, onProgress: () => undefined });
await analyzeFilled(database);

/** Every index and every constraint, and whether its rows were checked. */
async function schemaOf(): Promise<readonly string[]> {
  const rows = await database.rows<{ line: string }>(sql`
    select pg_get_indexdef(i.indexrelid) as line from pg_index i join pg_class c on c.oid = i.indrelid
    where c.relnamespace = current_schema()::regnamespace and i.indisvalid
    union all
    select k.conrelid::regclass || ' ' || k.conname || ' ' || pg_get_constraintdef(k.oid) || ' ' || k.convalidated
    from pg_constraint k where k.connamespace = current_schema()::regnamespace order by 1`);
  return rows.map((row) => row.line);
}

test('a history leaves no gap: every week has its share, the last two years long, all of it over', async () => {
  const weeks = await database.rows<{ week: number; n: number }>(sql`
    select floor(extract(epoch from ${AT_NOW}::timestamptz - c.accepted_at) / 604800)::integer as week, count(*) as n
    from cases c group by 1`);
  const share = CASES / 104;
  const counts = new Map(weeks.map(({ week, n }) => [week, n]));
  // The newest cases are a week old, and stories begin on any day of theirs; the weeks between are full.
  for (let week = 2; week < 104; week++) {
    const n = counts.get(week) ?? 0;
    assert.ok(n > share / 2, `${n} cases ${week} weeks ago`);
  }
  const { open, later } = await database.one<{ open: number; later: number }>(sql`
    select count(*) filter (where c.state = 'open') as open,
      count(*) filter (where c.closed_at > ${AT_NOW}) as later from cases c`);
  assert.deepEqual([open, later], [0, 0]);
});

test('keys and indexes are what they were, and every row was checked against them', async () => {
  assert.deepEqual(await schemaOf(), constraintsBefore);
  const { cases, distinct, pending } = await database.one<{
    cases: number;
    distinct: number;
    pending: number;
  }>(sql`
    select count(*) as cases, count(distinct c.no) as distinct,
      (select count(*) from clocks k where k.next_at is not null) as pending from cases c`);
  assert.equal(cases, CASES + stories.length);
  assert.equal(distinct, cases);
  assert.equal(pending, 0, 'clocks that would fire years late');
});

test('the rows of every copy are the fold of its events', async () => {
  const { cases, orders } = await rowsAreTheFold(county);
  assert.equal(cases, CASES + stories.length);
  assert.ok(orders > CASES / 10);
});

test('the board’s figures are the truth with a history behind it', async () => {
  const clerk = await county.actor('clerk');
  await database.transaction((tx) =>
    acceptCases(
      tx,
      county.deps,
      county.companyId,
      Array.from({ length: 7 }, () => ({ actor: clerk, intake: anIntake({}) })),
    ),
  );
  const officer = await county.actor('control-officer');
  const given = { database, handbook: handbookLibrary(), clockScale: 1 };
  const shown = await boards(given, county.deps)(officer);
  const truth = await database.one<{ open: number; today: number }>(sql`
    select count(*) filter (where c.state = 'open') as open,
      count(*) filter (where c.accepted_at >= '2026-11-23T00:00:00+08:00') as today from cases c`);
  assert.deepEqual([shown.total.atWork, shown.total.arrived], [truth.open, truth.today]);
  assert.deepEqual([truth.open, truth.today, shown.total.late], [7, 7, 0]);
  assert.equal(shown.bottleneck === null || shown.bottleneck.done > 0, true);
});
