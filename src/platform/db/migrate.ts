import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PoolClient } from 'pg';
import { StartRefusal } from '../start-refusal.ts';
import type { Database } from './db.ts';
import { sql } from './sql.ts';

type Migration = {
  readonly version: number;
  readonly name: string;
  readonly text: string;
  readonly hash: string;
};

const FOLDER = join(import.meta.dirname, '..', '..', '..', 'db', 'migrations');
/** Any constant will do; it only has to be the same in every program of ours. */
const MIGRATION_LOCK = 4_150_001;

/** A million cases take minutes where a column is filled; the pool's limits are for screens (it had stopped an upgrade). */
const PATIENT = { query_timeout: 24 * 3_600_000 };

/**
 * Brings the schema to this program's level, one transaction a file, forward only. Programs that start together wait for
 * each other. Refuses a schema that is newer than the program, and a file that changed after it was applied.
 */
export async function migrate(database: Database, folder: string = FOLDER): Promise<void> {
  const client = await database.pool.connect();
  try {
    await client.query('set statement_timeout = 0; set lock_timeout = 0');
    await client.query({ ...PATIENT, text: 'select pg_advisory_lock($1)', values: [MIGRATION_LOCK] });
    await client.query('reset lock_timeout');
    await client.query(`create table if not exists schema_migrations (
      version integer primary key, name text not null, hash text not null, applied_at timestamptz not null)`);
    const { rows } = await client.query<{ version: number; hash: string }>(
      'select m.version, m.hash from schema_migrations m order by m.version',
    );
    const migrations = readMigrations(folder);
    refuseForeign(rows, migrations);
    const applied = new Set(rows.map((row) => row.version));
    for (const migration of migrations) if (!applied.has(migration.version)) await apply(client, migration);
  } finally {
    await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    await client.query('reset statement_timeout; reset lock_timeout');
    client.release();
  }
}

/** How many migrations a start would apply. Refuses as `migrate` does; writes nothing. */
export async function pendingMigrations(database: Database, folder: string = FOLDER): Promise<number> {
  const migrations = readMigrations(folder);
  const { known } = await database.one<{ known: boolean }>(
    sql`select to_regclass('schema_migrations') is not null as known`,
  );
  if (!known) return migrations.length;
  const rows = await database.rows<{ version: number; hash: string }>(
    sql`select m.version, m.hash from schema_migrations m`,
  );
  refuseForeign(rows, migrations);
  return migrations.length - rows.length;
}

/** A hash over all migrations: two test databases with the same one have the same schema. */
export function schemaHash(folder: string = FOLDER): string {
  const hash = createHash('sha256');
  for (const migration of readMigrations(folder)) hash.update(migration.hash);
  return hash.digest('hex').slice(0, 16);
}

function readMigrations(folder: string): readonly Migration[] {
  return readdirSync(folder)
    .filter((name) => /^\d{4}_[a-z0-9_]+\.sql$/.test(name))
    .toSorted()
    .map((name) => {
      const text = readFileSync(join(folder, name), 'utf8');
      return {
        version: Number(name.slice(0, 4)),
        name,
        text,
        hash: createHash('sha256').update(text).digest('hex'),
      };
    });
}

function refuseForeign(
  applied: readonly { readonly version: number; readonly hash: string }[],
  migrations: readonly Migration[],
): void {
  for (const row of applied) {
    const ours = migrations.find((migration) => migration.version === row.version);
    if (ours === undefined)
      throw new StartRefusal(
        `数据库结构（第 ${row.version} 号）比本程序新，请用新版程序启动。`,
        `The database schema (number ${row.version}) is newer than this program: start the newer program.`,
      );
    if (ours.hash !== row.hash)
      throw new StartRefusal(
        `迁移 ${ours.name} 在执行之后被改动过；请恢复原文件，改动另写新的迁移。`,
        `Migration ${ours.name} was changed after it was applied: restore the file and write a new migration.`,
      );
  }
}

async function apply(client: PoolClient, { version, name, text, hash }: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query({ ...PATIENT, text });
    await client.query(
      'insert into schema_migrations (version, name, hash, applied_at) values ($1, $2, $3, now())',
      [version, name, hash],
    );
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}
