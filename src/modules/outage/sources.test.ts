import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, MINUTE } from '#kernel/instant.ts';
import { sql } from '#platform/db/sql.ts';
import type { MeterLine } from './report-api.ts';
import { absorbMeterEvents } from './report-commands.ts';
import { sourcesView } from './source-reads.ts';
import { outageCounty } from './testing/outage-county.ts';

const POLICY = { fast: 2 * MINUTE, oldest: 24 * HOUR };

test('hours in which a head-end was away are missing data, also when it is back; a sign of life is a quiet hour', async () => {
  const t = await outageCounty();
  const keyId = '01900000-0000-7000-8000-000000000001';
  await t.database.run(sql`
    insert into door_keys (company_id, id, door, name, scopes, key_hash, made_by, made_at, expires_at)
    values (${t.companyId}, ${keyId}, 'meters', '采集主站', '{events}', 'x', ${t.dispatcher.personId}, now() - interval '9 days',
      now() + interval '900 days')`);
  const send = async (lines: readonly MeterLine[]) => {
    await t.must((tx) => absorbMeterEvents(tx, { companyId: t.companyId, keyId }, lines, POLICY));
    await t.database.run(sql`
      update door_keys k set used_at = ${new Date(t.clock.now).toISOString()} where k.id = ${keyId}`);
  };
  const hours = async () => {
    const view = await sourcesView(t.database, t.companyId, HOUR, t.clock.now);
    return view.find(({ source }) => source === 'meters')?.hours.slice(-5);
  };
  const [area] = await t.transformers(8);
  const meter = area?.meters[0] ?? '';
  await send([{ meter, kind: 'ping_on', at: t.clock.now }]);
  t.clock.advance(HOUR);
  await send([]);
  t.clock.advance(3 * HOUR);
  // The backlog of its absence comes at once, and is counted in the hour in which it came.
  await send([
    { meter, kind: 'last_gasp', at: t.clock.now - 2 * HOUR },
    { meter, kind: 'power_up', at: t.clock.now - HOUR },
  ]);
  assert.deepEqual(await hours(), [1, 0, null, null, 2]);
});
