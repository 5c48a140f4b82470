import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MINUTE } from '#kernel/instant.ts';
import {
  endOfNight,
  isNight,
  nextTelling,
  tellsItself,
  type TellingPolicy,
  type ToldSoFar,
  truthfulNews,
} from './next-telling.ts';

const at = (time: string) => Date.parse(`2026-11-24T${time}:00+08:00`);
const policy: TellingPolicy = {
  first: 30,
  firstImportant: 10,
  next: 30,
  nextHouseholds: 120,
  beforeEstimate: 10,
  restored: 10,
  silence: 30,
  night: { from: 22, to: 7.5 },
};
const group = (given: Partial<ToldSoFar>): ToldSoFar => ({
  audience: 'reporters',
  since: at('14:00'),
  lastToldAt: null,
  lastNews: null,
  toldEstimate: null,
  estimate: null,
  restoredAt: null,
  ...given,
});
const next = (given: Partial<ToldSoFar>) => {
  const found = nextTelling(group(given), policy);
  return found === null
    ? null
    : [new Date(found.dueAt + 480 * MINUTE).toISOString().slice(11, 16), found.why];
};

for (const [what, given, expected] of [
  ['nobody has said anything', {}, ['14:30', 'first']],
  ['an important user', { audience: 'important' }, ['14:10', 'first']],
  ['told, without a time', { lastToldAt: at('14:20'), lastNews: 'sought' }, ['14:50', 'regular']],
  [
    'told a time: before it passes',
    { lastToldAt: at('14:40'), lastNews: 'estimate', toldEstimate: at('16:00') },
    ['15:50', 'before-estimate'],
  ],
  [
    'told shortly before the time that was said: when it is there',
    { lastToldAt: at('15:55'), lastNews: 'repairing', toldEstimate: at('16:00') },
    ['16:00', 'before-estimate'],
  ],
  [
    'the time was moved after it was said',
    {
      lastToldAt: at('14:40'),
      lastNews: 'estimate',
      toldEstimate: at('16:00'),
      estimate: { at: at('17:00'), setAt: at('15:00') },
    },
    ['15:10', 'estimate-moved'],
  ],
  [
    'moved in the last minutes: still before the old time passes',
    {
      lastToldAt: at('14:40'),
      lastNews: 'estimate',
      toldEstimate: at('16:00'),
      estimate: { at: at('17:00'), setAt: at('15:45') },
    },
    ['15:50', 'before-estimate'],
  ],
  [
    'supply is back',
    { lastToldAt: at('14:40'), lastNews: 'repairing', restoredAt: at('15:05') },
    ['15:15', 'restored'],
  ],
  ['and they know', { lastToldAt: at('15:10'), lastNews: 'back', restoredAt: at('15:05') }, null],
  ['who did not report sleeps', { audience: 'households', since: at('23:10') }, ['07:30', 'first']],
  ['who did report is told', { audience: 'reporters', since: at('23:10') }, ['23:40', 'first']],
] as const)
  test(`when a group hears something next: ${what}`, () => {
    assert.deepEqual(next(given), expected);
  });

test('the night begins at its hour and ends at its half hour', () => {
  assert.deepEqual(
    ['21:59', '22:00', '00:00', '07:29', '07:30'].map((time) => isNight(at(time), policy.night)),
    [false, true, true, true, false],
  );
  assert.equal(endOfNight(at('22:00'), policy.night), at('07:30') + 1440 * MINUTE);
  assert.equal(endOfNight(at('03:00'), policy.night), at('07:30'));
  assert.equal(endOfNight(at('12:00'), policy.night), null);
});

test('nothing is said that is not so', () => {
  const facts = {
    stage: 'working',
    estimate: null,
    toldEstimate: null,
    partlyBack: false,
    now: at('15:00'),
    beforeEstimate: 10,
  } as const;
  assert.deepEqual(truthfulNews(facts), ['repairing']);
  assert.deepEqual(truthfulNews({ ...facts, estimate: at('14:59') }), ['repairing']);
  assert.deepEqual(truthfulNews({ ...facts, estimate: at('16:00') }), ['estimate', 'repairing']);
  assert.deepEqual(truthfulNews({ ...facts, estimate: at('16:00'), toldEstimate: at('15:30') })[0], 'moved');
  assert.deepEqual(truthfulNews({ ...facts, partlyBack: true }), ['partly-back', 'repairing']);
  assert.deepEqual(truthfulNews({ ...facts, stage: 'undispatched' }), ['sought']);
  assert.deepEqual(truthfulNews({ ...facts, stage: 'review', estimate: at('16:00') }), ['back']);
  const said = (time: string) => truthfulNews({ ...facts, toldEstimate: at(time) });
  assert.deepEqual(said('14:50'), ['late', 'repairing'], 'it passed, and nobody has another');
  assert.deepEqual(said('15:10'), ['late', 'repairing'], 'whoever knows it says so before it passes');
  assert.deepEqual(said('15:11'), ['repairing']);
});

test('the program tells a little before it is due; what is news at once; a time that passes only once it has', () => {
  const rules = { ...policy, lead: 2 };
  const itself = (given: Partial<Parameters<typeof tellsItself>[0]>, digest: number | null = null) => {
    const due = { audience: 'reporters', dueAt: at('15:30'), why: 'regular', toldEstimate: null } as const;
    return new Date(tellsItself({ ...due, ...given }, rules, digest) + 480 * MINUTE)
      .toISOString()
      .slice(11, 16);
  };
  assert.equal(itself({}), '15:28');
  assert.equal(itself({ why: 'restored' }), '15:22', 'two minutes after it is back');
  assert.equal(
    itself({ why: 'before-estimate', toldEstimate: at('15:40') }),
    '15:40',
    'nobody says before that it fails',
  );
  assert.equal(itself({}, 15), '15:28', 'whoever reported is in no digest');
  assert.equal(itself({ audience: 'households' }, 15), '15:15');
  assert.equal(itself({ audience: 'households', dueAt: at('15:46') }, 15), '15:30');
});
