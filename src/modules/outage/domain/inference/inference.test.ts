import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  array,
  assert as check,
  constant,
  constantFrom,
  nat,
  oneof,
  property,
  record,
  tuple,
} from 'fast-check';
import { isRefusal } from '#kernel/result.ts';
import type { OutageEvent } from './evidence.ts';
import { createInference, type Incident, type Inference } from './inference.ts';
import { type Network, readNetwork } from './network.ts';

/** Two feeders; the first with two fuses, three transformers on each, five customers on each transformer. */
const NETWORK = built({
  devices: [
    { id: 'B', parent: null, kind: 'breaker' },
    { id: 'F0', parent: 'B', kind: 'fuse' },
    { id: 'F1', parent: 'B', kind: 'fuse' },
    ...Array.from({ length: 6 }, (_, i) => ({ id: `T${i}`, parent: `F${i % 2}`, kind: 'transformer' })),
    { id: 'C', parent: null, kind: 'breaker' },
    { id: 'T6', parent: 'C', kind: 'transformer' },
  ],
  customers: Array.from({ length: 35 }, (_, i) => ({
    id: `c${i}`,
    device: `T${i % 7}`,
    meter: i % 3 > 0,
  })),
});

function built(json: unknown): Network {
  const network = readNetwork(json);
  assert.ok(!isRefusal(network));
  return network;
}

function answerOf(inference: Inference, at: number): readonly Incident[] {
  const answer = inference.incidents(at);
  assert.ok(!isRefusal(answer));
  return answer;
}

function after(network: Network, events: readonly OutageEvent[], at: number): readonly Incident[] {
  const inference = createInference(network);
  for (const event of events) assert.equal(inference.observe(event), undefined);
  return answerOf(inference, at);
}

const withoutId = (incidents: readonly Incident[]) =>
  incidents.map((one) => ({ ...one, id: 0, reports: one.reports.toSorted() }));

const customer = nat({ max: NETWORK.customers.length - 1 });
const device = nat({ max: NETWORK.devices.length - 1 });
const step = oneof(
  { weight: 8, arbitrary: record({ kind: constant('call' as const), customer }) },
  { weight: 8, arbitrary: record({ kind: constant('last_gasp' as const), customer }) },
  {
    weight: 2,
    arbitrary: record({
      kind: constant('ping' as const),
      customer,
      answer: constantFrom('on' as const, 'off' as const, 'silent' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: record({
      kind: constant('telemetry' as const),
      device,
      state: constantFrom('open' as const, 'closed' as const),
    }),
  },
  { weight: 1, arbitrary: record({ kind: constant('restored' as const), device }) },
);
const stream = array(tuple(nat({ max: 200 }), step), { maxLength: 60 }).map((steps) => {
  let at = 0;
  return steps.map(([wait, one], i): OutageEvent => {
    at += wait;
    return one.kind === 'call' || one.kind === 'last_gasp' ? { ...one, at, id: `r${i}` } : { ...one, at };
  });
});

const nameOf = (d: number) => NETWORK.devices[d];
function isBelow(name: unknown, upper: unknown): boolean {
  for (let d = NETWORK.deviceNamed.get(String(name)) ?? -1; d >= 0; d = NETWORK.parent[d] ?? -1)
    if (nameOf(d) === upper) return true;
  return false;
}

test('a report is in one incident at most; without restorations in exactly one', () => {
  check(
    property(stream, (events) => {
      const found = after(NETWORK, events, 20_000).flatMap(({ reports }) => reports);
      assert.equal(new Set(found).size, found.length);
      const ended = events.some(({ kind }) => kind === 'restored' || kind === 'telemetry');
      const all = events.flatMap((event) => ('id' in event ? [event.id] : []));
      if (!ended) assert.deepEqual(new Set(found), new Set(all));
    }),
  );
});

test('no named device lies below another; nested ones lie below theirs; reports below their device', () => {
  check(
    property(stream, (events) => {
      const incidents = after(NETWORK, events, 20_000).filter((one) => one.device !== null);
      for (const one of incidents)
        for (const other of incidents) assert.ok(one === other || !isBelow(one.device, other.device));
      const hangs = new Map(
        events.flatMap((event) =>
          'id' in event ? [[event.id, nameOf(NETWORK.customerDevice[event.customer] ?? -1)]] : [],
        ),
      );
      for (const { device: top, nested, reports, posterior } of incidents) {
        for (const lower of nested) assert.ok(lower !== top && isBelow(lower, top));
        for (const id of reports) assert.ok(isBelow(hangs.get(id), top));
        assert.ok(posterior > 0 && posterior <= 1);
      }
    }),
  );
});

test('telemetry rules: open devices are named or nested, closed ones never', () => {
  check(
    property(stream, (events) => {
      const states = new Map<number, string>();
      for (const event of events) {
        if (event.kind === 'telemetry') states.set(event.device, event.state);
        if (event.kind === 'restored' && states.get(event.device) === 'open') states.delete(event.device);
      }
      const incidents = after(NETWORK, events, 20_000);
      const named = incidents.flatMap((one) => [one.device, ...one.nested]);
      for (const [d, state] of states)
        assert.equal(named.includes(nameOf(d) ?? null), state === 'open', `${nameOf(d)} ${state}`);
    }),
  );
});

test('the order of lines of one minute does not matter', () => {
  const burst = array(record({ kind: constantFrom('call' as const, 'last_gasp' as const), customer }), {
    minLength: 2,
    maxLength: 20,
  });
  check(
    property(burst, nat(), (steps, seed) => {
      const events = steps.map((one, i): OutageEvent => ({ ...one, at: 600, id: `r${i}` }));
      const shuffled = events.toSorted((a, b) => order(a, seed) - order(b, seed));
      const answers = [events, shuffled].map((all) => withoutId(after(NETWORK, all, 1200)));
      const rounded = answers.map((all) =>
        all
          .map((one) => ({ ...one, posterior: Math.round(one.posterior * 1e9) }))
          .toSorted((a, b) => String(a.reports).localeCompare(String(b.reports))),
      );
      assert.deepEqual(rounded[0], rounded[1]);
    }),
  );
});

function order(event: OutageEvent, seed: number): number {
  return (('customer' in event ? event.customer + 1 : 0) * 7919 * (seed + 1)) % 101;
}

test('more silent customers never make an outage likelier', () => {
  let last = 1;
  for (const silent of [0, 1, 2, 5, 10, 20, 50, 200]) {
    const network = built({
      devices: [{ id: 'T', parent: null, kind: 'transformer' }],
      customers: Array.from({ length: 2 + silent }, (_, i) => ({ id: i, device: 'T' })),
    });
    const events = [0, 1].map((x): OutageEvent => ({ kind: 'call', at: 60, id: x, customer: x }));
    const [first] = after(network, events, 1800);
    const open = first?.device === 'T' ? first.posterior : 1 - (first?.posterior ?? 0);
    assert.ok(open <= last, `${silent} silent: ${open} after ${last}`);
    last = open;
  }
  assert.ok(last < 0.01);
});

test('an incident keeps its number when its device moves, and can be explained', () => {
  const inference = createInference(NETWORK);
  const gasps = (transformers: readonly string[], at: number) => {
    for (const [x, d] of NETWORK.customerDevice.entries())
      if (transformers.includes(String(nameOf(d))) && NETWORK.metered[x] === 1)
        inference.observe({ kind: 'last_gasp', at, id: `${at}-${x}`, customer: x });
  };
  gasps(['T0'], 60);
  const [before] = answerOf(inference, 100);
  assert.equal(before?.device, 'T0');
  gasps(['T2', 'T4'], 100);
  const [moved] = answerOf(inference, 400);
  assert.deepEqual([moved?.device, moved?.id], ['F0', before?.id]);
  const explained = inference.explain(moved?.id ?? -1);
  assert.equal(explained?.device, 'F0');
  assert.equal(explained?.counts.gaspers, 10);
  assert.equal(explained?.counts.silentCustomers, 15);
  assert.ok((explained?.parts.lastGasps ?? 0) > 50 && (explained?.parts.silentCustomers ?? 0) < 0);
  assert.equal(inference.explain(-1), undefined);
});

test('a stream of days stays small, and an old report is still there', () => {
  const inference = createInference(NETWORK);
  inference.observe({ kind: 'call', at: 0, id: 'old', customer: 0 });
  for (let day = 1; day <= 400; day += 1)
    inference.observe({ kind: 'call', at: day * 86_400, id: day, customer: day % 35 });
  const ids = answerOf(inference, 401 * 86_400).flatMap(({ reports }) => reports);
  assert.ok(ids.includes('old'));
  assert.equal(ids.length, 401);
});

test('in a town of thousands of meters an outage of every size is found, with a sound probability', () => {
  // Ten laterals of ten transformers of forty households in five meter boxes.
  const town = built({
    devices: [
      { id: 'B', parent: null, kind: 'breaker' },
      ...Array.from({ length: 10 }, (_, f) => ({ id: `F${f}`, parent: 'B', kind: 'fuse' })),
      ...Array.from({ length: 100 }, (_, t) => ({ id: `T${t}`, parent: `F${t % 10}`, kind: 'transformer' })),
      ...Array.from({ length: 500 }, (_, m) => ({ id: `M${m}`, parent: `T${m % 100}`, kind: 'meter_box' })),
    ],
    customers: Array.from({ length: 4000 }, (_, x) => ({ id: x, device: `M${x % 500}`, meter: true })),
  });
  for (const name of ['B', 'F3', 'T42', 'M420']) {
    const top = town.deviceNamed.get(name) ?? -1;
    const dark = [...town.customerDevice.keys()].filter((x) => {
      const at = town.customerDevice[x] ?? -1;
      return at >= top && at < (town.end[top] ?? 0) && x % 7 < 3;
    });
    const gasps = dark.map((x): OutageEvent => ({ kind: 'last_gasp', at: 4000, id: x, customer: x }));
    for (const minutes of [1, 5, 30, 600]) {
      const incidents = after(town, gasps, 4000 + minutes * 60);
      assert.deepEqual([minutes, ...incidents.map((one) => one.device)], [minutes, name]);
      const [{ posterior, reports, since } = { posterior: 0, reports: [], since: 0 }] = incidents;
      assert.ok(posterior > 0.9 && posterior <= 1, `${name} after ${minutes} minutes: ${posterior}`);
      assert.equal(reports.length, dark.length);
      assert.ok(Math.abs(since - 4000) < 300, `${since}`);
    }
  }
});

test('what becomes known late counts from when it happened: a backlog of hours is the outage of then', () => {
  const customers = [0, 7, 14, 21, 28];
  const HOUR = 3600;
  const gasps = (at: number, since?: number): readonly OutageEvent[] =>
    customers.map((who, i) => ({
      kind: 'last_gasp' as const,
      at,
      id: `g${i}`,
      customer: who,
      ...(since === undefined ? {} : { since: since + i }),
    }));
  const [then] = after(NETWORK, gasps(5 * HOUR, 2 * HOUR), 5 * HOUR + 60);
  const [inTime] = after(NETWORK, gasps(2 * HOUR), 5 * HOUR + 60);
  assert.ok(then !== undefined && inTime !== undefined);
  assert.ok(Math.abs(then.since - 2 * HOUR) <= 60, `since ${then.since}`);
  assert.deepEqual([then.device, then.since], [inTime.device, inTime.since]);
  // Supply came back in between: it says nothing of now.
  const closed: OutageEvent = { kind: 'restored', at: 4 * HOUR, device: NETWORK.deviceNamed.get('B') ?? -1 };
  assert.deepEqual(
    after(NETWORK, [closed, ...gasps(5 * HOUR, 2 * HOUR)], 5 * HOUR + 60).filter((one) =>
      one.reports.some((id) => String(id).startsWith('g')),
    ),
    [],
  );
  assert.ok(after(NETWORK, [closed, ...gasps(5 * HOUR, 4 * HOUR + 120)], 5 * HOUR + 60).length > 0);
});

test('a meter that said hours ago that it has supply does not say so now', () => {
  const dark: OutageEvent[] = [0, 7, 14, 21].map((who) => ({
    kind: 'call',
    at: 10_000,
    id: `call ${who}`,
    customer: who,
  }));
  const devicesWith = (since?: number) => {
    const lit: OutageEvent[] = [0, 7, 14, 21, 28].map((who) => ({
      kind: 'ping',
      at: 10_060,
      customer: who,
      answer: 'on',
      ...(since === undefined ? {} : { since }),
    }));
    return after(NETWORK, [...dark, ...lit], 10_120).filter((one) => one.device !== null).length;
  };
  assert.deepEqual([devicesWith(), devicesWith(2000)], [0, 1]);
});

const bare = (some: readonly Incident[]) =>
  withoutId(some)
    .map((one) => ({ ...one, posterior: one.posterior.toFixed(9) }))
    .toSorted((a, b) => (String(a.device) < String(b.device) ? -1 : 1));

test('a feeder that is told again from the beginning is believed as before; the other feeder is left alone', () => {
  const calls = [0, 7, 14, 21, 6, 13].map((who, i) => ({
    kind: 'call' as const,
    at: 1000 + i * 30,
    id: `call ${who}`,
    customer: who,
  }));
  const inference = createInference(NETWORK);
  for (const call of calls) inference.observe(call);
  const before = answerOf(inference, 2000);
  assert.ok(before.length >= 2);
  inference.forget(NETWORK.deviceNamed.get('T0') ?? -1);
  const without = answerOf(inference, 2000);
  assert.ok(without.every((one) => one.reports.every((id) => id === 'call 6' || id === 'call 13')));
  for (const call of calls) inference.observe({ ...call, at: 2000, since: call.at });
  assert.deepEqual(bare(answerOf(inference, 2000)), bare(before));
});
