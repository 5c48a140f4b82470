import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApp } from '#app/server.ts';
import { readConfig } from '#platform/config.ts';
import { openLog } from '#platform/log.ts';
import { embeddedPostgres } from '#platform/db/embedded.ts';

// The program as a process of its own that can be killed, on a database that somebody else started; without pages and
// without the demonstration's own life. Started by `companyRig`.

const config = readConfig(process.env, process.cwd());
const connection =
  config.databaseUrl === null
    ? embeddedPostgres({ folder: config.dataFolder, durable: true }).connection('dafuwu')
    : { connectionString: config.databaseUrl };

const running = await startApp(config, connection, {
  webFolder: mkdtempSync(join(tmpdir(), 'dafuwu-no-pages-')),
  households: 0,
  empty: false,
  liveDay: false,
  say: console.error,
  log: openLog(config.log),
});
console.log(`address ${running.address}`);
process.on('SIGTERM', () => {
  void running.close().then(() => process.exit(0));
});
