import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DEMO_PASSWORD } from '#app/fill-database.ts';
import { HOUR, MINUTE } from '#kernel/instant.ts';
import { runStorm } from '#testing/storm/run-storm.ts';

// `npm run storm -- FILE`: a real storm as calls and last gasps over the demo network, by the program's own doors, on a clock that runs
// `--speed` times; the desk judges, the dispatcher sends whom the program proposes, crews come, find, repair and report. Prints what was
// accepted, lost, doubled, how fast, which devices were named, arrivals, five ones, what customers were told, customer-minutes (docs/storm.md).
// Without a file: the storm of this repository (src/testing/replay/data/NOTICE.md).

const OWN = join(
  import.meta.dirname,
  '..',
  'src/testing/replay/data/replay-lgeku-2022-07-06_thunderstorm.jsonl.gz',
);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    households: { type: 'string', default: '30000' },
    reports: { type: 'string', default: '6000' },
    /** Business minutes within which all reports come. */
    minutes: { type: 'string', default: '60' },
    /** Business hours of dispatching and repairing; 0: nobody is sent. */
    hours: { type: 'string', default: '8' },
    speed: { type: 'string', default: '60' },
    /** Of `npm run seed -- storm`; what is played there stays. */
    folder: { type: 'string' },
  },
});

const ok = await runStorm({
  file: positionals[0] ?? OWN,
  households: Number(values.households),
  reports: Number(values.reports),
  lasts: Number(values.minutes) * MINUTE,
  restores: Number(values.hours) * HOUR,
  speed: Number(values.speed),
  password: DEMO_PASSWORD,
  ...(values.folder === undefined ? {} : { folder: values.folder }),
  say: console.log,
});
process.exitCode = ok ? 0 : 1;
