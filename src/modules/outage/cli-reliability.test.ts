import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runReliabilityCli } from './cli-reliability.ts';

async function run(input: string | Buffer, args: readonly string[] = ['--customers', '100']) {
  const [out, err]: [string[], string[]] = [[], []];
  const exitCode = await runReliabilityCli(args, {
    input: (async function* () {
      const bytes = Buffer.from(input as string);
      // Cut in the middle of characters.
      for (let i = 0; i < bytes.length; i += 7) yield bytes.subarray(i, i + 7);
    })(),
    write: async (text) => void out.push(text),
    complain: (text) => void err.push(text),
  });
  return { exitCode, out: out.join(''), err: err.join('') };
}

const GOOD = '2024-05-01T08:00,2024-05-01T09:00,10';

test('one JSON on standard output; faulty rows are lines of JSON on standard error', async () => {
  const { exitCode, out, err } = await run(
    `\uFEFFid,start,end,customers\r\n1,${GOOD}\r\n2,${GOOD.replace('09', '07')}\r\n`,
  );
  assert.equal(exitCode, 0);
  const { years } = JSON.parse(out) as { years: Record<string, unknown>[] };
  assert.deepEqual(Object.keys(years[0]!), [
    'year',
    'interruptions',
    'saidi',
    'saifi',
    'caidi',
    'asai',
    'alpha',
    'beta',
    'tmed',
    'majorDays',
    'withoutMajor',
  ]);
  assert.deepEqual([years.length, years[0]!['interruptions'], years[0]!['saidi']], [1, 1, 6]);
  const fault = JSON.parse(err) as { line: number; id: string; error: { code: string; message: string } };
  assert.deepEqual([fault.line, fault.id, fault.error.code], [3, '2', 'reliability.ends-before-start']);
  assert.equal(fault.error.message, '结束早于开始。');
});

test('nothing but a header, or nothing at all, is a file without years', async () => {
  for (const text of ['', 'start,end,customers', '\uFEFFstart,end,customers\r\n\r\n'])
    assert.deepEqual(await run(text), { exitCode: 0, out: '{"years":[]}\n', err: '' });
});

test('a table saved by Excel in Chinese (GB 18030) is read', async () => {
  // 原因 and 树障
  const table = Buffer.concat([
    Buffer.from('start,end,customers,'),
    Buffer.from([0xd4, 0xad, 0xd2, 0xf2]),
    Buffer.from(`\r\n${GOOD},`),
    Buffer.from([0xca, 0xf7, 0xd5, 0xcf]),
    Buffer.from('\r\n'),
  ]);
  assert.match((await run(table)).out, /"interruptions":1/);
});

test('wrong use, a wrong header and a missing file end with 2 and a sentence', async () => {
  for (const args of [
    [],
    ['--customers'],
    ['--customers', '0'],
    ['--customers', 'x'],
    ['--customers', '-5'],
    ['--what'],
  ])
    assert.deepEqual([(await run('', args)).exitCode, (await run('', args)).out], [2, '']);
  const header = await run('begin,end\n', ['--customers', '5', '--lang', 'en']);
  assert.deepEqual(
    [header.exitCode, header.out, header.err],
    [2, '', 'The first line has no column "start". The header needs start,end,customers.\n'],
  );
  const missing = await run('', ['--customers=5', '--lang=en', '/no/such/file']);
  assert.deepEqual([missing.exitCode, missing.err], [2, 'Cannot read /no/such/file: ENOENT\n']);
  assert.match((await run('', ['--help'])).out, /start,end,customers/);
  assert.equal((await run('', ['--help'])).exitCode, 0);
});
