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
  const read = sharedByAudience(database, async (reader) => {
    asked.push(reader.personId);
    return reader.personId;
  });
  const [a, b] = await Promise.all([read(one), read(other)]);
  assert.equal(a, b);
  assert.equal(asked.length, 1);
  const units = await Promise.all([read(one), read(clerk)]);
  assert.equal(units[1], clerk.personId);

  const { caseId } = await must((tx) => acceptCase(tx, deps, clerk, anIntake({})));
  await database.run(sql`
    insert into case_kept_away (company_id, case_id, who, kind, by_person_id, at)
    values (${companyId}, ${caseId}, ${other.personId}, 'recused', ${clerk.personId}, now())`);
  const apart = await Promise.all([read(one), read(other)]);
  assert.equal(apart[1], other.personId);
  assert.equal(asked.length, 5);
});
