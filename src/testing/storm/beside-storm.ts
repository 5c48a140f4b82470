import { setTimeout as wait } from 'node:timers/promises';
import type { Database } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { CompanyClient, Signed } from '../company-client.ts';

// What is looked at beside a storm: the work of others, and how far the board is behind.

/** What others do meanwhile: a clerk looks for a household, a dispatcher reads the board, an officer a list. */
export async function ordinaryWork(client: CompanyClient, password: string) {
  const work: readonly (readonly [Signed, string])[] = [
    [await client.signIn('clerk', password), '/api/households?q=wang'],
    [await client.signIn('dispatcher', password), '/api/outage/incidents'],
    [await client.signIn('control-officer', password), '/api/cases'],
  ];
  const took: number[] = [];
  const state = { going: true };
  const done = (async () => {
    for (let i = 0; state.going; i += 1) {
      const [person, path] = work[i % work.length] as (typeof work)[number];
      const from = performance.now();
      await person.get(path);
      took.push(performance.now() - from);
      await wait(150);
    }
  })();
  return {
    took,
    async stop() {
      state.going = false;
      await done;
    },
  };
}

/** How old the oldest report is that inference has not taken, in real milliseconds, looked at four times a second. */
export function watchBoard(database: Database) {
  let most = 0;
  const state = { going: true };
  const done = (async () => {
    let since: number | undefined;
    let oldest: string | undefined;
    while (state.going) {
      const row = await database.maybe<{ id: string }>(sql`
        select r.id from outage_reports r where r.taken_at is null order by r.id limit 1`);
      if (row?.id !== oldest) {
        oldest = row?.id;
        since = row === undefined ? undefined : performance.now();
      }
      if (since !== undefined) most = Math.max(most, performance.now() - since);
      await wait(250);
    }
  })();
  return {
    async stop() {
      state.going = false;
      await done;
      return most;
    },
  };
}
