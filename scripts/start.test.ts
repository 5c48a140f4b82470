import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Client } from 'pg';
import { embeddedPostgres } from '#platform/db/embedded.ts';
import { startTestCluster } from '#testing/database.ts';

// Long because the tests share one folder and what was started in it: a first start takes a quarter of a minute.
// The program as it is started for real: first start, second instance, busy port, kill -9, and a clean stop.

const folder = mkdtempSync(join(tmpdir(), 'dafuwu-start-'));
const children = new Set<ChildProcess>();
after(() => {
  // A test that failed leaves its program running, and its pipes would keep this file from ending.
  for (const child of children) child.kill('SIGKILL');
  embeddedPostgres({ folder, durable: true }).stop();
  rmSync(folder, { recursive: true, force: true });
});

const NOBODY = 65_534;
const AS_NOBODY = [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'];

type Started = {
  readonly child: ChildProcess;
  readonly address: string;
  readonly seconds: number;
  readonly said: () => string;
};

function run(env: Record<string, string>, args: readonly string[] = [], as: 'me' | 'nobody' = 'me') {
  const command = [process.execPath, join(import.meta.dirname, 'start.ts'), ...args];
  const [program = '', ...rest] = as === 'me' ? command : ['setpriv', ...AS_NOBODY, ...command];
  const child = spawn(program, rest, { env: { ...process.env, DAFUWU_DATA: folder, PORT: '0', ...env } });
  children.add(child);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return { child, said: () => output };
}

async function start(
  env: Record<string, string> = {},
  args: readonly string[] = [],
  as: 'me' | 'nobody' = 'me',
): Promise<Started> {
  const began = performance.now();
  const { child, said } = run(env, args, as);
  for (;;) {
    const address = /is running:\s+(http:\S+)/.exec(said())?.[1];
    if (address !== undefined && said().includes('Ctrl+C'))
      return { child, address, said, seconds: (performance.now() - began) / 1000 };
    if (child.exitCode !== null) throw new Error(said());
    await Promise.race([once(child.stdout, 'data'), once(child.stderr, 'data'), once(child, 'exit')]);
  }
}

/** A machine that is busy with other tests for a moment gets a second try; a program that is slow is slow twice. */
async function startWithin(seconds: number): Promise<Started> {
  const one = await start();
  if (one.seconds < seconds) return one;
  one.child.kill('SIGTERM');
  await once(one.child, 'exit');
  const other = await start();
  assert.ok(other.seconds < seconds, `start took ${one.seconds} s, and then ${other.seconds} s`);
  return other;
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

  const again = await startWithin(5);
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

test('--empty: three one-time codes, a handbook by the command line, no demonstration', {
  timeout: 120_000,
}, async () => {
  const own = mkdtempSync(join(tmpdir(), 'dafuwu-empty-'));
  const env = { DAFUWU_DATA: own };
  try {
    const { child, address, said } = await start(env, ['--empty']);
    const codes = [...said().matchAll(/^ +(\S+) +((?:[A-Z2-9]{5}-){3}[A-Z2-9]{5})$/gm)];
    assert.deepEqual(
      codes.map(([, login]) => login),
      ['administrator', 'security-admin', 'auditor'],
    );
    assert.equal((await fetch(`${address}/api/demo-roles`)).status, 404);
    const used = await write(address, '/api/session/code', {
      code: codes[0]?.[2],
      newPassword: 'Diyige-guanliyuan-1',
    });
    assert.deepEqual(await used.json(), { login: 'administrator' });
    assert.equal((await health(address)).handbook, 'none');
    assert.match(await cli(env, ['handbook', 'publish', 'company']), /已发布/);
    assert.equal((await health(address)).handbook, 'ok');
    assert.match(await cli(env, ['account', 'reset', 'company', 'auditor']), /([A-Z2-9]{5}-){3}/);
    const port = new URL(address).port;
    assert.match(
      await cli({ ...env, PORT: port }, ['doctor', '--lang', 'en']),
      /The program answers at[^]*! Never backed up/,
    );
    await restoresWhole(own);
    child.kill('SIGINT');
    await once(child, 'exit');
    assert.equal(child.exitCode, 0, 'Ctrl+C is a clean end');
    const fast = { ...env, DAFUWU_CLOCK: 'scale:60@2026-11-23T08:00:00+08:00' };
    assert.match(await refusal(fast), /DAFUWU_CLOCK is for demonstrations only/);
    await makeNewer(own);
    assert.match(await refusal(env), /schema \(number 9999\) is newer than this program/);
    assert.match(
      readFileSync(join(own, 'log', 'dafuwu.log'), 'utf8'),
      /"route":"\/api\/session\/code","status":200/,
    );
    assert.doesNotMatch(readFileSync(join(own, 'log', 'dafuwu.log'), 'utf8'), /Diyige/);
  } finally {
    embeddedPostgres({ folder: own, durable: true }).stop();
    rmSync(own, { recursive: true, force: true });
  }
});

/** Backs up what runs, restores it elsewhere, and finds there the rows, the chain of the audit and a sound installation. */
async function restoresWhole(own: string): Promise<void> {
  const [backup, restored] = [`${own}-backup`, `${own}-restored`];
  const there = { DAFUWU_DATA: restored };
  const copy = embeddedPostgres({ folder: restored, durable: true });
  try {
    // What was done is sealed within a second or two; the copy's chain must be whole with it.
    while (!/unsealed 0/.test(await cli({ DAFUWU_DATA: own }, ['audit', 'verify'])));
    assert.match(await cli({ DAFUWU_DATA: own }, ['backup', backup]), /已备份/);
    assert.match(await cli(there, ['restore', backup]), /已恢复/);
    copy.start();
    assert.deepEqual(await countsIn(restored), await countsIn(own));
    assert.match(await cli(there, ['audit', 'verify']), /sealed [1-9]\d*，.* heads 1，问题 faults 0/);
  } finally {
    copy.stop();
    for (const path of [backup, restored]) rmSync(path, { recursive: true, force: true });
  }
}

async function countsIn(data: string): Promise<readonly unknown[]> {
  const client = new Client(embeddedPostgres({ folder: data, durable: true }).connection('dafuwu'));
  await client.connect();
  const { rows } = await client.query(`
    select (select count(*) from people) as people, (select count(*) from units) as units,
      (select count(*) from handbook_versions) as handbooks, (select count(*) from audit_entries) as audit,
      (select string_agg(password_hash, '' order by person_id) from accounts) as accounts`);
  await client.end();
  return rows;
}

/** As a newer program would leave it. */
async function makeNewer(data: string): Promise<void> {
  const server = embeddedPostgres({ folder: data, durable: true });
  server.start();
  const client = new Client(server.connection('dafuwu'));
  await client.connect();
  await client.query("insert into schema_migrations values (9999, '9999_later.sql', '', now())");
  await client.end();
}

test('two programs that start at once on one DATABASE_URL share it; the demonstration is built once', {
  timeout: 120_000,
}, async () => {
  const cluster = startTestCluster();
  try {
    const connection = embeddedPostgres({ folder: cluster.folder, durable: false }).connection('postgres');
    const client = new Client(connection);
    await client.connect();
    await client.query('create database shared');
    // A program refuses a server that may lose acknowledged writes; a throw-away one says it would not.
    for (const name of ['fsync', 'full_page_writes', 'synchronous_commit'])
      await client.query(`alter system set ${name} = on`);
    await client.query('select pg_reload_conf()');
    await client.end();
    const url = `postgres://dafuwu@/shared?host=${encodeURIComponent(String(connection.host))}`;
    const [a, b] = await Promise.all([start({ DATABASE_URL: url }), start({ DATABASE_URL: url })]);
    const roles = await Promise.all(
      [a, b].map(async (one) => (await fetch(`${one.address}/api/demo-roles`)).json()),
    );
    assert.deepEqual(roles[0], roles[1]);
    for (const { child } of [a, b]) {
      child.kill('SIGTERM');
      await once(child, 'exit');
      assert.equal(child.exitCode, 0);
    }
  } finally {
    cluster.stop();
  }
});

test('a database that is not there is one sentence, without its password', { timeout: 30_000 }, async () => {
  const said = await refusal({ DATABASE_URL: 'postgres://u:geheim@127.0.0.1:9/none' });
  assert.match(said, /Cannot reach the database postgres:\/\/u:\*\*\*@127\.0\.0\.1:9\/none: .*ECONNREFUSED/);
  assert.doesNotMatch(said, /geheim|\n\s+at /);
});

const asRoot = process.getuid?.() === 0;

test('a full disk is one sentence', {
  timeout: 60_000,
  skip: asRoot ? false : 'needs root for a tiny file system',
}, async (t) => {
  const small = mkdtempSync(join(tmpdir(), 'dafuwu-full-'));
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', small]).status !== 0) {
    rmSync(small, { recursive: true });
    t.skip('may not mount a tmpfs here');
    return;
  }
  try {
    const said = await refusal({ DAFUWU_DATA: join(small, 'data') });
    assert.match(said, /Cannot create the database in .*No space left|did not start/);
    assert.doesNotMatch(said, /\n\s+at /);
  } finally {
    spawnSync('umount', [small]);
    rmSync(small, { recursive: true });
  }
});

test('a disk that fills while it runs: writes say so and leave nothing, reading goes on, space brings writing back', {
  timeout: 120_000,
  skip: asRoot ? false : 'needs root for a tiny file system',
}, async (t) => {
  const small = mkdtempSync(join(tmpdir(), 'dafuwu-fills-'));
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=160m', 'tmpfs', small]).status !== 0) {
    rmSync(small, { recursive: true });
    t.skip('may not mount a tmpfs here');
    return;
  }
  try {
    const { child, address, said } = await start({ DAFUWU_DATA: join(small, 'data') }, ['--empty']);
    const code = /administrator +(\S+)/.exec(said())?.[1];
    const newPassword = 'Diyige-guanliyuan-1';
    await write(address, '/api/session/code', { code, newPassword });
    const signed = await write(address, '/api/session', { login: 'administrator', password: newPassword });
    const cookie = signed.headers.get('set-cookie')?.split(';')[0] ?? '';
    const company = await fetch(`${address}/api/org/company`, { headers: { cookie } });
    const { units } = (await company.json()) as { units: readonly { id: string }[] };
    const filler = join(small, 'filler');
    spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=1M']);

    const person = { name: '满盘', phone: null, unitId: units[0]?.id, post: 'clerk' };
    const add = async (staffNo: string) =>
      await write(
        address,
        '/api/org/people',
        { ...person, staffNo },
        { cookie, 'idempotency-key': `disk-${staffNo}` },
      );
    let full = await add('F1000');
    for (let i = 1001; i < 1200 && full.status === 200; i++) full = await add(`F${i}`);
    const { error } = (await full.json()) as { error: { code: string } };
    assert.deepEqual([full.status, error.code], [503, 'http.disk-full']);
    assert.equal((await fetch(`${address}/api/org/people`, { headers: { cookie } })).status, 200);
    rmSync(filler);
    assert.equal((await add('F2000')).status, 200);
    child.kill('SIGTERM');
    await once(child, 'exit');
    assert.equal(child.exitCode, 0);
  } finally {
    embeddedPostgres({ folder: join(small, 'data'), durable: true }).stop();
    spawnSync('umount', [small]);
    rmSync(small, { recursive: true, force: true });
  }
});

test('a data folder that cannot be one is one sentence', { timeout: 30_000 }, async () => {
  const said = await refusal({ DAFUWU_DATA: join(import.meta.filename, 'below-a-file') });
  assert.match(said, /Cannot write the data folder/);
});

test('an ordinary user starts it too', {
  timeout: 120_000,
  skip: asRoot ? false : 'this whole file is run by an ordinary user',
}, async (t) => {
  const home = mkdtempSync(join(tmpdir(), 'dafuwu-nobody-'));
  chownSync(home, NOBODY, NOBODY);
  if (spawnSync('setpriv', ['--version']).status !== 0) {
    t.skip('no setpriv here');
    return;
  }
  try {
    const { child, address } = await start(
      { DAFUWU_DATA: join(home, 'data'), HOME: home },
      ['--empty'],
      'nobody',
    );
    assert.equal((await fetch(`${address}/api/health`)).status, 200);
    assert.equal(statSync(join(home, 'data', 'postgres')).uid, NOBODY);
    child.kill('SIGTERM');
    await once(child, 'exit');
    assert.equal(child.exitCode, 0);
  } finally {
    spawnSync('setpriv', [...AS_NOBODY, 'sh', '-c', `kill $(head -1 ${home}/data/postgres/postmaster.pid)`]);
    rmSync(home, { recursive: true, force: true });
  }
});

async function write(
  address: string,
  path: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<Response> {
  return await fetch(`${address}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-dafuwu-csrf': '1', ...headers },
    body: JSON.stringify(body),
  });
}

async function health(address: string): Promise<{ readonly handbook: string }> {
  return (await (await fetch(`${address}/api/health`)).json()) as { handbook: string };
}

async function cli(env: Record<string, string>, args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '..', 'src', 'app', 'cli.ts'), ...args], {
    env: { ...process.env, ...env },
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await once(child, 'close');
  assert.equal(child.exitCode, 0, said);
  return said;
}
