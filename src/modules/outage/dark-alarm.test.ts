import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY, HOUR, MINUTE } from '#kernel/instant.ts';
import { isRefusal } from '#kernel/result.ts';
import { smallCounty } from '#modules/case/testing/small-county.ts';
import { switchDevice } from '#modules/network/index.ts';
import { timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { transact } from '#platform/db/transact.ts';
import { newId } from '#platform/ids.ts';
import { darkAlarmLoop, endAlarm, listAlarms } from './dark-alarm.ts';

async function county() {
  const t = await smallCounty();
  const [officer, dispatcher] = [await t.actor('control-officer'), await t.actor('grid-dispatcher')];
  const homes = await t.database.rows<{ household: string; meter: string; transformer: string }>(sql`
    select s.household_id as household, s.meter_id as meter, s.transformer_id as transformer from network_supplies s
    where s.company_id = ${t.companyId} and s.transformer_id = (select b.transformer_id from network_supplies b
      where b.company_id = ${t.companyId} group by b.transformer_id order by count(*) desc, b.transformer_id limit 1)
    order by s.household_id limit 5`);
  const say = async (says: 'off' | 'on', count: number, from = 0) => {
    for (const { household, meter } of homes.slice(from, from + count))
      await t.database.run(sql`
        insert into outage_reports (company_id, id, source, key, says, household_id, meter_id, at, received_at, taken_at, joined)
        values (${t.companyId}, ${newId()}, 'last_gasp', ${newId()}, ${says}, ${household}, ${meter},
          ${timestamp(t.clock.now)}, ${timestamp(t.clock.now)}, ${timestamp(t.clock.now)}, false)`);
  };
  const turn = () => darkAlarmLoop(t.database, t.deps).turn();
  const alarms = () => listAlarms(t.database, t.companyId, t.clock.now);
  const open = async () => (await alarms()).filter(({ endedAt }) => endedAt === null);
  const transformer = homes[0]?.transformer ?? '';
  return { ...t, officer, dispatcher, homes, transformer, says: say, turn, alarms, open };
}

test('three households dark for ten minutes that nothing explains: the leaders know, once, by bell and SMS', async () => {
  const t = await county();
  await t.says('off', 3);
  await t.turn();
  assert.deepEqual(await t.alarms(), [], 'not at once');
  t.clock.advance(10 * MINUTE - 1);
  await t.turn();
  assert.deepEqual(await t.alarms(), []);
  t.clock.advance(1);
  await Promise.all([t.turn(), t.turn()]);
  await t.turn();
  const [alarm, ...others] = await t.open();
  assert.deepEqual(others, []);
  assert.deepEqual([alarm?.transformerId, alarm?.households], [t.transformer, 3]);
  const told = await t.database.rows<{ channel: string; n: number; people: number }>(sql`
    select o.channel, count(*) as n, count(distinct o.person_id) as people from outbox o where o.template = 'dark-alarm'
    group by o.channel order by o.channel`);
  assert.deepEqual(
    told.map(({ channel }) => channel),
    ['desk', 'sms'],
  );
  for (const { n, people } of told) assert.ok(n === people && n >= 5, `${n} ${people}`);

  await t.says('on', 2);
  t.clock.advance(MINUTE);
  await t.turn();
  assert.equal((await t.open()).length, 1, 'one is still dark');
  await t.says('on', 3);
  await t.turn();
  assert.deepEqual(
    (await t.alarms()).map(({ outcome }) => outcome),
    ['explained'],
  );
});

test('two are not three, and those who only just went dark are not unanswered', async () => {
  const t = await county();
  await t.says('off', 2);
  t.clock.advance(11 * MINUTE);
  await t.says('off', 2, 2);
  await t.turn();
  assert.deepEqual(await t.alarms(), []);
  t.clock.advance(10 * MINUTE);
  await t.turn();
  assert.equal((await t.open())[0]?.households, 4);
});

test('a switching on record explains it, for as long as it holds', async () => {
  const t = await county();
  await t.says('off', 4);
  const switching = { open: true, planned: false, reason: 'trip' } as const;
  await t.must((tx) => switchDevice(tx, t.dispatcher, t.transformer, switching));
  t.clock.advance(HOUR);
  await t.turn();
  assert.deepEqual(await t.alarms(), []);
  t.clock.advance(MINUTE);
  await t.must((tx) =>
    switchDevice(tx, t.dispatcher, t.transformer, { open: false, planned: false, reason: 'restoration' }),
  );
  t.clock.advance(MINUTE);
  await t.turn();
  assert.equal((await t.open()).length, 1, 'closed again, and the meters still say off');
});

test('whoever found out says so, once; the same words do not raise it again, new ones do', async () => {
  const t = await county();
  await t.says('off', 3);
  t.clock.advance(HOUR);
  await t.turn();
  const [alarm] = await t.open();
  const end = async () => {
    const asked = { id: alarm?.id ?? '', outcome: 'found' } as const;
    const result = await transact(t.database, (tx) => endAlarm(tx, t.officer, asked));
    return isRefusal(result) ? result.refused : 'done';
  };
  assert.deepEqual([await end(), await end()], ['done', 'alarm.over']);
  t.clock.advance(MINUTE);
  await t.turn();
  assert.deepEqual(await t.open(), []);
  await t.says('off', 3);
  t.clock.advance(HOUR);
  await t.turn();
  assert.equal((await t.open()).length, 1);
  t.clock.advance(2 * DAY);
  await t.turn();
  assert.deepEqual(await t.open(), [], 'what was said two days ago says nothing of now');
});

test('found in one turn, or while the leaders are still busy with several: one message to each of them', async () => {
  const t = await county();
  const areas = await t.database.rows<{ transformer: string }>(sql`
    select s.transformer_id as transformer from network_supplies s where s.company_id = ${t.companyId} and s.meter_id is not null
    group by s.transformer_id having count(distinct s.household_id) >= 4 order by s.transformer_id limit 5`);
  assert.equal(areas.length, 5);
  /** Four of each area. */
  const darken = async (from: number, to: number) =>
    await t.database.run(sql`
      insert into outage_reports (company_id, id, source, key, says, household_id, meter_id, at, received_at, taken_at, joined)
      select ${t.companyId}, gen_random_uuid(), 'last_gasp', gen_random_uuid()::text, 'off', s.household_id, s.meter_id,
        ${timestamp(t.clock.now)}, ${timestamp(t.clock.now)}, ${timestamp(t.clock.now)}, false
      from unnest(${areas.slice(from, to).map(({ transformer }) => transformer)}::uuid[]) a (id)
      cross join lateral (select distinct on (x.household_id) x.household_id, x.meter_id from network_supplies x
        where x.company_id = ${t.companyId} and x.transformer_id = a.id and x.meter_id is not null
        order by x.household_id limit 4) s`);
  const heard = () =>
    t.database.rows<{ template: string; count: number | null; households: number }>(sql`
      select o.template, (o.data ->> 'count')::int as count, (o.data ->> 'households')::int as households from outbox o
      where o.template like 'dark-alarm%' and o.channel = 'sms' and o.person_id = ${t.officer.personId} order by o.run_at, o.key`);

  await darken(0, 3);
  t.clock.advance(5 * MINUTE);
  await darken(3, 4);
  t.clock.advance(5 * MINUTE);
  await Promise.all([t.turn(), t.turn()]);
  assert.equal((await t.open()).length, 3);
  const first = { template: 'dark-alarms', count: 3, households: 12 };
  assert.deepEqual(await heard(), [first]);

  t.clock.advance(5 * MINUTE);
  await t.turn();
  assert.equal((await t.open()).length, 4);
  await darken(4, 5);
  t.clock.advance(5 * MINUTE - 1);
  await t.turn();
  assert.deepEqual(await heard(), [first], 'waits for the time of R071');
  t.clock.advance(1);
  await t.turn();
  const single = { template: 'dark-alarm', count: null, households: 4 };
  assert.deepEqual(await heard(), [first, single]);
  t.clock.advance(5 * MINUTE);
  await t.turn();
  assert.deepEqual(await heard(), [first, single, single], 'one after one is told at once');
});

test('what is found while several are told waits for the next message; what is explained meanwhile is not told', async () => {
  const t = await county();
  const others = await t.database.rows<{ transformer: string }>(sql`
    select d.id as transformer from network_devices d where d.company_id = ${t.companyId} and d.kind = 'transformer'
      and d.id <> ${t.transformer} order by d.id limit 2`);
  // Two areas that the leaders have just heard of.
  await t.database.run(sql`
    insert into dark_alarms (company_id, id, transformer_id, households, since, raised_at, told_at, outcome, ended_at)
    select ${t.companyId}, gen_random_uuid(), d.id, 3, ${timestamp(t.clock.now)}, ${timestamp(t.clock.now + 9 * MINUTE)},
      ${timestamp(t.clock.now + 9 * MINUTE)}, 'found', ${timestamp(t.clock.now + 9 * MINUTE)}
    from unnest(${others.map(({ transformer }) => transformer)}::uuid[]) d (id)`);
  const told = async () => {
    const { n } = await t.database.one<{ n: number }>(sql`
      select count(*) as n from outbox o where o.template like 'dark-alarm%' and o.person_id = ${t.officer.personId}
        and o.channel = 'sms'`);
    return n;
  };
  await t.says('off', 3);
  t.clock.advance(10 * MINUTE);
  await t.turn();
  assert.deepEqual([(await t.open()).length, await told()], [1, 0], 'on the page at once, in no message');
  await t.says('on', 3);
  t.clock.advance(MINUTE);
  await t.turn();
  await t.says('off', 3);
  t.clock.advance(10 * MINUTE);
  await t.turn();
  assert.deepEqual([(await t.alarms()).length, await told()], [4, 1]);
});
