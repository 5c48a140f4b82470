import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MINUTE } from '#kernel/instant.ts';
import { isRefusal, type Refusal } from '#kernel/result.ts';
import type { Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { transact } from '#platform/db/transact.ts';
import {
  callFalseAlarm,
  confirmIncident,
  mergeIncidents,
  moveIncident,
  splitIncident,
} from './decide-commands.ts';
import { incidentView } from './incident-reads.ts';
import { outageCounty } from './testing/outage-county.ts';

/** One transformer whose customers rang, inferred and ordered. */
async function withIncident(calls = 6) {
  const t = await outageCounty();
  const [area, other] = await t.transformers(8);
  assert.ok(area !== undefined && other !== undefined);
  for (const household of area.households.slice(0, calls)) await t.ring(household);
  await t.turn();
  await t.turn();
  const [incident] = await t.open();
  assert.equal(incident?.device?.id, area.id);
  const parentOf = async (id: string) =>
    (
      await t.database.one<{ id: string }>(sql`
        select p.parent_id as id from network_places p where p.device_id = ${id} and p.until is null`)
    ).id;
  const codeOf = async (command: (tx: Tx) => Promise<object | Refusal>) => {
    const result = await transact(t.database, command);
    return isRefusal(result) ? result.refused : 'done';
  };
  const current = async (id: string) => {
    const found = (await t.open()).find((one) => one.id === id);
    assert.ok(found !== undefined);
    return found;
  };
  return { ...t, area, other, incident, parentOf, codeOf, current };
}

test('a confirmed incident is certain, its explanation says which calls and which silence', async () => {
  const t = await withIncident();
  const { id, version } = t.incident;
  const view = await incidentView(t.database, t.dispatcher, id, t.clock.now);
  assert.equal(view?.explained?.counts.callers, 6);
  assert.equal(view?.lastReports.length, 6);
  assert.ok((view?.explained?.counts.silentCustomers ?? 0) >= 2 && view?.above.length !== 0);
  assert.equal(await t.codeOf((tx) => confirmIncident(tx, t.dispatcher, id, { version })), 'done');
  await t.turn();
  const now = await t.current(id);
  assert.deepEqual([now.state, now.posterior, now.word], ['confirmed', 1, 'confirmed']);
  assert.equal(now.orderId, t.incident.orderId);
});

test('of two dispatchers who act on the same state the second is told that it has moved', async () => {
  const t = await withIncident();
  const { id, version } = t.incident;
  assert.equal(await t.codeOf((tx) => confirmIncident(tx, t.dispatcher, id, { version })), 'done');
  assert.equal(await t.codeOf((tx) => callFalseAlarm(tx, t.dispatcher, id, { version })), 'outage.stale');
  const nobody = '00000000-0000-7000-8000-000000000000';
  assert.equal(
    await t.codeOf((tx) => confirmIncident(tx, t.dispatcher, nobody, { version })),
    'http.not-found',
  );
});

test('moved to the device above: the incident and its order stay, and evidence does not take it back', async () => {
  const t = await withIncident();
  const { id, version, orderId } = t.incident;
  const fuse = await t.parentOf(t.area.id);
  const far = t.other.id;
  assert.equal(
    await t.codeOf((tx) => moveIncident(tx, t.dispatcher, id, { version, deviceId: far })),
    'outage.not-in-line',
  );
  assert.equal(
    await t.codeOf((tx) => moveIncident(tx, t.dispatcher, id, { version, deviceId: fuse })),
    'done',
  );
  for (let i = 0; i < 3; i += 1) {
    t.clock.advance(MINUTE);
    await t.turn();
  }
  const open = await t.open();
  assert.deepEqual(
    open.map((one) => [one.id, one.device?.id, one.orderId, one.reports]),
    [[id, fuse, orderId, 6]],
  );
  assert.ok(open[0] !== undefined && open[0].households >= t.incident.households);
  await t.restart();
  await t.turn();
  assert.deepEqual(
    (await t.open()).map((one) => [one.id, one.device?.id]),
    [[id, fuse]],
  );
});

test('a false alarm ends it, its reports are over, and a new call is a new one', async () => {
  const t = await withIncident();
  const { id, version } = t.incident;
  assert.equal(await t.codeOf((tx) => callFalseAlarm(tx, t.dispatcher, id, { version })), 'done');
  await t.turn();
  await t.turn();
  assert.deepEqual(await t.open(), []);
  t.clock.advance(10 * MINUTE);
  await t.ring(t.area.households[7] ?? '');
  await t.turn();
  const [next] = await t.open();
  assert.ok(next !== undefined && next.id !== id);
  assert.equal(next.reports, 1);
});

test('two incidents of one fault are merged: one order, the device above both; the other is closed', async () => {
  const t = await withIncident(4);
  t.clock.advance(40 * MINUTE);
  const [household = ''] = t.other.households;
  const lonely = await t.ring(household);
  await t.turn();
  await t.turn();
  const [mine, other] = await t.open();
  assert.ok(mine !== undefined && other !== undefined);
  const merge = { version: mine.version, otherId: other.id, otherVersion: other.version };
  assert.equal(
    await t.codeOf((tx) => mergeIncidents(tx, t.dispatcher, mine.id, { ...merge, otherId: mine.id })),
    'outage.same-incident',
  );
  assert.equal(
    await t.codeOf((tx) => mergeIncidents(tx, t.dispatcher, mine.id, { ...merge, otherVersion: 99 })),
    'outage.stale',
  );
  assert.equal(await t.codeOf((tx) => mergeIncidents(tx, t.dispatcher, mine.id, merge)), 'done');
  await t.turn();
  await t.turn();
  const open = await t.open();
  assert.deepEqual(
    open.map(({ id, reports, orderId }) => [id, reports, orderId]),
    [[mine.id, 5, mine.orderId]],
  );
  assert.ok(open[0]?.device !== null && open[0]?.device.id !== t.area.id);
  assert.deepEqual(await t.ordersOf([lonely.caseId]), [{ caseId: lonely.caseId, orderId: mine.orderId }]);
});

test('split over two boxes: each with the reports below it, the order stays with the first', async () => {
  const t = await withIncident();
  const { id, version, orderId } = t.incident;
  const boxes = await t.database.rows<{ id: string }>(sql`
    select s.device_id as id from network_supplies s join outage_reports r on r.meter_id = s.meter_id
    where r.incident_id = ${id} group by s.device_id order by count(*) desc, s.device_id limit 2`);
  assert.equal(boxes.length, 2);
  const deviceIds = boxes.map((one) => one.id);
  assert.equal(await t.codeOf((tx) => splitIncident(tx, t.dispatcher, id, { version, deviceIds })), 'done');
  await t.turn();
  const open = await t.open();
  const first = open.find((one) => one.id === id);
  const second = open.find((one) => one.device?.id === deviceIds[1]);
  assert.deepEqual([first?.device?.id, first?.orderId], [deviceIds[0], orderId]);
  assert.ok(second !== undefined && second.reports > 0 && first !== undefined && first.reports > 0);
  assert.equal(
    open.reduce((sum, { reports }) => sum + reports, 0),
    6,
    'every report is somewhere',
  );
});
