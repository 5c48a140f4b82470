import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { readWorkingDays } from '#modules/clock/index.ts';
import { checkHandbook, handbookLibrary, readHandbookFolder } from '#modules/process/index.ts';
import { type FirstCode, sealSecrets } from '#modules/org/index.ts';
import { roadsBy } from '#modules/repair/index.ts';
import type { Config } from '#platform/config.ts';
import { businessClock } from '#platform/db/business-clock.ts';
import { type Database, openDatabase } from '#platform/db/db.ts';
import { giveWayIn } from '#platform/db/give-way.ts';
import { migrate } from '#platform/db/migrate.ts';
import { sql } from '#platform/db/sql.ts';
import type { Loop } from '#platform/loop.ts';
import type { ShellOptions } from '#platform/http/shell.ts';
import { describeError } from '#platform/log.ts';
import { outsideOf } from '#platform/outside.ts';
import { StartRefusal } from '#platform/start-refusal.ts';
import { KEY_FILE, type Vault, vaultFor } from '#platform/vault.ts';
import { demoCompany } from '#testing/demo/demo-company.ts';
import { crewDays } from '#testing/demo/crew-days.ts';
import { liveDay } from '#testing/demo/live-day.ts';
import type { AppDeps } from './app-deps.ts';
import { buildApp } from './build-app.ts';
import { checkEventTypes } from './check-event-types.ts';
import { checkServer, reachServer } from './check-server.ts';
import { type Connection, fillDatabase, HANDBOOK, liveThrough, oneAtATime } from './fill-database.ts';
import { startHeavyLoops } from './heavy-loops.ts';
import { caseDepsOf, declaredEvents } from './modules.ts';
import { backgroundLoops, startWorker } from './worker.ts';

const CHECKOUT = join(import.meta.dirname, '..', '..');
const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

export type Running = {
  readonly address: string;
  /** Empty where the company is no demonstration. */
  readonly demoLogins: readonly string[];
  /** For the three administrators of a company that this start made; said once. */
  readonly codes: readonly FirstCode[];
  close(): Promise<void>;
};

/**
 * Brings a database to this program's level, fills an empty one with the demo company, and serves it.
 * Everything that can be wrong at a start ends in a `StartRefusal`.
 */
export async function startApp(
  config: Config,
  connection: Connection,
  options: {
    readonly webFolder: string;
    readonly households: number;
    /** A company without demonstration in an empty database. */
    readonly empty: boolean;
    /** The demonstration goes on by itself: customers come and colleagues work. */
    readonly liveDay: boolean;
    readonly say: (line: string) => void;
    readonly log: Logger;
  },
): Promise<Running> {
  const database = await openChecked(config, connection, options);
  try {
    const { deps, codes } = await oneAtATime(connection, options.say, async () => {
      const filled = await fillDatabase(database, options);
      const ready = await dependencies(database, config);
      if (filled.newDemo) await liveThrough(ready, connection, options.say);
      return { deps: ready, codes: filled.codes };
    });
    const app = await buildApp(deps, shellOptions(config, options));
    const address = await listen(app, config);
    const background = await backgroundDatabase(database, config, { connection, say: options.say });
    const beside = { ...deps, database: background };
    const story = deps.demo ? storyOf(beside, options.liveDay) : [];
    const failed = (loop: string, error: unknown) => {
      options.log.error({ err: error, loop }, 'loop failed');
      options.say(`${loop}: ${describe(error)}`);
    };
    const worker = startWorker([...backgroundLoops(beside), ...story], failed);
    const heavy = startHeavyLoops({ connection, ownServer: config.databaseUrl === null }, failed);
    return {
      address,
      demoLogins: deps.demo ? demoCompany().logins.map((one) => one.login) : [],
      codes,
      async close() {
        await Promise.all([worker.stop(), heavy.stop()]);
        await app.close();
        await Promise.all([background.close(), database.close()]);
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** What only a demonstration does by itself. */
function storyOf(deps: AppDeps, living: boolean): readonly Loop[] {
  const { database } = deps;
  const cast = { deps: caseDepsOf(deps), company: demoCompany() };
  return [crewDays(cast, database), ...(living ? [liveDay(cast, database)] : [])];
}

/** A pool of its own for the loops: requests had waited for connections behind them. */
async function backgroundDatabase(
  database: Database,
  { databaseUrl }: Config,
  { connection, say }: { readonly connection: Connection; readonly say: (line: string) => void },
): Promise<Database> {
  const { clock } = await businessClock(database, null);
  const onError = lostConnection(say);
  const background = openDatabase({ connection, clock, max: 6, onError });
  if (databaseUrl === null) giveWayIn(background, onError);
  return background;
}

function lostConnection(say: (line: string) => void): (error: Error) => void {
  return (error) => say(`数据库连接中断 / database connection lost: ${error.message}`);
}

async function openChecked(
  config: Config,
  connection: Connection,
  { say, empty }: { readonly say: (line: string) => void; readonly empty: boolean },
): Promise<Database> {
  const onError = lostConnection(say);
  const real = openDatabase({ connection, max: 2, onError });
  try {
    await reachServer(real, config);
    await checkServer(real);
    await migrate(real);
    await checkEventTypes(real, declaredEvents);
    if (config.clock !== null) await refuseScaled(real, empty);
    const { clock } = await businessClock(real, config.clock);
    return openDatabase({ connection, clock, max: 20, onError });
  } finally {
    await real.close();
  }
}

/** A company whose clock ran faster once could never trust a deadline again. */
async function refuseScaled(database: Database, empty: boolean): Promise<void> {
  const found = await database.maybe<{ demo: boolean }>(sql`select c.demo from companies c limit 1`);
  if (found === undefined ? !empty : found.demo) return;
  throw new StartRefusal(
    'DAFUWU_CLOCK 只供演示公司使用；正式公司请去掉它。',
    'DAFUWU_CLOCK is for demonstrations only: a real company runs on real time, so unset it.',
  );
}

async function dependencies(
  database: Database,
  config: Config,
): Promise<AppDeps & { readonly demo: boolean }> {
  const { demo, companyId } = await database.one<{ demo: boolean; companyId: string }>(
    sql`select c.demo, c.company_id as "companyId" from companies c limit 1`,
  );
  if (demo && !LOOPBACK.has(config.host))
    throw new StartRefusal(
      `演示公司的密码是公开的，只能在本机（127.0.0.1）访问，不能监听 ${config.host}。`,
      `The demo company's passwords are public: it listens on this machine (127.0.0.1) only, not on ${config.host}.`,
    );
  const { factor } = await businessClock(database, null);
  const handbook = handbookLibrary();
  const posts = (await handbook.active(database, companyId))?.handbook.posts ?? (await folderPosts());
  return {
    database,
    handbook,
    days: readWorkingDays(join(CHECKOUT, 'handbook', 'calendars', 'holiday-cn.json')),
    clockScale: factor,
    vault: await openVault(database, config),
    secure: config.tls !== null,
    postName: (post) => posts.find((one) => one.id === post)?.name ?? { zh: post, en: post },
    outside: outsideOf(config, demo),
    auditFolder: join(config.dataFolder, 'audit-heads'),
    metricsKey: config.metricsKey,
    ...(config.routing === null ? {} : { roads: roadsBy(config.routing, () => performance.now()) }),
    demo,
  };
}

/** Whatever lies plain from earlier is sealed; what another key sealed ends the start. */
async function openVault(database: Database, config: Config): Promise<Vault> {
  const vault = vaultFor(config);
  const foreign = await database.transaction((tx) => sealSecrets(tx, vault));
  if (foreign === 0) return vault;
  throw new StartRefusal(
    `数据库里有 ${foreign} 个动态验证码密钥是用另一把钥匙加密的：请放回原来的 ${KEY_FILE}（或设 DAFUWU_KEY）；确已丢失时见 docs/operations.md。`,
    `${foreign} secrets in the database were sealed with another key: put the old ${KEY_FILE} back (or set DAFUWU_KEY); if it is lost, see docs/operations.md.`,
  );
}

/** Names of posts until a first handbook is published. */
async function folderPosts() {
  return checkHandbook(await readHandbookFolder(HANDBOOK)).handbook?.posts ?? [];
}

function shellOptions(
  config: Config,
  options: { readonly webFolder: string; readonly say: (line: string) => void; readonly log: Logger },
): ShellOptions {
  return {
    webFolder: options.webFolder,
    tls: config.tls,
    trustedProxy: config.trustedProxy,
    log: options.log,
    logError(error, requestId) {
      options.log.error({ err: error, requestId }, 'request failed');
      options.say(`${requestId} ${describe(error)}`);
    },
  };
}

/** For the console; the log has the stack. */
function describe(error: unknown): string {
  const { code, message } = describeError(error);
  return code === undefined ? `${message}` : `${code} ${message}`;
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
