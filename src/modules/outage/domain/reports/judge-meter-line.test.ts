import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, MINUTE } from '#kernel/instant.ts';
import { judgeMeterLines, type MeterFacts, type MeterLineGiven } from './judge-meter-line.ts';

const NOW = 1_800_000_000_000;
const POLICY = { fast: 2 * MINUTE, oldest: 24 * HOUR };
const FACTS: MeterFacts = {
  meters: new Map([['m1', { meterId: 'M1', householdId: 'H1' }]]),
  devices: new Map([['d1', 'D1']]),
  lastOn: new Map(),
  lastState: new Map(),
};

const outcomes = (lines: readonly MeterLineGiven[], facts: Partial<MeterFacts> = {}) =>
  judgeMeterLines(lines, { ...FACTS, ...facts }, POLICY, NOW).map(({ outcome }) => outcome);

test('each line is judged for itself', () => {
  const cases: readonly (readonly [MeterLineGiven, string])[] = [
    [{ meter: 'm1', kind: 'last_gasp', at: NOW }, 'taken'],
    [{ meter: 'm1', kind: 'last_gasp', at: NOW + 2 * MINUTE }, 'taken'],
    [{ meter: 'm1', kind: 'last_gasp', at: NOW + 2 * MINUTE + 1 }, 'from-future'],
    [{ meter: 'm1', kind: 'ping_off', at: NOW - 24 * HOUR }, 'taken'],
    [{ meter: 'm1', kind: 'ping_off', at: NOW - 24 * HOUR - 1 }, 'too-old'],
    [{ meter: 'nobody', kind: 'last_gasp', at: NOW }, 'unknown-meter'],
    [{ device: 'd1', kind: 'open', at: NOW }, 'taken'],
    [{ device: 'nothing', kind: 'open', at: NOW }, 'unknown-device'],
    [{ device: 'd1', kind: 'last_gasp', at: NOW }, 'unfit'],
    [{ meter: 'm1', kind: 'open', at: NOW }, 'unfit'],
    [{ meter: 'm1', device: 'd1', kind: 'open', at: NOW }, 'unfit'],
    [{ kind: 'ping_on', at: NOW }, 'unfit'],
  ];
  for (const [line, expected] of cases) assert.deepEqual(outcomes([line]), [expected], JSON.stringify(line));
});

test('a last gasp from before the meter said that it has supply is overtaken, whichever came first', () => {
  const gasp: MeterLineGiven = { meter: 'm1', kind: 'last_gasp', at: NOW - 10 * MINUTE };
  const back: MeterLineGiven = { meter: 'm1', kind: 'power_up', at: NOW - 5 * MINUTE };
  const later: MeterLineGiven = { meter: 'm1', kind: 'last_gasp', at: NOW - MINUTE };
  assert.deepEqual(outcomes([gasp, back, later]), ['overtaken', 'taken', 'taken']);
  assert.deepEqual(outcomes([back, gasp]), ['taken', 'overtaken']);
  assert.deepEqual(outcomes([gasp], { lastOn: new Map([['m1', NOW - 5 * MINUTE]]) }), ['overtaken']);
  assert.deepEqual(outcomes([later], { lastOn: new Map([['m1', NOW - 5 * MINUTE]]) }), ['taken']);
  // A word from the future overtakes nothing.
  assert.deepEqual(outcomes([gasp, { ...back, at: NOW + HOUR }]), ['taken', 'from-future']);
});

test('how a device stood before its latest word is overtaken, whichever came first', () => {
  const open: MeterLineGiven = { device: 'd1', kind: 'open', at: NOW - 10 * MINUTE };
  const closed: MeterLineGiven = { device: 'd1', kind: 'closed', at: NOW - 5 * MINUTE };
  assert.deepEqual(outcomes([closed, open]), ['taken', 'overtaken']);
  assert.deepEqual(outcomes([open, closed]), ['overtaken', 'taken']);
  assert.deepEqual(outcomes([open], { lastState: new Map([['d1', NOW - 5 * MINUTE]]) }), ['overtaken']);
  assert.deepEqual(outcomes([closed], { lastState: new Map([['d1', NOW - 10 * MINUTE]]) }), ['taken']);
});

test('a line without a name is known by meter, kind and moment; no moment lies ahead of now', () => {
  const [one, other] = judgeMeterLines(
    [
      { meter: 'm1', kind: 'last_gasp', at: NOW + MINUTE },
      { id: 'own', meter: 'm1', kind: 'last_gasp', at: NOW },
    ],
    FACTS,
    POLICY,
    NOW,
  );
  assert.ok(one !== undefined && 'key' in one && other !== undefined && 'key' in other);
  assert.deepEqual([one.key, one.at, other.key], [`m1 last_gasp ${NOW + MINUTE}`, NOW, 'own']);
});
