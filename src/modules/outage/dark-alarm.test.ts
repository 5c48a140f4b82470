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
