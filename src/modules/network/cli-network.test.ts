import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { runNetworkCli } from './cli-network.ts';

const noDatabase = () => Promise.reject(new Error('check needs no database'));
const FEEDERS = join(import.meta.dirname, 'domain', 'testdata');

test('check counts what a model holds and exits by its faults', async () => {
  const good = await runNetworkCli(['check', '--dss', join(FEEDERS, 'IEEE13Nodeckt.dss')], noDatabase);
  assert.equal(good.exitCode, 0);
  const summary = JSON.parse(good.out) as Record<string, unknown>;
  assert.deepEqual([summary['meters'], summary['faults']], [15, 0]);

  const folder = mkdtempSync(join(tmpdir(), 'network-'));
  writeFileSync(join(folder, 'd.csv'), 'code,kind,parent\nS,substation,\nA,switch,B\n');
  writeFileSync(join(folder, 'm.csv'), 'meter_no,device\nM,A\n');
  const files = ['--devices', join(folder, 'd.csv'), '--meters', join(folder, 'm.csv')];
  const faulty = await runNetworkCli(['check', ...files, '--lang', 'en'], noDatabase);
  const [first = '', second = '', last = ''] = faulty.out.split('\n');
  assert.deepEqual(JSON.parse(first), {
    file: 'd.csv',
    line: 3,
    item: 'A',
    error: { code: 'network.unknown-parent', message: 'There is no parent "B".' },
  });
  assert.match(second, /"item":"M".*network.meter-without-transformer/);
  assert.match(last, /"faults":2/);
  assert.equal(faulty.exitCode, 1);
});

test('wrong use and files that are not there end with 2', async () => {
  for (const args of [[], ['check'], ['check', '--what'], ['check', '--dss', 'a', '--cim', 'b'], ['draw']])
    assert.deepEqual(
      [(await runNetworkCli(args, noDatabase)).exitCode, (await runNetworkCli(args, noDatabase)).out],
      [2, ''],
    );
  assert.match((await runNetworkCli(['check', '--cim', '/no/such'], noDatabase)).err, /\/no\/such: ENOENT/);
  assert.equal((await runNetworkCli(['--help'], noDatabase)).exitCode, 0);
});
