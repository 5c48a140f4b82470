import assert from 'node:assert/strict';
import { test } from 'node:test';
import { weekEnd } from './week-end.ts';
import { type NoticeDay, workingDays } from './working-days.ts';

const at = (text: string) => Date.parse(`${text}+08:00`);
const calendar = (days: readonly NoticeDay[]) => workingDays([{ year: 2026, papers: ['x'], days }]);

test('the end of this working week: Friday night, a make-up Sunday, or the day before a holiday', () => {
  const ordinary = calendar([]);
  assert.equal(weekEnd(at('2026-11-23T08:00:00'), ordinary), at('2026-11-28T00:00:00'));
  assert.equal(weekEnd(at('2026-11-27T23:59:00'), ordinary), at('2026-11-28T00:00:00'));
  const autumn = calendar([
    { name: '中秋', date: '2026-09-25', isOffDay: true },
    { name: '国庆', date: '2026-09-20', isOffDay: false },
  ]);
  assert.equal(weekEnd(at('2026-09-15T10:00:00'), autumn), at('2026-09-21T00:00:00'));
  assert.equal(weekEnd(at('2026-09-21T10:00:00'), autumn), at('2026-09-25T00:00:00'));
});

test('on a weekend the next working week is meant', () => {
  assert.equal(weekEnd(at('2026-11-28T10:00:00'), calendar([])), at('2026-12-05T00:00:00'));
});
