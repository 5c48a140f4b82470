import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '#testing/database.ts';
import { sql } from './sql.ts';

// Design rule 1, on the database as the migrations make it.

/** Tables of the platform that no company owns. */
const PLATFORM = ['schema_migrations', 'business_clock'];

const { database } = await testDatabase();

test('every primary, unique and foreign key of a table that grows begins with company_id', async () => {
  const keys = await database.rows<{ name: string; kind: string; first: string }>(sql`
    select k.conrelid::regclass || ' ' || k.conname as name, k.contype as kind, a.attname as first
    from pg_constraint k
    join pg_class t on t.oid = k.conrelid and t.relnamespace = 'public'::regnamespace
    join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
    where k.contype in ('p', 'u', 'f') and t.relname <> all(${PLATFORM}::text[])`);
  assert.ok(keys.length > 50);
  // The code of a company is its name to the outside: it is what leads to the company.
  const strange = keys.filter(
    (key) => key.first !== 'company_id' && key.name !== 'companies companies_code_key',
  );
  assert.deepEqual(strange, []);
  const tables = await database.rows<{ name: string }>(sql`
    select t.relname as name from pg_class t
    where t.relnamespace = 'public'::regnamespace and t.relkind = 'r' and t.relname <> all(${PLATFORM}::text[])
      and not exists (select 1 from pg_constraint k where k.conrelid = t.oid and k.contype = 'p')`);
  assert.deepEqual(tables, []);
});

test('no trigger but the audit guard, no local time, no varchar(n), no serial', async () => {
  const triggers = await database.rows(sql`
    select g.tgname as name from pg_trigger g where not g.tgisinternal and g.tgname !~ '^audit_[a-z]+_guard$'`);
  assert.deepEqual(triggers, []);
  const columns = await database.rows(sql`
    select c.table_name, c.column_name, c.data_type from information_schema.columns c
    where c.table_schema = 'public'
      and (c.data_type in ('timestamp without time zone', 'character varying', 'character')
        or c.column_default like 'nextval%')`);
  assert.deepEqual(columns, []);
});

test('an audit row is neither changed nor removed', async () => {
  for (const statement of [
    sql`update audit_entries set action = 'x'`,
    sql`delete from audit_entries`,
    sql`truncate audit_entries cascade`,
  ])
    await assert.rejects(database.run(statement), /never changed or removed/);
});
