import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { assert as check, integer, property } from 'fast-check';
import { readWorkingDays } from '../chinese-calendar.ts';
import { dueAt } from './due-at.ts';
import { dayNumber, workingDays } from './chinese-days.ts';

const FOLDER = join(import.meta.dirname, '..', '..', '..', '..', 'handbook', 'calendars');
const days = readWorkingDays(join(FOLDER, 'holiday-cn.json'));
const at = (text: string) => Date.parse(`${text}+08:00`);

test('domain-rules §12.3: working days with 调休, and hours that never stop', () => {
  const cases = [
    ['2026-09-18T16:00', '1wd', '2026-09-21T00:00', 'Sunday 20 September is a working day'],
    ['2026-02-13T10:00', '2wd', '2026-02-25T00:00', '14 February works; then the Spring Festival'],
    ['2025-09-30T10:00', '4wd', '2025-10-14T00:00', 'Saturday 11 October works'],
    ['2026-10-08T10:00', '3wd', '2026-10-13T00:00', 'Saturday 10 October works'],
    ['2026-09-26T10:00', '1wd', '2026-09-29T00:00', 'taken on a holiday'],
    ['2026-09-30T22:00', '24h', '2026-10-01T22:00', 'a holiday does not stop 24 hours'],
    ['2026-11-23T23:59', '45min', '2026-11-24T00:44', 'minutes run over midnight'],
    ['2026-11-23T08:00', '7cd', '2026-12-01T00:00', 'the starting day is not counted'],
  ] as const;
  for (const [start, limit, due, why] of cases) assert.equal(dueAt(limit, at(start), days), at(due), why);
});

test('a year without a notice is known as missing, one with it is not', () => {
  assert.equal(days.missing(2026), false);
  assert.equal(days.missing(2027), true);
  assert.equal(days.missing(2031), true);
});

test('n working days lie between the start and the due day, and more days are never due earlier', () => {
  check(
    property(integer({ min: 0, max: 4000 }), integer({ min: 1, max: 40 }), (offset, n) => {
      const start = dayNumber('2015-01-01') + offset;
      const end = days.after(start, n);
      let counted = 0;
      for (let day = start + 1; day <= end; day++) if (days.isWorking(day)) counted += 1;
      assert.equal(counted, n);
      assert.ok(days.isWorking(end));
      assert.ok(days.after(start, n + 1) > end);
    }),
  );
});

test('a table in which nobody ever works is an error, not an endless loop; a text that is no limit too', () => {
  const never = { ...workingDays([], []), isWorking: () => false };
  assert.throws(() => workingDays(allOff(), []).after(dayNumber('2026-01-01'), 1), /ten years/);
  assert.equal(never.missing(2026), true);
  assert.throws(() => dueAt('5 days', 0, days), /not a limit/);
});

function allOff() {
  const first = dayNumber('2026-01-01');
  return Array.from({ length: 3700 }, (_, i) => ({
    date: new Date((first + i) * 86_400_000).toISOString().slice(0, 10),
    isOffDay: true,
  }));
}
