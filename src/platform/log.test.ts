import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { describeError, openLog } from './log.ts';

const folder = mkdtempSync(join(tmpdir(), 'dafuwu-log-'));
after(() => rmSync(folder, { recursive: true, force: true }));

test('what the database says of customers’ data does not reach the log', () => {
  const error = Object.assign(new Error('invalid input syntax for type uuid: "13912345678"'), {
    severity: 'ERROR',
    code: '22P02',
    detail: 'Key (phone)=(13912345678) already exists.',
    constraint: 'people_staff_no',
  });
  const file = join(folder, 'deep', 'log');
  openLog(file).error({ err: error, requestId: 'r1' }, 'failed');
  const written = readFileSync(file, 'utf8');
  const line: { err: { code: string; constraint: string }; requestId: string } = JSON.parse(written);
  assert.deepEqual([line.err.code, line.err.constraint, line.requestId], ['22P02', 'people_staff_no', 'r1']);
  assert.doesNotMatch(written, /139/);
});

test('an error of ours keeps its message and its stack', () => {
  const said = describeError(new Error('expected one row, got 2'));
  assert.equal(said['message'], 'expected one row, got 2');
  assert.match(said['stack'] ?? '', /log\.test\.ts/);
});
