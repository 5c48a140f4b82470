import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import type { Position } from './domain/travel-time.ts';
import { roadsBy } from './roads.ts';

const servers: Server[] = [];
after(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

type Reply = { readonly status?: number; readonly body: unknown } | 'silence';

async function fake(
  answer: (path: string, body: string) => Reply,
): Promise<{ readonly url: string; readonly asked: string[] }> {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const text = await textOf(request);
    asked.push(request.url ?? '');
    const reply = answer(request.url ?? '', text);
    if (reply === 'silence') return;
    response.statusCode = reply.status ?? 200;
    response.end(JSON.stringify(reply.body));
  });
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request) text += String(part);
  return text;
}

const at = (longitude: number, latitude: number): Position => ({ longitude, latitude });
const [a, b, c] = [at(122.01, 37.1), at(122.02, 37.2), at(122.03, 37.3)];

/** Seconds: a thousand for each hundredth of a degree east; nobody drives back. */
const secondsBetween = (from: number, to: number) => (to >= from ? Math.round((to - from) * 100_000) : null);

function osrmTable(path: string): Reply {
  const [, places = '', sources = '', targets = ''] =
    /^\/table\/v1\/driving\/([^?]+)\?sources=([\d;]+)&destinations=([\d;]+)$/.exec(path) ?? [];
  const east = places.split(';').map((place) => Number(place.split(',')[0]));
  const rows = sources.split(';').map((i) => east[Number(i)] as number);
  const columns = targets.split(';').map((i) => east[Number(i)] as number);
  return {
    body: { code: 'Ok', durations: rows.map((from) => columns.map((to) => secondsBetween(from, to))) },
  };
}

test('OSRM: minutes of its table, asked once; where it knows no road it says none', async () => {
  const server = await fake(osrmTable);
  const roads = roadsBy({ kind: 'osrm', url: server.url }, () => 0);
  assert.equal(roads.minutes(a, b), undefined);
  assert.equal(await roads.learn([a, b], [b, c]), true);
  assert.ok(Math.abs((roads.minutes(a, b) ?? 0) - 1000 / 60) < 1e-9);
  assert.ok(Math.abs((roads.minutes(a, c) ?? 0) - 2000 / 60) < 1e-9);
  assert.equal(await roads.learn([b, a], [c]), true);
  assert.equal(server.asked.length, 1, 'what is known is not asked again');
  assert.equal(await roads.learn([c], [a]), true);
  assert.equal(roads.minutes(c, a), undefined);
});

test('Valhalla: the same by its own form', async () => {
  const server = await fake((path, body) => {
    assert.equal(path, '/sources_to_targets');
    const { sources, targets } = JSON.parse(body) as Record<'sources' | 'targets', { lon: number }[]>;
    const row = (from: number) => targets.map((to) => ({ time: secondsBetween(from, to.lon), distance: 1 }));
    return { body: { sources_to_targets: sources.map((from) => row(from.lon)) } };
  });
  const roads = roadsBy({ kind: 'valhalla', url: server.url }, () => 0);
  assert.equal(await roads.learn([a], [b, c]), true);
  assert.ok(Math.abs((roads.minutes(a, c) ?? 0) - 2000 / 60) < 1e-9);
});

test('many places are asked in tables that a server accepts', async () => {
  const server = await fake(osrmTable);
  const roads = roadsBy({ kind: 'osrm', url: server.url }, () => 0);
  const many = Array.from({ length: 120 }, (_, i) => at(122 + i / 100, 37));
  assert.equal(await roads.learn(many, many.slice(60)), true);
  assert.equal(server.asked.length, 3 * 2);
  assert.ok(server.asked.every((path) => (path.split('?')[0] ?? '').split(';').length <= 100));
  assert.ok(Math.abs((roads.minutes(many[0] as Position, many[119] as Position) ?? 0) - 119_000 / 60) < 1e-6);
});

for (const [name, reply] of [
  ['silence', 'silence'],
  ['an error', { status: 500, body: { code: 'InvalidQuery' } }],
  ['no table', { body: { code: 'NoTable' } }],
  ['a table of another size', { body: { durations: [[1, 2, 3]] } }],
] as const)
  test(`${name}: it is estimated, and the server is left alone for half a minute`, async () => {
    const server = await fake(() => reply);
    let now = 0;
    const roads = roadsBy({ kind: 'osrm', url: server.url }, () => now);
    const begun = performance.now();
    assert.equal(await roads.learn([a], [b]), false);
    assert.ok(performance.now() - begun < 2000, 'nobody waits for it');
    assert.equal(roads.minutes(a, b), undefined);
    now = 29_000;
    assert.equal(await roads.learn([a], [b]), false);
    assert.equal(server.asked.length, 1);
    now = 31_000;
    assert.equal(await roads.learn([a], [b]), false);
    assert.equal(server.asked.length, 2);
  });

test('nonsense for one way is no way of no minutes', async () => {
  const server = await fake(() => ({ body: { durations: [[-5, 'soon']] } }));
  const roads = roadsBy({ kind: 'osrm', url: server.url }, () => 0);
  assert.equal(await roads.learn([a], [b, c]), true);
  assert.deepEqual([roads.minutes(a, b), roads.minutes(a, c)], [undefined, undefined]);
});
