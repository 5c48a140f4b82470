import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { runInferCli } from './cli-infer.ts';

type Answer = {
  readonly t: number;
  readonly line?: number;
  readonly id?: string | null;
  readonly error?: { readonly code: string; readonly message: string };
  readonly incidents: readonly {
    readonly device: string | null;
    readonly posterior: number;
    readonly since: number;
    readonly reports: readonly (string | number)[];
    readonly nested?: readonly string[];
  }[];
};

/** A breaker, two fuses, two transformers below each; four metered customers on each transformer, named after it. */
const TOWN = {
  devices: [
    { id: 'B', parent: null, kind: 'breaker' },
    ...['F1', 'F2'].map((id) => ({ id, parent: 'B', kind: 'fuse' })),
    ...['T1', 'T2', 'T3', 'T4'].map((id, i) => ({ id, parent: i < 2 ? 'F1' : 'F2', kind: 'transformer' })),
  ],
  customers: ['T1', 'T2', 'T3', 'T4'].flatMap((device) =>
    ['a', 'b', 'c', 'd'].map((name) => ({ id: `${device}${name}`, device, meter: true })),
  ),
};

async function run(network: unknown, lines: readonly unknown[], args: readonly string[] = []) {
  const file = join(mkdtempSync(join(tmpdir(), 'infer-')), 'net.json');
  writeFileSync(file, typeof network === 'string' ? network : JSON.stringify(network));
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
  const [out, err]: [string[], string[]] = [[], []];
  const exitCode = await runInferCli(['--network', file, ...args], {
    input: (async function* () {
      yield Buffer.from(text);
    })(),
    write: async (written) => void out.push(written),
    complain: (written) => void err.push(written),
  });
  const answers = out
    .join('')
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Answer);
  return { exitCode, answers, out: out.join(''), err: err.join('') };
}

const call = (t: number, customer: string, id = `${t}-${customer}`) => ({ t, kind: 'call', id, customer });
const gasp = (t: number, customer: string) => ({ t, kind: 'last_gasp', id: `g${t}-${customer}`, customer });
const ask = (t: number) => ({ t, kind: 'ask' });
const ping = (t: number, customer: string, answer: string) => ({ t, kind: 'ping', customer, answer });
const closed = (device: string) => ({ t: 61, kind: 'telemetry', device, state: 'closed' });
const devicesOf = (answer: Answer | undefined) => answer?.incidents.map((one) => one.device);

test('a broken network ends with 2 and one sentence', async () => {
  const [breaker] = TOWN.devices;
  const broken: [unknown, RegExp][] = [
    ['{"devices": [', /not JSON/],
    [[], /no list "devices"/],
    [{ devices: [] }, /no list "customers"/],
    [{ devices: [{ id: 'B', parent: null, kind: 'pole' }], customers: [] }, /unknown kind "pole"/],
    [{ devices: [{ id: 'B', kind: 'fuse' }], customers: [] }, /parent of device "B"/],
    [{ devices: [{ parent: null, kind: 'fuse' }], customers: [] }, /number 1 has no id/],
    [{ devices: [{ id: 'F', parent: 'B', kind: 'fuse' }], customers: [] }, /"B" of device "F" is not there/],
    [{ devices: [breaker, { id: 'B', parent: 'F', kind: 'fuse' }], customers: [] }, /"B" has two parents/],
    [{ devices: [breaker, breaker], customers: [] }, /"B" is given twice/],
    [{ devices: [{ id: 'F', parent: 'F', kind: 'fuse' }], customers: [] }, /"F" lies on a loop/],
    [
      {
        devices: [breaker, { id: 'F', parent: 'G', kind: 'fuse' }, { id: 'G', parent: 'F', kind: 'fuse' }],
        customers: [],
      },
      /lies on a loop/,
    ],
    [{ devices: [{ id: 'B', parent: null, kind: 'fuse', exposure: -1 }], customers: [] }, /kilometres/],
    [{ devices: [breaker], customers: [{ id: 'a', device: 'X' }] }, /"X" that is not there/],
    [{ devices: [breaker], customers: [{ id: 'a', device: 'B', meter: 1 }] }, /true or false/],
    [{ devices: [breaker], customers: [{ device: 'B' }] }, /number 1 has no id/],
    [
      {
        devices: [breaker],
        customers: [
          { id: 'a', device: 'B' },
          { id: 'a', device: 'B' },
        ],
      },
      /"a" is given twice/,
    ],
  ];
  for (const [network, sentence] of broken) {
    const { exitCode, err, out } = await run(network, [ask(0)], ['--lang', 'en']);
    assert.deepEqual([exitCode, out], [2, ''], String(sentence));
    assert.match(err, sentence);
    assert.match((await run(network, [])).err, /^[^\n]*[\u4e00-\u9fff][^\n]*。\n$/, String(sentence));
  }
});

test('a faulty line says its number, id and code; the rest goes on', async () => {
  const faults: [unknown, string | null, string][] = [
    ['{"t":1', null, 'infer.bad-json'],
    ['[]', null, 'infer.bad-request'],
    [{ t: 1, kind: 'explode', id: 'x' }, 'x', 'infer.unknown-event'],
    [{ t: '1', kind: 'ask' }, null, 'infer.bad-time'],
    [{ kind: 'ask' }, null, 'infer.bad-time'],
    [{ t: 1, kind: 'call', customer: 'T1a' }, null, 'infer.no-id'],
    [{ t: 1, kind: 'call', id: 'x', customer: 'nobody' }, 'x', 'infer.unknown-customer'],
    [{ t: 1, kind: 'ping', customer: 'T1a', answer: 'maybe' }, null, 'infer.bad-answer'],
    [{ t: 1, kind: 'telemetry', device: 'T1', state: 'ajar' }, null, 'infer.bad-state'],
    [{ t: 1, kind: 'restored', device: 'T9' }, null, 'infer.no-such-device'],
  ];
  const { answers, exitCode } = await run(TOWN, [
    ...faults.map(([line]) => line),
    '',
    call(100, 'T1a', 'c'),
    call(99, 'T1b', 'd'),
    ask(50),
    { kind: 'settings' },
    ask(100),
  ]);
  assert.equal(exitCode, 0);
  const expected = faults.map(([, id, code], i) => [i + 1, id, code]);
  expected.push([13, 'd', 'infer.time-goes-back'], [14, null, 'infer.time-goes-back']);
  expected.push([15, null, 'infer.settings-not-first']);
  assert.deepEqual(
    answers.slice(0, -1).map(({ line, id, error }) => [line, id, error?.code]),
    expected,
  );
  for (const { error } of answers.slice(0, -1)) assert.match(error?.message ?? '', /[\u4e00-\u9fff].*。$/);
  assert.deepEqual(
    answers.at(-1)?.incidents.map((one) => one.reports),
    [['c']],
  );
});

test('a repeated id is one report; a lone call stays its customer’s own and is not dropped', async () => {
  const { answers } = await run(TOWN, [
    call(0, 'T1a', 'x'),
    call(5, 'T3a', 'x'),
    call(9, 'T1a', 'y'),
    { ...call(9, 'T3a'), id: 7 },
    { t: 2, kind: 'call', id: '7', customer: 'T1b' },
    ask(30),
    ask(40_000),
  ]);
  for (const { incidents } of answers) {
    assert.deepEqual(
      incidents.map(({ device, reports, since }) => ({ device, reports, since })),
      [
        { device: null, reports: ['x', 'y'], since: 0 },
        { device: null, reports: [7], since: 9 },
      ],
    );
    assert.ok((incidents[0]?.posterior ?? 0) > 0.5);
  }
});

test('gasps of a whole transformer name it; pings that answer "on" move it', async () => {
  const dark = ['T1a', 'T1b', 'T1c'].map((customer) => gasp(60, customer));
  const { answers } = await run(TOWN, [...dark, ask(300), ping(301, 'T1d', 'off'), ask(302)]);
  assert.deepEqual(answers.map(devicesOf), [['T1'], ['T1']]);
  assert.ok((answers[0]?.incidents[0]?.posterior ?? 0) > 0.9);
  const both = [...dark, gasp(61, 'T2a')];
  const lit = ['T2b', 'T2c', 'T2d'].map((customer) => ping(400, customer, 'on'));
  const moved = await run(TOWN, [...both, gasp(62, 'T2b'), ask(300), ...lit, ask(420)]);
  assert.deepEqual(devicesOf(moved.answers[0]), ['F1']);
  assert.ok(!devicesOf(moved.answers[1])?.includes('F1'));
});

test('a device that telemetry shows closed is never named, an open one always', async () => {
  const dark = TOWN.customers.slice(0, 8).map(({ id }) => gasp(60, id));

  const { answers } = await run(TOWN, [...dark, ask(60), closed('F1'), ask(61), closed('B'), ask(61)]);
  assert.deepEqual(answers.map(devicesOf), [['F1'], ['B'], ['T1', 'T2']]);
  const open = { t: 0, kind: 'telemetry', device: 'F2', state: 'open' };
  const alone = await run(TOWN, [open, ask(7200)]);
  assert.deepEqual(
    alone.answers.map((one) => one.incidents),
    [[{ device: 'F2', posterior: 1, since: 0, reports: [] }]],
  );
});

test('after a restoration its reports are done, who was dark before stays, and new calls begin anew', async () => {
  const { answers } = await run(TOWN, [
    ...['T1a', 'T1b', 'T1c'].map((customer) => gasp(60, customer)),
    ...TOWN.customers.slice(3).map(({ id }) => gasp(1200, id)),
    ask(1300),
    { t: 2000, kind: 'restored', device: 'B' },
    ask(2000),
    { t: 2100, kind: 'restored', device: 'T1' },
    ask(2100),
    call(2200, 'T4a', 'late'),
    ask(2300),
  ]);
  const [dark, after, lit, later] = answers;
  assert.deepEqual(
    dark?.incidents.map(({ device, nested, reports }) => [device, nested, reports.length]),
    [['B', ['T1'], 16]],
  );
  const early = ['g60-T1a', 'g60-T1b', 'g60-T1c', 'g1200-T1d'];
  assert.deepEqual(
    after?.incidents.map(({ device, reports }) => [device, reports]),
    [['T1', early]],
  );
  assert.deepEqual(lit?.incidents, []);
  assert.deepEqual(
    later?.incidents.map(({ device, reports }) => [device, reports]),
    [[null, ['late']]],
  );
});

test('a lone call from long before an outage is not done when the outage ends; one at its own device is', async () => {
  const { answers } = await run(TOWN, [
    call(0, 'T3a', 'lone'),
    ...TOWN.customers.map(({ id }) => gasp(7200, id)),
    ask(7500),
    { t: 8000, kind: 'restored', device: 'B' },
    ask(8000),
    { t: 8100, kind: 'restored', device: 'T3' },
    ask(8200),
  ]);
  const alone = answers.map(({ incidents }) =>
    incidents.filter(({ device }) => device === null).map(({ reports }) => reports),
  );
  assert.deepEqual(alone, [[['lone']], [['lone']], []]);
  assert.deepEqual(answers.map(devicesOf), [['B', null], [null], []]);
});

test('a device restored below one that stays open leaves its reports with the one above', async () => {
  const { answers } = await run(TOWN, [
    { t: 0, kind: 'telemetry', device: 'F1', state: 'open' },
    ...['T1a', 'T1b', 'T2a', 'T2b'].map((customer) => gasp(30, customer)),
    { t: 900, kind: 'restored', device: 'T1' },
    ask(1000),
    { t: 1100, kind: 'telemetry', device: 'F1', state: 'closed' },
    ask(1200),
  ]);
  assert.deepEqual(
    answers.map(({ incidents }) => incidents.map(({ device, reports }) => [device, reports.length])),
    [[['F1', 4]], []],
  );
});

/** A breaker, two transformers, four metered customers on each. */
const feeder = (n: number) => ({
  devices: [
    { id: `B${n}`, parent: null, kind: 'breaker' },
    ...['a', 'b'].map((name) => ({ id: `T${n}${name}`, parent: `B${n}`, kind: 'transformer' })),
  ],
  customers: ['a', 'b'].flatMap((name) =>
    [1, 2, 3, 4].map((i) => ({ id: `${n}${name}${i}`, device: `T${n}${name}`, meter: true })),
  ),
});

test('peers §6 no. 16: two feeders that stand side by side are two outages, however near and whenever they fail', async () => {
  const [one, two] = [feeder(1), feeder(2)];
  const network = {
    devices: [...one.devices, ...two.devices],
    customers: [...one.customers, ...two.customers],
  };
  const gasps = network.customers.map(({ id }) => gasp(10, id));
  const { answers } = await run(network, [...gasps, ask(300)]);
  assert.deepEqual(devicesOf(answers[0])?.toSorted(), ['B1', 'B2']);
});
