import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY, HOUR } from '#kernel/instant.ts';
import { calendarBook, latestBefore } from '#modules/clock/domain/index.ts';
import { handbookYears } from '#modules/clock/testing/calendar-years.ts';
import { balanceDay, protectedBy } from './balance-day.ts';
import { repeatCheck, type RepeatLimits } from './repeat-check.ts';
import { type Affected, announce, tellAgain } from './tellings.ts';

const at = (text: string) => Date.parse(`${text}+08:00`);
const book = calendarBook(handbookYears());

test('leads are counted backwards, strictly, rest days included', () => {
  const start = at('2026-10-08T08:00');
  assert.equal(latestBefore('7cd', start, book).at, at('2026-10-01T08:00'));
  assert.equal(latestBefore('24h', start, book).at, at('2026-10-07T08:00'));
  assert.equal(latestBefore('48h', start, book).at, at('2026-10-06T08:00'));
  const { ledger } = latestBefore('10cd', start, book);
  const counted = ledger.filter((one) => one.counted).reduce((sum, { from, to }) => sum + to - from, 0);
  assert.equal(counted, 10 * DAY);
});

const next = (text: string) => balanceDay(at(text), 20, book.days).date;

test('the balance meeting is on the 20th or the working day before it, never today', () => {
  assert.equal(next('2026-11-02T09:00'), '2026-11-20');
  assert.equal(next('2026-11-20T09:00'), '2026-12-18');
  // Sunday 20 September 2026 is a working day by 调休; 20 June 2026 is a holiday after another.
  assert.equal(next('2026-09-01T09:00'), '2026-09-20');
  assert.equal(next('2026-06-01T09:00'), '2026-06-18');
  assert.equal(next('2026-12-31T09:00'), '2027-01-20');
});

test('protected days count whole, at both ends', () => {
  const periods = [{ id: 'exam', from: '2026-06-07', to: '2026-06-10' }];
  const touches = (from: string, until: string) => protectedBy(periods, at(from), at(until)).length === 1;
  assert.ok(touches('2026-06-10T20:00', '2026-06-10T23:00'));
  assert.ok(touches('2026-06-06T20:00', '2026-06-07T00:30'));
  assert.ok(!touches('2026-06-06T20:00', '2026-06-07T00:00'));
  assert.ok(!touches('2026-06-11T00:00', '2026-06-11T06:00'));
});

const LIMITS: RepeatLimits = {
  year: 5,
  days60: 3,
  plannedYear: 3,
  planned60: 1,
  warnYear: 4,
  warn50: 3,
  warn30: 2,
  superviseYear: 5,
  superviseMonth: 3,
};

test('repeated outages: the plan itself counts, the window looks back, households are counted', () => {
  const from = at('2026-11-23T08:00');
  const ago = (days: number, planned = false) => ({ from: from - days * DAY, planned });
  const rules = (...outages: readonly { from: number; planned: boolean }[]) =>
    repeatCheck([{ customers: 40, outages }], from, LIMITS).map(({ rule }) => rule);
  assert.deepEqual(rules(), []);
  assert.deepEqual(rules(ago(61), ago(70)), []);
  assert.deepEqual(rules(ago(20)), ['R069-30d']);
  assert.deepEqual(rules(ago(59), ago(58)), ['R068-60d']);
  assert.deepEqual(rules(ago(59, true)), ['R068-planned-60d']);
  assert.deepEqual(rules(ago(100, true), ago(200, true)), []);
  assert.deepEqual(rules(ago(100, true), ago(200, true), ago(300, true)), ['R068-planned', 'R069']);
  assert.deepEqual(rules(...[100, 150, 200, 250].map((one) => ago(one))), ['R069', 'R070']);
  assert.ok(rules(...[100, 150, 200, 250, 300].map((one) => ago(one))).includes('R068'));
  assert.deepEqual(rules(...[370, 380, 390, 400, 410].map((one) => ago(one))), []);
  const [found] = repeatCheck(
    [
      { customers: 40, outages: [ago(10), ago(20)] },
      { customers: 7, outages: [ago(10), ago(20), ago(40)] },
      { customers: 900, outages: [ago(10)] },
    ],
    from,
    LIMITS,
  );
  assert.deepEqual([found?.rule, found?.households, found?.most], ['R068-60d', 47, 4]);
});

const one = (given: Partial<Affected>): Affected => ({
  householdId: 'h',
  divisionCode: 'v1',
  kinds: [],
  keepsSupply: false,
  reachable: true,
  ...given,
});
const NOW = at('2026-11-01T10:00');
const LEAD = {
  notice: { limitId: 'R060', at: NOW + DAY },
  traffic: { limitId: 'R066', at: NOW + 2 * DAY },
};

test('who is told how: posted, a list a village, a message each; important ones apart and with a limit', () => {
  const told = announce(
    [
      one({ householdId: 'plain' }),
      one({ householdId: 'mute', divisionCode: 'v2', reachable: false }),
      one({ householdId: 'hospital', kinds: ['important', 'hospital'], keepsSupply: true }),
      one({ householdId: 'frail', kinds: ['medical'], reachable: false }),
      one({ householdId: 'second', keepsSupply: true, divisionCode: 'v3' }),
      one({ householdId: 'lights', kinds: ['traffic'] }),
    ],
    LEAD,
    NOW,
  );
  const of = (target: string) => told.filter((row) => row.target === target);
  assert.deepEqual(
    of('public').map(({ way, toldAt, dueAt }) => [way, toldAt, dueAt]),
    [['post', NOW, NOW + DAY]],
  );
  assert.deepEqual(
    of('village').map(({ divisionCode, toldAt }) => [divisionCode, toldAt]),
    [
      ['v1', null],
      ['v2', null],
    ],
  );
  assert.deepEqual(
    of('household').map(({ householdId }) => householdId),
    ['plain', 'lights'],
  );
  assert.deepEqual(
    of('important').map(({ householdId, way, toldAt, limitId }) => [householdId, way, toldAt, limitId]),
    [
      ['hospital', 'sms', NOW, 'R060'],
      ['frail', 'phone', null, 'R060'],
    ],
  );
  assert.deepEqual(
    of('traffic').map(({ householdId, way, limitId, dueAt }) => [householdId, way, limitId, dueAt]),
    [['lights', 'letter', 'R066', NOW + 2 * DAY]],
  );
  assert.ok(
    announce([one({ kinds: ['traffic'] })], { ...LEAD, traffic: null }, NOW).every(
      (row) => row.way !== 'letter',
    ),
  );
});

test('told again: whoever is dark and can be reached, important ones by telephone otherwise', () => {
  const again = tellAgain(
    [
      one({ householdId: 'plain' }),
      one({ householdId: 'mute', reachable: false }),
      one({ householdId: 'frail', kinds: ['medical'], reachable: false }),
      one({ householdId: 'second', keepsSupply: true }),
    ],
    NOW + HOUR,
  );
  assert.deepEqual(
    again.map(({ householdId, way }) => [householdId, way]),
    [
      ['plain', 'sms'],
      ['frail', 'phone'],
    ],
  );
});
