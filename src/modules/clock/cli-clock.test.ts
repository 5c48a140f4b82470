import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { runClockCli } from './cli-clock.ts';

const TABLE = join(import.meta.dirname, '../../../handbook/calendars/holiday-cn.json');
const due = (id: string) =>
  JSON.stringify({
    id,
    op: 'due',
    calendar: 'cn',
    input: { start: '2026-09-18T16:00:00+08:00', limit: '1wd' },
  });

async function run(chunks: readonly (Buffer | string)[], args: readonly string[] = []) {
  const [out, err]: [Buffer[], string[]] = [[], []];
  const exitCode = await runClockCli(args, TABLE, {
    input: (async function* () {
      for (const chunk of chunks) yield Buffer.from(chunk);
    })(),
    write: async (text) => void out.push(Buffer.from(text)),
    complain: (text) => void err.push(text),
  });
  const text = Buffer.concat(out).toString('utf8');
  const lines = text.split('\n').filter((line) => line.startsWith('{'));
  return {
    exitCode,
    err: err.join(''),
    text,
    lines: lines.map(
      (line) => JSON.parse(line) as Record<string, unknown> & { error: { code: string; message: string } },
    ),
  };
}

test('lines cut anywhere, with CRLF, byte-order mark, blank lines and no last newline are the same lines', async () => {
  const text = Buffer.from(`\uFEFF${due('一')}\r\n\n${due('2')}\n   \n${due('3')}`);
  for (const size of [1, 7, 64, 1000]) {
    const chunks = [];
    for (let i = 0; i < text.length; i += size) chunks.push(text.subarray(i, i + size));
    const { lines, exitCode } = await run(chunks);
    assert.deepEqual(
      lines.map((line) => [line['id'], line['result']]),
      [
        ['一', '2026-09-21T00:00:00+08:00'],
        ['2', '2026-09-21T00:00:00+08:00'],
        ['3', '2026-09-21T00:00:00+08:00'],
      ],
    );
    assert.equal(exitCode, 0);
  }
});

test('a faulty line says its number, id, code and how to mend it; the rest goes on', async () => {
  const faults: [Buffer | string, string | null, string][] = [
    [Buffer.from([0xff, 0x7b]), null, 'clock.bad-encoding'],
    ['{"id":"a"', null, 'clock.bad-json'],
    ['[]', null, 'clock.bad-request'],
    ['{"id":{},"op":"due"}', null, 'clock.bad-id'],
    ['{"id":"a","op":"toString","calendar":"cn","input":{}}', 'a', 'clock.unknown-op'],
    ['{"id":"a","op":"due","input":{}}', 'a', 'clock.bad-calendar'],
    ['{"id":"a","op":"due","calendar":"__proto__","input":{}}', 'a', 'clock.unknown-calendar'],
    [
      '{"id":"a","op":"due","calendar":{"tz":"Mars/Olympus","weekly":{}},"input":{}}',
      'a',
      'clock.bad-calendar',
    ],
    [
      '{"id":"a","op":"due","calendar":{"tz":"UTC","weekly":{"mon":[["9","17"]]}},"input":{}}',
      'a',
      'clock.bad-calendar',
    ],
    ['{"id":"a","op":"due","calendar":{"tz":"UTC"},"input":{}}', 'a', 'clock.bad-calendar'],
    [
      '{"id":"a","op":"due","calendar":"cn","input":{"start":"2026-02-30T10:00:00+08:00","limit":"5wd"}}',
      'a',
      'clock.bad-input',
    ],
    [
      '{"id":"a","op":"due","calendar":"cn","input":{"start":"2026-02-20T10:00:00","limit":"5wd"}}',
      'a',
      'clock.bad-input',
    ],
    [
      '{"id":"a","op":"due","calendar":"cn","input":{"start":"2026-02-20T10:00:00Z","limit":"5 days"}}',
      'a',
      'clock.bad-input',
    ],
    [
      '{"id":"a","op":"is_working_day","calendar":"cn","input":{"date":"2025-02-29"}}',
      'a',
      'clock.bad-input',
    ],
    [
      '{"id":"a","op":"add_working_seconds","calendar":"cn","input":{"from":"2026-02-20T10:00:00Z","seconds":"5"}}',
      'a',
      'clock.bad-input',
    ],
  ];
  const bytes = faults.flatMap(([line]) => [Buffer.from(line), Buffer.from('\n')]);
  const { lines, exitCode } = await run([...bytes, due('last')]);
  assert.equal(exitCode, 0);
  assert.equal(lines.length, faults.length + 1);
  faults.forEach(([, id, code], i) => {
    assert.deepEqual([lines[i]!['line'], lines[i]!['id'], lines[i]!['error'].code], [i + 1, id, code]);
    assert.match(lines[i]!['error'].message, /[\u4e00-\u9fff].*。$/);
  });
  assert.equal(lines.at(-1)!['result'], '2026-09-21T00:00:00+08:00');
});

test('a line without end is passed over', async () => {
  const block = 'x'.repeat(1 << 20);
  const { lines } = await run([...Array.from({ length: 18 }, () => block), `\n${due('b')}\n`, due('c')]);
  assert.deepEqual(
    lines.map((line) => line['error']?.code ?? line['id']),
    ['clock.line-too-long', 'b', 'c'],
  );
});

test('help, wrong use, and a file that is not there', async () => {
  assert.match((await run([], ['--help'])).text, /add_working_days/);
  assert.equal((await run([], ['--what'])).exitCode, 2);
  const missing = await run([], ['--lang', 'en', '/no/such/file']);
  assert.deepEqual([missing.exitCode, missing.err], [2, 'Cannot read /no/such/file: ENOENT\n']);
});

function twoDays(start: string): string {
  const input = { start: `${start}T10:00:00+08:00`, limit: '2wd' };
  return JSON.stringify({ id: 'x', op: 'due', calendar: 'hall', input });
}

test('a year without a published notice is said; the answer knows what it leans on', async () => {
  const { lines } = await run([
    `${twoDays('2026-06-01')}\n${twoDays('2026-12-30')}\n${twoDays('2031-06-02')}`,
  ]);
  assert.deepEqual(
    lines.map((one) => one['warnings']),
    [
      undefined,
      [{ code: 'missing-year', year: 2027, basis: 'statutory-days' }],
      [{ code: 'missing-year', year: 2031, basis: 'weekends-only' }],
    ],
  );
});
