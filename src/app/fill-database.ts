import { join } from 'node:path';
import { isRefusal } from '#kernel/result.ts';
import { createCompany, type FirstCode, hashPassword } from '#modules/org/index.ts';
import {
  checkHandbook,
  type Handbook,
  loadDemoHandbook,
  readHandbookFolder,
} from '#modules/process/index.ts';
import { type Database, openDatabase } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { transact } from '#platform/db/transact.ts';
import { StartRefusal } from '#platform/start-refusal.ts';
import { demoCompany } from '#testing/demo/demo-company.ts';
import { playDemoDays } from '#testing/demo/demo-days.ts';
import { loadDemo } from '#testing/demo/load-demo.ts';
import type { AppDeps } from './app-deps.ts';
import { caseDepsOf } from './modules.ts';

const CHECKOUT = join(import.meta.dirname, '..', '..');
export const HANDBOOK = join(CHECKOUT, 'handbook');
export const DEMO_PASSWORD = 'Wendeng-yanshi-2026';
/** How one calls the company at the console; its name is given in the pages. */
const CODE = 'company';
/** Any constant; two programs that start on one empty database must not both fill it. */
const FILL_LOCK = 4_150_004;
/** As long as the first program may build its demonstration on a slow machine. */
const LONGEST_MS = 600_000;

export type Connection = Parameters<typeof openDatabase>[0]['connection'];

type FillOptions = {
  readonly households: number;
  readonly empty: boolean;
  readonly say: (line: string) => void;
};

export type Filled = { readonly newDemo: boolean; readonly codes: readonly FirstCode[] };

/** Fills an empty database with the demonstration, or with `empty` with a company that has nothing yet. */
export async function fillDatabase(database: Database, options: FillOptions): Promise<Filled> {
  const found = await database.maybe<{ demo: boolean }>(sql`select c.demo from companies c limit 1`);
  if (options.empty && found?.demo === true)
    throw new StartRefusal(
      '这里已经有演示公司；正式使用请换一个空的数据目录（DAFUWU_DATA）或数据库（DATABASE_URL）。',
      'There is a demo company here already: choose an empty folder (DAFUWU_DATA) or database (DATABASE_URL).',
    );
  if (options.empty && found === undefined) return { newDemo: false, codes: await makeCompany(database) };
  if (found?.demo === false) return { newDemo: false, codes: [] };
  await fillDemo(database, found === undefined, options);
  return { newDemo: found === undefined, codes: [] };
}

async function makeCompany(database: Database): Promise<readonly FirstCode[]> {
  const { units, posts } = await folderHandbook();
  return await database.transaction((tx) => createCompany(tx, { code: CODE, units, posts }));
}

async function folderHandbook(): Promise<Handbook> {
  const { handbook, faults } = checkHandbook(await readHandbookFolder(HANDBOOK));
  if (handbook === undefined) throw faultyHandbook(`${faults.length}`);
  return handbook;
}

async function fillDemo(database: Database, isNew: boolean, options: FillOptions): Promise<void> {
  const company = demoCompany();
  if (isNew) {
    options.say(`正在建立演示公司 / building the demo company: ${options.households} …`);
    await loadDemo(database, {
      company,
      households: options.households,
      passwordHash: await hashPassword(DEMO_PASSWORD),
    });
  }
  const loaded = await transact(database, (tx) =>
    loadDemoHandbook(tx, { companyId: company.id, folder: HANDBOOK }),
  );
  if (isRefusal(loaded)) throw faultyHandbook(loaded.refused);
}

function faultyHandbook(why: string): StartRefusal {
  return new StartRefusal(
    `手册有误（${why}），请运行 bin/dafuwu handbook check 查看。`,
    `The handbook is faulty (${why}): run bin/dafuwu handbook check.`,
  );
}

/** A new demonstration has its last days behind it, so that no page is empty. */
export async function liveThrough(
  deps: AppDeps,
  connection: Connection,
  say: (line: string) => void,
): Promise<void> {
  say('正在演练最近几天的业务 / living through the last days …');
  await playDemoDays({
    openAt: (clock) => openDatabase({ connection, clock, max: 2, onError: (error) => say(error.message) }),
    deps: caseDepsOf(deps),
    company: demoCompany(),
    now: await deps.database.now(),
  });
}

/** Programs that start together on one database wait for each other; the second finds the work done. */
export async function oneAtATime<T>(
  connection: Connection,
  say: (line: string) => void,
  work: () => Promise<T>,
): Promise<T> {
  const waits = { query_timeout: LONGEST_MS, statement_timeout: LONGEST_MS, lock_timeout: LONGEST_MS };
  const database = openDatabase({
    connection: { ...connection, ...waits },
    max: 1,
    onError: (error) => say(error.message),
  });
  // The lock lives as long as this client; a pool would close it while it is idle.
  const client = await database.pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [FILL_LOCK]);
    return await work();
  } finally {
    client.release(true);
    await database.close();
  }
}
