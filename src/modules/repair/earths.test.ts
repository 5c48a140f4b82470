import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR } from '#kernel/instant.ts';
import { isRefusal } from '#kernel/result.ts';
import { addGroup, caseView, earthsLaid, returnStep } from '#modules/case/index.ts';
import { askToEnd, decideEnd } from '#modules/case/end-case.ts';
import { doStep, tryStep } from '#modules/case/testing/do-step.ts';
import { switchDevice } from '#modules/network/index.ts';
import { sql } from '#platform/db/sql.ts';
import { transact } from '#platform/db/transact.ts';
import { liftEarthsForCrew } from './earths-commands.ts';
import { earthsDesk } from './earths-reads.ts';
import { faultCounty } from './testing/fault-county.ts';

const county = await faultCounty();
const { database, deps, must, crew, worker, control, dispatcher } = county;
const grid = await county.actor('grid-dispatcher');

async function devicesOf(household: number) {
  return await database.one<{ box: string; feeder: string }>(sql`
    select s.device_id as box, p.feeder_id as feeder from network_supplies s
    join network_places p on p.company_id = s.company_id and p.device_id = s.transformer_id and p.until is null
    where s.household_id = ${county.households[household]?.id ?? ''} and s.until is null order by s.meter_id limit 1`);
}

async function turn(deviceId: string, open: boolean) {
  county.clock.advance(1000);
  const body = { open, planned: false, reason: open ? ('isolation' as const) : ('restoration' as const) };
  const done = await transact(database, (tx) => switchDevice(tx, grid, deviceId, body));
  return isRefusal(done) ? done : 'done';
}

test('nothing is switched onto laid earths, by any way that would give them supply; elsewhere switching goes on', async () => {
  const { box, feeder } = await devicesOf(0);
  assert.equal(await turn(box, true), 'done');
  const { orderId } = await county.fault(0, 'safe', { safe: { earthsPlaced: 2 } });
  const { no } = await database.one<{ no: string }>(sql`
    select c.no from case_orders l join cases c on c.id = l.case_id where l.order_id = ${orderId}`);
  const onto = await turn(box, false);
  assert.ok(typeof onto === 'object');
  assert.deepEqual([onto.refused, onto.detail?.['no'], onto.detail?.['earths']], ['network.earthed', no, 2]);
  const states = await database.one<{ open: boolean }>(sql`
    select n.open from network_states n where n.device_id = ${box}`);
  assert.equal(states.open, true);

  // The feeder above trips and is closed again: the box stays open, and so no supply comes to the earths.
  assert.equal(await turn(feeder, true), 'done');
  assert.equal(await turn(feeder, false), 'done');

  await doStep(county, orderId, worker, 'fix', { values: { earthsRemoved: 2 } });
  assert.equal(await turn(box, false), 'done');
});

test('earths lie where they are laid until their removal is recorded, whatever way the order goes', async () => {
  const { box } = await devicesOf(1);
  assert.equal(await turn(box, true), 'done');
  const { orderId, caseId } = await county.fault(1, 'safe', { safe: { earthsPlaced: 2 } });
  const { ref: from, seq } = await county.take(orderId, 'fix', worker);
  await must((tx) =>
    returnStep(tx, deps, worker, { orderId, seq, from, to: 'survey', reason: '故障点不在这里' }),
  );
  assert.equal(await earthsLaid(database, county.companyId, orderId), 2);
  const onto = await turn(box, false);
  assert.equal(typeof onto === 'object' && onto.refused, 'network.earthed');
  const asked = await must((tx) =>
    askToEnd(tx, dispatcher, { caseId, kind: 'withdrawn', reason: '客户撤回' }),
  );
  const ended = await transact(database, (tx) =>
    decideEnd(tx, deps, control, { id: asked.id, approve: true }),
  );
  assert.deepEqual(isRefusal(ended) && [ended.refused, ended.detail], ['order.earths-laid', { earths: 2 }]);

  await doStep(county, orderId, worker, 'survey');
  const fewer = await tryStep(county, orderId, crew, 'safe', { values: { earthsPlaced: 1 } });
  assert.deepEqual(isRefusal(fewer) && [fewer.refused, fewer.detail], ['order.earths-laid', { earths: 2 }]);
  await doStep(county, orderId, crew, 'safe', { values: { earthsPlaced: 3 } });
  assert.equal(await earthsLaid(database, county.companyId, orderId), 3);
  await doStep(county, orderId, worker, 'fix', { values: { earthsRemoved: 3 } });
  assert.equal(await earthsLaid(database, county.companyId, orderId), 0);
  assert.equal(await turn(box, false), 'done');
});

test('of an outage whose device is known the earths lie at the device', async () => {
  const { box, feeder } = await devicesOf(2);
  assert.equal(await turn(feeder, true), 'done');
  const { orderId } = await county.fault(2, 'survey');
  await must((tx) => addGroup(tx, deps, crew, { orderId, deviceId: feeder }));
  await doStep(county, orderId, crew, 'safe', { values: { earthsPlaced: 1 } });
  const onto = await turn(feeder, false);
  assert.equal(typeof onto === 'object' && onto.refused, 'network.earthed');
  assert.equal(await turn(box, true), 'done');
  assert.equal(await turn(box, false), 'done', 'it stays dark');
});

test('who laid them is off duty: the dispatch centre enters the removal by his word, repeated and counted, and it is marked', async () => {
  const { box } = await devicesOf(4);
  assert.equal(await turn(box, true), 'done');
  const { orderId, caseId } = await county.fault(4, 'safe', {
    safe: { earthsPlaced: 2, earthPlace: '3 号杆' },
  });
  const version = await deps.activeHandbook(database, county.companyId);
  assert.ok(version);
  const { laid } = await earthsDesk(database, grid, version, county.clock.now);
  const [lies] = laid.filter((one) => one.orderId === orderId);
  const { name } = await database.one<{ name: string }>(
    sql`select d.name from network_devices d where d.id = ${box}`,
  );
  assert.deepEqual(
    [lies?.devices, lies?.where, lies?.caseId],
    [[name], ['3 号杆'], null],
    'he sees no case of low voltage',
  );
  assert.ok(lies?.crew.some(({ id }) => id === crew.personId));

  const laidAt = county.clock.now;
  county.clock.advance(HOUR);
  const said = {
    orderId,
    earths: 2,
    toldBy: crew.personId,
    way: 'phone',
    why: 'off-duty',
    at: laidAt + 1,
    repeated: true,
  } as const;
  const refusals = [
    [{ earths: 1 }, 'earths.count'],
    [{ repeated: false }, 'earths.not-repeated'],
    [{ at: laidAt - 1 }, 'earths.time'],
    [{ at: county.clock.now + 1 }, 'earths.time'],
    [{ toldBy: grid.personId }, 'field.yourself'],
    [{ toldBy: orderId }, 'earths.stranger'],
  ] as const;
  for (const [wrong, code] of refusals) {
    const no = await transact(database, (tx) => liftEarthsForCrew(tx, grid, { ...said, ...wrong }));
    assert.equal(isRefusal(no) && no.refused, code);
  }
  assert.equal(await earthsLaid(database, county.companyId, orderId), 2);
  await must((tx) => liftEarthsForCrew(tx, grid, said));
  assert.equal(await earthsLaid(database, county.companyId, orderId), 0);
  assert.equal(await turn(box, false), 'done');
  const after = await earthsDesk(database, grid, version, county.clock.now);
  assert.deepEqual(
    after.liftedFor.map((one) => [one.orderId, one.earths, one.removedAt, one.way, one.why]),
    [[orderId, 2, laidAt + 1, 'phone', 'off-duty']],
  );
  const told = await database.rows<{ to: string }>(sql`
    select n.person_id as to from outbox n where n.template = 'earths-lifted-for'`);
  assert.ok(told.some((one) => one.to === crew.personId));
  const view = await caseView(database, deps.version, dispatcher, caseId, county.clock.now);
  const entry = isRefusal(view) ? undefined : view?.timeline.find((one) => one.type === 'earths.lifted-for');
  assert.equal(entry?.field?.enteredFor?.why, 'off-duty');
  // The crew's own step comes later, and finds nothing to lift.
  await doStep(county, orderId, worker, 'fix', { values: { earthsRemoved: 2 } });
  const again = await transact(database, (tx) => liftEarthsForCrew(tx, grid, said));
  assert.equal(isRefusal(again) && again.refused, 'earths.none');
});

test('no earths are laid where none are counted', async () => {
  const { box } = await devicesOf(3);
  assert.equal(await turn(box, true), 'done');
  await county.fault(3, 'safe', { safe: { earthsPlaced: 0 } });
  assert.equal(await turn(box, false), 'done');
});
