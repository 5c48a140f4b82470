import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { smallCounty } from '#modules/case/testing/small-county.ts';
import { readConfig } from '#platform/config.ts';
import { openDatabase } from '#platform/db/db.ts';
import { embeddedPostgres } from '#platform/db/embedded.ts';
import { sql } from '#platform/db/sql.ts';
import { runDoctorCli } from './cli-doctor.ts';
import { examine, type Finding, type Patient } from './doctor.ts';

const HOUR = 3_600_000;
const folder = mkdtempSync(join(tmpdir(), 'dafuwu-doctor-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const county = await smallCounty();
const { database } = county;
await database.run(sql`update companies set demo = false`);

/** The doctor's patient on this database, with what a test is about. */
function patient(env: Record<string, string> = {}, given: Partial<Patient> = {}): Patient {
  const config = readConfig({ DAFUWU_DATA: folder, PORT: '1', ...env }, '/');
  return { config, database, wantedNode: process.versions.node, now: Date.now, ...given };
}

/** What he says of each thing he looks at. */
async function levels(of: Patient): Promise<Readonly<Record<string, Finding['level']>>> {
  const findings = await examine(of);
  for (const one of findings) {
    assert.match(one.zh, /\p{Script=Han}|Node/u);
    assert.doesNotMatch(one.en, /\p{Script=Han}/u);
  }
  return Object.fromEntries(findings.map((one) => [one.check, one.level]));
}

async function serve(body: string): Promise<{ readonly server: Server; readonly port: string }> {
  const server = createServer((_request, response) => response.end(body));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  after(() => server.close());
  return { server, port: String((server.address() as AddressInfo).port) };
}

test('a sound installation is called sound; the test server, which would forget writes, is not', async () => {
  const program = await serve('{"outbox":{"lagSeconds":0}}');
  writeFileSync(join(folder, 'last-backup.json'), JSON.stringify({ at: Date.now() - HOUR, target: '/b' }));
  const gateway = join(folder, 'sms.json');
  writeFileSync(
    gateway,
    JSON.stringify({ url: `http://127.0.0.1:${program.port}/?to={phone}`, method: 'GET' }),
  );
  const sound = await levels(
    patient({
      PORT: program.port,
      DAFUWU_SMS: gateway,
      DAFUWU_MAIL: `smtp://127.0.0.1:${program.port}`,
      DAFUWU_MAIL_FROM: 'a@b.cn',
    }),
  );
  const { settings, data, audit, ...others } = sound;
  assert.equal(settings, 'fail');
  assert.notEqual(data, 'fail');
  assert.equal(audit, 'warn', 'nothing was exported yet');
  assert.deepEqual(new Set(Object.values(others)), new Set(['ok']), JSON.stringify(others));
});

test('each fault is found, and only it', async () => {
  const other = await serve('something else');
  const closed = await serve('');
  await new Promise((resolve) => closed.server.close(() => resolve(undefined)));
  const open = join(folder, 'open');
  mkdirSync(open);
  chmodSync(open, 0o755);
  const dead = { DAFUWU_MAIL: `smtp://127.0.0.1:${closed.port}`, DAFUWU_MAIL_FROM: 'a@b.cn' };
  const base = await levels(patient());
  const faults: readonly (readonly [string, Finding['level'], Patient])[] = [
    ['node', 'warn', patient({}, { wantedNode: '1.0.0' })],
    ['data', 'fail', patient({ DAFUWU_DATA: join(folder, 'none') })],
    ['data', 'warn', patient({ DAFUWU_DATA: open })],
    ['port', 'fail', patient({ PORT: other.port })],
    ['clock', 'fail', patient({}, { now: () => Date.now() + 2 * 60_000 })],
    ['clock', 'warn', patient({}, { now: () => Date.now() + 5000 })],
    ['mail', 'fail', patient(dead)],
    ['backup', 'warn', patient({}, { now: () => Date.now() + 30 * HOUR })],
    ['backup', 'fail', patient({}, { now: () => Date.now() + 200 * HOUR })],
  ];
  for (const [check, level, of] of faults) {
    const found = await levels(of);
    assert.equal(found[check], level, check);
    assert.notEqual(found[check], base[check], `${check} was so before`);
  }
});

test('the database’s own state: a step behind, newer than the program, no handbook, a head that is gone', async () => {
  const version = sql`(select max(m.version) from schema_migrations m)`;
  const changes = [
    ['schema', 'warn', sql`delete from schema_migrations where version = ${version}`],
    ['schema', 'fail', sql`insert into schema_migrations values (9999, 'x.sql', 'x', now())`],
    ['handbook', 'fail', sql`update companies set handbook_version_id = null`],
  ] as const;
  for (const [check, level, change] of changes) {
    const undo = new Error('undo');
    await assert.rejects(
      database.transaction(async (tx) => {
        await tx.run(change);
        const inside = {
          ...database,
          rows: tx.rows.bind(tx),
          one: tx.one.bind(tx),
          maybe: tx.maybe.bind(tx),
        };
        assert.equal((await levels(patient({}, { database: inside })))[check], level, check);
        throw undo;
      }),
      undo,
    );
    assert.equal((await levels(patient()))[check], 'ok', check);
  }
  mkdirSync(join(folder, 'audit-heads'));
  const { code } = await database.one<{ code: string }>(sql`select c.code from companies c`);
  const head = { company: county.companyId, day: '2026-11-23', seq: 999_999, hash: 'x' };
  writeFileSync(join(folder, 'audit-heads', `${code}.jsonl`), `${JSON.stringify(head)}\n`);
  assert.equal((await levels(patient()))['audit'], 'fail');
});

test('without a database he says so and looks at the rest; the command gives an exit code and JSON', async () => {
  const none = openDatabase({
    connection: embeddedPostgres({ folder: join(folder, 'none'), durable: true }).connection('dafuwu'),
    onError: () => undefined,
  });
  const found = await levels(patient({}, { database: none }));
  assert.deepEqual([found['database'], found['schema']], ['fail', undefined]);
  const { config } = patient();
  const { exitCode, out } = await runDoctorCli(['--json'], config, none);
  const said = JSON.parse(out) as { works: boolean; findings: Finding[] };
  assert.deepEqual([exitCode, said.works], [1, false]);
  assert.match(
    (await runDoctorCli(['--lang', 'en'], config, none)).out,
    /✘ The embedded database .* npm start/,
  );
  assert.equal((await runDoctorCli(['--cure'], config, none)).exitCode, 2);
  await none.close();
});
