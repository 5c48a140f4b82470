import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, MINUTE } from '#kernel/instant.ts';
import { sql } from '#platform/db/sql.ts';
import { testApp } from './testing/test-app.ts';

// Design rule 2: who looks at many different households within an hour is marked as an alarm, which the auditor sees.

const t = await testApp();
const clerk = await t.signIn('clerk');
const auditor = await t.signIn('auditor');
const households = (
  await t.database.rows<{ id: string }>(sql`select h.id from households h order by h.account_no limit 50`)
).map((row) => row.id);

const look = async (id: string | undefined) => {
  const answer = await clerk.post(`/api/households/${id}/reveal`, { reason: '核对户主身份' });
  assert.equal(answer.statusCode, 200);
};
const alarms = async () => (await auditor.get('/api/audit/state')).json().alarms as number;

test('twenty different households in an hour are work, however often each is looked at', async () => {
  for (const id of households.slice(0, 20)) await look(id);
  for (let i = 0; i < 5; i += 1) await look(households[0]);
  assert.equal(await alarms(), 0);
});

test('the twenty-first is an alarm, in the audit under the name of who looked', async () => {
  await look(households[20]);
  assert.equal(await alarms(), 1);
  const page = (await auditor.get('/api/audit?alarm=1')).json();
  assert.deepEqual(
    page.rows.map((one: { action: string; objectId: string }) => [one.action, one.objectId]),
    [['customer.reveal', households[20]]],
  );
});

test('an hour later one begins anew', async () => {
  t.clock.advance(HOUR + MINUTE);
  for (const id of households.slice(21, 41)) await look(id);
  assert.equal(await alarms(), 1);
});
