import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { readWorkingDays } from '#modules/clock/index.ts';
import { handbookLibrary } from '#modules/process/index.ts';
import { businessClock } from '#platform/db/business-clock.ts';
import { openDatabase } from '#platform/db/db.ts';
import { giveWay, giveWayIn } from '#platform/db/give-way.ts';
import { describeError } from '#platform/log.ts';
import type { HeavyThread } from './heavy-loops.ts';
import { heavyLoops, startWorker } from './worker.ts';

// The thread of what computes for long (heavy-loops.ts): an entry of its own, with its own connections to the same database.

const { connection, ownServer } = workerData as HeavyThread;
giveWay();

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
const tell = (loop: string, error: unknown) => parentPort?.postMessage({ loop, ...describeError(error) });
const lost = (error: Error) => tell('database', error);

const real = openDatabase({ connection, max: 1, onError: lost });
const { clock, factor } = await businessClock(real, null);
await real.close();
const database = openDatabase({ connection, clock, max: 4, onError: lost });
if (ownServer) giveWayIn(database, lost);
const days = readWorkingDays(
  join(import.meta.dirname, '..', '..', 'handbook', 'calendars', 'holiday-cn.json'),
);
const running = startWorker(
  heavyLoops({ database, handbook: handbookLibrary(), days, clockScale: factor }),
  tell,
);

parentPort?.once('message', async () => {
  await running.stop();
  await database.close();
});
