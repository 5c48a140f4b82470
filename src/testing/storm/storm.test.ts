import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { HOUR, MINUTE } from '#kernel/instant.ts';
import { isRefusal } from '#kernel/result.ts';
import { readNetwork } from '#modules/outage/index.ts';
import { DEMO_PASSWORD } from '#app/fill-database.ts';
import { seeded } from '../demo/seeded.ts';
import { EXCERPT, readOutages } from '../replay/read-outages.ts';
import { planStorm, visibleFaults } from './plan-storm.ts';
import { customerMinutes, readExpected } from './customer-minutes.ts';
import { runStorm } from './run-storm.ts';
import { trueStorm } from './true-storm.ts';

const REPLAYS = join(import.meta.dirname, '..', 'replay', 'data');

/** Two feeders of four transformers with thirty customers each. */
function town() {
  const heads = ['a', 'b'];
  const network = readNetwork({
    devices: heads.flatMap((head) => [
      { id: head, parent: null, kind: 'breaker' },
      ...[1, 2, 3, 4].map((n) => ({ id: `${head}${n}`, parent: head, kind: 'transformer' })),
    ]),
    customers: heads.flatMap((head) =>
      [1, 2, 3, 4].flatMap((n) =>
        Array.from({ length: 30 }, (_, i) => ({ id: `${head}${n}-${i}`, device: `${head}${n}` })),
      ),
    ),
  });
  assert.ok(!isRefusal(network));
  return network;
}

test('real outages are laid on devices of about their size; nobody is dark twice', () => {
  const network = town();
  const outages = Array.from({ length: 12 }, (_, i) => ({
    start: i * MINUTE,
    gone: (i + 90) * MINUTE,
    customers: i % 4 === 0 ? 120 : 28,
  }));
  const plan = (name: string) =>
    planStorm(network, outages, { reports: 300, lasts: HOUR, random: seeded(1, name) });
  const { faults, reports } = plan('one');
  assert.ok(reports.length > 50 && reports.length <= 300);
  assert.deepEqual(plan('one'), { faults, reports }, 'the same seed, the same storm');
  assert.notDeepEqual(plan('two').reports, reports);
  assert.deepEqual(
    reports.map(({ at }) => at),
    reports.map(({ at }) => at).toSorted((a, b) => a - b),
  );
  const first = new Map<number, number>();
  for (const { customer, fault, at } of reports) {
    const { device, at: began } = faults[fault] ?? { device: -1, at: Infinity };
    const hangsAt = network.customerDevice[customer] ?? -1;
    assert.ok(hangsAt >= device && hangsAt < (network.end[device] ?? 0) && at >= began && at < HOUR);
    assert.equal(first.get(customer) ?? fault, fault, 'one fault a customer');
    first.set(customer, fault);
  }
  const seen = visibleFaults(network, { faults, reports });
  assert.ok(seen.length > 0);
  for (const one of seen)
    for (const other of seen)
      assert.ok(
        one === other || !(other > one && other < (network.end[one] ?? 0)),
        'none lies below another',
      );
});

test('the customer-minutes of the storm in this repository are what whoever prepared it counted', () => {
  const file = join(REPLAYS, 'replay-lgeku-2022-07-06_thunderstorm.jsonl.gz');
  const expected = readExpected(join(REPLAYS, 'expected-lgeku-2022-07-06_thunderstorm.json'));
  assert.ok(Math.abs(customerMinutes(file, expected) - expected.customerMinutes) < 0.01);
});

test('a crew that stands at a device finds what failed there, below it, or above it', () => {
  const network = town();
  const number = (id: string) => network.deviceNamed.get(id) ?? -1;
  const fault = (device: string) => ({ device: number(device), at: 0, customers: 30, lasted: 60 });
  const truth = trueStorm(network, { faults: [fault('a1'), fault('b')], reports: [] }, 1000);
  assert.deepEqual(
    ['a1', 'a', 'b', 'b2', 'a2'].map((id) => truth.foundAt(number(id), 2000)),
    [[0], [0], [1], [1], []],
  );
  assert.deepEqual(truth.foundAt(number('a1'), 999), [], 'it has not failed yet');
  const customer = network.customerNamed.get('b3-7') ?? -1;
  assert.equal(truth.faultOf(customer, 2000), 1);
  assert.equal(truth.customerMinutes(1000 + 10 * MINUTE), 600);
  truth.repairedAt[1] = 1000 + 5 * MINUTE;
  assert.equal(truth.customerMinutes(1000 + 10 * MINUTE), 450);
  assert.deepEqual(
    [truth.faultOf(customer, 1000 + 6 * MINUTE), truth.foundAt(number('b'), 1000 + 6 * MINUTE)],
    [undefined, []],
  );
});

test('a storm by the doors of the program, with crews: nothing lost, nothing doubled, nothing unread, and crews are sent', async () => {
  assert.ok(readOutages(EXCERPT).length > 20);
  const said: string[] = [];
  const whole = await runStorm({
    file: EXCERPT,
    households: 3000,
    reports: 1500,
    lasts: 10 * MINUTE,
    restores: 45 * MINUTE,
    speed: 300,
    password: DEMO_PASSWORD,
    say: (line) => void said.push(line),
  });
  assert.ok(whole, said.join('\n'));
  const orders = /crews sent to (\d+) orders/.exec(said.join('\n'))?.[1];
  assert.ok(Number(orders) > 0, said.join('\n'));
});
