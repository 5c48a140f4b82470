import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acceptCase } from '#modules/case/index.ts';
import { anIntake, type SmallCounty, smallCounty } from '#modules/case/testing/small-county.ts';
import { type Database, openDatabase, timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { claimDue, fireClocks, sweepClocks } from './clock-sweep.ts';

const START = Date.parse('2026-11-23T10:00+08:00');

async function complaint(county: SmallCounty) {
  const clerk = await county.actor('clerk');
  return await county.must((tx) =>
    acceptCase(tx, county.deps, clerk, anIntake({ process: 'complaint', words: '抄表员骂人' })),
  );
}

const CLOCKS = 1000;

/** A thousand running clocks on as many orders, all due within a minute. */
async function thousandClocks(county: SmallCounty): Promise<void> {
  const accepted = await complaint(county);
  await county.database.run(sql`update clocks set next_at = null`);
  await county.database.run(sql`
    insert into orders (company_id, id, process, business, handbook_version_id, station_id, lead_unit_id, state,
      process_state, seq, started_at)
    select o.company_id, gen_random_uuid(), o.process, o.business, o.handbook_version_id, o.station_id, o.lead_unit_id,
      'open', o.process_state, 1, o.started_at
    from orders o, generate_series(1, ${CLOCKS}) where o.id = ${accepted.orderId}`);
  const now = county.clock.now;
  await county.database.run(sql`
    insert into clocks (company_id, id, order_id, clock, limit_id, limit_text, role, state, started_at, due_at, schedule,
      next_at)
    select o.company_id, gen_random_uuid(), o.id, 'planted', 'R010', '1h', 'company', 'running', ${timestamp(now)},
      d.due, jsonb_build_array(jsonb_build_object('percent', 100, 'at', (extract(epoch from d.due) * 1000)::bigint,
        'tellAt', null)), d.due
    from orders o cross join lateral (select date_trunc('milliseconds', ${timestamp(now)}::timestamptz
      + random() * interval '1 minute') as due) d where o.id <> ${accepted.orderId}`);
}

/** [clocks that fired, firings, events, clocks that still wait]. */
async function effects(database: Database): Promise<readonly number[]> {
  const row = await database.one<Record<string, number>>(sql`
    select (select count(*) from clocks k where k.clock = 'planted' and k.broken_at = k.due_at) as broken,
      (select count(*) from clock_firings f join clocks k on k.id = f.clock_id and k.clock = 'planted') as firings,
      (select count(*) from order_events e where e.data ->> 'clock' = 'planted') as events,
      (select count(*) from clocks k where k.clock = 'planted' and k.next_at is not null) as waiting`);
  return [row['broken'] ?? 0, row['firings'] ?? 0, row['events'] ?? 0, row['waiting'] ?? 0];
}

/** A process of its own on the same database, which dies in every third of its transactions. */
function mortal(county: SmallCounty): Database {
  const database = openDatabase({
    connection: county.connection,
    clock: () => county.clock.now,
    max: 2,
    onError: () => undefined,
  });
  let turn = 0;
  return {
    ...database,
    transaction: (work) =>
      database.transaction(async (tx) => {
        const result = await work(tx);
        if (++turn % 3 === 0) throw new Error('killed');
        return result;
      }),
  };
}

async function sweepUntilQuiet(
  database: Database,
  sweep: (database: Database) => Promise<unknown>,
): Promise<void> {
  for (let i = 0; i < 20; i++) {
    await sweep(database).catch((error: Error) => {
      if (error.message !== 'killed') throw error;
    });
  }
  await database.close();
}

test('1,000 clocks, two processes that die every third time: 1,000 effects, none twice', async () => {
  const county = await smallCounty(START);
  await thousandClocks(county);
  county.clock.advance(61_000);
  await Promise.all([1, 2].map(() => sweepUntilQuiet(mortal(county), sweepClocks)));
  assert.deepEqual(await effects(county.database), [CLOCKS, CLOCKS, CLOCKS, 0]);
});

test('planted: claim and effect in two transactions lose what died in between, and the count shows it', async () => {
  const county = await smallCounty(START);
  await thousandClocks(county);
  county.clock.advance(61_000);
  const wrong = async (database: Database) => {
    const due = await county.database.transaction(async (tx: Tx) => {
      const claimed = await claimDue(tx);
      const ids = claimed.map((clock) => clock.id);
      await tx.run(sql`update clocks set next_at = null where clocks.id = any(${ids}::uuid[])`);
      return claimed;
    });
    await database.transaction((tx) => fireClocks(tx, due));
  };
  await Promise.all([1, 2].map(() => sweepUntilQuiet(mortal(county), wrong)));
  assert.notDeepEqual(await effects(county.database), [CLOCKS, CLOCKS, CLOCKS, 0]);
});
