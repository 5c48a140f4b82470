import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { testDatabase } from '#testing/database.ts';
import { StartRefusal } from '../start-refusal.ts';
import { businessClock } from './business-clock.ts';
import { openDatabase } from './db.ts';
import { migrate } from './migrate.ts';
import { sql } from './sql.ts';

test('a clone has the current schema, and migrating it again changes nothing', async () => {
  const { database } = await testDatabase();
  const before = await database.rows(sql`select m.version, m.applied_at from schema_migrations m order by 1`);
  await Promise.all([migrate(database), migrate(database), migrate(database)]);
  assert.deepEqual(
    await database.rows(sql`select m.version, m.applied_at from schema_migrations m order by 1`),
    before,
  );
  assert.ok(before.length > 3);
});

test('a newer schema, and a file changed after it was applied, are refused with a sentence', async () => {
  const { database } = await testDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'dafuwu-migrations-'));
  writeFileSync(join(folder, '0001_platform.sql'), 'select 1');
  await assert.rejects(
    migrate(database, folder),
    (e) => e instanceof StartRefusal && /0001_platform/.test(e.en),
  );
  await database.run(sql`insert into schema_migrations values (9999, 'from_the_future', 'x', now())`);
  await assert.rejects(
    migrate(database),
    (e) => e instanceof StartRefusal && /newer than this program/.test(e.en),
  );
});

test('a migration that fails leaves nothing behind', async () => {
  const { database } = await testDatabase();
  await database.run(sql`delete from schema_migrations`);
  const folder = mkdtempSync(join(tmpdir(), 'dafuwu-migrations-'));
  writeFileSync(join(folder, '9001_half.sql'), 'create table half (a int); select 1/0;');
  await assert.rejects(migrate(database, folder), /division by zero/);
  assert.equal(await database.maybe(sql`select 1 from pg_class c where c.relname = 'half'`), undefined);
});

test('a migration may take longer than any screen waits, and so may whoever starts beside it', async () => {
  const { connection } = await testDatabase();
  const limits = { query_timeout: 400, statement_timeout: 300, lock_timeout: 200 };
  const databases = [1, 2].map(() =>
    openDatabase({ connection: { ...connection, ...limits }, max: 1, onError: () => undefined }),
  );
  const [one] = databases;
  await one?.run(sql`delete from schema_migrations`);
  const folder = mkdtempSync(join(tmpdir(), 'dafuwu-migrations-'));
  writeFileSync(join(folder, '9001_slow.sql'), 'select pg_sleep(1); create table slow (a int);');
  await Promise.all(databases.map((database) => migrate(database, folder)));
  const { limit } = (await one?.one<{ limit: string }>(
    sql`select current_setting('statement_timeout') as limit`,
  )) ?? { limit: '' };
  assert.equal(limit, '300ms', 'screens have their limits again');
  await Promise.all(databases.map((database) => database.close()));
});

test('the server keeps what was acknowledged and understands Chinese', async () => {
  const { database } = await testDatabase();
  const { ctype } = await database.one<{ ctype: string }>(
    sql`select d.datctype as ctype from pg_database d where d.datname = current_database()`,
  );
  assert.equal(ctype, 'C.UTF-8');
});

test('a scaled clock is written down once and goes on after a restart', async () => {
  const { database } = await testDatabase();
  const base = Date.parse('2026-07-06T08:00:00+08:00');
  const first = await businessClock(database, { factor: 60, base });
  const later = await businessClock(database, { factor: 10, base: base + 1 });
  const real = Date.parse('2030-01-01T00:00:00Z');
  assert.equal(first.factor, 60);
  assert.equal(later.clock(real), first.clock(real));
  assert.equal(first.clock(real + 1000) - first.clock(real), 60_000);
});
