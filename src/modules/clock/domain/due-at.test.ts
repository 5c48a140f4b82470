import assert from 'node:assert/strict';
import { test } from 'node:test';
import { handbookYears } from '../testing/calendar-years.ts';
import { calendarBook } from './calendar-book.ts';
import { dueAt } from './due-at.ts';

const book = calendarBook(handbookYears());
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
    ['2026-09-28T09:00', '5cd', '2026-10-04T00:00', 'calendar days are not extended over a holiday (rule 3)'],
    ['2026-12-31T09:00', '1wd', '2027-01-05T00:00', 'a missing year still knows its statutory days'],
  ] as const;
  for (const [start, limit, due, why] of cases) assert.equal(dueAt(limit, at(start), book), at(due), why);
});

test('a text that is no limit is a mistake of the program', () => {
  for (const text of ['5 days', '', '5', '-', '1.5wd', '99999wd', '5WD'])
    assert.throws(() => dueAt(text, 0, book), /not a limit/);
});
