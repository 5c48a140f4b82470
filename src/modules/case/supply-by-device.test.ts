import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MINUTE } from '#kernel/instant.ts';
import { householdsByDevice } from '#modules/network/index.ts';
import { sql } from '#platform/db/sql.ts';
import { transact } from '#platform/db/transact.ts';
import { acceptCase } from './case-commands.ts';
import { addGroup, recordSupply, supplyView } from './supply-groups.ts';
import { doStep } from './testing/do-step.ts';
import { anIntake, smallCounty } from './testing/small-county.ts';

const county = await smallCounty();
const { database, deps, must, companyId } = county;
const call = await county.actor('call-taker');
const dispatcher = await county.actor('dispatcher');
const crew = await county.actor('repair-lead');
const worker = await county.actor('repair-worker');

/** A fault of low voltage that is at work, with an earth placed. */
async function earthedFault() {
  const { id: householdId } = await database.one<{ id: string }>(sql`
    select h.id from households h join units u on u.company_id = h.company_id and u.id = h.station_id
    where u.code = 'station-05' order by h.account_no limit 1`);
  const intake = anIntake({ process: 'repair-low', channel: 'phone', householdId });
  const { orderId } = await must((tx) => acceptCase(tx, deps, call, intake));
  assert.ok(orderId);
  for (const [step, actor] of [
    ['judge', dispatcher],
    ['dispatch', dispatcher],
    ['accept', crew],
    ['arrive', crew],
    ['survey', worker],
  ] as const)
    await doStep(county, orderId, actor, step);
  await doStep(county, orderId, crew, 'safe', { values: { earthsPlaced: 1 } });
  return orderId;
}

test('the households of a group are counted from the network, who has another supply apart, and nobody twice', async () => {
  const orderId = await earthedFault();
  const [transformer, other] = await database.rows<{ id: string; households: number }>(sql`
    select s.transformer_id as id, count(distinct s.household_id) as households from network_supplies s
    where s.until is null and not exists (select 1 from network_supplies o where o.household_id = s.household_id
      and o.transformer_id <> s.transformer_id and o.until is null)
    group by s.transformer_id order by 2 desc, 1 limit 2`);
  assert.ok(transformer && other);
  const deviceId = transformer.id;
  await must((tx) => addGroup(tx, deps, crew, { orderId, deviceId }));
  const view = await supplyView(database, deps, crew, orderId, county.clock.now);
  assert.deepEqual(
    view?.groups.map((one) => [one.device?.id, one.households, one.otherwiseSupplied]),
    [[deviceId, transformer.households, 0]],
  );
  const branch = await database.one<{ id: string }>(sql`
    select s.device_id as id from network_supplies s where s.transformer_id = ${deviceId} and s.until is null limit 1`);
  const add = (body: { deviceId?: string; label?: string; households?: number }) =>
    transact(database, (tx) => addGroup(tx, deps, crew, { orderId, ...body }));
  const twice = await add({ deviceId: branch.id });
  assert.deepEqual('refused' in twice && twice.refused, 'supply.device-overlaps');
  assert.ok('id' in (await add({ deviceId: other.id })));
  assert.deepEqual(await add({ label: '没有户数' }), { refused: 'supply.group-empty' });
  assert.deepEqual(await add({ deviceId: companyId }), { refused: 'supply.device-unknown' });
});

test('a household with two supplies is not dark when one of them fails', async () => {
  const dual = await database.one<{ household: string; transformer: string }>(sql`
    select s.household_id as household, min(s.transformer_id::text)::uuid as transformer from network_supplies s
    where s.until is null group by s.household_id having count(distinct s.transformer_id) > 1 limit 1`);
  const found = await householdsByDevice(database, companyId, dual.transformer);
  assert.ok(found && found.otherwiseSupplied >= 1);
  const all = await database.one<{ n: number }>(sql`
    select count(distinct s.household_id) as n from network_supplies s
    where s.transformer_id = ${dual.transformer} and s.until is null`);
  assert.equal(found.dark + found.otherwiseSupplied, all.n);
});

test('while an earth is recorded as placed nothing is energised by the repair; a generator may supply the sound part', async () => {
  const orderId = await earthedFault();
  const group = async (label: string) =>
    (await must((tx) => addGroup(tx, deps, crew, { orderId, label, households: 20 }))).id;
  const [near, far] = [await group('前街'), await group('后街')];
  county.clock.advance(MINUTE);
  const at = county.clock.now;
  const energise = (groupId: string, way: 'repair' | 'generator') =>
    transact(database, (tx) =>
      recordSupply(tx, deps, crew, { orderId, groupId, what: 'energised', at, way }),
    );
  assert.deepEqual(await energise(near, 'repair'), { refused: 'supply.earths-placed' });
  assert.deepEqual(await energise(near, 'generator'), { open: 2 });
  const say = (groupId: string) =>
    must((tx) => recordSupply(tx, deps, crew, { orderId, groupId, what: 'resupplied', at }));
  await say(near);
  const view = await supplyView(database, deps, crew, orderId, county.clock.now);
  assert.deepEqual(
    view?.groups.map((one) => one.way),
    ['generator', null],
  );
  await doStep(county, orderId, worker, 'fix');
  assert.deepEqual(await energise(far, 'repair'), { open: 1 });
});
