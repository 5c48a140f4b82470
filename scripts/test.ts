import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { startTestCluster } from '#testing/database.ts';
import { buildWeb } from '../e2e/build-web.ts';

// `npm test`: the one gate. Format, lint and types first because they are quick; then every test. With `--fast` only what
// needs neither a database nor a browser. The test runner's own count is the last thing printed.

const root = join(import.meta.dirname, '..');
const env = {
  ...process.env,
  PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env['PATH'] ?? ''}`,
  TZ: 'UTC',
};
const fast = process.argv.includes('--fast');

step('biome', ['format', '.']);
step('oxlint', ['--deny-warnings']);
// Files that nothing imports, exports that nobody asks for, dependencies that nothing uses.
if (!fast) step('knip', ['--include', 'files,exports,types,dependencies,unlisted,binaries,unresolved']);
for (const world of ['domain', 'server', 'web']) step('tsc', ['-p', `tsconfig.${world}.json`]);
await runTests();

function step(command: string, args: readonly string[]): void {
  const { status } = spawnSync(command, args, { cwd: root, env, stdio: 'inherit' });
  if (status !== 0) {
    console.error(`${command} ${args.join(' ')}: exit ${status}`);
    process.exit(1);
  }
}

async function runTests(): Promise<void> {
  const patterns = fast
    ? ['src/kernel/**/*.test.ts', 'src/modules/*/domain/**/*.test.ts']
    : ['src/**/*.test.ts', 'scripts/**/*.test.ts', 'e2e/**/*.test.ts'];
  const files = globSync(patterns, { cwd: root }).toSorted();
  // Two at a time: each file may hold a database clone or a browser, and the smallest machine we promise has two cores.
  const args = ['--test', '--test-concurrency=2', '--test-reporter=spec', ...files];
  const web = fast ? undefined : await buildWeb();
  const cluster = fast ? undefined : startTestCluster();
  // Each file is a program of its own; what Node made of our modules for the first of them serves the others (half a second each).
  const compiled = mkdtempSync(join(tmpdir(), 'dafuwu-compiled-'));
  try {
    const shared = {
      ...env,
      NODE_COMPILE_CACHE: compiled,
      ...(cluster && web && { DAFUWU_TEST_CLUSTER: cluster.folder, DAFUWU_TEST_WEB: web }),
    };
    process.exitCode =
      spawnSync(process.execPath, args, { cwd: root, env: shared, stdio: 'inherit' }).status ?? 1;
  } finally {
    cluster?.stop();
    rmSync(compiled, { recursive: true });
    if (web !== undefined) rmSync(web, { recursive: true });
  }
}
