import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';

// `npm run day`: a Monday of the demonstration company from eight o'clock, a minute a second, in a data folder of its own that
// begins anew each time. Customers come and colleagues work; whoever signs in works among them.

const CHECKOUT = join(import.meta.dirname, '..');
const FOLDER = join(CHECKOUT, '.dafuwu', 'day');
const MONDAY = 'scale:60@2026-11-23T08:00:00+08:00';

rmSync(FOLDER, { recursive: true, force: true });
const { status } = spawnSync(process.execPath, [join(CHECKOUT, 'scripts', 'start.ts'), '--day'], {
  env: { DAFUWU_CLOCK: MONDAY, ...process.env, DAFUWU_DATA: FOLDER },
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
