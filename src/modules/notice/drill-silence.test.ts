import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acceptCase } from '#modules/case/index.ts';
import { anIntake, smallCounty } from '#modules/case/testing/small-county.ts';
import { sql } from '#platform/db/sql.ts';
import { listCaseFacts } from './message-reads.ts';

const county = await smallCounty();

test('no customer hears of an exercise: of a case of it nobody has a number', async () => {
  const { database, companyId, must, deps } = county;
  const call = await county.actor('call-taker');
  const householdId = await county.household('rural');
  const accept = async () =>
    (await must((tx) => acceptCase(tx, deps, call, anIntake({ householdId, contactPhone: '13800000000' }))))
      .caseId;
  const [real, drilled] = [await accept(), await accept()];
  await database.run(sql`
    insert into drills (company_id, id, title, scene, planned_at, state, made_by, made_at)
    values (${companyId}, ${companyId}, '演练', '演练', now(), 'planned', ${call.personId}, now())`);
  await database.run(sql`update cases set drill_id = ${companyId} where cases.id = ${drilled}`);
  const facts = await listCaseFacts(database, companyId, [real, drilled]);
  assert.equal(facts.get(real)?.phone, '13800000000');
  assert.deepEqual([facts.get(drilled)?.phone, facts.get(drilled)?.email], [null, null]);
});
