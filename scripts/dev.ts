import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { createServer } from 'vite';

// `npm run dev`: the server, started again when its code, the handbook or a migration changes, and the pages by Vite, which
// puts every change into the open page. The pages' address is Vite's; it hands `/api` on to the server.

const CHECKOUT = join(import.meta.dirname, '..');
const WATCHED = ['src', 'handbook', 'db/migrations'];
/** An editor writes a file in several steps; one restart for all of them. */
const SETTLE_MS = 150;
const API_PORT = process.env['PORT'] ?? '8080';

let server = startServer();
let restart: NodeJS.Timeout | undefined;

for (const folder of WATCHED) watch(join(CHECKOUT, folder), { recursive: true }, changed);
process.env['DAFUWU_API'] = `http://127.0.0.1:${API_PORT}`;
const pages = await createServer({ configFile: join(CHECKOUT, 'src', 'web', 'vite.config.ts') });
await pages.listen();
pages.printUrls();
process.on('SIGINT', stop);
process.on('SIGTERM', stop);

function changed(_event: string, file: string | null): void {
  // The pages are Vite's business.
  if (file === null || file.startsWith('web') || /\.test\.tsx?$/.test(file)) return;
  clearTimeout(restart);
  restart = setTimeout(() => {
    console.log(`\n${file} 有改动，重启服务 / changed, starting the server again …`);
    void startAgain();
  }, SETTLE_MS);
}

function startServer(): ChildProcess {
  return spawn(process.execPath, [join(CHECKOUT, 'scripts', 'start.ts'), '--pages-elsewhere'], {
    env: { ...process.env, PORT: API_PORT },
    stdio: 'inherit',
  });
}

async function startAgain(): Promise<void> {
  await stopServer();
  server = startServer();
}

async function stopServer(): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  server.kill('SIGTERM');
  await once(server, 'exit');
}

function stop(): void {
  Promise.all([stopServer(), pages.close()]).then(
    () => process.exit(0),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
}
