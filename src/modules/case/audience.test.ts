import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from '#platform/db/sql.ts';
import { sharedByAudience } from './audience.ts';
import { acceptCase } from './case-commands.ts';
import { anIntake, smallCounty } from './testing/small-county.ts';

const county = await smallCounty();
const { database, deps, must, companyId } = county;
const one = await county.actor('dispatcher');
const other = await county.actor('dispatcher-2');
const clerk = await county.actor('clerk');

test('who sees the same is answered by one reading; who keeps away from something, and another unit, by their own', async () => {
  const asked: string[] = [];
  let going = Promise.withResolvers<void>();
  const read = sharedByAudience(database, async (reader) => {
    asked.push(reader.personId);
    await going.promise;
    return reader.personId;
  });
  /** Asks while a reading is under way, so that whoever may share the next one does. */
  async function meanwhile(...readers: readonly Parameters<typeof read>[0][]): Promise<readonly string[]> {
    const under = read(one);
    while (asked.length === 0) await database.now();
    const answers = readers.map((reader) => read(reader));
    // Each has asked the database who he is by then.
    for (let i = 0; i < 50; i++) await database.now();
    going.resolve();
    const [, ...all] = await Promise.all([under, ...answers]);
    going = Promise.withResolvers<void>();
    return all;
  }
  const [mine, his, theirs] = await meanwhile(one, other, clerk);
  assert.equal(mine, his);
  assert.equal(theirs, clerk.personId);
  assert.equal(asked.length, 3);

  const { caseId } = await must((tx) => acceptCase(tx, deps, clerk, anIntake({})));
  await database.run(sql`
    insert into case_kept_away (company_id, case_id, who, kind, by_person_id, at)
    values (${companyId}, ${caseId}, ${other.personId}, 'recused', ${clerk.personId}, now())`);
  asked.length = 0;
  assert.deepEqual(await meanwhile(one, other), [one.personId, other.personId]);
});
