import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, MINUTE } from '#kernel/instant.ts';
import { isRefusal } from '#kernel/result.ts';
import { smallCounty } from '#modules/case/testing/small-county.ts';
import { sql } from '#platform/db/sql.ts';
import { transact } from '#platform/db/transact.ts';
import { deviceView } from './device-view.ts';
import { companyFeedTree } from './feed-tree-read.ts';
import { gridAt } from './grid-reads.ts';
import type { SwitchBody } from './network-api.ts';
import { feederView, findDevices, householdsBelow, networkOverview } from './network-reads.ts';
import { switchDevice } from './switch-device.ts';

const OPEN: SwitchBody = { open: true, planned: false, reason: 'trip' };
const CLOSE: SwitchBody = { open: false, planned: false, reason: 'restoration' };

async function county() {
  const t = await smallCounty();
  const actor = await t.actor('grid-dispatcher');
  const attempt = (id: string, body: SwitchBody) =>
    transact(t.database, (tx) => switchDevice(tx, actor, id, body));
  const codeOf = async (id: string, body: SwitchBody) => {
    const result = await attempt(id, body);
    return isRefusal(result) ? result.refused : 'done';
  };
  return {
    ...t,
    codeOf,
    switched: (id: string, body: SwitchBody) => t.must((tx) => switchDevice(tx, actor, id, body)),
    view: async (id: string, at: number | null = null) => {
      const view = await deviceView(t.database, { companyId: t.companyId, maySwitch: true }, id, at);
      assert.ok(view !== undefined);
      return view;
    },
    overview: () => networkOverview(t.database, t.companyId),
    /** A feeder with a tie, the tie, and a device of the trunk between them. */
    tied: async () =>
      await t.database.one<{ feeder: string; tie: string; other: string }>(sql`
        select p.feeder_id as feeder, p.device_id as tie, o.feeder_id as other from network_places p
        join network_places o on o.company_id = p.company_id and o.device_id = p.tie_id
        where p.company_id = ${t.companyId} and p.tie_id is not null
        order by (select count(*) from network_places b where b.feeder_id = p.feeder_id) desc, p.device_id limit 1`),
  };
}

test('a feeder that trips darkens its households; a transfer gives them back; the way of supply turns', async () => {
  const t = await county();
  const { feeder, tie, other } = await t.tied();
  const before = await t.view(feeder);
  assert.ok(before.below.households > 0 && before.supplied && !before.open);
  const { households } = await householdsBelow(t.database, t.companyId, feeder, 0).then((one) => one!);
  assert.equal(before.below.households, households.length);
  const expected = before.below.households - before.below.otherwiseSupplied;

  const trip = await t.switched(feeder, OPEN);
  assert.deepEqual([trip.darkened, trip.restored], [expected, 0]);
  const dark = await t.overview();
  assert.deepEqual(
    [dark.dark, dark.offNormal.map(({ id, reason }) => [id, reason])],
    [expected, [[feeder, 'trip']]],
  );
  const drawn = await feederView(t.database, t.companyId, feeder);
  assert.ok(drawn?.devices.some(({ supplied }) => !supplied));
  // Who is concerned is still to be seen while it is dark.
  assert.equal((await t.view(feeder)).below.households, before.below.households);

  t.clock.advance(10 * MINUTE);
  const transfer = await t.switched(tie, { open: false, planned: false, reason: 'transfer' });
  assert.deepEqual([transfer.darkened, transfer.restored], [0, expected]);
  assert.equal((await t.overview()).dark, 0);
  const fed = await t.view(feeder);
  assert.ok(fed.supplied && fed.open && fed.up.some(({ id }) => id === other));
});

test('who was below whom at any past instant is answered from what was switched until then', async () => {
  const t = await county();
  const { feeder, tie, other } = await t.tied();
  const normal = t.clock.now;
  t.clock.advance(HOUR);
  await t.switched(feeder, OPEN);
  const tripped = t.clock.now;
  t.clock.advance(HOUR);
  await t.switched(tie, { open: false, planned: false, reason: 'transfer' });
  t.clock.advance(HOUR);
  const downstream = (await t.view(tie)).up;
  assert.ok(downstream.length > 0);
  const inner = (await feederView(t.database, t.companyId, feeder))!.devices.find(
    ({ kind, parent }) => kind === 'transformer' && parent !== null,
  )!;
  const way = async (at: number | null) => (await t.view(inner.id, at)).up.map(({ id }) => id);
  assert.ok((await way(normal)).includes(feeder));
  assert.deepEqual(await way(tripped), []);
  assert.ok((await way(null)).includes(other) && !(await way(null)).includes(feeder));
  // The present state is what the switchings add up to.
  const [now, folded] = [
    await gridAt(t.database, t.companyId, null),
    await gridAt(t.database, t.companyId, t.clock.now),
  ];
  assert.deepEqual([...now.open].toSorted(), [...folded.open].toSorted());
});

test('low voltage: a box that is off darkens its own meters alone', async () => {
  const t = await county();
  const { id: box, transformer } = await t.database.one<{ id: string; transformer: string }>(sql`
    select s.device_id as id, s.transformer_id as transformer from network_supplies s
    where s.company_id = ${t.companyId}
    group by s.device_id, s.transformer_id order by count(*) desc, s.device_id limit 1`);
  const view = await t.view(box);
  assert.deepEqual([view.transformer?.id, view.lowVoltage.length > 1], [transformer, true]);
  const { darkened } = await t.switched(box, { open: true, planned: true, reason: 'maintenance' });
  assert.equal(darkened, view.below.households);
  const after = await t.view(transformer);
  const off = after.lowVoltage.filter(({ supplied }) => !supplied);
  assert.ok(off.length > 0 && off.length < after.lowVoltage.length);
  assert.equal(
    off.reduce((sum, { meters }) => sum + meters, 0),
    darkened,
  );
  assert.equal((await t.overview()).dark, darkened);
});

test('an important user with two supplies is dark only when both are', async () => {
  const t = await county();
  const supplies = await t.database.rows<{ household: string; transformer: string }>(sql`
    select s.household_id as household, s.transformer_id as transformer from network_supplies s
    where s.company_id = ${t.companyId} and s.household_id in (
      select o.household_id from network_supplies o where o.company_id = ${t.companyId}
      group by o.household_id having count(*) > 1)
    order by s.household_id, s.transformer_id`);
  const [first, second] = supplies;
  assert.ok(first !== undefined && second !== undefined && first.household === second.household);
  assert.equal((await t.view(first.transformer)).below.otherwiseSupplied, 1);
  assert.equal((await t.switched(first.transformer, OPEN)).darkened, 0);
  assert.equal((await t.switched(second.transformer, OPEN)).darkened, 1);
  t.clock.advance(HOUR);
  assert.equal((await t.switched(first.transformer, CLOSE)).restored, 1);
});

test('what cannot be recorded is refused, and leaves nothing', async () => {
  const t = await county();
  const { feeder, tie } = await t.tied();
  const section = await t.database.one<{ id: string }>(sql`
    select d.id from network_devices d where d.company_id = ${t.companyId} and d.kind = 'section' limit 1`);
  assert.equal(await t.codeOf(section.id, OPEN), 'network.not-switchable');
  assert.equal(await t.codeOf('00000000-0000-7000-8000-000000000000', OPEN), 'http.not-found');
  assert.equal(await t.codeOf(feeder, CLOSE), 'network.stale');
  assert.equal(await t.codeOf(feeder, { ...OPEN, at: t.clock.now + 1 }), 'network.bad-moment');
  assert.equal(await t.codeOf(feeder, { ...OPEN, at: t.clock.now - 13 * HOUR }), 'network.bad-moment');
  assert.equal(await t.codeOf(tie, { ...CLOSE, reason: 'transfer' }), 'network.would-ring');
  const { n } = await t.database.one<{ n: number }>(sql`select count(*) as n from network_switchings`);
  assert.equal(n, 0);

  assert.equal(await t.codeOf(tie, { ...CLOSE, reason: 'transfer', acceptRing: true }), 'done');
  assert.equal(await t.codeOf(feeder, { ...OPEN, at: t.clock.now - HOUR }), 'done');
  // Not before its own last switching.
  assert.equal(
    await t.codeOf(feeder, { ...CLOSE, at: t.clock.now - 2 * HOUR, acceptRing: true }),
    'network.bad-moment',
  );
});

test('two dispatchers on one device: the second is told that it is so already', async () => {
  const t = await county();
  const { feeder } = await t.tied();
  const both = await Promise.all([t.codeOf(feeder, OPEN), t.codeOf(feeder, OPEN)]);
  assert.deepEqual(both.toSorted(), ['done', 'network.stale']);
});

test('devices are found by the beginning of their code and by a part of their name', async () => {
  const t = await county();
  const { feeder } = await t.tied();
  const { code, name } = await t.view(feeder);
  const byCode = await findDevices(t.database, t.companyId, code);
  assert.ok(byCode.some(({ id }) => id === feeder) && byCode.every((one) => one.code.startsWith(code)));
  const byName = await findDevices(t.database, t.companyId, name.slice(4));
  assert.equal(byName[0]?.id, feeder);
  assert.deepEqual(await findDevices(t.database, t.companyId, '%'), []);
});

test('households below come masked, a page at a time, those of importance first', async () => {
  const t = await county();
  const { feeder } = await t.tied();
  const below = (await householdsBelow(t.database, t.companyId, feeder, 0))!;
  assert.equal(below.total, (await t.view(feeder)).below.households);
  assert.ok(below.households.every(({ accountNo }) => accountNo.includes('*')));
  const ranks = below.households.map(({ important }) => Number(!important));
  assert.deepEqual(ranks, ranks.toSorted());
  assert.deepEqual((await householdsBelow(t.database, t.companyId, feeder, 100_000))!.households, []);
});

test('the grid as inference reads it: every meter hangs somewhere, and a transfer is seen', async () => {
  const t = await county();
  const { feeder, tie } = await t.tied();
  const normal = await companyFeedTree(t.database, t.companyId);
  const { n } = await t.database.one<{ n: number }>(sql`select count(*) as n from network_supplies`);
  assert.equal(normal.customers.length, n);
  const ids = new Set(normal.devices.map(({ id }) => id));
  assert.ok(normal.customers.every(({ device }) => ids.has(device)));
  assert.ok(normal.devices.every(({ parent }) => parent === null || ids.has(parent)));
  assert.equal(normal.devices.find(({ id }) => id === feeder)?.parent, null);

  await t.switched(feeder, OPEN);
  await t.switched(tie, { open: false, planned: false, reason: 'transfer' });
  const transferred = await companyFeedTree(t.database, t.companyId);
  assert.ok(transferred.devices.some(({ parent }) => parent === tie));
  assert.equal(transferred.customers.length, n);
});
