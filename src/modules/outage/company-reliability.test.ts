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
  assert.deepEqual([(await figures()).served, (await figures()).total.saidi], [served, 0]);

  // The transformer's outage begins within the feeder's and outlasts it by an hour.
  await act(feeder, true);
  t.clock.advance(HOUR / 2);
  await act(transformer, true, true);
  t.clock.advance(HOUR / 2);
  await act(feeder, false);
  t.clock.advance(HOUR);
  const { total } = await figures();
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
  assert.ok(Math.abs(after.total.customerHours - hours) < 1e-6);
  assert.ok(Math.abs(after.total.maifi - own / served) < 1e-9);
  const town = after.byTown.reduce((sum, { customerHours }) => sum + customerHours, 0);
  assert.ok(Math.abs(town - hours) < 1e-6);
  const listed = after.interruptions.reduce((sum, { customerHours }) => sum + customerHours, 0);
  assert.ok(Math.abs(listed - hours - own / 60) < 1e-6);
  assert.equal((await companyReliability(t.database, t.companyId, 2025, t.clock.now)).total.saifi, 0);

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
  assert.deepEqual(later.total.interruptions, both[0].total.interruptions);
});
