import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '#platform/db/db.ts';
import { embeddedPostgres } from '#platform/db/embedded.ts';
import { migrate } from '#platform/db/migrate.ts';
import { schemaText } from '#platform/db/schema-text.ts';
import { startTestCluster } from '#testing/database.ts';

// `npm run db:dump`: writes db/schema.sql, the schema that all migrations together give.

const target = join(import.meta.dirname, '..', 'db', 'schema.sql');
const cluster = startTestCluster();
let closing = false;
try {
  const connection = embeddedPostgres({ folder: cluster.folder, durable: false }).connection('postgres');
  const database = openDatabase({
    connection,
    onError: (error) => {
      // A connection that is being closed may still hear that the server stops.
      if (!closing) throw error;
    },
  });
  try {
    await migrate(database);
    writeFileSync(target, await schemaText(database));
  } finally {
    closing = true;
    await database.close();
  }
} finally {
  cluster.stop();
}
console.log(target);
