import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { PoolConfig } from 'pg';
import { DEMO_PASSWORD } from '#app/fill-database.ts';
import { HOUR } from '#kernel/instant.ts';
import { readConfig } from '#platform/config.ts';
import { embeddedPostgres } from '#platform/db/embedded.ts';
import { EXCERPT } from '#testing/replay/read-outages.ts';
import { runReplay } from '#testing/replay/run-replay.ts';

// `npm run replay -- FILE`: plays real outage histories against the program. Without a file: the excerpt of this repository.
// `--url` names a running demo (start it with `DAFUWU_CLOCK`, or it takes as long as the outages took); else it starts one of
// its own in a temporary folder, on a clock that runs `--speed` times.

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    url: { type: 'string' },
    /** Outages at most, the first of the file. */
    most: { type: 'string', default: '300' },
    hours: { type: 'string', default: '6' },
    speed: { type: 'string', default: '120' },
  },
});

/** The database of the program that is named, where `DAFUWU_DATA` or `DATABASE_URL` say it as they do for the program. */
function databaseOf(): PoolConfig | null {
  const { databaseUrl, dataFolder } = readConfig(process.env, join(import.meta.dirname, '..'));
  if (databaseUrl !== null) return { connectionString: databaseUrl };
  if (!existsSync(join(dataFolder, 'postgres', 'postmaster.pid'))) return null;
  return embeddedPostgres({ folder: dataFolder, durable: true }).connection('dafuwu');
}

const ok = await runReplay({
  file: positionals[0] ?? EXCERPT,
  running: values.url === undefined ? null : { url: values.url, connection: databaseOf() },
  password: DEMO_PASSWORD,
  most: Number(values.most),
  within: Number(values.hours) * HOUR,
  speed: Number(values.speed),
  households: 3000,
  say: console.log,
});
process.exitCode = ok ? 0 : 1;
