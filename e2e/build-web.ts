import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';

const CONFIG = new URL('../src/web/vite.config.ts', import.meta.url).pathname;

/**
 * The folder of the built web app: the one that `npm test` built for all its files (`DAFUWU_TEST_WEB`), else a build of this
 * file's own, so that tests never look at a stale one.
 */
export async function buildWeb(): Promise<string> {
  const shared = process.env['DAFUWU_TEST_WEB'];
  if (shared !== undefined) return shared;
  const outDir = await mkdtemp(join(tmpdir(), 'dafuwu-web-'));
  await build({ configFile: CONFIG, logLevel: 'error', build: { outDir } });
  return outDir;
}

/** Builds the page that shows every part of the kit. */
export async function buildKit(): Promise<string> {
  const outDir = await mkdtemp(join(tmpdir(), 'dafuwu-kit-'));
  const root = new URL('./kit/', import.meta.url).pathname;
  await build({
    configFile: CONFIG,
    root,
    logLevel: 'error',
    publicDir: new URL('../src/web/public', import.meta.url).pathname,
    build: { outDir, rolldownOptions: { input: `${root}index.html` } },
  });
  if (!existsSync(join(outDir, 'index.html'))) throw new Error(`vite left no index.html in ${outDir}`);
  return outDir;
}
