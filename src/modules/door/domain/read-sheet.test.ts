import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSheet } from './read-sheet.ts';

const columns = [
  { id: 'contacted', name: { zh: '是否联系客户', en: 'Customer contacted' }, form: 'yes-no', required: true },
  { id: 'cause', name: { zh: '原因', en: 'Cause' }, form: 'text', required: true },
] as const;

test('rows by the names of the fields in any order, yes and no as people write them, foreign columns left out', () => {
  const text = '\ufeff原因,备注,编号,是否联系客户\r\n"漏电,已换",x,N1,是\r\n\'-5 度,,N2,否\r\n,,,\r\n';
  assert.deepEqual(readSheet(columns, text), [
    { line: 2, number: 'N1', fields: { contacted: 'yes', cause: '漏电,已换' } },
    { line: 3, number: 'N2', fields: { contacted: 'no', cause: '-5 度' } },
  ]);
});

test('a sheet without the column of the number has no rows', () => {
  assert.deepEqual(readSheet(columns, '原因\n漏电\n'), []);
});
