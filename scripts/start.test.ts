import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { embeddedPostgres } from '#platform/db/embedded.ts';

// The program as it is started for real: first start, second instance, busy port, kill -9, and a clean stop.

const folder = mkdtempSync(join(tmpdir(), 'dafuwu-start-'));
after(() => {
  embeddedPostgres({ folder, durable: true }).stop();
  rmSync(folder, { recursive: true, force: true });
});

type Started = { readonly child: ChildProcess; readonly address: string; readonly seconds: number };

function run(env: Record<string, string>) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'start.ts')], {
    env: { ...process.env, DAFUWU_DATA: folder, PORT: '0', ...env },
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return { child, said: () => output };
}

async function start(env: Record<string, string> = {}): Promise<Started> {
  const began = performance.now();
  const { child, said } = run(env);
  for (;;) {
    const address = /is running:\s+(http:\S+)/.exec(said())?.[1];
    if (address !== undefined) return { child, address, seconds: (performance.now() - began) / 1000 };
    if (child.exitCode !== null) throw new Error(said());
    await Promise.race([once(child.stdout, 'data'), once(child.stderr, 'data'), once(child, 'exit')]);
  }
}

async function refusal(env: Record<string, string>): Promise<string> {
  const { child, said } = run(env);
  await once(child, 'exit');
  assert.equal(child.exitCode, 1);
  return said();
}

test('start, second instance, busy port, kill -9, start again, stop', { timeout: 180_000 }, async () => {
  const first = await start();
  assert.ok(first.seconds < 60, `first start took ${first.seconds} s`);
  assert.equal((await fetch(`${first.address}/api/health`)).status, 200);

  const second = await refusal({});
  assert.match(second, /Another program is using/);
  assert.doesNotMatch(second, /\n\s+at /);

  first.child.kill('SIGKILL');
  await once(first.child, 'exit');

  const blocker = createServer().listen(0, '127.0.0.1');
  await once(blocker, 'listening');
  const { port } = blocker.address() as { port: number };
  assert.match(await refusal({ PORT: String(port) }), new RegExp(`Port ${port} is in use`));
  blocker.close();

  const again = await start();
  assert.ok(again.seconds < 10, `second start took ${again.seconds} s`);
  const roles = (await (await fetch(`${again.address}/api/demo-roles`)).json()) as unknown[];
  assert.ok(roles.length > 20);

  again.child.kill('SIGTERM');
  await once(again.child, 'exit');
  assert.equal(again.child.exitCode, 0);
});

test('what is set wrongly is said in a sentence', { timeout: 60_000 }, async () => {
  assert.match(await refusal({ PORT: 'http' }), /PORT must be an integer from 0 to 65535/);
  assert.match(await refusal({ DAFUWU_CLOCK: 'fast' }), /DAFUWU_CLOCK must look like/);
  assert.match(await refusal({ HOST: '0.0.0.0' }), /listens on this machine/);
});
