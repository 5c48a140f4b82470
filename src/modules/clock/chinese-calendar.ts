import { readFileSync } from 'node:fs';
import { type CalendarBook, type CalendarYear, calendarBook } from './domain/index.ts';

/** The calendar years of a table in the form of holiday-cn: `{"2026": {year, papers, days}, …}`. */
export function readCalendarYears(path: string): readonly CalendarYear[] {
  return Object.values(JSON.parse(readFileSync(path, 'utf8')) as Readonly<Record<string, CalendarYear>>);
}

/** The named calendars (`cn`, `hall`, `office`) on the working days of such a table. */
export function readWorkingDays(path: string): CalendarBook {
  return calendarBook(readCalendarYears(path));
}
