import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { readWorkingDays } from '#modules/clock/index.ts';
import { handbookLibrary } from '#modules/process/index.ts';
import { openDatabase } from '#platform/db/db.ts';
import { buildApp } from '../build-app.ts';

const CALENDAR = join(import.meta.dirname, '..', '..', '..', 'handbook', 'calendars', 'holiday-cn.json');

/** The program with all its routes and no database behind them: for what can be known of the interface alone. */
export async function unconnectedApp(): Promise<FastifyInstance> {
  const app = await buildApp(
    {
      database: openDatabase({ connection: { host: '/nowhere' }, onError: throwIt }),
      handbook: handbookLibrary(),
      days: readWorkingDays(CALENDAR),
      clockScale: 1,
      secure: false,
      postName: (name) => ({ zh: name, en: name }),
    },
    {
      webFolder: null,
      tls: null,
      trustedProxy: null,
      logError: throwIt,
    },
  );
  await app.ready();
  return app;
}

function throwIt(error: unknown): never {
  throw error;
}
