import assert from 'node:assert/strict';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdtempSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openDatabase, type Database } from '../db/db.ts';
import { embeddedPostgres } from '../db/embedded.ts';
import { sql } from '../db/sql.ts';
import { StartRefusal } from '../start-refusal.ts';
import { lastBackup, restoreBackup, takeBackup } from './backup.ts';

const home = mkdtempSync(join(tmpdir(), 'dafuwu-backup-'));
// As root the server runs as another account, which must be able to enter.
chmodSync(home, 0o711);
const data = join(home, 'data');
const server = embeddedPostgres({ folder: data, durable: true });
server.start();
const database = open(data);
await database.run(sql`create table rows_kept (n integer primary key, filler text not null)`);
await database.run(sql`insert into rows_kept select n, repeat('x', 500) from generate_series(1, 20000) n`);
await mkdir(join(data, 'audit-heads'));
writeFileSync(join(data, 'audit-heads', 'company.jsonl'), '{"seq":1}\n');

after(async () => {
  await database.close();
  server.stop();
  rmSync(home, { recursive: true, force: true });
});

function open(folder: string): Database {
  const connection = embeddedPostgres({ folder, durable: true }).connection('postgres');
  return openDatabase({ connection, max: 2, onError: () => undefined });
}

async function backup(name: string) {
  return await takeBackup(data, server.connection('postgres'), join(home, name), 1000);
}

test('a backup taken while rows are written restores to a moment of the copying, with all that was there before', async () => {
  const done = new AbortController();
  const writer = writeUntil(done.signal);
  await backup('busy');
  done.abort();
  const written = await writer;

  const restored = join(home, 'restored');
  await restoreBackup(join(home, 'busy'), restored);
  const again = embeddedPostgres({ folder: restored, durable: true });
  again.start();
  const copy = open(restored);
  try {
    const { rows, last } = await copy.one<{ rows: number; last: number }>(
      sql`select count(*)::integer as rows, max(r.n) as last from rows_kept r`,
    );
    assert.equal(rows, last, 'no row is missing in between');
    assert.ok(rows >= 20_000 && rows <= written, `${rows} of ${written}`);
    assert.ok(existsSync(join(restored, 'audit-heads', 'company.jsonl')));
    assert.ok(!existsSync(join(restored, 'log')) && !existsSync(join(restored, 'last-backup.json')));
    // The copy is a server like any other: it writes, stops and starts.
    await copy.run(sql`insert into rows_kept values (0, '')`);
  } finally {
    await copy.close();
    again.stop();
  }
  assert.deepEqual(await lastBackup(data), { at: 1000, target: join(home, 'busy') });
});

test('a damaged backup, a full folder and a second backup of one name are refused, and leave nothing behind', async () => {
  await backup('first');
  await assert.rejects(backup('first'), saying(/already/));
  await assert.rejects(restoreBackup(join(home, 'first'), data), saying(/There is something/));
  await assert.rejects(restoreBackup(home, join(home, 'none')), saying(/no complete backup/));

  appendFileSync(join(home, 'first', 'postgres', 'pg_hba.conf'), '# altered\n');
  await assert.rejects(
    restoreBackup(join(home, 'first'), join(home, 'none')),
    saying(/pg_hba.conf is altered/),
  );
  unlinkSync(join(home, 'first', 'postgres', 'pg_hba.conf'));
  await assert.rejects(
    restoreBackup(join(home, 'first'), join(home, 'none')),
    saying(/pg_hba.conf is missing/),
  );
  assert.ok(!existsSync(join(home, 'none')) && !existsSync(join(home, 'none.partial')));
});

/** Answers the last number written. */
async function writeUntil(signal: AbortSignal): Promise<number> {
  let n = 20_000;
  while (!signal.aborted) {
    n += 1;
    await database.run(sql`insert into rows_kept values (${n}, repeat('y', 500))`);
  }
  return n;
}

function saying(words: RegExp) {
  return (error: unknown) => error instanceof StartRefusal && words.test(error.en);
}
