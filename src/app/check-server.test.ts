import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Database } from '#platform/db/db.ts';
import { StartRefusal } from '#platform/start-refusal.ts';
import { checkServer } from './check-server.ts';

/** A server that says this of itself. */
function server(version: number, ctype: string, off: readonly string[] = []): Database {
  const said = {
    one: async () => ({ version, ctype }),
    rows: async () => off.map((name) => ({ name })),
  };
  return said as unknown as Database;
}

test('a server that is too old, blind to Chinese or forgetful is refused in one sentence that says what to do', async () => {
  const refusals = [
    [server(140_011, 'C.UTF-8'), /too old \(140011\): PostgreSQL 15 or later/],
    [server(180_004, 'C'), /blind to Chinese: create it with --locale=C\.UTF-8/],
    [server(180_004, 'C.UTF-8', ['fsync']), /fsync off and would lose acknowledged writes/],
  ] as const;
  for (const [database, sentence] of refusals)
    await assert.rejects(checkServer(database), (error) => {
      assert.ok(error instanceof StartRefusal);
      assert.match(error.en, sentence);
      assert.match(error.zh, /\p{Script=Han}/u);
      return true;
    });
  await checkServer(server(150_000, 'zh_CN.UTF-8'));
});
