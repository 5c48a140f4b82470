import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DEMO_PASSWORD, HANDBOOK } from '#app/fill-database.ts';
import { DAY, HOUR } from '#kernel/instant.ts';
import { isRefusal } from '#kernel/result.ts';
import { companyClocks, readWorkingDays } from '#modules/clock/index.ts';
import { hashPassword } from '#modules/org/index.ts';
import { handbookLibrary, loadDemoHandbook } from '#modules/process/index.ts';
import { readConfig } from '#platform/config.ts';
import { type Database, openDatabase } from '#platform/db/db.ts';
import { embeddedPostgres } from '#platform/db/embedded.ts';
import { migrate } from '#platform/db/migrate.ts';
import { sql } from '#platform/db/sql.ts';
import { transact } from '#platform/db/transact.ts';
import { StartRefusal } from '#platform/start-refusal.ts';
import { demoCompany } from '#testing/demo/demo-company.ts';
import { liveStories } from '#testing/demo/history-stories.ts';
import { analyzeFilled, loadDemo } from '#testing/demo/load-demo.ts';
import { loadHistory } from '#testing/demo/load-history.ts';

// `npm run seed -- county|storm`: a demonstration of the size of a real county in DAFUWU_DATA or DATABASE_URL. It replaces a
// demonstration that is there, and touches nothing else.

const SIZES: Readonly<Record<string, { readonly households: number; readonly cases: number }>> = {
  county: { households: 300_000, cases: 1_000_000 },
  storm: { households: 500_000, cases: 0 },
};
const STORIES_OF_EACH_KIND = 5;
const INSTANCE_LOCK = 4_150_003;
/** Nothing here is a screen that somebody waits for. */
const NO_LIMITS = {
  query_timeout: 0,
  statement_timeout: 0,
  lock_timeout: 0,
  idle_in_transaction_session_timeout: 0,
};
const WEEK = 7 * DAY;
const begun = performance.now();

try {
  await main();
} catch (error) {
  if (!(error instanceof StartRefusal)) throw error;
  console.error(`${error.zh}\n${error.en}`);
  process.exit(1);
}

async function main(): Promise<void> {
  const size = SIZES[process.argv[2] ?? ''];
  if (size === undefined)
    throw new StartRefusal(
      '用法：npm run seed -- county（30 万户、100 万件）或 storm（50 万户）。',
      'Usage: npm run seed -- county (300,000 households, 1,000,000 cases) or storm (500,000 households).',
    );
  const config = readConfig(process.env, join(import.meta.dirname, '..'));
  mkdirSync(config.dataFolder, { recursive: true, mode: 0o700 });
  const server =
    config.databaseUrl === null ? embeddedPostgres({ folder: config.dataFolder, durable: true }) : undefined;
  server?.start();
  const admin =
    server === undefined
      ? undefined
      : openDatabase({
          connection: { ...server.connection('postgres'), ...NO_LIMITS },
          max: 1,
          onError: complain,
        });
  try {
    if (admin !== undefined) await prepareFolder(admin);
    const connection = server?.connection('dafuwu') ?? { connectionString: config.databaseUrl ?? '' };
    const database = openDatabase({ connection: { ...connection, ...NO_LIMITS }, max: 2, onError: complain });
    try {
      await seed(database, connection, size);
    } finally {
      await database.close();
    }
  } finally {
    await admin?.close();
    server?.stop();
  }
}

async function prepareFolder(admin: Database): Promise<void> {
  const { got } = await admin.one<{ got: boolean }>(
    sql`select pg_try_advisory_lock(${INSTANCE_LOCK}) as got`,
  );
  if (!got)
    throw new StartRefusal(
      '另一个程序正在使用这个数据目录，请先停掉它。',
      'Another program is using this data folder: stop it first.',
    );
  const found = await admin.maybe(sql`select 1 from pg_database d where d.datname = 'dafuwu'`);
  if (found === undefined) await admin.pool.query('create database dafuwu');
}

async function seed(
  database: Database,
  connection: Parameters<typeof openDatabase>[0]['connection'],
  size: { readonly households: number; readonly cases: number },
): Promise<void> {
  await emptyDemo(database);
  await migrate(database);
  const company = demoCompany();
  say(`${size.households} households …`);
  await loadDemo(database, {
    company,
    households: size.households,
    passwordHash: await hashPassword(DEMO_PASSWORD),
    onProgress: (n) => n % 50_000 === 0 && say(`  ${n} households`),
  });
  const library = handbookLibrary();
  const loaded = await transact(database, (tx) =>
    loadDemoHandbook(tx, { companyId: company.id, folder: HANDBOOK }),
  );
  if (isRefusal(loaded)) throw new Error(`the handbook is refused: ${loaded.refused}`);
  if (size.cases > 0) {
    say('living the stories that the history is made of …');
    const now = await database.now();
    const stories = await liveStories({
      company,
      ofEachKind: STORIES_OF_EACH_KIND,
      deps: {
        activeHandbook: library.active,
        version: library.version,
        clockBasis: companyClocks(readWorkingDays(join(HANDBOOK, 'calendars', 'holiday-cn.json'))),
      },
      openAt: (clock) => openDatabase({ connection, clock, max: 2, onError: complain }),
      monday: mondayBefore(now - 40 * WEEK),
      onProgress: (n) => n % 20 === 0 && say(`  ${n} stories`),
    });
    // What they would have sent was sent long ago.
    await database.run(sql`update outbox set state = 'sent', sent_at = outbox.run_at`);
    say(`${size.cases} cases from ${stories.length} stories …`);
    await loadHistory(database, {
      company,
      stories,
      cases: size.cases,
      until: now,
      onProgress: (n) => n % 50_000 === 0 && say(`  ${n} cases`),
    });
  }
  say('analyze …');
  await analyzeFilled(database);
  const counts = await database.one<{ households: number; cases: number; open: number }>(sql`
    select (select count(*) from households) as households, (select count(*) from cases) as cases,
      (select count(*) from cases c where c.state = 'open') as open`);
  say(`done: ${counts.households} households, ${counts.cases} cases, ${counts.open} open`);
}

/** Throws away a demonstration; anything else is somebody's work. */
async function emptyDemo(database: Database): Promise<void> {
  const there = await database.one<{ table: string | null }>(
    sql`select to_regclass('public.companies')::text as table`,
  );
  if (there.table === null) return;
  const others = await database.maybe(sql`select 1 from companies c where not c.demo limit 1`);
  if (others !== undefined)
    throw new StartRefusal(
      '这里是正式公司的数据，演示数据不能写进来；请换一个空的数据目录或数据库。',
      'This database holds a real company: demonstration data is not written into it. Choose an empty folder or database.',
    );
  await database.pool.query('drop schema public cascade; create schema public');
}

function mondayBefore(at: number): number {
  // 1970-01-05 was a Monday; days begin at midnight in Shanghai.
  const monday = 4 * DAY - 8 * HOUR;
  return monday + Math.floor((at - monday) / WEEK) * WEEK;
}

function say(line: string): void {
  console.log(`${((performance.now() - begun) / 1000).toFixed(0).padStart(4)} s  ${line}`);
}

function complain(error: Error): void {
  console.error(error.message);
}
