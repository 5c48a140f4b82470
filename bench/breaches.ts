import { randomUUID } from 'node:crypto';
import { DEMO_PASSWORD } from '#app/fill-database.ts';
import { sql } from '#platform/db/sql.ts';
import { companyRig, type CompanyRig } from '#testing/company-rig.ts';
import { takeIn } from './intake-request.ts';
import { percentile, record } from './measure.ts';

// A breach is noticed within two seconds of its moment, exactly once (issue 2, C9): a hundred promises break every second,
// two programs sweep the same database, and the people who answer for them are told. Noticed means committed: this process
// looks every 100 ms, so what it says is up to 100 ms too late.

const PER_SECOND = 100;
const SECONDS = 15;
const CLOCKS = PER_SECOND * SECONDS;
const LOOK_EVERY = 100;
const MUST = { p99: 2000 };
/** Dark houses of one place become one order, and their promises one: what is counted here must stay each its own. */
const ABOUT = { process: 'opinion', words: '希望营业厅周末也开门' };

const rig = await companyRig({ households: 1000 });
try {
  await measure(rig);
} finally {
  await rig.close();
}

async function measure({ database, startProgram }: CompanyRig): Promise<void> {
  const programs = [await startProgram(), await startProgram()];
  const [first] = programs;
  if (first === undefined) throw new Error('no program');
  const clerk = await first.client.signIn('call-taker', DEMO_PASSWORD);
  const homes = await database.rows<{ id: string }>(sql`
    select h.id from households h where h.use_class = 'residential' order by h.id`);
  let taken = 0;
  await inParallelUntil(CLOCKS, async () => {
    const home = homes[taken++ % homes.length]?.id ?? '';
    await takeIn(clerk, home, randomUUID(), ABOUT);
  });
  // One clock an order: it breaks when its turn comes; the others wait for another day.
  await database.run(sql`update clocks set next_at = null`);
  await database.run(sql`
    update clocks set due_at = m.at, next_at = m.at, fired = 0, schedule = jsonb_build_array(jsonb_build_object(
      'percent', 100, 'at', (extract(epoch from m.at) * 1000)::bigint, 'tellAt', (extract(epoch from m.at) * 1000)::bigint))
    from (select distinct on (k.order_id) k.company_id, k.id, date_trunc('milliseconds',
        now() + interval '3 seconds' + dense_rank() over (order by k.order_id) * interval '1 second' / ${PER_SECOND}) as at
      from clocks k where k.state = 'running' and k.role <> 'reference' order by k.order_id, k.id) m
    where clocks.company_id = m.company_id and clocks.id = m.id`);

  const late = await watch(database, Date.now() + (SECONDS + 8) * 1000);
  const { firings, events, twice } = await database.one<Record<'firings' | 'events' | 'twice', number>>(sql`
    select (select count(*) from clock_firings) as firings,
      (select count(*) from order_events e where e.type = 'clock.fired') as events,
      (select count(*) from (select 1 from order_events e where e.type = 'clock.fired'
        group by e.data ->> 'clockId' having count(*) > 1) again) as twice`);
  const p99 = percentile(late, 99);
  record('breaches', [
    `breaches: ${PER_SECOND} a second for ${SECONDS} s, two programs: noticed after p50 ${percentile(late, 50).toFixed(0)} ms, p95 ${percentile(late, 95).toFixed(0)} ms, p99 ${p99.toFixed(0)} ms, at the latest ${Math.max(...late).toFixed(0)} ms`,
    `breaches: ${CLOCKS} promises broke, ${firings} firings, ${events} events, ${twice} written twice`,
  ]);
  const once = firings === CLOCKS && events === CLOCKS && twice === 0 && late.length === CLOCKS;
  if (p99 >= MUST.p99 || !once) process.exitCode = 1;
  for (const program of programs) {
    program.client.close();
    await program.stop();
  }
}

/** How late each breach was seen (ms), until all were or the time is over. */
async function watch(database: CompanyRig['database'], until: number): Promise<readonly number[]> {
  const seen = new Map<string, number>();
  while (seen.size < CLOCKS && Date.now() < until) {
    const rows = await database.rows<{ id: string; at: number }>(sql`
      select f.clock_id as id, f.occurred_at as at from clock_firings f`);
    const now = Date.now();
    for (const { id, at } of rows) if (!seen.has(id)) seen.set(id, now - at);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
  }
  return [...seen.values()];
}

async function inParallelUntil(count: number, work: () => Promise<void>): Promise<void> {
  let left = count;
  await Promise.all(
    Array.from({ length: 32 }, async () => {
      while (left > 0) {
        left -= 1;
        await work();
      }
    }),
  );
}
