import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY, HOUR, MINUTE } from '#kernel/instant.ts';
import { type CustomerGroup, darkSpells, type Interruption } from './dark-spells.ts';
import { repeatedOutages, supplyIndices, supplyIndicesBy } from './supply-indices.ts';

const GROUPS: readonly CustomerGroup[] = [
  { id: 'box1', customers: 10, town: '宋村', feeder: 'F1' },
  { id: 'box2', customers: 30, town: '宋村', feeder: 'F1' },
  { id: 'box3', customers: 60, town: '米山', feeder: 'F2' },
];
const YEAR = { from: 0, to: 365 * DAY };
const MV = { sustained: 3 * MINUTE };

const at = (day: number) => [day * DAY, day * DAY + HOUR] as [number, number];

function interruption(
  id: string,
  spans: Record<string, [number, number]>,
  more: Partial<Interruption> = {},
): Interruption {
  const groups = Object.entries(spans).map(([group, [from, to]]) => ({ group, from, to }));
  return { id, cause: 'tree', planned: false, groups, ...more };
}

test('nested, overlapping and touching interruptions darken a customer once', () => {
  const spells = darkSpells(
    [
      interruption('feeder', { box1: [0, 60], box2: [0, 60] }),
      interruption('branch', { box1: [20, 90] }),
      interruption('again', { box1: [90, 100], box2: [61, 70] }),
      interruption('ghost', { box9: [0, 50], box3: [5, 5] }),
    ],
    GROUPS,
  );
  assert.deepEqual(
    spells.map(({ group, from, to, began, interruptions }) => [group.id, from, to, began.id, interruptions]),
    [
      ['box1', 0, 100, 'feeder', ['again', 'branch', 'feeder']],
      ['box2', 0, 60, 'feeder', ['feeder']],
      ['box2', 61, 70, 'again', ['again']],
    ],
  );
});

test('the figures of a year, worked by hand', () => {
  const spells = darkSpells(
    [
      interruption('a', { box1: [0, 2 * HOUR], box2: [0, HOUR] }),
      interruption('b', { box3: [DAY, DAY + HOUR] }, { cause: 'plan', planned: true }),
      interruption('blink', { box3: [2 * DAY, 2 * DAY + MINUTE] }),
      interruption('next year', { box3: [365 * DAY, 365 * DAY + HOUR] }),
    ],
    GROUPS,
  );
  const figures = supplyIndices(spells, 100, YEAR, MV);
  assert.deepEqual(figures, {
    saidi: (10 * 120 + 30 * 60 + 60 * 60) / 100,
    saidiPlanned: 36,
    saidiFault: 30,
    saifi: 1,
    caidi: 66,
    rs1: 1 - 66 / (365 * 24 * 60),
    customerHours: 20 + 30 + 60,
    maifi: 0.6,
    interruptions: ['a', 'b', 'blink'],
  });
});

test('causes add up to the whole; towns and feeders are measured against their own', () => {
  const spells = darkSpells(
    [
      interruption('a', { box1: [0, HOUR], box3: [0, HOUR] }),
      interruption('b', { box1: [HOUR / 2, 2 * HOUR] }, { cause: 'plan', planned: true }),
      interruption('c', { box2: [DAY, DAY + HOUR] }, { cause: 'plan', planned: true }),
    ],
    GROUPS,
  );
  const all = supplyIndices(spells, 100, YEAR, MV);
  const causes = supplyIndicesBy('cause', spells, GROUPS, YEAR, MV);
  const summed = [...causes.values()].reduce((sum, { saidi }) => sum + saidi, 0);
  assert.ok(Math.abs(summed - all.saidi) < 1e-9);
  assert.equal(causes.get('plan')?.saidi, 18);

  const towns = supplyIndicesBy('town', spells, GROUPS, YEAR, MV);
  assert.deepEqual(
    [...towns].map(([town, { saifi, saidi }]) => [town, saifi, saidi]),
    [
      ['宋村', 1, (10 * 120 + 30 * 60) / 40],
      ['米山', 1, 60],
    ],
  );
  const weighted = (towns.get('宋村')!.saidi * 40 + towns.get('米山')!.saidi * 60) / 100;
  assert.ok(Math.abs(weighted - all.saidi) < 1e-9);
});

test('repeated outages are found over the end of a month, and nested ones are not repeated', () => {
  const spells = darkSpells(
    [
      interruption('1', { box1: at(25), box2: at(25), box3: at(25) }),
      interruption('2', { box1: at(50), box2: at(25) }),
      interruption('3', { box1: at(84), box2: at(84), box3: at(86) }),
      interruption('4', { box3: at(90) }),
    ],
    GROUPS,
  );
  assert.deepEqual(repeatedOutages(spells, { atLeast: 3, withinDays: 60 }), {
    customers: 10,
    groups: [{ group: 'box1', interruptions: ['1', '2', '3'] }],
  });
  assert.equal(repeatedOutages(spells, { atLeast: 3, withinDays: 59 }).customers, 0);
});

test('minutes are those of the union, whatever is drawn', () => {
  let seed = 11;
  const next = (n: number) => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) % n;
  for (let round = 0; round < 200; round += 1) {
    const drawn = Array.from({ length: 1 + next(8) }, (_, i) => {
      const from = next(50);
      return interruption(String(i), { box1: [from * HOUR, (from + next(20)) * HOUR] });
    });
    const dark = new Set<number>();
    for (const { groups } of drawn)
      for (const { from, to } of groups) for (let h = from; h < to; h += HOUR) dark.add(h);
    const { customerHours } = supplyIndices(darkSpells(drawn, GROUPS), 100, YEAR, MV);
    assert.ok(Math.abs(customerHours - dark.size * 10) < 1e-9);
  }
});
