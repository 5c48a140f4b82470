import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';

const CONFIG = new URL('../src/web/vite.config.ts', import.meta.url).pathname;

/** Builds the web app into a folder of its own, so that tests never look at a stale build. Returns the folder. */
export async function buildWeb(): Promise<string> {
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
