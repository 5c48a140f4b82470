import assert from 'node:assert/strict';
import { test } from 'node:test';
import { array, assert as holds, asyncProperty, double, integer, record } from 'fast-check';
import { type Entry, type NewEntry, newEntry, type Outcome } from './entry.ts';
import { drain, hurry, type QueueDeps, type QueueStore, retry } from './queue.ts';

// The queue against a network that loses, doubles and delays, a server that fails, and a page that dies at any moment.

type Random = () => number;
const OWNER = 'lead';

class Killed extends Error {}

/** Survives every death of the page. */
type Disk = { entries: Map<string, Entry>; blobs: Set<string> };

type Request = { readonly key: string; readonly line: string; readonly place: number; readonly body: string };

/** What the real one promises: one effect per key, the first answer again, another body under a known key refused. */
function modelServer() {
  const known = new Map<string, string>();
  const applied: Request[] = [];
  const files = new Set<string>();
  return {
    applied,
    files,
    take(request: Request): Outcome<unknown> {
      const before = known.get(request.key);
      if (before !== undefined)
        return before === request.body
          ? { kind: 'done', answer: {} }
          : { kind: 'refused', code: 'http.key-reused', message: '', detail: {} };
      const due = applied.filter((one) => one.line === request.line).length;
      if (request.place !== due) return { kind: 'refused', code: 'out-of-order', message: '', detail: {} };
      known.set(request.key, request.body);
      applied.push(request);
      return { kind: 'done', answer: {} };
    },
  };
}

type World = {
  readonly disk: Disk;
  readonly server: ReturnType<typeof modelServer>;
  readonly delayed: Request[];
  readonly random: Random;
  /** Share of calls at which the page dies, the request or its answer is lost, the server fails. */
  trouble: number;
  now: number;
};

function life(world: World): QueueDeps {
  const mayDie = () => {
    if (world.random() < world.trouble / 4) throw new Killed();
  };
  const guarded =
    <A extends unknown[], T>(work: (...given: A) => T) =>
    async (...given: A): Promise<T> => {
      mayDie();
      const result = work(...given);
      mayDie();
      return result;
    };
  return {
    store: diskStore(world.disk, guarded),
    now: () => world.now,
    freeze: (entry) =>
      JSON.stringify({ body: entry.body, files: entry.blobs.map((one) => one.fileId), at: world.now }),
    transport: {
      upload: guarded((ref): Outcome<{ id: string }> => {
        if (world.random() < world.trouble) return { kind: 'later', network: world.random() < 0.5 };
        // By content: the same photo again is the same file.
        world.server.files.add(ref.id);
        if (world.random() < world.trouble) return { kind: 'later', network: true };
        return { kind: 'done', answer: { id: `file-${ref.id}` } };
      }),
      send: guarded((entry) => way(world, requestOf(entry))),
    },
  };
}

/** The way between: lost on the way there, kept back and delivered later, doubled, failed, or its answer lost. */
function way(world: World, request: Request): Outcome<unknown> {
  const { random, trouble, server, delayed } = world;
  const late = delayed.splice(0).filter((one) => {
    const arrives = random() < 0.5;
    if (arrives) server.take(one);
    return !arrives;
  });
  delayed.push(...late);
  if (random() < trouble) return { kind: 'later', network: true };
  if (random() < trouble) {
    delayed.push(request);
    return { kind: 'later', network: true };
  }
  if (random() < trouble) return { kind: 'later', network: false };
  if (random() < trouble) server.take(request);
  const answer = server.take(request);
  return random() < trouble ? { kind: 'later', network: random() < 0.5 } : answer;
}

function requestOf(entry: Entry): Request {
  const body = entry.body as { line: string; place: number };
  return { key: entry.id, line: body.line, place: body.place, body: String(entry.frozen) };
}

function diskStore(
  disk: Disk,
  guarded: <A extends unknown[], T>(work: (...given: A) => T) => (...given: A) => Promise<T>,
): QueueStore {
  return {
    add: guarded((given: NewEntry) => {
      const known = disk.entries.get(given.id) ?? newEntry(given, disk.entries.size + 1);
      disk.entries.set(given.id, known);
      for (const blob of given.blobs) disk.blobs.add(blob.id);
      return known;
    }),
    list: guarded(() => [...disk.entries.values()].toSorted((a, b) => a.n - b.n)),
    find: guarded((id: string) => disk.entries.get(id)),
    put: guarded((entry: Entry) => {
      if (disk.entries.has(entry.id)) disk.entries.set(entry.id, entry);
    }),
    remove: guarded((ids: readonly string[]) => ids.forEach((id) => disk.entries.delete(id))),
    blob: guarded((id: string) => (disk.blobs.has(id) ? new Blob(['x']) : undefined)),
  };
}

async function untilDead(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (error instanceof Killed) return false;
    throw error;
  }
}

/** mulberry32: the same seed, the same world. */
function randomOf(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function newWorld(seed: number, trouble: number): World {
  const disk = { entries: new Map<string, Entry>(), blobs: new Set<string>() };
  return { disk, server: modelServer(), delayed: [], random: randomOf(seed), trouble, now: 0 };
}

/** A day: things are done one after the other, the page dies and wakes, then the network is good. */
async function aDay(
  world: World,
  lines: readonly number[],
  send: (deps: QueueDeps) => Promise<unknown> = (deps) => drain(deps, OWNER),
) {
  const told: string[] = [];
  const places = new Map<number, number>();
  for (const which of lines) {
    const place = places.get(which) ?? 0;
    const id = `e${which}-${place}`;
    const blobs = world.random() < 0.3 ? [{ id: `b-${id}`, path: '/files', fileId: null }] : [];
    const entry = { id, owner: OWNER, line: `o${which}`, body: { line: `o${which}`, place }, blobs };
    // Whoever is not told that it is kept does it again.
    while (!(await untilDead(() => life(world).store.add(entry)))) world.now += 1000;
    told.push(id);
    places.set(which, place + 1);
    await untilDead(() => send(life(world)));
    world.now += Math.floor(world.random() * 90_000);
  }
  for (let i = 0; i < 400 && [...world.disk.entries.values()].some((one) => one.state !== 'sent'); i++) {
    if (i === 200) world.trouble = 0;
    await untilDead(() => send(life(world)));
    world.now += 61_000;
  }
  world.trouble = 0;
  for (const one of world.delayed.splice(0)) world.server.take(one);
  return { told, applied: world.server.applied.map((one) => one.key) };
}

const days = record({
  seed: integer(),
  trouble: double({ min: 0, max: 0.6, noNaN: true }),
  lines: array(integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 15 }),
});

test('whatever is lost, doubled, delayed or killed: the server has everything once, each order in its order', async () => {
  await holds(
    asyncProperty(days, async ({ seed, trouble, lines }) => {
      const world = newWorld(seed, trouble);
      const { told, applied } = await aDay(world, lines);
      assert.deepEqual(applied.toSorted(), told.toSorted());
      const left = [...world.disk.entries.values()];
      assert.ok(left.every((one) => one.state === 'sent' && one.refusal === null));
      const pictures = left.flatMap((one) => one.blobs);
      assert.ok(pictures.every((one) => one.fileId === `file-${one.id}` && world.server.files.has(one.id)));
    }),
    { numRuns: 400 },
  );
});

/** Whether some day goes wrong with this way of sending. */
async function finds(send: (deps: QueueDeps) => Promise<unknown>): Promise<boolean> {
  for (let seed = 1; seed <= 60; seed++) {
    const world = newWorld(seed, 0.4);
    const { told, applied } = await aDay(world, [0, 1, 0, 0, 1, 0], send);
    const refused = [...world.disk.entries.values()].some((one) => one.refusal !== null);
    if (refused || told.length !== applied.length) return true;
  }
  return false;
}

function thawing(deps: QueueDeps) {
  const put: QueueStore['put'] = (entry) => deps.store.put({ ...entry, frozen: null });
  return drain({ ...deps, store: { ...deps.store, put } }, OWNER);
}

function forgetful(deps: QueueDeps) {
  const send: QueueDeps['transport']['send'] = async (entry) => {
    await deps.store.remove([entry.id]);
    return await deps.transport.send(entry);
  };
  return drain({ ...deps, transport: { ...deps.transport, send } }, OWNER);
}

test('the same days find a queue that asks anew with a changed request, and one that forgets before the answer', async () => {
  assert.equal(await finds(thawing), true, 'a thawed request');
  assert.equal(await finds(forgetful), true, 'forgotten too early');
  assert.equal(await finds((deps) => drain(deps, OWNER)), false);
});

/** Entries `a0 a1` of one line and `b0` of another, and a network that answers as told. */
async function threeWaiting(answer: (entry: Entry) => Outcome<unknown>) {
  const world = newWorld(1, 0);
  const deps = life(world);
  for (const [id, line] of [
    ['a0', 'a'],
    ['a1', 'a'],
    ['b0', 'b'],
  ] as const)
    await deps.store.add({ id, owner: OWNER, line, body: {}, blobs: [] });
  const asked: string[] = [];
  const send: QueueDeps['transport']['send'] = async (entry) => {
    asked.push(entry.id);
    return answer(entry);
  };
  return { world, asked, deps: { ...deps, transport: { ...deps.transport, send } } };
}

const refusal = { kind: 'refused', code: 'process.step-not-ready', message: '', detail: {} } as const;

test('a refusal holds up its own order and says why; tried again it goes on', async () => {
  let refuses = true;
  const { deps, asked } = await threeWaiting(({ id }) =>
    refuses && id === 'a0' ? refusal : { kind: 'done', answer: {} },
  );
  assert.deepEqual(await drain(deps, OWNER), { wake: null, signIn: false, sent: 1 });
  assert.deepEqual(asked, ['a0', 'b0']);
  assert.equal((await deps.store.find('a0'))?.refusal?.code, 'process.step-not-ready');
  refuses = false;
  await retry(deps.store, 'a0');
  await drain(deps, OWNER);
  assert.deepEqual(asked, ['a0', 'b0', 'a0', 'a1']);
});

test('a server in trouble makes an order wait longer each time, and no other; no network stops them all', async () => {
  const { deps, world, asked } = await threeWaiting(({ line: of }) =>
    of === 'a' ? { kind: 'later', network: false } : { kind: 'done', answer: {} },
  );
  assert.deepEqual(await drain(deps, OWNER), { wake: 2000, signIn: false, sent: 1 });
  world.now = 2000;
  assert.equal((await drain(deps, OWNER)).wake, 6000);
  world.now = 3000;
  assert.equal((await drain(deps, OWNER)).wake, 6000, 'not before its time');
  await hurry(deps.store);
  await drain(deps, OWNER);
  assert.deepEqual(asked, ['a0', 'b0', 'a0', 'a0']);

  const dead = await threeWaiting(() => ({ kind: 'later', network: true }));
  await drain(dead.deps, OWNER);
  assert.deepEqual(dead.asked, ['a0']);
});

test('a session that is over stops it and changes nothing; nobody sends what another did', async () => {
  const { deps, asked } = await threeWaiting(() => ({ kind: 'sign-in' }));
  assert.deepEqual(await drain(deps, OWNER), { wake: null, signIn: true, sent: 0 });
  assert.equal((await deps.store.find('a0'))?.tries, 0);
  assert.deepEqual(await drain(deps, 'somebody else'), { wake: null, signIn: false, sent: 0 });
  assert.deepEqual(asked, ['a0']);
});

test('a photo that the server will not have is named, and the entry may go without it', async () => {
  const { deps, asked } = await threeWaiting(() => ({ kind: 'done', answer: {} }));
  await deps.store.add({
    id: 'c0',
    owner: OWNER,
    line: 'c',
    body: {},
    blobs: [{ id: 'photo', path: '/files', fileId: null }],
  });
  const tooMany = { ...refusal, code: 'file.too-many' };
  const strict = { ...deps, transport: { ...deps.transport, upload: async () => tooMany } };
  await drain(strict, OWNER);
  const held = await deps.store.find('c0');
  assert.deepEqual([held?.state, held?.refusal?.blobId], ['refused', 'photo']);
  await retry(deps.store, 'c0', 'photo');
  await drain(strict, OWNER);
  assert.equal((await deps.store.find('c0'))?.state, 'sent');
  assert.equal(asked.at(-1), 'c0');
});
