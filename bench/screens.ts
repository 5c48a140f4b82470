import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DAY } from '#kernel/instant.ts';
import { DEMO_PASSWORD } from '#app/fill-database.ts';
import type { Database } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { CompanyClient, Signed } from '#testing/company-client.ts';
import { type CompanyRig, companyRig } from '#testing/company-rig.ts';
import { takeIn } from './intake-request.ts';
import { inParallel, percentile, record } from './measure.ts';

// The screens that people look at all day, at the size of a county (issue 2, "Numbers"): DAFUWU_DATA names a folder that
// `npm run seed -- county` filled. The floor is the cheapest signed-in question over the same HTTP.

const USERS = 20;
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 5);
const MUST_P95 = 100;
/** Who takes in what is missing of the open cases. */
const CLIENTS = 64;

/** `open`: at least so many cases are open while it is measured; what is missing is taken in first. */
export async function measureScreens(
  bench: string,
  { open = 0 }: { readonly open?: number } = {},
): Promise<void> {
  const folder = process.env['DAFUWU_DATA'];
  if (folder === undefined || !existsSync(join(folder, 'postgres'))) {
    console.error(`${bench}: fill a folder first: DAFUWU_DATA=/some/folder npm run seed -- county`);
    process.exit(2);
  }
  const rig = await companyRig({ households: 0, folder });
  try {
    await measure(rig, bench, open);
  } finally {
    await rig.close();
  }
}

type Screen = readonly [name: string, who: Signed, path: (i: number) => string];

async function measure(rig: CompanyRig, bench: string, open: number): Promise<void> {
  const program = await rig.startProgram();
  if (open > 0) await openSoMany(rig, program.client, open);
  const counted = await rig.database.one<{ households: number; cases: number; open: number }>(
    sql`select (select count(*) from households) as households, count(*) as cases,
      count(*) filter (where c.state = 'open') as open from cases c`,
  );
  record(bench, [
    `${bench}: ${counted.households} households, ${counted.cases} cases, ${counted.open} of them open, ${USERS} users at once`,
  ]);
  let floor = Number.NaN;
  for (const [name, who, path] of await screens(rig.database, program.client)) {
    const waits: number[] = [];
    let [i, failed] = [0, 0];
    const ask = async () => {
      const began = performance.now();
      // Thirty seconds without an answer are none.
      const status = await who.get(path(i++)).then(
        (answer) => answer.status,
        () => 0,
      );
      if (status !== 200) failed += 1;
      return performance.now() - began;
    };
    // What is kept for a while is found out once; that first answer is told apart.
    const first = await ask();
    await inParallel(USERS, SECONDS, async () => waits.push(await ask()));
    const p95 = percentile(waits, 95);
    if (Number.isNaN(floor)) floor = p95;
    else if (p95 >= MUST_P95 || failed > 0) process.exitCode = 1;
    const unanswered = failed === 0 ? '' : `; ${failed} of ${waits.length + 1} NOT ANSWERED`;
    record(bench, [
      `  ${name}: p95 ${p95.toFixed(0)} ms, ${(p95 / floor).toFixed(1)} × the floor; median ${percentile(waits, 50).toFixed(0)} ms; the first ever ${first.toFixed(0)} ms${unanswered}`,
    ]);
  }
  program.client.close();
  await program.stop();
}

async function screens(database: Database, client: CompanyClient): Promise<readonly Screen[]> {
  const as = (login: string) => client.signIn(login, DEMO_PASSWORD);
  const [clerk, officer, dispatcher, lead, planner] = [
    await as('clerk'),
    await as('control-officer'),
    await as('dispatcher'),
    await as('mv-lead'),
    await as('planner'),
  ];
  const recent = await database.rows<{ id: string; home: string }>(sql`
    select c.id, c.household_id as home from cases c where c.household_id is not null and c.process is not null
    order by c.id desc limit 500`);
  const names = await database.rows<{ q: string }>(sql`
    select left(c.name, 2) as q from customers c where c.kind = 'person' order by c.id limit 300`);
  const nameAt = (i: number) => encodeURIComponent(names[i % names.length]?.q ?? '');
  const recentAt = (i: number) => recent[i % recent.length];
  const now = await database.now();
  const day = new Date(now).toISOString().slice(0, 10);
  return [
    ['floor: session', clerk, () => '/api/session'],
    ['search', clerk, (i) => `/api/households?q=${nameAt(i)}`],
    ['my work, dispatcher', dispatcher, () => '/api/work'],
    ['my work, control officer', officer, () => '/api/work'],
    ['beside my work', officer, () => '/api/work/beside'],
    ['board', officer, () => '/api/board'],
    ['case page', officer, (i) => `/api/cases/${recentAt(i)?.id}`],
    ['case list', officer, () => '/api/cases?state=closed'],
    ['case list, open', officer, () => '/api/cases?state=open'],
    ['case list, late', officer, () => '/api/cases?state=open&due=late'],
    ['case list, late in an hour', officer, () => '/api/cases?state=open&due=hour'],
    ['strip', clerk, (i) => `/api/hall/standing/${recentAt(i)?.home}`],
    ['queue of the hall', clerk, () => '/api/queue'],
    ['owed calls', clerk, () => '/api/owed-calls'],
    ['dispatch desk', dispatcher, () => '/api/repair/dispatch'],
    ['command page', dispatcher, () => '/api/repair/command'],
    ['incidents', dispatcher, () => '/api/outage/incidents'],
    ['next jobs of a crew', lead, () => '/api/field/jobs'],
    ['planned outages', planner, () => `/api/planned?from=${now - 30 * DAY}&to=${now + 60 * DAY}`],
    ['reliability', planner, () => `/api/reliability?year=${day.slice(0, 4)}`],
    ['complaint desk', officer, () => '/api/complaints?type=TS&state=open'],
    ['five ones', dispatcher, () => `/api/five-ones?day=${day}`],
  ];
}

/** Takes in calls of dark houses as the hotline does, until so many cases are open. */
async function openSoMany(rig: CompanyRig, client: CompanyClient, wanted: number): Promise<void> {
  const { open } = await rig.database.one<{ open: number }>(
    sql`select count(*) as open from cases c where c.state = 'open'`,
  );
  const clerk = await client.signIn('call-taker', DEMO_PASSWORD);
  const homes = await rig.database.rows<{ id: string }>(
    sql`select h.id from households h where h.use_class = 'residential' order by h.id limit ${Math.max(0, wanted - open)}`,
  );
  const waiting = homes.values();
  await Promise.all(
    Array.from({ length: CLIENTS }, async () => {
      for (const { id } of waiting) await takeIn(clerk, id, randomUUID());
    }),
  );
}
