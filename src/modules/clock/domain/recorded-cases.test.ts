import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { isRefusal } from '#kernel/result.ts';
import { handbookYears, testJson, testText } from '../testing/calendar-years.ts';
import { answerQuestion, printAnswer } from './answer.ts';
import { calendarBook } from './calendar-book.ts';
import { parseNotice, parseNoticeSentence } from './parse-notice.ts';
import { parseDate } from './local-date.ts';

type RecordedCase = {
  readonly id: string;
  readonly op: string;
  readonly calendar: unknown;
  readonly input: Record<string, unknown>;
  readonly expected: unknown;
};

const book = calendarBook(handbookYears());

type Printed = { result: unknown; ledger: { from: string; to: string; counted: boolean }[] };

function printed(question: object): Printed {
  const answer = answerQuestion(question, book);
  assert.ok(!isRefusal(answer), JSON.stringify(answer));
  return JSON.parse(printAnswer(null, answer)) as Printed;
}

function resultOf(question: object): unknown {
  const answer = answerQuestion(question, book);
  return isRefusal(answer) ? answer : answer.result;
}

test('113 sums of public working-time libraries come out as they recorded them', () => {
  const { cases } = testJson<{ cases: RecordedCase[] }>('cases-core.json.gz');
  assert.equal(cases.length, 113);
  for (const one of cases) assert.deepEqual(resultOf(one), one.expected, one.id);
});

test('80 sums on Chinese working days, calendars by name and as data', () => {
  const { cases, calendars } = testJson<{ cases: RecordedCase[]; calendars: Record<string, unknown> }>(
    'cn-calendar-cases.json.gz',
  );
  assert.equal(cases.length, 80);
  for (const one of cases) {
    assert.deepEqual(resultOf(one), one.expected, one.id);
    const asData = { ...one, calendar: calendars[String(one.calendar)] };
    assert.deepEqual(resultOf(asData), one.expected, `${one.id} as data`);
  }
});

test('boundary cases come out as docs/decisions/clock-conventions.md says', () => {
  const { cases } = testJson<{ cases: RecordedCase[] }>('cases-boundary-semantics.json.gz');
  // Ours where it differs from the library: forwards the closing time, closing instants closed, real elapsed time, antisymmetric.
  const ours: Record<string, unknown> = {
    'working_hours-0065': 90_000,
    'moment-business-time-0106': false,
    'moment-business-time-0170': false,
    'zendesk-biz-0207': -142_200,
    'zendesk-biz-0219': '2006-01-08T12:00:00Z',
    'zammad-sla-0349': '2013-06-04T16:00:00Z',
    'zammad-sla-0353': '2013-06-04T16:00:00Z',
  };
  assert.equal(cases.length, 14);
  for (const one of cases) assert.deepEqual(resultOf(one), ours[one.id] ?? one.expected, one.id);
});

type PandasCase = {
  readonly test: string;
  readonly offset: {
    readonly n: number;
    readonly start: readonly string[];
    readonly end: readonly string[];
    readonly normalize: boolean;
    readonly holidays?: readonly string[];
  };
  readonly input: string;
  readonly expected: string | boolean | { readonly next_open: string; readonly prev_open: string };
};

test('791 rows of pandas BusinessHour, several shifts and nights', () => {
  const rows = testJson<PandasCase[]>('pandas-business-hour.json.gz');
  assert.equal(rows.length, 791);
  for (const row of rows) assert.deepEqual(pandas(row), row.expected, JSON.stringify(row));
});

/**
 * pandas names the next opening where the engine names the closing time, and backwards the closing time before it where the
 * engine names the opening. The adapter moves from one to the other; the sum itself is ours.
 */
function pandas({ offset, input, expected }: PandasCase): PandasCase['expected'] {
  const shifts = offset.start.map((from, i) => [from, offset.end[i]]);
  const weekly = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((name) => [name, shifts]));
  const calendar = { tz: 'UTC', weekly, holidays: offset.holidays ?? [] };
  // The ledger is exact to the millisecond, where a result is rounded to the second.
  const add = (from: string, seconds: number): string => {
    const { ledger } = printed({ op: 'add_working_seconds', calendar, input: { from, seconds } });
    return (seconds < 0 ? ledger.at(0)?.from : ledger.at(-1)?.to) ?? '';
  };
  if (typeof expected === 'boolean') {
    const works = (at: string) => resultOf({ op: 'is_working_time', calendar, input: { at } });
    // To pandas both edges of a shift belong to it.
    return (
      works(`${input}Z`) === true || works(`${new Date(Date.parse(`${input}Z`) - 1).toISOString()}`) === true
    );
  }
  if (typeof expected === 'object') {
    const openings = openingsAround(calendar, `${input}Z`);
    const later = openings.find((one) => one >= input) ?? '';
    const earlier = openings.findLast((one) => one <= input) ?? '';
    return offset.n > 0 ? { next_open: later, prev_open: earlier } : { next_open: earlier, prev_open: later };
  }
  const sum = add(`${coarse(input)}Z`, offset.n * 3600);
  const moved =
    offset.n > 0
      ? Date.parse(String(resultOf({ op: 'next_working_time', calendar, input: { at: sum } })))
      : Date.parse(add(sum, -0.001)) + 1;
  const text = new Date(moved).toISOString().slice(0, -1).replace('.000', '');
  if (offset.normalize) return `${text.slice(0, 10)}T00:00:00`;
  return text === coarse(expected) ? expected : text;
}

/** The engine counts milliseconds: five nanoseconds before or after an edge are taken as five milliseconds. */
function coarse(text: string): string {
  return text.replace(/\.0{6}(\d{3})$/, '.$1').replace(/\.9{6}(\d{3})$/, '.$1');
}

/** Openings in the ledger of twenty days; a night shift goes on over midnight. */
function openingsAround(calendar: object, at: string): string[] {
  const day = (n: number) => new Date(Date.parse(at) + n * 86_400_000).toISOString();
  const input = { from: day(-10), to: day(10) };
  const counted = printed({ op: 'working_seconds_between', calendar, input }).ledger.filter(
    (line) => line.counted,
  );
  return counted.filter((line, i) => counted[i - 1]?.to !== line.from).map((line) => line.from.slice(0, 19));
}

test('17,251 real targets of a city that follow its rule come out to the minute', () => {
  const rule = JSON.parse(
    readFileSync(join(import.meta.dirname, 'testdata/boston-311-rule.json'), 'utf8'),
  ) as { holidays_inferred: string[] };
  const hours = [['08:30', '17:00']];
  const weekly = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((name) => [name, hours]));
  const calendar = { tz: 'America/New_York', weekly, holidays: rule.holidays_inferred };
  const rows = testText('boston-311-2015-h1-targets.csv.gz').trim().split(/\r?\n/).slice(1);
  let checked = 0;
  for (const row of rows) {
    const [id, , count, opened = '', target = '', fits] = row.split(',');
    if (fits !== '1') continue;
    checked += 1;
    // The rule: what is opened outside the hours starts at the next opening; then N working days, same time of day.
    const from = String(
      resultOf({ op: 'next_working_time', calendar, input: { at: `${opened}${offsetOf(opened)}` } }),
    ).slice(0, 19);
    const input = { date: from.slice(0, 10), working_days: Number(count) };
    const ours = `${String(resultOf({ op: 'add_working_days', calendar, input }))}${from.slice(10)}`;
    const off = Math.abs(Date.parse(`${ours}Z`) - Date.parse(`${target}Z`));
    assert.ok(off <= 60_000, `${id}: ${opened} + ${count} wd = ${ours}, the city says ${target}`);
  }
  assert.equal(rows.length, 17_934);
  assert.equal(checked, 17_251);
});

/** Wall time of New York in the year of the file. */
function offsetOf(local: string): string {
  return local >= '2015-03-08T02:00:00' && local < '2015-11-01T02:00:00' ? '-04:00' : '-05:00';
}

test('each day 2015–2026 on which the published tables agree, and the working days of each month', () => {
  const rows = testText('cn-day-status-2015-2026.csv.gz').trim().split(/\r?\n/).slice(1);
  const perYear = new Map<string, number>();
  let agreed = 0;
  for (const row of rows) {
    const [date = '', , status, , , , four] = row.split(',');
    const working = resultOf({ op: 'is_working_day', calendar: 'cn', input: { date } });
    if (four === '1') {
      agreed += 1;
      assert.equal(working, status === 'work', date);
    }
    for (const period of [date.slice(0, 4), date.slice(0, 7)])
      perYear.set(period, (perYear.get(period) ?? 0) + (working === true ? 1 : 0));
  }
  assert.equal(rows.length, 4383);
  assert.ok(agreed > 4370);
  const counts = testJson<Record<string, Record<string, number>>>('workday-counts-2015-2026.json.gz');
  for (const kind of ['workdays_per_year', 'workdays_per_month'])
    for (const [period, count] of Object.entries(counts[kind]!))
      assert.equal(perYear.get(period), count, period);
});

function sorted(days: readonly { date: string; isOffDay: boolean }[]): string[] {
  return days.map(({ date, isOffDay }) => `${date} ${isOffDay}`).toSorted();
}

test('49 sentences of State Council notices mean the days they mean', () => {
  type Sentence = { year: number; description: string; expected: { date: string; isOffDay: boolean }[] };
  const cases = testJson<Sentence[]>('notice-text-parsing-cases.json.gz');
  assert.equal(cases.length, 49);
  for (const { year, description, expected } of cases) {
    const days = parseNoticeSentence(description, year);
    assert.ok(Array.isArray(days), `${description}: ${JSON.stringify(days)}`);
    assert.deepEqual(sorted(days), sorted(expected), description);
  }
});

test('a pasted notice is a year of days; a mistyped weekday or date is found', () => {
  const text = `国务院办公厅关于2026年部分节假日安排的通知
一、元旦:1月1日(周四)至3日(周六)放假调休,共3天。1月4日(周日)上班。
二、春节:2月15日(农历腊月二十八、周日)至23日(农历正月初七、周一)放假调休,共9天。2月14日(周六)、2月28日(周六)上班。`;
  const year = parseNotice(text, 'https://www.gov.cn/example');
  assert.ok(!isRefusal(year));
  assert.equal(year.year, 2026);
  const table = handbookYears().find((one) => one.year === 2026)!;
  const known = table.days.filter((day) => day.name === '元旦' || day.name === '春节');
  assert.deepEqual(
    year.days.toSorted((a, b) => parseDate(a.date)! - parseDate(b.date)!),
    known.toSorted((a, b) => parseDate(a.date)! - parseDate(b.date)!),
  );
  const wrong: [string, string][] = [
    [text.replace('2月14日(周六)', '2月14日(周五)'), 'clock.notice-wrong-weekday'],
    [text.replace('2月28日(周六)', '2月30日(周六)'), 'clock.notice-bad-date'],
    [text.replace('2026年部分节假日', '部分节假日'), 'clock.notice-without-year'],
    ['关于2026年部分节假日安排的通知', 'clock.notice-without-days'],
  ];
  for (const [typed, code] of wrong)
    assert.equal((parseNotice(typed, 'x') as { refused: string }).refused, code);
});
