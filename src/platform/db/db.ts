import {
  type CustomTypesConfig,
  Pool,
  type PoolClient,
  type PoolConfig,
  type QueryResult,
  type QueryResultRow,
  types,
} from 'pg';
import type { Instant } from '#kernel/instant.ts';
import type { Sql } from './sql.ts';

/** What stores and reads are made from. Rows come back with the column names as they are in SQL. */
export interface Db {
  rows<T>(query: Sql): Promise<T[]>;
  /** Exactly one row; anything else is a surprise and throws. */
  one<T>(query: Sql): Promise<T>;
  maybe<T>(query: Sql): Promise<T | undefined>;
  /** Runs a statement and says how many rows it touched. */
  run(query: Sql): Promise<number>;
}

/** A transaction. `now` was read from the database once, when it began (design rule 5), in business time. */
export interface Tx extends Db {
  readonly now: Instant;
}

export interface Database extends Db {
  /** Commits when `work` resolves, rolls back when it throws. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Business time, from the database's clock. */
  now(): Promise<Instant>;
  readonly pool: Pool;
  close(): Promise<void>;
}

/** Maps the database's real clock to business time; the identity unless a demo company runs on a scaled clock. */
export type BusinessClock = (real: Instant) => Instant;

export type DatabaseOptions = {
  readonly connection: PoolConfig;
  readonly clock?: BusinessClock;
  readonly max?: number;
  readonly onError: (error: Error) => void;
};

/** How columns become values: instants as milliseconds, dates as 'YYYY-MM-DD', integers checked against 2^53. */
const parsers = new Map<number, (text: string) => unknown>([
  [types.builtins.TIMESTAMPTZ, (text) => Date.parse(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'))],
  [types.builtins.DATE, (text) => text],
  [types.builtins.INT8, safeInteger],
  [types.builtins.NUMERIC, Number],
]);

const columnTypes: CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    (format === 'binary' ? undefined : parsers.get(oid)) ?? types.getTypeParser(oid, format as 'text'),
};

const identity: BusinessClock = (real) => real;

/**
 * Opens a pool. Every time-out is set: a query into a silent network would otherwise wait for ever
 * (measured; `statement_timeout` alone is the server's and does not help).
 */
export function openDatabase(options: DatabaseOptions): Database {
  // An instant is a whole number of milliseconds, also where a scaled clock divides.
  const clock: BusinessClock = (real) => Math.floor((options.clock ?? identity)(real));
  const pool = new Pool({
    max: options.max ?? 10,
    connectionTimeoutMillis: 5000,
    // A new connection plans every statement anew, 50 ms for the look-up of a session alone on a busy machine (measured): they stay.
    idleTimeoutMillis: 10 * 60_000,
    query_timeout: 30_000,
    statement_timeout: 30_000,
    lock_timeout: 10_000,
    idle_in_transaction_session_timeout: 30_000,
    types: columnTypes,
    ...options.connection,
  });
  pool.on('error', options.onError);
  // A checked-out client without a listener takes the process down when the server dies (node-postgres #1324).
  pool.on('connect', (client) => client.on('error', options.onError));
  const plain = dbOn(pool);
  return {
    ...plain,
    pool,
    close: () => pool.end(),
    async now() {
      const result = await pool.query<{ now: Instant }>('select now() as now');
      return clock(result.rows[0]?.now ?? Number.NaN);
    },
    async transaction(work) {
      const client = await pool.connect();
      let broken: Error | undefined;
      try {
        const begun = (await client.query('begin; select now() as now')) as unknown as QueryResult<{
          now: Instant;
        }>[];
        const now = clock(begun[1]?.rows[0]?.now ?? Number.NaN);
        const result = await work({ ...dbOn(client), now });
        await client.query('commit');
        return result;
      } catch (error) {
        await client.query('rollback').catch((rollbackError: Error) => {
          broken = rollbackError;
        });
        throw error;
      } finally {
        client.release(broken);
      }
    },
  };
}

/** An `Instant` as a `timestamptz` parameter. */
export function timestamp(instant: Instant): string;
export function timestamp(instant: Instant | null): string | null;
export function timestamp(instant: Instant | null): string | null {
  return instant === null ? null : new Date(instant).toISOString();
}

function dbOn(client: Pool | PoolClient): Db {
  async function query<T>(q: Sql): Promise<QueryResult<T & QueryResultRow>> {
    const name = q.values.length === 0 ? undefined : statementName(q.text);
    return client.query<T & QueryResultRow>({
      text: q.text,
      values: q.values as unknown[],
      ...(name && { name }),
    });
  }
  return {
    async rows<T>(q: Sql) {
      return (await query<T>(q)).rows as T[];
    },
    async one<T>(q: Sql) {
      const { rows } = await query<T>(q);
      if (rows.length !== 1) throw new Error(`expected one row, got ${rows.length}: ${q.text.slice(0, 120)}`);
      return rows[0] as T;
    },
    async maybe<T>(q: Sql) {
      const { rows } = await query<T>(q);
      if (rows.length > 1)
        throw new Error(`expected at most one row, got ${rows.length}: ${q.text.slice(0, 120)}`);
      return rows[0] as T | undefined;
    },
    async run(q) {
      return (await query(q)).rowCount ?? 0;
    },
  };
}

/** So many statements are kept prepared on a connection; composed ones beyond that are planned each time. */
const MOST_PREPARED = 2000;
const names = new Map<string, string>();

/**
 * A statement is planned once a connection and not at every call: looking up the session, which every request does, took 9 ms
 * of planning and 0.3 ms of work (measured). PostgreSQL goes on planning afresh where the values matter.
 */
function statementName(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= MOST_PREPARED) return known;
  const name = `s${names.size}`;
  names.set(text, name);
  return name;
}

function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error(`integer beyond 2^53: ${text}`);
  return value;
}
