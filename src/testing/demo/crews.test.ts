import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { DAY, HOUR } from '#kernel/instant.ts';
import { smallCounty } from '#modules/case/testing/small-county.ts';
import { crewsOnDuty } from '#modules/repair/index.ts';
import { faultOfShift, type PlannedShift } from '#modules/repair/domain/shift-rules.ts';
import { setDays } from './crew-days.ts';
import { DEMO_CARDS, demoCrews, type DemoShift, demoShifts, demoStock } from './crews.ts';
import { demoCompany } from './demo-company.ts';

const company = demoCompany();
const crews = demoCrews(company);
const policy = { longestDutyHours: 12, restHours: 11 };
const NOW = Date.parse('2026-11-23T08:30:00+08:00');

test('each of the 65 points has a crew of two at least, and nobody is in two', () => {
  const points = new Set(crews.filter((crew) => crew.kind === 'point').map((crew) => crew.point.id));
  assert.equal(points.size, 65);
  const people = crews.flatMap((crew) => crew.teams.flat().map((person) => person.id));
  assert.equal(new Set(people).size, people.length);
  assert.ok(crews.every((crew) => crew.teams.every((team) => team.length >= 2)));
});

test('the shifts of a fortnight keep every rule, and leave no gap by day or night', () => {
  for (const crew of crews) {
    const shifts = demoShifts(crew, NOW - 7 * DAY, NOW + 7 * DAY);
    assert.equal(shifts.length, 28);
    const planned = shifts.map(plannedOf);
    for (const [i, shift] of planned.entries()) {
      const others = planned.filter((_, other) => other !== i);
      assert.equal(faultOfShift(shift, others, policy, shift.from), undefined, crew.name);
      if (i > 0) assert.equal(shift.from, planned[i - 1]?.until, 'no gap');
    }
  }
});

test('some stock is below its minimum, most is not; cards are those of the handbook', () => {
  const stock = demoStock(company);
  const below = stock.filter((one) => one.amount < one.minimum).length / stock.length;
  assert.ok(below > 0.02 && below < 0.12, `${below}`);
  const folder = join(import.meta.dirname, '..', '..', '..', 'handbook', 'faults');
  assert.deepEqual(
    DEMO_CARDS,
    readdirSync(folder)
      .map((file) => file.replace('.md', ''))
      .toSorted(),
  );
});

test('everybody stands ready in the loaded company, and the days go on', async () => {
  const county = await smallCounty();
  const { database, companyId, clock } = county;
  const ready = await crewsOnDuty(database, companyId, clock.now);
  assert.equal(ready.length, crews.length);
  assert.ok(ready.every((crew) => crew.lead.id !== crew.watcher.id));
  assert.ok(ready.filter((crew) => crew.skills.includes('medium-voltage')).length >= 2);
  const cast = { company, deps: county.deps };
  assert.equal(await setDays(cast, database), 0);
  clock.advance(6 * DAY);
  assert.ok((await setDays(cast, database)) > 100);
  assert.equal((await crewsOnDuty(database, companyId, clock.now + 3 * DAY + HOUR)).length, crews.length);
});

function plannedOf({ crew, kind, from, until, people }: DemoShift): PlannedShift {
  return { crewId: crew.id, kind, from, until, people: people.map((person) => person.id) };
}
