import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { isRefusal } from '#kernel/result.ts';
import { type InterruptionTable, readInterruptions } from './interruption-rows.ts';
import { yearlyIndices } from './yearly-indices.ts';

function table(...lines: string[]): InterruptionTable {
  const read = readInterruptions(lines.join('\n'));
  assert.ok(!isRefusal(read));
  return read;
}

const years = (served: number, ...lines: string[]) =>
  yearlyIndices(table('start,end,customers', ...lines).rows, served);

const near = (a: number | null, b: number) => assert.ok(a !== null && Math.abs(a - b) < 1e-9, `${a} ${b}`);

const day = (date: string, minutes: number) =>
  `${date}T00:00,${date}T${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')},1`;

const moments = (...values: number[]) => {
  const logs = values.map(Math.log);
  const mean = logs.reduce((a, b) => a + b) / logs.length;
  return [mean, Math.sqrt(logs.reduce((a, b) => a + (b - mean) ** 2, 0) / (logs.length - 1))];
};

const codeOf = (text: string) => {
  const read = readInterruptions(text);
  return isRefusal(read) ? [read.refused, read.detail?.['column']] : [];
};

/** Six years of log-normal days, made with another program that also worked out the answer for 2025 (our own data). */
type MadeCase = {
  readonly daily_saidi: Readonly<Record<string, number>>;
  readonly expected_2025: {
    readonly alpha: number;
    readonly beta_sample: number;
    readonly t_med: number;
    readonly major_event_days: readonly string[];
    readonly saidi_all: number;
    readonly saidi_without: number;
  };
};

test('2.5 beta: the made case comes out as worked by others', () => {
  const made = JSON.parse(
    readFileSync(join(import.meta.dirname, 'testdata', 'ieee-2.5beta-made-case.json'), 'utf8'),
  ) as MadeCase;
  // A day's SAIDI of x minutes is one interruption of ten minutes for x / 10 of a million customers.
  const rows = Object.entries(made.daily_saidi)
    .filter(([, saidi]) => saidi > 0)
    .map(([date, saidi]) => `${date}T12:00,${date}T12:10,${Math.round(saidi * 100_000)}`);
  const found = years(1_000_000, ...rows);
  const [first, last] = [found[0]!, found.at(-1)!];

  const expected = made.expected_2025;
  assert.deepEqual([found.length, first.year, last.year], [6, 2020, 2025]);
  near(last.alpha, expected.alpha);
  near(last.beta, expected.beta_sample);
  near(last.tmed, expected.t_med);
  assert.deepEqual(last.majorDays, expected.major_event_days);
  near(last.saidi, expected.saidi_all);
  near(last.withoutMajor.saidi, expected.saidi_without);
  assert.deepEqual([first.alpha, first.beta, first.tmed, first.majorDays], [null, null, null, []]);
  assert.deepEqual(first.withoutMajor, { saidi: first.saidi, saifi: first.saifi, caidi: first.caidi });
});

test('an interruption over midnight or the end of a year belongs whole to the day it starts', () => {
  const [y2023, y2024, ...more] = years(
    1000,
    '2023-12-31T23:30,2024-01-02T00:30,100',
    '2024-02-29T00:00,2024-02-29 24:00,10',
  );
  assert.deepEqual(more, []);
  assert.deepEqual(
    [y2023!.year, y2023!.interruptions, y2023!.saidi, y2023!.saifi, y2023!.caidi],
    [2023, 1, 150, 0.1, 1500],
  );
  assert.deepEqual([y2024!.saidi, y2024!.saifi, y2024!.caidi], [14.4, 0.01, 1440]);
  assert.equal(y2023!.asai, 1 - 150 / (365 * 1440));
  assert.equal(y2024!.asai, 1 - 14.4 / (366 * 1440));
});

test('the threshold of a year comes from the five calendar years before it that the file holds', () => {
  const found = years(
    1,
    day('2010-03-01', 600),
    day('2015-01-01', 2),
    day('2015-01-02', 8),
    day('2016-05-05', 900),
    day('2020-01-01', 4),
    day('2020-06-01', 1),
    day('2021-01-01', 1),
  );
  const year = (n: number) => found.find((one) => one.year === n)!;
  assert.deepEqual([year(2010).tmed, year(2015).alpha, year(2015).beta], [null, Math.log(600), null]);
  assert.equal(year(2015).tmed, null);
  assert.deepEqual([year(2016).alpha, year(2016).beta], moments(2, 8));
  assert.deepEqual(year(2016).majorDays, ['2016-05-05']);
  assert.deepEqual(year(2016).withoutMajor, { saidi: 0, saifi: 0, caidi: null });
  assert.deepEqual([year(2020).alpha, year(2020).beta], moments(2, 8, 900));
  assert.deepEqual([year(2021).alpha, year(2021).beta], moments(900, 4, 1));
});

test('a day is judged by all its interruptions together; days without customers do not enter the logarithm', () => {
  const before = ['2020-01-01T00:00,2020-01-01T00:01,1', '2020-01-02T00:00,2020-01-02T00:02,1'];
  const nobody = '2020-01-03T00:00,2020-01-03T05:00,0';
  const parts = ['2021-01-01T00:00,2021-01-01T00:05,1', '2021-01-01T23:59,2021-01-02T00:04,1'];
  const [y2020, y2021] = years(1, ...before, nobody, ...parts);
  const tmed = Math.exp(Math.LN2 / 2 + (2.5 * Math.LN2) / Math.SQRT2);
  assert.ok(tmed > 4.8 && tmed < 5.1 && Math.abs(y2021!.tmed! - tmed) < 1e-9);
  assert.deepEqual([y2020!.interruptions, y2021!.majorDays], [3, ['2021-01-01']]);
  // One customer a day less, and no day is major.
  assert.deepEqual(years(1, ...before, parts[0]!.replace(':05', ':04')).at(-1)!.majorDays, []);
});

test('rows in any order and columns in any order give the same answer', () => {
  const rows = ['2020-01-01T00:00,2020-01-01T01:00,3', '2021-02-01T00:00,2021-02-01T02:00,5'];
  const turned = table(
    'cause, Customers ,END,start',
    'x,5,2021-02-01T02:00,2021-02-01T00:00',
    'y,3,2020-01-01T01:00,2020-01-01T00:00',
  );
  assert.deepEqual(yearlyIndices(turned.rows, 10), years(10, ...rows));
});

test('an offset is put on the clock of the business zone; none is local time', () => {
  const { rows } = table(
    'start,end,customers',
    '2024-12-31T16:00:00Z,2024-12-31T17:00:00Z,1',
    '2025-01-01T00:00:00+08:00,2025-01-01T01:00:00+08:00,1',
    '2025-01-01T00:00,2025-01-01T01:00:00.000,1',
  );
  assert.deepEqual(rows[1], rows[0]);
  assert.deepEqual(rows[2], rows[0]);
});

test('what is wrong with a row is said with its line and id; the rest is counted', () => {
  const { rows, faults } = table(
    'id,start,end,customers,cause',
    'a,2023-02-29T00:00,2023-03-01T00:00,5',
    'b,2024-02-29T00:00,2024-02-28T23:59,5',
    'c,2024-02-29T00:00,,5',
    'd,2024-02-29T00:00,2024-02-29T01:00,-5',
    'e,2024-02-29T00:00,2024-02-29T01:00,1.5',
    'f,2024-02-29T00:00,2024-02-29T01:00,',
    'g,2024-02-29,2024-02-29T01:00,5',
    'h,2024-02-29T00:00,2024-02-29T01:00,5,a,b',
    '"i,2024-02-29T00:00,2024-02-29T01:00,5',
    ',,,',
    'j,2024-02-29T00:00,2024-02-29T01:00,5,"tree, wind"',
    'k,2024-02-29T00:00,2024-02-29T00:00,5,',
  );
  assert.deepEqual(
    faults.map(({ line, id, refusal }) => [line, id, refusal.refused]),
    [
      [2, 'a', 'reliability.bad-time'],
      [3, 'b', 'reliability.ends-before-start'],
      [4, 'c', 'reliability.missing-value'],
      [5, 'd', 'reliability.bad-customers'],
      [6, 'e', 'reliability.bad-customers'],
      [7, 'f', 'reliability.missing-value'],
      [8, 'g', 'reliability.bad-time'],
      [9, 'h', 'reliability.too-many-values'],
      [10, null, 'reliability.bad-quote'],
      [11, null, 'reliability.missing-value'],
    ],
  );
  assert.deepEqual(
    rows.map(({ minutes, customers }) => [minutes, customers]),
    [
      [60, 5],
      [0, 5],
    ],
  );
});

test('a header that cannot be read is refused', () => {
  assert.deepEqual(codeOf('start,end\n1,2'), ['reliability.missing-column', 'customers']);
  assert.deepEqual(codeOf('start,end,customers,End\n'), ['reliability.doubled-column', 'end']);
  assert.deepEqual(codeOf('"start,end,customers'), ['reliability.bad-quote', undefined]);
  assert.deepEqual(readInterruptions('\uFEFF\r\n'), { rows: [], faults: [] });
});
