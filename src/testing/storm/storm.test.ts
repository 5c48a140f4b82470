import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, MINUTE } from '#kernel/instant.ts';
import { isRefusal } from '#kernel/result.ts';
import { readNetwork } from '#modules/outage/index.ts';
import { DEMO_PASSWORD } from '#app/fill-database.ts';
import { seeded } from '../demo/seeded.ts';
import { EXCERPT, readOutages } from '../replay/read-outages.ts';
import { planStorm, visibleFaults } from './plan-storm.ts';
import { runStorm } from './run-storm.ts';

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

test('a tenth of the storm hour, by the doors of the program: nothing lost, nothing doubled, nothing left unread', async () => {
  assert.ok(readOutages(EXCERPT).length > 20);
  const said: string[] = [];
  const whole = await runStorm({
    file: EXCERPT,
    households: 6000,
    reports: 15_000,
    lasts: HOUR,
    speed: 60,
    password: DEMO_PASSWORD,
    say: (line) => void said.push(line),
  });
  assert.ok(whole, said.join('\n'));
});
