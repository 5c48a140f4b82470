import { existsSync, globSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { DEMO_PASSWORD } from '#app/fill-database.ts';
import { type Running, startApp } from '#app/server.ts';
import { type Config, readConfig } from '#platform/config.ts';
import { type Embedded, embeddedPostgres } from '#platform/db/embedded.ts';
import { openLog } from '#platform/log.ts';
import { StartRefusal } from '#platform/start-refusal.ts';

// `npm start`: the embedded database (or DATABASE_URL), the web app if it is not built yet, and the server.

const CHECKOUT = join(import.meta.dirname, '..');
const WEB = join(CHECKOUT, 'dist', 'web');
const HOUSEHOLDS = 30_000;
/** Any constant; one program a data folder. It is held by a connection, so that a killed program holds nothing. */
const INSTANCE_LOCK = 4_150_003;
/** A fast shutdown takes a second or two; half a minute on a busy machine. */
const PATIENCE = 60;
const PAUSE_MS = 500;

try {
  await main();
} catch (error) {
  if (!(error instanceof StartRefusal)) throw error;
  console.error(`${error.zh}\n${error.en}`);
  process.exit(1);
}

async function main(): Promise<void> {
  const config = readConfig(process.env, CHECKOUT);
  await buildWebIfStale();
  const embedded = config.databaseUrl === null ? embeddedIn(config) : undefined;
  embedded?.start();
  const lock = embedded === undefined ? undefined : await takeFolder(embedded, config);
  const connection = embedded?.connection('dafuwu') ?? { connectionString: config.databaseUrl ?? '' };
  let running: Running;
  try {
    running = await startApp(config, connection, {
      webFolder: WEB,
      households: HOUSEHOLDS,
      empty: process.argv.includes('--empty'),
      liveDay: process.argv.includes('--day'),
      say: console.error,
      log: openLog(config.log),
    });
  } catch (error) {
    await lock?.end();
    embedded?.stop();
    throw error;
  }
  greet(running);
  const stop = once(async () => {
    await running.close();
    await lock?.end();
    embedded?.stop();
    process.exit(0);
  });
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

function embeddedIn(config: Config): Embedded {
  try {
    mkdirSync(config.dataFolder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new StartRefusal(
      `无法写入数据目录 ${config.dataFolder}，请检查权限和磁盘空间，或用 DAFUWU_DATA 另指目录。`,
      `Cannot write the data folder ${config.dataFolder}: check permissions and disk space, or set DAFUWU_DATA.`,
      { cause: error },
    );
  }
  return embeddedPostgres({ folder: config.dataFolder, durable: true });
}

/** Makes the database on the first start, and sees to it that no second program works on the same folder. */
async function takeFolder(embedded: Embedded, config: Config): Promise<Client> {
  const server = await connectPatiently(embedded);
  const { rows } = await server.query<{ got: boolean }>('select pg_try_advisory_lock($1) as got', [
    INSTANCE_LOCK,
  ]);
  if (rows[0]?.got !== true) {
    await server.end();
    throw new StartRefusal(
      `另一个程序正在使用 ${config.dataFolder}；请先停掉它，或用 DAFUWU_DATA 另指目录。`,
      `Another program is using ${config.dataFolder}: stop it first, or choose another folder with DAFUWU_DATA.`,
    );
  }
  const found = await server.query("select 1 from pg_database where datname = 'dafuwu'");
  if (found.rowCount === 0) await server.query('create database dafuwu');
  return server;
}

/** The program before us may still be stopping its database: wait until that is down, and start it again. */
async function connectPatiently(embedded: Embedded): Promise<Client> {
  for (let tries = 1; ; tries++) {
    const server = new Client(embedded.connection('postgres'));
    server.on('error', (error) => console.error(`数据库停止了 / the database stopped: ${error.message}`));
    try {
      await server.connect();
      return server;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      if (tries === PATIENCE || !/^(57P0[13]|ENOENT|ECONNREFUSED|ECONNRESET)$/.test(code)) throw error;
      await sleep(PAUSE_MS);
      embedded.start();
    }
  }
}

async function buildWebIfStale(): Promise<void> {
  const built = join(WEB, 'index.html');
  // While developing, Vite serves the pages.
  if (existsSync(built) && process.argv.includes('--pages-elsewhere')) return;
  const sources = globSync(['src/web/**/*', 'src/modules/*/domain/*.ts', 'package-lock.json'], {
    cwd: CHECKOUT,
  });
  const newest = Math.max(...sources.map((file) => statSync(join(CHECKOUT, file)).mtimeMs));
  if (existsSync(built) && statSync(built).mtimeMs > newest) return;
  console.log('正在构建网页 / building the pages …');
  const { build } = await import('vite');
  await build({ configFile: join(CHECKOUT, 'src', 'web', 'vite.config.ts'), logLevel: 'error' });
}

function greet(running: Running): void {
  console.log(`\n  大服务已启动 / dafuwu is running:  ${running.address}\n`);
  if (running.demoLogins.length > 0) {
    console.log(`  演示账号（密码都是 ${DEMO_PASSWORD}） / demo sign-ins, all with that password:`);
    console.log(`  ${running.demoLogins.join('  ')}\n`);
  }
  if (running.codes.length > 0) greetFirst(running);
  console.log('  Ctrl+C 停止 / stops\n');
}

function greetFirst({ codes, address }: Running): void {
  console.log('  三位管理员各用一次性口令设自己的密码（72 小时内，三个人，只显示这一次）');
  console.log(
    `  three administrators set their passwords with one-time codes, three people, shown once: ${address}/code`,
  );
  for (const { login, code } of codes) console.log(`    ${login.padEnd(16)}${code}`);
  console.log('  业务手册须发布后才能受理 / publish the handbook before the first case:');
  console.log('    bin/dafuwu handbook publish company\n');
}

function once(work: () => Promise<void>): () => void {
  let begun = false;
  return () => {
    if (begun) return;
    begun = true;
    work().catch((error: unknown) => {
      console.error(error);
      process.exit(1);
    });
  };
}
