import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, MINUTE } from '#kernel/instant.ts';
import { acceptCase } from './case-commands.ts';
import { countCases } from './case-reads.ts';
import { fewRunningOut } from './few-running-out.ts';
import { filterMoments } from './filter-moments.ts';
import { anIntake, smallCounty } from './testing/small-county.ts';

const county = await smallCounty(Date.parse('2026-11-23T08:30:00+08:00'));
const { database, deps, must, companyId, clock } = county;
const call = await county.actor('call-taker');
const officer = await county.actor('control-officer');

test('whether what runs out soon is found first, by clocks or by cases, or asked of each: the count is the same', async () => {
  for (let i = 0; i < 30; i++) {
    const process = i % 3 === 0 ? 'inquiry' : 'repair-low';
    const area = i % 2 === 0 ? 'city' : 'remote';
    await must((tx) => acceptCase(tx, deps, call, anIntake({ process, area })));
    clock.advance((i % 4) * MINUTE);
  }
  const ways = new Set<string>();
  for (let hours = 0; hours < 6; hours++) {
    const moments = await filterMoments(database, deps, companyId);
    for (const due of ['hour', 'week'] as const) {
      const filter = {
        state: 'open',
        due,
        householdId: null,
        business: null,
        unitId: null,
        since: null,
      } as const;
      const plain = await countCases(database, officer, filter, moments, 100);
      for (const few of [10_000, 40, 0]) {
        const found = await fewRunningOut(database, companyId, filter, moments, few);
        assert.equal(await countCases(database, officer, filter, { ...moments, ...found }, 100), plain);
        if (found.among !== undefined) assert.equal(found.among.length, plain, 'they are just these');
        ways.add(`${due} ${few} ${found.among === undefined ? 'asked' : 'found'} ${plain > 0}`);
      }
    }
    clock.advance(HOUR / 2);
  }
  for (const way of [
    'hour 10000 found true',
    'week 40 found true',
    'week 0 asked true',
    'hour 0 found false',
  ])
    assert.ok(ways.has(way), `${way} of ${[...ways].join(', ')}`);
});
