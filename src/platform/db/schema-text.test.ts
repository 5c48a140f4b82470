import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { testDatabase } from '#testing/database.ts';
import { schemaText } from './schema-text.ts';

test('db/schema.sql is what the migrations give', async () => {
  const { database } = await testDatabase();
  const committed = readFileSync(join(import.meta.dirname, '../../../db/schema.sql'), 'utf8');
  assert.equal(await schemaText(database), committed, 'db/schema.sql is stale: npm run db:dump');
});

test('the text of the schema, run in an empty database, gives the same schema', async () => {
  const { database } = await testDatabase();
  const text = await schemaText(database);
  await database.pool.query('drop schema public cascade; create schema public');
  await database.pool.query(text);
  assert.equal(await schemaText(database), text);
});

test('what the text would leave out is a surprise', async () => {
  const { database } = await testDatabase();
  await database.pool.query(`create materialized view m as select 1 as a;
    create type mood as enum (); create view v as select 1 as a`);
  await assert.rejects(schemaText(database), /m \(relation of kind m\), mood \(type of kind e\), v \(/);
});
