import assert from 'node:assert/strict';
import { test } from 'node:test';
import { handbookLibrary } from '#modules/process/index.ts';
import { acceptCases } from './case-commands.ts';
import { caseList, rememberMany } from './case-lists.ts';
import { filterMoments } from './filter-moments.ts';
import { anIntake, smallCounty } from './testing/small-county.ts';

const county = await smallCounty(Date.UTC(2026, 10, 24, 2));
const clerk = await county.actor('clerk');
const officer = await county.actor('control-officer');
const moments = await filterMoments(county.database, county.deps, county.companyId);
const everything = {
  state: null,
  householdId: null,
  business: null,
  unitId: null,
  due: null,
  since: null,
} as const;

/** A count that says so many, and how often it was asked. */
function counted(n: number) {
  const asked = { times: 0 };
  const count = async () => {
    asked.times += 1;
    return n;
  };
  return { asked, count };
}

test('pages of fifty, each case on one of them; only the first counts', async () => {
  await county.database.transaction((tx) =>
    acceptCases(
      tx,
      county.deps,
      county.companyId,
      Array.from({ length: 120 }, () => ({ actor: clerk, intake: anIntake({}) })),
    ),
  );
  const library = handbookLibrary();
  const seen: string[] = [];
  const totals: (number | null)[] = [];
  for (let before: string | null = null; ; ) {
    const list = { filter: everything, before };
    const page = await caseList(county.database, library, officer, list, moments);
    seen.push(...page.items.map((one) => one.id));
    totals.push(page.total);
    if (page.next === null) break;
    before = page.next;
  }
  assert.deepEqual(totals, [120, null, null]);
  assert.equal(new Set(seen).size, 120);
});

test('"more than that" is remembered for a minute, for the same person and filter', async () => {
  let now = 0;
  const { asked, count } = counted(11);
  const remembering = rememberMany(count, () => now);
  const ask = (reader = officer, filter: Parameters<typeof remembering>[2] = everything) =>
    remembering(county.database, reader, filter, moments, 10);
  assert.deepEqual([await ask(), await ask(), asked.times], [11, 11, 1]);
  await ask(clerk);
  await ask(officer, { ...everything, state: 'open' });
  await ask({ ...officer, unitIds: [] });
  assert.equal(asked.times, 4, 'another person, another filter, other units');
  now = 61_000;
  await ask();
  assert.equal(asked.times, 5);
});

test('what can be counted is counted each time', async () => {
  const { asked, count } = counted(10);
  const remembering = rememberMany(count, () => 0);
  for (let i = 0; i < 3; i++)
    assert.equal(await remembering(county.database, officer, everything, moments, 10), 10);
  assert.equal(asked.times, 3);
});
