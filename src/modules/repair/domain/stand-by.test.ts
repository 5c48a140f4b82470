import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, MINUTE } from '#kernel/instant.ts';
import { NOW, place, policy } from '../testing/dispatch-builders.ts';
import {
  LEAST_PAST,
  type PastFault,
  proposeStandBys,
  type StandByCrew,
  type StandByFacts,
} from './stand-by.ts';
import { travelMinutes, usualTravel } from './travel-time.ts';

const storm = { ...policy, storm: true };

/** A town whose crew is out, and two villages: one in each direction, the town between them. */
const town = { id: 'town', at: place(0, 0, 'city') };
const east = { id: 'east', at: place(20, 0) };
const west = { id: 'west', at: place(-20, 0) };

function crew(point: typeof town, own: Partial<StandByCrew> = {}): StandByCrew {
  return {
    id: `crew-${point.id}`,
    grid: point.id,
    at: point.at,
    freeAt: NOW,
    shiftEnd: NOW + 8 * HOUR,
    skills: ['low'],
    waitsAt: point.id,
    ...own,
  };
}

function pastAt(at: PastFault['at'], own: Partial<PastFault> = {}): PastFault {
  return { at, customers: 30, important: false, medical: 0, skills: ['low'], ...own };
}

const inTown = Array.from({ length: LEAST_PAST }, (_, i) => pastAt(place((i % 5) - 2, (i % 3) - 1, 'city')));
const away = crew(town, { freeAt: NOW + 90 * MINUTE, waitsAt: null });

function facts(own: Partial<StandByFacts>): StandByFacts {
  return {
    now: NOW,
    crews: [away, crew(east), crew(west)],
    places: [town, east, west],
    past: inTown,
    faultsPerHour: 1,
    minutes: (from, to) => travelMinutes(usualTravel, from.position, to),
    ...own,
  };
}

test('a town whose crew is out gets another one, and the second stays: one is enough', () => {
  const found = proposeStandBys(facts({}), storm);
  assert.deepEqual(
    found.map((one) => one.place),
    ['town'],
  );
  const [one] = found;
  assert.ok(one && one.inTimeBefore < 0.1 && one.inTimeAfter === 1, JSON.stringify(one));
  assert.ok(one.arrivesAt > NOW && one.gain > 0);
});

test('nobody is asked where the town has its crew, nor when nothing happens, nor by too short a memory', () => {
  assert.deepEqual(proposeStandBys(facts({ crews: [crew(town), crew(east), crew(west)] }), storm), []);
  assert.deepEqual(proposeStandBys(facts({ faultsPerHour: 0 }), storm), []);
  assert.deepEqual(proposeStandBys(facts({ past: inTown.slice(1) }), storm), []);
});

/** Who is asked, of these and the town's crew, which is out. */
function asked(crews: readonly StandByCrew[]): readonly string[] {
  return proposeStandBys(facts({ crews: [away, ...crews] }), storm).map((one) => one.crew);
}

test('only who may repair what happens there, is idle and has the time is asked', () => {
  assert.deepEqual(asked([crew(east, { skills: [] }), crew(west)]), ['crew-west']);
  assert.deepEqual(asked([crew(east, { waitsAt: null }), crew(west)]), ['crew-west']);
  assert.deepEqual(asked([crew(east, { shiftEnd: NOW + HOUR }), crew(west)]), ['crew-west']);
  assert.deepEqual(asked([crew(east, { skills: [] }), crew(west, { waitsAt: null })]), []);
});

test('in peace leaving its own grid costs, coming home does not', () => {
  const dear = { ...policy, weights: { ...policy.weights, crossing: 1e9 } };
  assert.deepEqual(proposeStandBys(facts({}), dear), []);
  assert.deepEqual(
    proposeStandBys(facts({}), { ...dear, storm: true }).map((one) => one.place),
    ['town'],
  );
  const lent = crew(town, { at: east.at, waitsAt: 'east' });
  assert.deepEqual(
    proposeStandBys(facts({ crews: [lent] }), dear).map((one) => [one.crew, one.place]),
    [['crew-town', 'town']],
  );
});

test('what a move saves is what all past faults cost less, told by hand', () => {
  const past = [...inTown, ...Array.from({ length: 20 }, () => pastAt(place(18, 3), { customers: 300 }))];
  const given = facts({ past, crews: [crew(east), crew(west)] });
  const [found] = proposeStandBys(given, storm);
  const cost = (at: Readonly<Record<string, (typeof town)['at']>>) =>
    past.reduce((sum, fault) => {
      const prices = given.crews
        .map((one) => {
          const wait = given.minutes(at[one.id] ?? one.at, fault.at);
          const over = wait - storm.arrivalLimit[fault.at.zone];
          const likely = Math.min(1, Math.max(0, 0.5 + over / 16));
          const times = fault.customers > 200 ? 2 : 1;
          const late = likely * 240 + Math.max(0, over) * 0.1;
          return wait * (fault.customers * 0.04 + 1) + times * late;
        })
        .toSorted((a, b) => a - b);
      // The nearest goes in seven of ten cases, the second in three tenths of the rest; nobody else is there.
      return sum + 0.7 * (prices[0] ?? 0) + 0.21 * (prices[1] ?? 0);
    }, 0);
  assert.ok(found);
  const target = given.places.find((one) => one.id === found.place);
  const mover = given.crews.find((one) => one.id === found.crew);
  assert.ok(target && mover);
  const saved = ((cost({}) - cost({ [found.crew]: target.at })) / past.length) * given.faultsPerHour;
  const expected = saved - given.minutes(mover.at, target.at) * storm.weights.travelMinute;
  assert.ok(Math.abs(found.gain - expected) < 1e-6, `${found.gain} and ${expected}`);
});
