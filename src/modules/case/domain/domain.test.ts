import assert from 'node:assert/strict';
import { test } from 'node:test';
import { caseNumber } from './case-number.ts';
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
  assert.equal(leadUnitOf('voice', null), 'marketing');
  assert.equal(leadUnitOf('voice', 'marketing'), 'control-centre');
  assert.equal(leadUnitOf('repair', 'marketing'), 'repair-centre');
});
