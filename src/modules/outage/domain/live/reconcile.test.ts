import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Believed, type Kept, type KeptIncident, reconcile } from './reconcile.ts';

const believed = (given: Partial<Believed>): Believed => ({
  name: 'engine 1',
  deviceId: 'transformer',
  householdId: null,
  posterior: 0.9,
  since: 1000,
  reports: ['a', 'b'],
  nested: [],
  certain: false,
  ...given,
});

const row = (given: Partial<KeptIncident> & { readonly id: string }): KeptIncident => ({
  deviceId: 'transformer',
  householdId: null,
  state: 'suspected',
  hazard: false,
  word: false,
  posterior: 0.9,
  since: 1000,
  reports: 2,
  nested: [],
  hasOrder: false,
  ...given,
});

function kept(
  incidents: readonly KeptIncident[],
  of: { readonly reports?: Record<string, string>; readonly bound?: Record<string, string> } = {},
): Kept {
  return {
    incidents: new Map(incidents.map((one) => [one.id, one])),
    incidentOf: new Map(Object.entries(of.reports ?? {})),
    bound: new Map(Object.entries(of.bound ?? {})),
    restoredAbove: (one) => (one.deviceId === 'below' ? 'x' : null),
  };
}

let ids = 0;
const run = (now: readonly Believed[], before: Kept) => {
  ids = 0;
  const { changes, given, bound } = reconcile(now, before, () => `new ${(ids += 1)}`);
  return {
    changes: changes.map((one) => ('now' in one ? { ...one, now: one.now.name } : one)),
    given: given.map(({ report, incident }) => `${report} ${incident}`),
    bound: Object.fromEntries(bound),
  };
};

test('what is new begins, with its reports; what is the same leaves no row', () => {
  const first = run([believed({})], kept([]));
  assert.deepEqual(first, {
    changes: [{ what: 'begun', id: 'new 1', parentId: null, now: 'engine 1' }],
    given: ['a new 1', 'b new 1'],
    bound: { 'engine 1': 'new 1' },
  });
  const same = run(
    [believed({ posterior: 0.905 })],
    kept([row({ id: 'x' })], { reports: { a: 'x', b: 'x' }, bound: { 'engine 1': 'x' } }),
  );
  assert.deepEqual([same.changes, same.given], [[], []]);
});

test('an incident keeps its identity when its device moves, by name and, after a restart, by its reports', () => {
  for (const bound of [{ 'engine 1': 'x' }, {}]) {
    const moved = run(
      [believed({ deviceId: 'fuse', reports: ['a', 'b', 'c'] })],
      kept([row({ id: 'x' })], { reports: { a: 'x', b: 'x' }, bound }),
    );
    assert.deepEqual(moved.changes, [{ what: 'moved', id: 'x', now: 'engine 1' }]);
    assert.deepEqual(moved.given, ['c x']);
  }
});

test('two incidents that turn out to be one: the larger stays, the other is merged into it', () => {
  const before = kept([row({ id: 'x' }), row({ id: 'y', deviceId: 'other', hasOrder: true })], {
    reports: { a: 'x', b: 'x', c: 'y' },
    bound: { 'engine 1': 'x', 'engine 2': 'y' },
  });
  const { changes, given } = run([believed({ deviceId: 'fuse', reports: ['a', 'b', 'c'] })], before);
  assert.deepEqual(changes, [
    { what: 'moved', id: 'x', now: 'engine 1' },
    { what: 'merged', id: 'y', into: 'x' },
  ]);
  assert.deepEqual(given, ['c x']);
});

test('where a dispatcher put it, it stays: evidence of elsewhere is another incident', () => {
  const said = row({ id: 'x', word: true, posterior: 1 });
  const before = kept([said], { reports: { a: 'x', b: 'x' }, bound: { 'engine 1': 'x' } });
  const { changes } = run([believed({ deviceId: 'fuse', reports: ['a', 'b'] })], before);
  assert.deepEqual(changes, [
    { what: 'begun', id: 'new 1', parentId: null, now: 'engine 1' },
    { what: 'doubted', id: 'x' },
  ]);
  // Of two that were split, each takes the reports below its own device.
  const two = kept([said, row({ id: 'y', deviceId: 'other', word: true, reports: 0 })], {
    reports: { a: 'x', b: 'x' },
  });
  const split = run(
    [
      believed({ name: 'engine 1', deviceId: 'other', reports: ['a'] }),
      believed({ name: 'engine 2', reports: ['b'] }),
    ],
    two,
  );
  assert.deepEqual(split.given, ['a y']);
});

test('when nothing speaks for it any more: closed, unless somebody was sent or has said so', () => {
  const before = kept([
    row({ id: 'x' }),
    row({ id: 'y', hasOrder: true }),
    row({ id: 'z', word: true }),
    row({ id: 'w', hasOrder: true, posterior: 0 }),
    row({ id: 'v', hazard: true }),
    row({ id: 'u', state: 'restored' }),
  ]);
  assert.deepEqual(run([], before).changes, [
    { what: 'closed', id: 'x' },
    { what: 'doubted', id: 'y' },
    { what: 'doubted', id: 'z' },
  ]);
});

test('what a restoration left dark is a child of what was restored, and never takes its place', () => {
  const before = kept([row({ id: 'x', state: 'restored' })], { reports: { a: 'x', b: 'x' } });
  const { changes } = run([believed({ deviceId: 'box', reports: ['b'] })], before);
  assert.deepEqual(changes, [{ what: 'begun', id: 'new 1', parentId: 'x', now: 'engine 1' }]);
});

test('a report after a restoration, from below it, is a child too; a customer of his own who was helped is over', () => {
  const restored = row({ id: 'x', state: 'restored' });
  const after = run([believed({ deviceId: 'below', reports: ['c'] })], kept([restored]));
  assert.deepEqual(after.changes, [{ what: 'begun', id: 'new 1', parentId: 'x', now: 'engine 1' }]);
  const own = row({ id: 'y', deviceId: null, householdId: 'H', state: 'restored' });
  const alone = believed({ deviceId: null, householdId: 'H', reports: ['a'] });
  assert.deepEqual(run([alone], kept([own], { reports: { a: 'y' } })).changes, []);
});

test('reports of a closed incident are over; a new one beside them begins anew', () => {
  const before = kept([], { reports: { a: 'closed', b: 'closed' } });
  assert.deepEqual(run([believed({})], before).changes, []);
  const again = run([believed({ reports: ['a', 'c'] })], before);
  assert.deepEqual(again.changes, [{ what: 'begun', id: 'new 1', parentId: null, now: 'engine 1' }]);
});

test('a lonely call has an incident of its own household', () => {
  const alone = believed({ deviceId: null, householdId: 'H', reports: ['a'], posterior: 0.8 });
  const { changes } = run([alone], kept([]));
  assert.deepEqual(
    changes.map(({ what }) => what),
    ['begun'],
  );
  const same = kept([row({ id: 'x', deviceId: null, householdId: 'H', reports: 1, posterior: 0.8 })]);
  assert.deepEqual(run([alone], same).changes, []);
});
