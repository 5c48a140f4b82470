import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readCalendarYears } from '../chinese-calendar.ts';
import type { CalendarYear } from '../domain/index.ts';

const TABLE = join(import.meta.dirname, '../../../../handbook/calendars/holiday-cn.json');
const TESTDATA = join(import.meta.dirname, '../domain/testdata');

/** The calendar years of the handbook, for tests and benchmarks. */
export function handbookYears(): readonly CalendarYear[] {
  return readCalendarYears(TABLE);
}

/** A packed file of `domain/testdata` as text. */
export function testText(name: string): string {
  return gunzipSync(readFileSync(join(TESTDATA, name))).toString('utf8');
}

export function testJson<T>(name: string): T {
  return JSON.parse(testText(name)) as T;
}
