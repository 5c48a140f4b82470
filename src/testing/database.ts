import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import type { PoolConfig } from 'pg';
import type { Instant } from '#kernel/instant.ts';
import { type Database, openDatabase } from '#platform/db/db.ts';
import { type Embedded, embeddedPostgres } from '#platform/db/embedded.ts';
import { migrate, schemaHash } from '#platform/db/migrate.ts';
import { sql, sqlName } from '#platform/db/sql.ts';

export type TestDatabase = {
  readonly database: Database;
  readonly connection: PoolConfig;
  /** Business time stands still until a test moves it. */
  readonly clock: { now: Instant; advance(milliseconds: number): void };
  close(): Promise<void>;
};

/** Set by `npm test`, which runs one cluster for all files; a file run alone starts its own. */
const SHARED = 'DAFUWU_TEST_CLUSTER';
const TEMPLATE_LOCK = 4_150_002;

/** What many tests begin with. It is done once a run for each name, and cloned. */
export type Beginning = { readonly name: string; fill(database: Database): Promise<void> };

/**
 * A fresh database with the current schema, and with `beginning` if one is named, cloned from a template in some 100 ms. Closed with the
 * test that asked for it, or with the file when asked for at its top level (not in a `before` hook, which ends too early).
 */
export async function testDatabase(
  now: Instant = Date.parse('2026-11-23T08:30:00+08:00'),
  beginning?: Beginning,
): Promise<TestDatabase> {
  const cluster = testCluster();
  const template = await templateIn(cluster, now, beginning);
  const name = `t_${randomBytes(6).toString('hex')}`;
  await onServer(cluster, (server) =>
    server.run(sql`create database ${sqlName(name)} template ${sqlName(template)}`),
  );
  const clock = { now, advance: (milliseconds: number) => void (clock.now += milliseconds) };
  const connection = cluster.connection(name);
  const database = openDatabase({ connection, clock: () => clock.now, onError: ignoreShutdown });
  let open = true;
  async function close(): Promise<void> {
    if (!open) return;
    open = false;
    await database.close();
    await onServer(cluster, (server) => server.run(sql`drop database ${sqlName(name)} with (force)`));
  }
  after(close);
  return { database, connection, clock, close };
}

/** Starts a throw-away cluster; `npm test` calls this once and passes the folder on. */
export function startTestCluster(): { readonly folder: string; stop(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'dafuwu-test-'));
  const cluster = embeddedPostgres({ folder, durable: false });
  cluster.start();
  return {
    folder,
    stop() {
      cluster.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

let own: Embedded | undefined;

function testCluster(): Embedded {
  const shared = process.env[SHARED];
  if (shared !== undefined) return embeddedPostgres({ folder: shared, durable: false });
  if (own === undefined) {
    const started = startTestCluster();
    own = embeddedPostgres({ folder: started.folder, durable: false });
    process.on('exit', started.stop);
  }
  return own;
}

/** The template's name, which is made first if nobody has yet. */
async function templateIn(cluster: Embedded, now: Instant, beginning?: Beginning): Promise<string> {
  const schema = `template_${schemaHash()}`;
  return await onServer(cluster, async (server) => {
    await server.run(sql`select pg_advisory_lock(${TEMPLATE_LOCK})`);
    const make = async (name: string, from: string, fill: (database: Database) => Promise<void>) => {
      const found = await server.maybe(sql`select 1 from pg_database d where d.datname = ${name}`);
      if (found === undefined) await makeTemplate(cluster, server, { name, from, now, fill });
      return name;
    };
    await make(schema, 'template1', migrate);
    if (beginning === undefined) return schema;
    // All files of a run have one parent, and one state of the code that fills it.
    return await make(`${beginning.name}_${process.ppid}_${now}`, schema, beginning.fill);
  });
}

type Template = {
  readonly name: string;
  readonly from: string;
  readonly now: Instant;
  fill(database: Database): Promise<void>;
};

async function makeTemplate(cluster: Embedded, server: Database, template: Template): Promise<void> {
  const making = `${template.name}_making`;
  await server.run(sql`drop database if exists ${sqlName(making)}`);
  await server.run(sql`create database ${sqlName(making)} template ${sqlName(template.from)}`);
  const connection = cluster.connection(making);
  const database = openDatabase({ connection, clock: () => template.now, onError: ignoreShutdown });
  await template.fill(database);
  await database.close();
  await server.run(sql`alter database ${sqlName(making)} rename to ${sqlName(template.name)}`);
}

async function onServer<T>(cluster: Embedded, work: (server: Database) => Promise<T>): Promise<T> {
  const server = openDatabase({
    connection: cluster.connection('postgres'),
    max: 1,
    onError: ignoreShutdown,
  });
  try {
    return await work(server);
  } finally {
    await server.close();
  }
}

/** A test database is dropped under its idle connections; a query that fails still throws where it was made. */
function ignoreShutdown(error: Error & { code?: string }): void {
  if (error.code !== '57P01') throw error;
}
