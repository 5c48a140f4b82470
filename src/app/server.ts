import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { isRefusal } from '#kernel/result.ts';
import { readWorkingDays } from '#modules/clock/index.ts';
import { handbookLibrary, loadDemoHandbook } from '#modules/process/index.ts';
import { hashPassword } from '#modules/org/index.ts';
import type { Config } from '#platform/config.ts';
import { businessClock } from '#platform/db/business-clock.ts';
import { type Database, openDatabase } from '#platform/db/db.ts';
import { migrate } from '#platform/db/migrate.ts';
import { sql } from '#platform/db/sql.ts';
import { transact } from '#platform/db/transact.ts';
import type { ShellOptions } from '#platform/http/shell.ts';
import { outsideOf } from '#platform/outside.ts';
import { StartRefusal } from '#platform/start-refusal.ts';
import { demoCompany } from '#testing/demo/demo-company.ts';
import { playDemoDays } from '#testing/demo/demo-days.ts';
import { liveDay } from '#testing/demo/live-day.ts';
import { loadDemo } from '#testing/demo/load-demo.ts';
import { type AppDeps, buildApp } from './build-app.ts';
import { checkServer } from './check-server.ts';
import { caseDepsOf } from './modules.ts';
import { backgroundLoops, startWorker } from './worker.ts';

const CHECKOUT = join(import.meta.dirname, '..', '..');
export const DEMO_PASSWORD = 'Wendeng-yanshi-2026';
const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

export type Running = {
  readonly address: string;
  readonly demoLogins: readonly string[];
  close(): Promise<void>;
};

/**
 * Brings a database to this program's level, fills an empty one with the demo company, and serves it.
 * Everything that can be wrong at a start ends in a `StartRefusal`.
 */
export async function startApp(
  config: Config,
  connection: Parameters<typeof openDatabase>[0]['connection'],
  options: {
    readonly webFolder: string;
    readonly households: number;
    /** The demonstration goes on by itself: customers come and colleagues work. */
    readonly liveDay: boolean;
    readonly say: (line: string) => void;
  },
): Promise<Running> {
  const database = await openChecked(config, connection, options.say);
  try {
    const isNew = await fillDemo(database, options);
    const deps = await dependencies(database, config);
    if (isNew) await liveThrough(deps, connection, options.say);
    const app = await buildApp(deps, shellOptions(config, options));
    const address = await listen(app, config);
    const story = options.liveDay
      ? [liveDay({ deps: caseDepsOf(deps), company: demoCompany() }, database)]
      : [];
    const worker = startWorker([...backgroundLoops(deps), ...story], (name, error) =>
      options.say(`${name}: ${describe(error)}`),
    );
    return {
      address,
      demoLogins: demoCompany().logins.map((one) => one.login),
      async close() {
        await worker.stop();
        await app.close();
        await database.close();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function openChecked(
  config: Config,
  connection: Parameters<typeof openDatabase>[0]['connection'],
  say: (line: string) => void,
): Promise<Database> {
  const onError = (error: Error) => say(`数据库连接中断 / database connection lost: ${error.message}`);
  const real = openDatabase({ connection, max: 2, onError });
  try {
    await checkServer(real);
    await migrate(real);
    const { clock } = await businessClock(real, config.clock);
    return openDatabase({ connection, clock, max: 20, onError });
  } finally {
    await real.close();
  }
}

async function fillDemo(
  database: Database,
  options: { readonly households: number; readonly say: (line: string) => void },
): Promise<boolean> {
  const company = demoCompany();
  const found = await database.maybe<{ demo: boolean }>(sql`select c.demo from companies c limit 1`);
  if (found === undefined) {
    options.say(`正在建立演示公司 / building the demo company: ${options.households} …`);
    await loadDemo(database, {
      company,
      households: options.households,
      passwordHash: await hashPassword(DEMO_PASSWORD),
    });
  }
  if (found?.demo === false) return false;
  const folder = join(CHECKOUT, 'handbook');
  const loaded = await transact(database, (tx) => loadDemoHandbook(tx, { companyId: company.id, folder }));
  if (isRefusal(loaded))
    throw new StartRefusal(
      `手册有误（${loaded.refused}），请运行 bin/dafuwu handbook check 查看。`,
      `The handbook is faulty (${loaded.refused}): run bin/dafuwu handbook check.`,
    );
  return found === undefined;
}

/** A new demonstration has its last days behind it, so that no page is empty. */
async function liveThrough(
  deps: AppDeps,
  connection: Parameters<typeof openDatabase>[0]['connection'],
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

async function dependencies(database: Database, config: Config): Promise<AppDeps> {
  const { demo } = await database.one<{ demo: boolean }>(sql`select c.demo from companies c limit 1`);
  if (demo && !LOOPBACK.has(config.host))
    throw new StartRefusal(
      `演示公司的密码是公开的，只能在本机（127.0.0.1）访问，不能监听 ${config.host}。`,
      `The demo company's passwords are public: it listens on this machine (127.0.0.1) only, not on ${config.host}.`,
    );
  const { factor } = await businessClock(database, null);
  const handbook = handbookLibrary();
  const { company_id: companyId } = await database.one<{ company_id: string }>(
    sql`select c.company_id from companies c limit 1`,
  );
  const posts = (await handbook.active(database, companyId))?.handbook.posts ?? [];
  return {
    database,
    handbook,
    days: readWorkingDays(join(CHECKOUT, 'handbook', 'calendars', 'holiday-cn.json')),
    clockScale: factor,
    secure: config.tls !== null,
    postName: (post) => posts.find((one) => one.id === post)?.name.zh ?? post,
    outside: outsideOf(config, demo),
    auditFolder: join(config.dataFolder, 'audit-heads'),
  };
}

function shellOptions(
  config: Config,
  options: { readonly webFolder: string; readonly say: (line: string) => void },
): ShellOptions {
  return {
    webFolder: options.webFolder,
    tls: config.tls,
    trustedProxy: config.trustedProxy,
    logError: (error, requestId) => options.say(`${requestId} ${describe(error)}`),
  };
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

async function listen(app: FastifyInstance, config: Config): Promise<string> {
  try {
    return await app.listen({ port: config.port, host: config.host });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE')
      throw new StartRefusal(
        `端口 ${config.port} 已被占用，请关闭占用它的程序，或换一个：PORT=8081 npm start。`,
        `Port ${config.port} is in use: stop the program that uses it, or choose another: PORT=8081 npm start.`,
        { cause: error },
      );
    throw error;
  }
}
