import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

// `npm run bench`: every measurement, or those that are named (`npm run bench -- intake`). Each prints its ratio to a floor of
// the same run and fails when it does not keep what is promised.

const ALL = ['clock', 'breaches', 'audit', 'intake', 'reads', 'reads-storm', 'route', 'dispatch', 'infer'];
const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !ALL.includes(name));
if (unknown !== undefined) {
  console.error(`no measurement ${unknown}; there are ${ALL.join(', ')}`);
  process.exit(2);
}
for (const name of wanted.length === 0 ? ALL : wanted) {
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, `${name}.ts`)], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exitCode = 1;
}
