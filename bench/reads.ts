import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DEMO_PASSWORD } from '#app/fill-database.ts';
import { sql } from '#platform/db/sql.ts';
import type { Signed } from '#testing/company-client.ts';
import { companyRig } from '#testing/company-rig.ts';
import { inParallel, percentile, record } from './measure.ts';

// The screens that people look at all day, at the size of a county (issue 2, "Numbers"): DAFUWU_DATA names a folder that
// `npm run seed -- county` filled. The floor is the cheapest signed-in question over the same HTTP.

const USERS = 20;
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 5);
const MUST_P95 = 100;

const folder = process.env['DAFUWU_DATA'];
if (folder === undefined || !existsSync(join(folder, 'postgres'))) {
  console.error('reads: fill a folder first: DAFUWU_DATA=/some/folder npm run seed -- county');
  process.exit(2);
}
const rig = await companyRig({ households: 0, folder });
try {
  await measure();
} finally {
  await rig.close();
}

async function measure(): Promise<void> {
  const program = await rig.startProgram();
  const as = (login: string) => program.client.signIn(login, DEMO_PASSWORD);
  const [clerk, officer, dispatcher] = [
    await as('clerk'),
    await as('control-officer'),
    await as('dispatcher'),
  ];
  const { households, cases } = await rig.database.one<{ households: number; cases: number }>(
    sql`select (select count(*) from households) as households, (select count(*) from cases) as cases`,
  );
  const recent = await rig.database.rows<{ id: string; home: string }>(sql`
    select c.id, c.household_id as home from cases c where c.household_id is not null and c.process is not null
    order by c.id desc limit 500`);
  const names = await rig.database.rows<{ q: string }>(sql`
    select left(c.name, 2) as q from customers c where c.kind = 'person' order by c.id limit 300`);

  const paths: readonly (readonly [string, Signed, (i: number) => string])[] = [
    ['floor: session', clerk, () => '/api/session'],
    ['search', clerk, (i) => `/api/households?q=${encodeURIComponent(names[i % names.length]?.q ?? '')}`],
    ['my work', dispatcher, () => '/api/work'],
    ['board', officer, () => '/api/board'],
    ['case page', officer, (i) => `/api/cases/${recent[i % recent.length]?.id}`],
    ['case list', officer, () => '/api/cases?state=closed'],
    ['strip', clerk, (i) => `/api/hall/standing/${recent[i % recent.length]?.home}`],
  ];
  const lines: string[] = [`reads: ${households} households, ${cases} cases, ${USERS} users at once`];
  let floor = Number.NaN;
  for (const [name, who, path] of paths) {
    const waits: number[] = [];
    let i = 0;
    const ask = async () => {
      const began = performance.now();
      const answer = await who.get(path(i++));
      if (answer.status !== 200) throw new Error(`${name}: ${answer.status} ${JSON.stringify(answer.body)}`);
      return performance.now() - began;
    };
    // What is kept for a while is found out once; that first answer is told apart.
    const first = await ask();
    await inParallel(USERS, SECONDS, async () => waits.push(await ask()));
    const p95 = percentile(waits, 95);
    if (Number.isNaN(floor)) floor = p95;
    else if (p95 >= MUST_P95) process.exitCode = 1;
    lines.push(
      `  ${name}: p95 ${p95.toFixed(0)} ms, ${(p95 / floor).toFixed(1)} × the floor; median ${percentile(waits, 50).toFixed(0)} ms; the first ever ${first.toFixed(0)} ms`,
    );
  }
  record('reads', lines);
  program.client.close();
  await program.stop();
}
