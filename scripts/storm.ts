import { parseArgs } from 'node:util';
import { DEMO_PASSWORD } from '#app/fill-database.ts';
import { MINUTE } from '#kernel/instant.ts';
import { EXCERPT } from '#testing/replay/read-outages.ts';
import { runStorm } from '#testing/storm/run-storm.ts';

// `npm run storm -- FILE`: a real storm as calls and last gasps over the demo network, by the program's own doors, on a clock that runs
// `--speed` times. Prints what was accepted, lost, doubled, how long it took and which devices were named. Without a file: the excerpt.

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    households: { type: 'string', default: '30000' },
    reports: { type: 'string', default: '15000' },
    minutes: { type: 'string', default: '60' },
    speed: { type: 'string', default: '10' },
    folder: { type: 'string' },
  },
});

const ok = await runStorm({
  file: positionals[0] ?? EXCERPT,
  households: Number(values.households),
  reports: Number(values.reports),
  lasts: Number(values.minutes) * MINUTE,
  speed: Number(values.speed),
  password: DEMO_PASSWORD,
  ...(values.folder === undefined ? {} : { folder: values.folder }),
  say: console.log,
});
process.exitCode = ok ? 0 : 1;
