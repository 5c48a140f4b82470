import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from '#platform/db/sql.ts';
import { testDatabase } from '#testing/database.ts';
import { declaredPersonal } from './modules.ts';
import { COLUMN_KINDS, readColumns } from './testing/columns-table.ts';

// Nothing that is said of a person may be forgotten by whoever blanks (design rule 8): every column that can hold words is in
// security/columns.csv, and what that table calls personal is what the modules declare, no more and no less.

const { database } = await testDatabase();
const table = readColumns();

const wordy = await database.rows<{ column: string }>(sql`
  select c.table_name || '.' || c.column_name as column from information_schema.columns c
  join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
  where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
    and (c.data_type in ('text', 'jsonb', 'json', 'bytea', 'character varying', 'ARRAY', 'tsvector', 'xml'))
    and c.udt_name not in ('_uuid', '_int2', '_int4', '_int8', '_timestamptz', '_float8', '_numeric')
  order by 1`);

test('every column that can hold words says what it holds', () => {
  const here = new Set(wordy.map((one) => one.column));
  const said = new Set(table.map((one) => one.column));
  assert.ok(here.size > 200);
  assert.deepEqual(
    [...here].filter((one) => !said.has(one)),
    [],
    'not in security/columns.csv; what is said of a person also goes into x-personal.ts of its module',
  );
  assert.deepEqual(
    [...said].filter((one) => !here.has(one)),
    [],
    'no such column any more',
  );
  assert.equal(said.size, table.length, 'a column stands there twice');
  for (const { column, kind } of table)
    assert.ok((COLUMN_KINDS as readonly string[]).includes(kind), `${column}: ${kind}`);
});

test('what is personal is blanked by its module, and nothing else is', () => {
  const personal = table.filter((one) => one.kind === 'personal').map((one) => one.column);
  const declared = declaredPersonal.flatMap(({ table: name, columns }) =>
    Object.keys(columns).map((column) => `${name}.${column}`),
  );
  assert.deepEqual(declared.toSorted(), personal.toSorted());
});

test('a column that can be blanked may be', async () => {
  const strict = await database.rows<{ column: string }>(sql`
    select c.table_name || '.' || c.column_name as column from information_schema.columns c
    where c.table_schema = 'public' and c.is_nullable = 'NO'`);
  const wrong = declaredPersonal.flatMap(({ table: name, columns }) =>
    Object.entries(columns)
      .filter(([, blank]) => blank === null)
      .map(([column]) => `${name}.${column}`)
      .filter((column) => strict.some((one) => one.column === column)),
  );
  assert.deepEqual(wrong, []);
});
