import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, MINUTE } from '#kernel/instant.ts';
import { switchDevice } from '#modules/network/index.ts';
import { sql } from '#platform/db/sql.ts';
import { liveInference } from './live-inference.ts';
import { sourcesView } from './source-reads.ts';
import { outageCounty } from './testing/outage-county.ts';

test('calls from below one transformer are one incident with one order: the first; the others join it', async () => {
  const t = await outageCounty();
  const [area] = await t.transformers(8);
  assert.ok(area !== undefined);
  const cases = [];
  for (const household of area.households.slice(0, 6)) {
    cases.push(await t.ring(household));
    t.clock.advance(MINUTE);
    await t.turn();
  }
  await t.turn();
  const open = await t.open();
  assert.deepEqual(
    open.map(({ device, reports, orderId, hazard }) => [device?.id, reports, orderId, hazard]),
    [[area.id, 6, cases[0]?.orderId, null]],
  );
  const [incident] = open;
  assert.ok(incident !== undefined && incident.posterior > 0.4 && incident.households >= 8);
  assert.ok(incident.feeder !== null && incident.lon !== null && incident.caseId !== null);
  const orders = await t.ordersOf(cases.map(({ caseId }) => caseId));
  assert.deepEqual([...new Set(orders.map(({ orderId }) => orderId))], [cases[0]?.orderId]);
  // Each keeps a contact of its own, and all clocks of arrival are the order's.
  const before = await t.history(incident.id);
  assert.equal(before.filter((type) => type === 'joined').length, 5);
  await t.turn();
  assert.deepEqual(await t.history(incident.id), before, 'nothing new, nothing written');

  await t.restart();
  await t.turn();
  const again = await t.open();
  assert.deepEqual(
    again.map(({ id, device, reports }) => [id, device?.id, reports]),
    [[incident.id, area.id, 6]],
  );
  assert.deepEqual(await t.history(incident.id), before, 'rebuilt from the rows as it was');
});

test('a lonely call is never dropped: an incident of its own, with the order that it has', async () => {
  const t = await outageCounty();
  const [area] = await t.transformers(8);
  const household = area?.households[0];
  assert.ok(household !== undefined);
  const { orderId } = await t.ring(household);
  await t.turn();
  const [own] = await t.open();
  assert.deepEqual([own?.device, own?.reports, own?.orderId, own?.state], [null, 1, orderId, 'suspected']);
  assert.ok(own?.place !== null);
});

test('a call without a case has an order of the program when it has settled; one of a meter alone has none', async () => {
  const t = await outageCounty();
  const [area, other] = await t.transformers(4);
  assert.ok(area !== undefined && other !== undefined);
  await t.hear([
    { householdId: area.households[0] ?? null },
    { householdId: other.households[0] ?? null, source: 'last_gasp' },
  ]);
  await t.turn();
  await t.turn();
  assert.deepEqual(
    (await t.open()).map(({ orderId }) => orderId),
    [null, null],
  );
  t.clock.advance(2 * MINUTE);
  await t.turn();
  const orders = (await t.open()).map(({ orderId }) => orderId);
  assert.equal(orders.filter((id) => id !== null).length, 1);
  const made = await t.database.one<{ household: string; process: string; anonymous: boolean | null }>(sql`
    select c.household_id as household, c.process, (o.process_state #> '{facts,anonymous}')::boolean as anonymous
    from cases c join case_orders l on l.case_id = c.id join orders o on o.id = l.order_id
    where o.id = ${orders.find((id) => id !== null) ?? ''}`);
  assert.deepEqual(made, { household: area.households[0], process: 'repair-low', anonymous: false });
  const count = await t.database.one<{ n: number }>(sql`select count(*) as n from outage_reports`);
  assert.equal(count.n, 2, 'what the program opened is no report');
  t.clock.advance(25 * HOUR);
  await t.turn();
  assert.equal((await t.open()).length, 1, 'a lone meter of yesterday is over, a call is not');
});

test('what only meters know is opened by the program for the device, in its process, and joined by whoever rings later', async () => {
  const t = await outageCounty();
  const [area] = await t.transformers(8);
  assert.ok(area !== undefined);
  await t.hear(area.households.slice(0, 7).map((householdId) => ({ householdId, source: 'last_gasp' })));
  await t.turn();
  t.clock.advance(3 * MINUTE);
  await t.turn();
  const [incident] = await t.open();
  assert.deepEqual([incident?.device?.id, incident?.held], [area.id, false]);
  assert.ok(typeof incident?.orderId === 'string');
  const { process } = await t.database.one<{ process: string }>(
    sql`select o.process from orders o where o.id = ${incident.orderId}`,
  );
  assert.equal(process, 'repair-medium');
  const later = await t.ring(area.households[7] ?? '');
  await t.turn();
  assert.deepEqual(await t.ordersOf([later.caseId]), [{ caseId: later.caseId, orderId: incident.orderId }]);
});

test('a recorded opening is evidence at once, a closing ends it; a planned one sends nobody', async () => {
  const t = await outageCounty();
  const actor = await t.actor('grid-dispatcher');
  const [area, other] = await t.transformers(8);
  assert.ok(area !== undefined && other !== undefined);
  const { id: fuse } = await t.database.one<{ id: string }>(sql`
    select p.parent_id as id from network_places p where p.device_id = ${area.id} and p.until is null`);
  const record = (id: string, open: boolean, planned: boolean) =>
    t.must((tx) =>
      switchDevice(tx, actor, id, {
        open,
        planned,
        reason: planned ? 'maintenance' : open ? 'trip' : 'restoration',
      }),
    );
  await t.turn();
  await record(fuse, true, false);
  await t.turn();
  await t.turn();
  const [incident] = await t.open();
  assert.deepEqual([incident?.device?.id, incident?.state], [fuse, 'confirmed']);
  assert.ok((incident?.posterior ?? 0) > 0.99);
  t.clock.advance(30 * MINUTE);
  await t.turn();
  const withOrder = (await t.open()).find(({ id }) => id === incident?.id);
  assert.ok(typeof withOrder?.orderId === 'string');
  await record(fuse, false, false);
  await t.turn();
  await t.turn();
  assert.equal((await t.open()).find(({ id }) => id === incident?.id)?.state, 'restored');

  const { id: box } = await t.database.one<{ id: string }>(sql`
    select s.device_id as id from network_supplies s where s.transformer_id = ${other.id} limit 1`);
  await record(box, true, true);
  t.clock.advance(10 * MINUTE);
  for (let i = 0; i < 3; i += 1) await t.turn();
  const planned = (await t.open()).find(({ device }) => device?.id === box);
  assert.deepEqual([planned?.planned, planned?.orderId], [true, null]);
  await record(box, false, true);
  for (let i = 0; i < 2; i += 1) await t.turn();
  assert.equal(
    (await t.open()).find(({ device }) => device?.id === box),
    undefined,
  );
});

test('half a county in one snapshot of its meters waits for a yes; people who ring are the yes', async () => {
  const t = await outageCounty();
  const everybody = await t.database.rows<{ id: string }>(sql`
    select distinct s.household_id as id from network_supplies s order by 1`);
  await t.hear(everybody.map(({ id }) => ({ householdId: id, source: 'last_gasp' })));
  await t.turn();
  t.clock.advance(3 * MINUTE);
  await t.turn();
  const held = await t.open();
  assert.ok(held.length > 0);
  assert.deepEqual(
    held.filter(({ held: waits, orderId }) => !waits || orderId !== null),
    [],
  );
  const bells = await t.database.one<{ n: number }>(sql`
    select count(*) as n from outbox where template = 'outage-held'`);
  assert.ok(bells.n > 0);
  const told = await t.database.one<{ n: number }>(
    sql`select count(*) as n from outbox where channel = 'sms'`,
  );
  assert.equal(told.n, 0, 'nobody outside is told anything');
  await t.ring(everybody[0]?.id ?? '');
  await t.turn();
  await t.turn();
  assert.ok((await t.open()).some(({ held: waits, orderId }) => !waits && orderId !== null));
});

test('one process infers for a company at a time; another goes on where it stopped', async () => {
  const t = await outageCounty();
  assert.equal(await t.turn(), true);
  const second = liveInference(t.database, t.deps, 1);
  assert.equal(await second.turn(t.companyId), false);
  await t.restart();
  assert.equal(await second.turn(t.companyId), true);
  assert.equal(await t.turn(), false);
  await second.stop();
});

test('a head-end that is cut off: its hours are missing data, and the silence of its meters speaks for nothing', async () => {
  const t = await outageCounty();
  const [area] = await t.transformers(8);
  assert.ok(area !== undefined);
  const contact = async (at: number) =>
    await t.database.run(sql`
      insert into door_keys (company_id, id, door, name, scopes, key_hash, made_by, made_at, expires_at, used_at)
      values (${t.companyId}, ${t.companyId}, 'meters', '采集主站', '{}', 'x', ${t.call.personId}, now() - interval '9 days',
        now() + interval '900 days', ${new Date(at).toISOString()})
      on conflict (company_id, id) do update set used_at = excluded.used_at`);
  const sources = async () => {
    const view = await sourcesView(t.database, t.companyId, HOUR, t.clock.now);
    return Object.fromEntries(view.map((one) => [one.source, one]));
  };
  await contact(t.clock.now - 5 * MINUTE);
  await t.hear([{ householdId: area.households[9] ?? null, source: 'last_gasp', at: t.clock.now - MINUTE }]);
  await t.turn();
  for (const household of area.households.slice(0, 3)) await t.ring(household);
  await t.turn();
  const heard = (await t.open()).find(({ device }) => device !== null);
  const { counts: while_heard } = await explained(heard?.id ?? '');
  assert.ok(while_heard.silentMeters > 0, 'meters that are heard and say nothing are evidence');
  assert.equal((await sources())['meters']?.silentSince, null);

  t.clock.advance(3 * HOUR);
  await contact(t.clock.now - 2 * HOUR);
  await t.ring(area.households[4] ?? '');
  await t.turn();
  const after = (await t.open()).find(({ device }) => device !== null);
  assert.equal((await explained(after?.id ?? '')).counts.silentMeters, 0);
  const { meters, people, telemetry } = await sources();
  assert.equal(meters?.silentSince, t.clock.now - 2 * HOUR);
  assert.deepEqual(meters.hours.slice(-1), [null], 'unknown, and not nought');
  assert.equal(people?.hours.at(-1), 1);
  assert.ok(telemetry?.hours.every((count) => count === null || count === 0));

  async function explained(id: string) {
    const row = await t.database.one<{ explained: { counts: { silentMeters: number } } }>(sql`
      select i.explained from outage_incidents i where i.id = ${id}`);
    return row.explained;
  }
});

test('what was recorded as open began when it was recorded, also for a process that starts later', async () => {
  const t = await outageCounty();
  const [area, other] = await t.transformers(8);
  assert.ok(area !== undefined && other !== undefined);
  await t.ring(other.households[0] ?? '');
  await t.turn();
  t.clock.advance(3 * HOUR);
  await t.must((tx) =>
    switchDevice(tx, t.dispatcher, area.id, { open: true, planned: false, reason: 'trip', note: '' }),
  );
  const since = async () => (await t.open()).find(({ device }) => device?.id === area.id)?.since;
  const at = t.clock.now;
  await t.turn();
  assert.equal(await since(), at);
  await t.restart();
  t.clock.advance(5 * MINUTE);
  await t.turn();
  assert.equal(await since(), at, 'and not when the first report of the day came');
});
