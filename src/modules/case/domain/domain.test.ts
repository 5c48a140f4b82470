import assert from 'node:assert/strict';
import { test } from 'node:test';
import { caseNumber, numbersMeant } from './case-number.ts';
import { leadUnitOf } from './lead-unit.ts';

test('a case number begins with the business day, not the UTC day', () => {
  const cases = [
    ['2026-11-23T23:59:59+08:00', 42, '26112300042'],
    ['2026-11-24T00:00:00+08:00', 43, '26112400043'],
    ['2024-02-29T08:00:00+08:00', 100_000, '240229100000'],
    ['2027-01-01T00:00:00+08:00', 1, '27010100001'],
  ] as const;
  for (const [at, running, expected] of cases) assert.equal(caseNumber(running, Date.parse(at)), expected);
});

test('an accused department never leads the work on its own complaint', () => {
  assert.equal(leadUnitOf({ business: 'voice' }, null), 'marketing');
  assert.equal(leadUnitOf({ business: 'voice' }, 'marketing'), 'control-centre');
  assert.equal(leadUnitOf({ business: 'repair' }, 'marketing'), 'repair-centre');
});

test('what has a closed list is led by the first unit of it that is not complained about', () => {
  const report = { business: 'voice', closedTo: ['discipline', 'leading-group'] };
  assert.equal(leadUnitOf(report, 'marketing'), 'discipline');
  assert.equal(leadUnitOf(report, 'discipline'), 'leading-group');
});

test('digits that somebody types mean a whole number, its beginning, or the running number of the last fortnight', () => {
  const now = Date.parse('2026-11-23T10:00:00+08:00');
  assert.deepEqual(numbersMeant('2611230', now), { startingWith: '2611230' });
  const meant = numbersMeant('42', now);
  assert.ok(meant !== undefined && 'oneOf' in meant);
  assert.deepEqual(
    [meant.oneOf[0], meant.oneOf.at(-1), meant.oneOf.length],
    ['26112300042', '26111000042', 14],
  );
  assert.equal(numbersMeant('王建', now), undefined);
});
