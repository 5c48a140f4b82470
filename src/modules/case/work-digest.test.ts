import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from '#platform/db/sql.ts';
import { acceptCase } from './index.ts';
import { anIntake, smallCounty } from './testing/small-county.ts';
import { sendDigests } from './work-digest.ts';

const at = (text: string) => Date.parse(`${text}+08:00`);
const county = await smallCounty(at('2026-11-22T09:00:00'));
const { clock, database, deps } = county;
const officer = await county.actor('service-officer');

const digests = () =>
  database.rows<{ person: string; data: { open: number; late: number; today: number } }>(
    sql`select o.person_id as person, o.data from outbox o where o.template = 'work-digest' order by o.created_at`,
  );
async function morning(text: string): Promise<void> {
  clock.now = at(text);
  await sendDigests(database, deps);
}

test('one mail on the morning of a working day, to who wishes it and has work', async () => {
  await county.must((tx) => acceptCase(tx, deps, officer, anIntake({})));
  await morning('2026-11-23T08:00:00');
  assert.deepEqual(await digests(), [], 'nobody wishes it');
  await database.run(sql`
    update people set email = 'zhuanze@example.cn', mail_digest = true where people.id = ${officer.personId}`);
  await morning('2026-11-22T08:00:00');
  assert.deepEqual(await digests(), [], 'a Sunday');
  await morning('2026-11-23T07:29:00');
  assert.deepEqual(await digests(), [], 'too early');
  await morning('2026-11-23T07:30:00');
  await morning('2026-11-23T09:00:00');
  const [first, ...more] = await digests();
  assert.deepEqual(more, [], 'once a day');
  assert.equal(first?.person, officer.personId);
  assert.ok((first?.data.open ?? 0) >= 1);
  await morning('2026-11-27T08:00:00');
  const [, later] = await digests();
  assert.ok((later?.data.late ?? 0) >= 1, 'what was not done is late by then');
});
