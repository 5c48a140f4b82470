import assert from 'node:assert/strict';
import { test } from 'node:test';
import { caseList, acceptCase, filterMoments } from '#modules/case/index.ts';
import { anIntake, smallCounty } from '#modules/case/testing/small-county.ts';
import { handbookLibrary } from '#modules/process/index.ts';
import { openDatabase } from '#platform/db/db.ts';
import { demoCompany } from '#testing/demo/demo-company.ts';
import { playDemoDays } from '#testing/demo/demo-days.ts';
import type { BoardRow } from './board-api.ts';
import { boards } from './board-reads.ts';
import { unitScores } from './score-reads.ts';

const county = await smallCounty(Date.parse('2026-11-23T16:30:00+08:00'));
const library = handbookLibrary();
await playDemoDays({
  openAt: (clock) =>
    openDatabase({ connection: county.connection, clock, max: 2, onError: (error) => assert.fail(error) }),
  deps: county.deps,
  company: demoCompany(),
  now: county.clock.now,
});
const officer = await county.actor('control-officer');
const moments = await filterMoments(county.database, county.deps, county.companyId);
const boardOf = boards({ database: county.database, handbook: library, clockScale: 1 }, county.deps);

const none = {
  state: null,
  householdId: null,
  business: null,
  unitId: null,
  due: null,
  since: null,
} as const;

async function listed(filter: object): Promise<number> {
  const list = { filter: { ...none, ...filter }, before: null };
  return (await caseList(county.database, library, officer, list, moments)).total ?? -1;
}

async function matches(row: BoardRow, of: object): Promise<void> {
  const open = { ...of, state: 'open' };
  const wanted = [
    await listed(open),
    await listed({ ...open, due: 'late' }),
    await listed({ ...open, due: 'hour' }),
    await listed({ ...open, due: 'week' }),
  ];
  assert.deepEqual([row.atWork, row.late, row.lateInAnHour, row.lateThisWeek], wanted, row.name.zh);
  if (row.arrived !== null) assert.equal(row.arrived, await listed({ ...of, since: 'today' }), row.name.zh);
}

test('every figure of the board is the count of the list that it opens', async () => {
  const shown = await boardOf(officer);
  assert.equal(shown.businesses.length, 10);
  assert.ok(shown.total.atWork > 5 && shown.total.late > 0 && (shown.total.arrived ?? 0) > 0);
  for (const row of shown.businesses) await matches(row, { business: row.id });
  assert.ok(shown.units.length > 3);
  for (const row of shown.units) await matches(row, { unitId: row.id });
});

test('a complaint about the control centre is in no figure that the control centre reads', async () => {
  const before = await boardOf(officer);
  const clerk = await county.actor('clerk');
  const intake = anIntake({ process: 'complaint', words: '管控中心没回电', accusedUnitId: officer.unitId });
  await county.must((tx) => acceptCase(tx, county.deps, clerk, intake));
  const after = await boardOf(officer);
  assert.deepEqual(after.businesses, before.businesses);
});

test('what units did is counted from the record: kept is never more than counted, reworked never more than done', async () => {
  const period = { from: moments.now - 30 * 86_400_000, to: moments.now + 1, month: '2026-11' };
  const units = await unitScores(county.database, officer, period);
  assert.ok(units.length > 5);
  for (const unit of units) {
    assert.ok(unit.kept <= unit.clocks && unit.reworked <= unit.done, unit.unit);
  }
  assert.ok(units.some((unit) => unit.kept < unit.clocks));
  assert.ok(units.some((unit) => unit.sentBack > 0) && units.some((unit) => unit.reworked > 0));
});
