import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csvRecords } from './csv.ts';
import { csvLine } from './csv-line.ts';

const read = (text: string) => [...csvRecords(text)];

test('quotes, commas, line ends and marks of every office read alike', () => {
  assert.deepEqual(read('\uFEFFa,b\r\n"1, ""x""",2\r\n\r\n"two\r\nlines",\n3,'), [
    { line: 1, fields: ['a', 'b'] },
    { line: 2, fields: ['1, "x"', '2'] },
    { line: 4, fields: ['two\r\nlines', ''] },
    { line: 6, fields: ['3', ''] },
  ]);
  assert.deepEqual(read(''), []);
  assert.deepEqual(read('  \n\n'), []);
});

test('a quote that never closes costs its line, not the rest of the file', () => {
  assert.deepEqual(read('a,b\n"1,2\n3,4\n"5"x,6\n7,8\n'), [
    { line: 1, fields: ['a', 'b'] },
    { line: 2, fault: 'bad-quote' },
    { line: 3, fields: ['3', '4'] },
    { line: 4, fault: 'bad-quote' },
    { line: 5, fields: ['7', '8'] },
  ]);
  // The stray quote meets the opening quote of a later line: both lines are at fault, the lines between are kept.
  assert.deepEqual(read('"1,2\n3,4\n"5",6\n'), [
    { line: 1, fault: 'bad-quote' },
    { line: 2, fields: ['3', '4'] },
    { line: 3, fields: ['5', '6'] },
  ]);
});

test('every table comes back as it was written', () => {
  const cells = ['', 'a', ',', '"', '\n', '\r\n', '甲', ' b '];
  let seed = 7;
  const next = (n: number) => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) % n;
  for (let round = 0; round < 300; round += 1) {
    const rows = Array.from({ length: 1 + next(4) }, () =>
      Array.from({ length: 2 + next(3) }, () => cells[next(cells.length)]! + cells[next(cells.length)]!),
    );
    const text = rows
      .map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','))
      .join('\r\n');
    assert.deepEqual(
      read(text).map((one) => ('fields' in one ? one.fields : one.fault)),
      rows,
    );
  }
});

test('what goes out is read back as it was, and nothing of it runs as a formula in a spreadsheet', () => {
  const formulas = [
    '=1+1',
    '+1',
    '-2',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '＝1',
    '＋1',
    '－1',
    '＠x',
    '=HYPERLINK("http://x")',
  ];
  const [record] = read(csvLine(formulas));
  assert.ok(record !== undefined && 'fields' in record);
  assert.deepEqual(
    record.fields,
    formulas.map((one) => `'${one}`),
  );
  const harmless = ['王小二', '1=1', "O'Brien", 'a,b', '两\n行', '"引"', '0631-8451234', ''];
  assert.deepEqual(read(csvLine(harmless)), [{ line: 1, fields: harmless }]);
});
