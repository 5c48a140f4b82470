import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MINUTE } from '#kernel/instant.ts';
import { sql } from '#platform/db/sql.ts';
import { followSecondSupplies, listLosses } from './second-supply.ts';
import { outageCounty } from './testing/outage-county.ts';

const t = await outageCounty();
const { database, companyId } = t;
const manager = await t.actor('account-manager');
const SURE = 0.8;

/** A hospital with a supply on each of two transformers, and what the engine would have written of outages there. */
async function hospital(managerId: string | null) {
  const rows = await database.rows<{ meterId: string; householdId: string; transformerId: string }>(sql`
    select distinct on (s.transformer_id) s.meter_id as "meterId", s.household_id as "householdId", s.transformer_id as "transformerId"
    from network_supplies s join households h on h.id = s.household_id and h.important_grade is null
    where s.until is null and (select count(*) from network_supplies o where o.household_id = s.household_id) = 1
    order by s.transformer_id limit 2`);
  const [one, two] = rows;
  assert.ok(one !== undefined && two !== undefined);
  await database.run(sql`
    update network_supplies set household_id = ${one.householdId} where network_supplies.meter_id = ${two.meterId}`);
  await database.run(sql`
    update households set important_grade = 'first', account_manager_id = ${managerId} where households.id = ${one.householdId}`);
  return { id: one.householdId, transformers: [one.transformerId, two.transformerId] as const };
}

async function outage(places: readonly string[], posterior = 0.95): Promise<string> {
  const [device] = places;
  const { id } = await database.one<{ id: string }>(sql`
    insert into outage_incidents (company_id, id, device_id, state, posterior, since, places, households, reports, nested, planned, held,
      version, changed_at)
    values (${companyId}, gen_random_uuid(), ${device ?? ''}, 'suspected', ${posterior}, now(), ${places}::uuid[], 20, 3, '{}', false,
      false, 1, now()) returning id`);
  return id;
}

const end = (id: string, state: 'restored' | 'closed') =>
  database.run(sql`
    update outage_incidents set state = ${state}, restored_at = now(), ended_at = case when ${state} = 'closed' then now() end
    where outage_incidents.id = ${id}`);

async function follow(): Promise<void> {
  t.clock.advance(MINUTE);
  await database.transaction((tx) => followSecondSupplies(tx, companyId, SURE));
}

async function told(householdId: string) {
  const rows = await database.rows<{ template: string; channel: string; personId: string }>(sql`
    select o.template, o.channel, o.person_id as "personId" from outbox o where o.data ->> 'householdId' = ${householdId}
    order by o.created_at, o.template, o.channel`);
  return rows.map(({ template, channel, personId }) => [template, channel, personId === manager.personId]);
}

test('who looks after it hears by bell and SMS, once, that one of two supplies is gone; that none is left; and that one is back', async () => {
  const { id, transformers } = await hospital(manager.personId);
  const [first, second] = transformers;
  const guess = await outage([first], 0.5);
  await follow();
  assert.deepEqual(await told(id), [], 'a guess tells nobody');
  await end(guess, 'closed');

  const one = await outage([first]);
  await follow();
  await follow();
  const lost = [
    ['important-supply-lost', 'desk', true],
    ['important-supply-lost', 'sms', true],
  ];
  assert.deepEqual(await told(id), lost);
  const [shown] = await listLosses(database, companyId, one);
  assert.deepEqual(
    [shown?.lost, shown?.remaining, shown?.returnedAt, typeof shown?.manager],
    [1, 1, null, 'string'],
  );

  const two = await outage([second]);
  await follow();
  const none = [
    ['important-no-supply', 'desk', true],
    ['important-no-supply', 'sms', true],
  ];
  assert.deepEqual(await told(id), [...lost, ...none], 'two faults, and neither of them alone has it dark');

  await end(two, 'restored');
  await follow();
  await follow();
  assert.equal((await told(id)).length, 6);
  assert.ok(((await listLosses(database, companyId, two))[0]?.returnedAt ?? 0) > 0);
  assert.equal((await listLosses(database, companyId, one))[0]?.returnedAt, null);

  const merged = await outage([first]);
  await end(one, 'closed');
  await follow();
  assert.equal((await told(id)).length, 6, 'another outage took it over: nothing new');
  await end(merged, 'restored');
  await follow();
  assert.deepEqual((await told(id)).slice(6), [
    ['important-supply-back', 'desk', true],
    ['important-supply-back', 'sms', true],
  ]);
});

test('an outage that takes all its supplies is told otherwise; where nobody looks after it the dispatchers hear', async () => {
  const { id, transformers } = await hospital(null);
  const whole = await outage(transformers);
  await follow();
  assert.deepEqual(await told(id), []);
  await end(whole, 'restored');
  await outage([transformers[1]]);
  await follow();
  const rows = await told(id);
  assert.ok(
    rows.length > 0 &&
      rows.every(
        ([template, channel, his]) =>
          template === 'important-supply-lost' && channel === 'desk' && his === false,
      ),
  );
});
