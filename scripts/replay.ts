import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DEMO_PASSWORD } from '#app/fill-database.ts';
import { HOUR } from '#kernel/instant.ts';
import { runReplay } from '#testing/replay/run-replay.ts';

// `npm run replay -- FILE`: plays real outage histories against the program. Without a file: the excerpt of this repository.
// `--url` names a running demo; else it starts one of its own in a temporary folder, on a clock that runs `--speed` times.

const EXCERPT = join(
  import.meta.dirname,
  '..',
  'src',
  'testing',
  'replay',
  'data',
  'lgeku-2022-07-06-excerpt.jsonl.gz',
);

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

const ok = await runReplay({
  file: positionals[0] ?? EXCERPT,
  url: values.url ?? null,
  password: DEMO_PASSWORD,
  most: Number(values.most),
  within: Number(values.hours) * HOUR,
  speed: Number(values.speed),
  households: 3000,
  say: console.log,
});
process.exitCode = ok ? 0 : 1;
