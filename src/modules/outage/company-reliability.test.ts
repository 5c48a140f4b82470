import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, MINUTE } from '#kernel/instant.ts';
import { smallCounty } from '#modules/case/testing/small-county.ts';
import { sql } from '#platform/db/sql.ts';
import { switchDevice } from '#modules/network/index.ts';
import { companyReliability } from './company-reliability.ts';
import { keptReliability } from './kept-reliability.ts';

test('the figures follow from the switchings: nested ones once, a blink apart, what is dark still counts until now', async () => {
  const t = await smallCounty();
  const actor = await t.actor('grid-dispatcher');
  const { feeder, transformer } = await t.database.one<{ feeder: string; transformer: string }>(sql`
    select p.feeder_id as feeder, p.device_id as transformer from network_places p
    join network_supplies s on s.company_id = p.company_id and s.transformer_id = p.device_id
    where p.company_id = ${t.companyId} and not exists (
      select 1 from network_supplies o where o.household_id = s.household_id and o.meter_id <> s.meter_id)
    order by p.device_id limit 1`);
  const { below, own, served } = await t.database.one<{ below: number; own: number; served: number }>(sql`
    with single as (
      select s.household_id, s.transformer_id from network_supplies s where s.company_id = ${t.companyId} and not exists (
        select 1 from network_supplies o where o.household_id = s.household_id and o.meter_id <> s.meter_id))
    select count(*) as served, count(*) filter (where p.feeder_id = ${feeder}) as below,
      count(*) filter (where p.device_id = ${transformer}) as own
    from single join network_places p on p.company_id = ${t.companyId} and p.device_id = single.transformer_id`);
  const act = async (id: string, open: boolean, planned = false) => {
    const reason = open ? (planned ? 'maintenance' : 'trip') : 'restoration';
    await t.must((tx) => switchDevice(tx, actor, id, { open, planned, reason }));
  };
  const figures = () => companyReliability(t.database, t.companyId, 2026, t.clock.now);
  assert.deepEqual([(await figures()).served, (await figures()).all.total.saidi], [served, 0]);

  // The transformer's outage begins within the feeder's and outlasts it by an hour.
  await act(feeder, true);
  t.clock.advance(HOUR / 2);
  await act(transformer, true, true);
  t.clock.advance(HOUR / 2);
  await act(feeder, false);
  t.clock.advance(HOUR);
  const { total } = (await figures()).all;
  const hours = below + own;
  assert.ok(Math.abs(total.customerHours - hours) < 1e-6, `${total.customerHours} ${hours}`);
  assert.ok(Math.abs(total.saifi - below / served) < 1e-9);
  assert.equal(total.interruptions.length > 0, true);

  await act(transformer, false);
  t.clock.advance(HOUR);
  await act(transformer, true);
  t.clock.advance(MINUTE);
  await act(transformer, false);
  const after = await figures();
  assert.ok(Math.abs(after.all.total.customerHours - hours) < 1e-6);
  assert.ok(Math.abs(after.all.total.maifi - own / served) < 1e-9);
  const town = after.all.byTown.reduce((sum, { customerHours }) => sum + customerHours, 0);
  assert.ok(Math.abs(town - hours) < 1e-6);
  const listed = after.interruptions.reduce((sum, { customerHours }) => sum + customerHours, 0);
  assert.ok(Math.abs(listed - hours - own / 60) < 1e-6);
  assert.equal((await companyReliability(t.database, t.companyId, 2025, t.clock.now)).all.total.saifi, 0);

  // Within a minute everybody gets the same, counted once; after it the figures are counted anew.
  const reliabilityOf = keptReliability(t.database);
  const both = await Promise.all([reliabilityOf(t.companyId, 2026), reliabilityOf(t.companyId, 2026)]);
  assert.equal(both[0], both[1]);
  t.clock.advance(30_000);
  assert.equal(await reliabilityOf(t.companyId, 2026), both[0]);
  assert.notEqual(await reliabilityOf(t.companyId, 2025), both[0]);
  t.clock.advance(31_000);
  const later = await reliabilityOf(t.companyId, 2026);
  assert.equal(later.to, t.clock.now);
  assert.deepEqual(later.all.total.interruptions, both[0].all.total.interruptions);
});

test('a day beyond T_MED of the years before is a major event day: the figures stand with and without it', async () => {
  const t = await smallCounty();
  const actor = await t.actor('grid-dispatcher');
  const { transformer, feeder } = await t.database.one<{ transformer: string; feeder: string }>(sql`
    select p.device_id as transformer, p.feeder_id as feeder from network_places p
    join network_supplies s on s.company_id = p.company_id and s.transformer_id = p.device_id
    where p.company_id = ${t.companyId} and not exists (
      select 1 from network_supplies o where o.household_id = s.household_id and o.meter_id <> s.meter_id)
    order by p.device_id limit 1`);
  const outage = async (id: string, day: string, minutes: number) => {
    t.clock.now = Date.parse(`${day}T10:00:00+08:00`);
    await t.must((tx) => switchDevice(tx, actor, id, { open: true, planned: false, reason: 'trip' }));
    t.clock.advance(minutes * MINUTE);
    await t.must((tx) => switchDevice(tx, actor, id, { open: false, planned: false, reason: 'restoration' }));
  };
  const figures = (year: number) => companyReliability(t.database, t.companyId, year, t.clock.now);
  for (const [day, minutes] of [
    ['2027-03-01', 30],
    ['2027-05-01', 40],
    ['2027-07-01', 50],
  ] as const)
    await outage(transformer, day, minutes);
  assert.deepEqual(
    (await figures(2027)).major,
    { tmed: null, days: [] },
    'nothing is known of the years before',
  );
  await outage(transformer, '2028-02-01', 45);
  const calm = await figures(2028);
  assert.deepEqual([calm.major.days, calm.withoutMajor], [[], null]);
  await outage(feeder, '2028-06-01', 20 * 60);
  const { all, major, withoutMajor, served } = await figures(2028);

  // By hand: the daily SAIDI of 2027 are 30, 40 and 50 minutes of the transformer's customers.
  const own = (calm.all.total.saidi * served) / 45;
  const logs = [30, 40, 50].map((minutes) => Math.log((minutes * own) / served));
  const alpha = logs.reduce((sum, one) => sum + one, 0) / 3;
  const beta = Math.sqrt(logs.reduce((sum, one) => sum + (one - alpha) ** 2, 0) / 2);
  assert.ok(Math.abs((major.tmed ?? 0) - Math.exp(alpha + 2.5 * beta)) < 1e-9);
  assert.deepEqual(major.days, ['2028-06-01']);
  assert.ok(withoutMajor !== null && all.total.saidi > 10 * withoutMajor.total.saidi);
  assert.ok(Math.abs(withoutMajor.total.saidi - calm.all.total.saidi) < 1e-9);
  assert.equal(withoutMajor.byCause[0]?.interruptions.length, 1);
  assert.equal(all.byCause[0]?.interruptions.length, 2);
});
