import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, MINUTE } from '#kernel/instant.ts';
import type { Database } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { outageCounty } from './testing/outage-county.ts';

// What may happen around a turn: an interruption, a dispatcher in between, another grid, a backlog of hours.

test('a case of before an interruption longer than a turn has its report, and none twice', async () => {
  const t = await outageCounty();
  await t.turn();
  const [area] = await t.transformers(8);
  const [one = '', two = ''] = area?.households ?? [];
  const first = await t.ring(one);
  t.clock.advance(3 * HOUR);
  const second = await t.ring(two);
  await t.turn();
  await t.restart();
  await t.turn();
  const rows = await t.database.rows<{ id: string }>(sql`
    select r.case_id as id from outage_reports r order by r.received_at`);
  assert.deepEqual(
    rows.map(({ id }) => id),
    [first.caseId, second.caseId],
  );
});

test('a dispatcher who speaks while inference thinks is heard: nothing of that turn is written over his word', async () => {
  const t = await outageCounty();
  const [area] = await t.transformers(12);
  assert.ok(area !== undefined);
  for (const household of area.households.slice(0, 4)) await t.ring(household);
  await t.turn();
  const [incident] = await t.open();
  assert.ok(incident !== undefined);
  const slow = await t.database.pool.connect();
  // A turn under way waits for the row that the dispatcher holds.
  await slow.query('begin');
  await slow.query('select 1 from outage_incidents where id = $1 for no key update', [incident.id]);
  for (const household of area.households.slice(4, 8)) await t.ring(household);
  t.clock.advance(MINUTE);
  const turning = t.turn();
  await waitsForLock(t.database);
  await slow.query(
    `update outage_incidents set word = 'confirmed', word_by = $2, word_at = now(), state = 'confirmed', posterior = 1,
       version = version + 1 where id = $1`,
    [incident.id, t.dispatcher.personId],
  );
  await slow.query('commit');
  slow.release();
  await turning;
  await t.turn();
  const after = (await t.open()).find(({ id }) => id === incident.id);
  assert.deepEqual([after?.word, after?.state, after?.reports], ['confirmed', 'confirmed', 8]);
  const unread = await t.database.one<{ n: number }>(sql`
    select count(*) as n from outage_reports r where r.taken_at is null`);
  assert.equal(unread.n, 0);
});

/** Until somebody waits for a row. */
async function waitsForLock(database: Database): Promise<void> {
  for (;;) {
    const { n } = await database.one<{ n: number }>(sql`
      select count(*) as n from pg_stat_activity a where a.datname = current_database() and a.wait_event_type = 'Lock'`);
    if (n > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

test('the grid is imported anew in the middle of a storm: no report is lost, and all of them are heard on the new one', async () => {
  const t = await outageCounty();
  const [area, other] = await t.transformers(8);
  assert.ok(area !== undefined && other !== undefined);
  await t.hear(area.households.slice(0, 7).map((householdId) => ({ householdId, source: 'last_gasp' })));
  await t.turn();
  const before = await t.open();
  assert.deepEqual(
    before.map(({ device, reports }) => [device?.id, reports]),
    [[area.id, 7]],
  );
  // Two households hang on another transformer from now on, and one on nothing that the grid knows.
  const moved = area.households.slice(0, 2);
  const gone = area.households[2] ?? '';
  await t.database.run(sql`
    update network_supplies s set transformer_id = ${other.id}, device_id = (select x.device_id from network_supplies x
      where x.transformer_id = ${other.id} limit 1)
    where s.household_id = any(${moved}::uuid[])`);
  await t.database.run(sql`
    update network_supplies s set until = ${new Date(t.clock.now).toISOString()} where s.household_id = ${gone}`);
  await t.database.run(sql`
    insert into network_imports (company_id, id, at, format, devices_new, devices_moved, devices_unchanged, meters_new,
      meters_moved, meters_unchanged)
    values (${t.companyId}, gen_random_uuid(), ${new Date(t.clock.now).toISOString()}, 'csv', 0, 0, 0, 0, 2, 0)`);
  t.clock.advance(MINUTE);
  await t.hear([{ householdId: area.households[3] ?? '' }]);
  // The turn goes on with the grid of before while the new one is read.
  await t.turn();
  await t.settle();
  await t.turn();
  const where = await t.database.rows<{ n: number; taken: boolean; alone: boolean }>(sql`
    select count(*) as n, r.taken_at is not null as taken, r.incident_id is null as alone from outage_reports r group by 2, 3`);
  assert.deepEqual(where, [{ n: 8, taken: true, alone: false }]);
  const open = await t.open();
  assert.equal(
    open.reduce((sum, one) => sum + one.reports, 0),
    8,
    'each report stands in one open incident',
  );
  const [largest] = open.toSorted((a, b) => b.reports - a.reports);
  assert.equal(largest?.id, before[0]?.id, 'and the outage is the same one');
});

test('a backlog of a silent head-end is an outage of then; one that supply overtook is none', async () => {
  const t = await outageCounty();
  const [area] = await t.transformers(8);
  assert.ok(area !== undefined);
  await t.turn();
  const then = t.clock.now - 3 * HOUR;
  await t.hear(
    area.households
      .slice(0, 7)
      .map((householdId) => ({ householdId, source: 'last_gasp' as const, at: then })),
  );
  await t.turn();
  const [incident] = await t.open();
  assert.equal(incident?.device?.id, area.id);
  assert.ok(Math.abs((incident?.since ?? 0) - then) <= MINUTE, 'since it happened, not since it was heard');
});
