import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PoolConfig } from 'pg';
import { DEMO_PASSWORD } from '#app/fill-database.ts';
import { hashPassword } from '#modules/org/index.ts';
import { type Database, openDatabase } from '#platform/db/db.ts';
import { embeddedPostgres } from '#platform/db/embedded.ts';
import { migrate } from '#platform/db/migrate.ts';
import { demoCompany } from './demo/demo-company.ts';
import { loadDemo } from './demo/load-demo.ts';
import { type CompanyClient, companyClient } from './company-client.ts';

const PROGRAM = join(import.meta.dirname, '..', '..', 'scripts', 'company-program.ts');

export type RunningProgram = {
  readonly client: CompanyClient;
  kill(): Promise<void>;
  stop(): Promise<void>;
  /** What it complained about. */
  said(): string;
};

/** The demo company on a server of its own, with programs that can be started, stopped and killed. */
export type CompanyRig = {
  readonly folder: string;
  readonly connection: PoolConfig;
  /** A pool of the checker's own; it lives through kills of the server. */
  readonly database: Database;
  startProgram(env?: Readonly<Record<string, string>>): Promise<RunningProgram>;
  /** kill -9 of the postmaster and everything below it, then the server's own recovery. */
  killServer(): Promise<void>;
  close(): Promise<void>;
};

/** `folder`: one that is there already and stays; without it a temporary company of so many households is made. */
export async function companyRig(options: {
  readonly households: number;
  readonly folder?: string;
}): Promise<CompanyRig> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'dafuwu-rig-'));
  const server = embeddedPostgres({ folder, durable: true });
  server.start();
  const connection = server.connection('dafuwu');
  if (options.folder === undefined) await makeCompany(server, options);
  // A server that was killed takes its connections along; whoever asks gets the error.
  const database = openDatabase({ connection, max: 4, onError: () => undefined });
  const programs = new Set<ChildProcess>();

  async function startProgram(env: Readonly<Record<string, string>> = {}): Promise<RunningProgram> {
    const child = spawn(process.execPath, [PROGRAM], {
      env: { ...process.env, DAFUWU_DATA: folder, PORT: '0', ...env },
    });
    programs.add(child);
    let said = '';
    let printed = '';
    child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-20_000)));
    child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    for (;;) {
      const address = /address (\S+)/.exec(printed)?.[1];
      if (address !== undefined)
        return { ...handles(child), client: companyClient(address), said: () => said };
      if (child.exitCode !== null) throw new Error(`the program did not start: ${said}`);
      await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
    }
  }

  return {
    folder,
    connection,
    database,
    startProgram,
    async killServer() {
      const pid = Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
      // All at once: a backend that outlives its postmaster could still write what was only promised.
      const all = [pid, ...childrenOf(pid)];
      for (const one of all) killHard(one);
      while (all.some(isThere)) await new Promise((resolve) => setTimeout(resolve, 20));
      server.start();
    },
    async close() {
      for (const child of programs)
        if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await database.close();
      server.stop();
      if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function makeCompany(
  server: ReturnType<typeof embeddedPostgres>,
  { households }: { readonly households: number },
): Promise<void> {
  const admin = openDatabase({ connection: server.connection('postgres'), max: 1, onError: () => undefined });
  await admin.pool.query('create database dafuwu');
  await admin.close();
  const database = openDatabase({
    connection: server.connection('dafuwu'),
    max: 2,
    onError: () => undefined,
  });
  await migrate(database);
  await loadDemo(database, {
    company: demoCompany(),
    households,
    passwordHash: await hashPassword(DEMO_PASSWORD),
  });
  await database.close();
}

function childrenOf(pid: number): readonly number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .trim()
    .split(' ')
    .filter(Boolean)
    .map(Number);
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function killHard(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // It ended by itself in between.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

function handles(child: ChildProcess) {
  async function end(signal: NodeJS.Signals): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  }
  return { kill: () => end('SIGKILL'), stop: () => end('SIGTERM') };
}
