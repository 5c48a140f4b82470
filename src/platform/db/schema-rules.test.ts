import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '#testing/database.ts';
import type { Database } from './db.ts';
import { type Sql, sql } from './sql.ts';

// Design rule 1, read from the catalogue of the database as the migrations make it.

/** Tables that hold no row of any company, and the table of the companies itself, whose code leads to the company. */
const PLATFORM_WIDE = ['business_clock', 'companies', 'schema_migrations'];

type Fault = { readonly table: string; readonly fault: string };

/** Our tables; every rule below starts from them. */
const TABLES = sql`
  with tables as (
    select c.oid, c.relname::text as table, c.relname <> all(${PLATFORM_WIDE}::text[]) as of_a_company
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
  )`;

const RULES: readonly Sql[] = [
  sql`${TABLES}
    select t.table, 'has no company_id uuid not null' as fault
    from tables t
    where t.of_a_company and not exists (
      select 1 from pg_attribute a
      where a.attrelid = t.oid and a.attname = 'company_id' and a.atttypid = 'uuid'::regtype and a.attnotnull)`,
  sql`${TABLES}
    select t.table, 'has no primary key' as fault
    from tables t
    where not exists (select 1 from pg_index i where i.indrelid = t.oid and i.indisprimary)`,
  sql`${TABLES}
    select t.table, 'key does not begin with company_id: ' || i.indexrelid::regclass as fault
    from tables t join pg_index i on i.indrelid = t.oid and i.indisunique
    where t.of_a_company and not exists (
      select 1 from pg_attribute a
      where a.attrelid = t.oid and a.attnum = i.indkey[0] and a.attname = 'company_id')`,
  sql`${TABLES}
    select t.table, 'foreign key does not begin with company_id on both sides: ' || k.conname as fault
    from tables t
    join pg_constraint k on k.conrelid = t.oid and k.contype = 'f'
    join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
    join pg_attribute b on b.attrelid = k.confrelid and b.attnum = k.confkey[1]
    where t.of_a_company and (a.attname, b.attname) <> ('company_id', 'company_id')`,
  sql`${TABLES}
    select t.table, 'trigger that is not the audit guard: ' || g.tgname as fault
    from tables t
    join pg_trigger g on g.tgrelid = t.oid and not g.tgisinternal
    join pg_proc p on p.oid = g.tgfoid
    where p.proname <> 'audit_guard' or not starts_with(t.table, 'audit_')`,
  sql`${TABLES}
    select t.table, 'column ' || a.attname || ' is ' || format_type(a.atttypid, a.atttypmod) as fault
    from tables t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
    where a.atttypid::regtype::text in (
      'timestamp without time zone', 'timestamp without time zone[]', 'time without time zone', 'time with time zone',
      'character varying', 'character varying[]', 'character')`,
  sql`${TABLES}
    select t.table, 'column ' || a.attname || ' takes its value from the database, not from the program' as fault
    from tables t
    join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where a.attidentity <> ''
      or pg_get_expr(d.adbin, d.adrelid) ~ '(nextval|gen_random_uuid|uuidv7|now|clock_timestamp|CURRENT_TIMESTAMP)'`,
];

async function faults(database: Database): Promise<string[]> {
  const found = await Promise.all(RULES.map((rule) => database.rows<Fault>(rule)));
  return found
    .flat()
    .map(({ table, fault }) => `${table}: ${fault}`)
    .toSorted();
}

test('every table keeps the rules', async () => {
  const { database } = await testDatabase();
  const { n } = await database.one<{ n: number }>(sql`
    select count(*) as n from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'`);
  assert.ok(n > 30, `${n} tables`);
  assert.deepEqual(await faults(database), []);
});

test('each rule finds a planted fault', async () => {
  const { database } = await testDatabase();
  await database.pool.query(`
    create table nobody (id integer);
    create table by_id (company_id uuid not null, id uuid primary key, other uuid references by_id (id));
    create table by_index (company_id uuid primary key, name text);
    create unique index by_index_name on by_index (name);
    create table old_types (company_id uuid not null, id bigserial, at timestamp, name varchar(9) unique,
      made timestamptz default now(), primary key (company_id, id));
    create function touch() returns trigger language plpgsql as $$ begin return new; end $$;
    create trigger touched before update on old_types for each row execute function touch();`);
  assert.deepEqual(await faults(database), [
    'by_id: foreign key does not begin with company_id on both sides: by_id_other_fkey',
    'by_id: key does not begin with company_id: by_id_pkey',
    'by_index: key does not begin with company_id: by_index_name',
    'nobody: has no company_id uuid not null',
    'nobody: has no primary key',
    'old_types: column at is timestamp without time zone',
    'old_types: column id takes its value from the database, not from the program',
    'old_types: column made takes its value from the database, not from the program',
    'old_types: column name is character varying(9)',
    'old_types: key does not begin with company_id: old_types_name_key',
    'old_types: trigger that is not the audit guard: touched',
  ]);
});

test('an audit row is neither changed nor removed', async () => {
  const { database } = await testDatabase();
  for (const statement of [
    sql`update audit_entries set action = 'x'`,
    sql`delete from audit_entries`,
    sql`truncate audit_entries cascade`,
  ])
    await assert.rejects(database.run(statement), /never changed or removed/);
});
