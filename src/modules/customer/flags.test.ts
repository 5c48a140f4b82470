import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testApp } from '#app/testing/test-app.ts';
import { DAY } from '#kernel/instant.ts';
import { sql } from '#platform/db/sql.ts';

const { signIn, database, household, clock } = await testApp();
const clerk = await signIn('clerk');
const homeId = await household('city');
const flag = {
  kind: 'life-support',
  evidence: 'document',
  evidenceNote: '市立医院证明',
  consent: true,
  expiresAt: clock.now + 365 * DAY,
};

async function flagsShown(): Promise<readonly { id: string; kind: string }[]> {
  const strip = (await clerk.get(`/api/households/${homeId}`)).json() as {
    flags: readonly { id: string; kind: string }[];
  };
  return strip.flags;
}

test('a flag is set with evidence and consent, shown beside the intake, and ended with a reason; both are in the audit', async () => {
  const before = (await flagsShown()).length;
  const set = await clerk.post(`/api/households/${homeId}/flags`, flag);
  assert.equal(set.statusCode, 200);
  const shown = await flagsShown();
  assert.equal(shown.length, before + 1);
  const { flagId } = set.json() as { flagId: string };
  assert.ok(shown.some((one) => one.id === flagId && one.kind === 'life-support'));

  const twice = await clerk.post(`/api/households/${homeId}/flags`, flag);
  assert.deepEqual([twice.statusCode, twice.json().error.code], [422, 'customer.flag-already-set']);
  const end = `/api/households/${homeId}/flags/${flagId}/end`;
  assert.equal((await clerk.post(end, { reason: '设备已停用' })).statusCode, 200);
  assert.equal((await flagsShown()).length, before);
  assert.equal((await clerk.post(end, { reason: '再来一次' })).statusCode, 404);

  const audit = await database.rows<{ action: string; detail: Record<string, unknown> }>(sql`
    select e.action, e.detail from audit_entries e where e.action like 'customer.flag%' order by e.id`);
  assert.deepEqual(
    audit.map((one) => one.action),
    ['customer.flag-set', 'customer.flag-ended'],
  );
  assert.doesNotMatch(JSON.stringify(audit), /市立医院|设备/);
});

test('no flag without consent where it is about health, for ever, on hearsay, or by who does not serve customers', async () => {
  const other = { ...flag, kind: 'elderly-alone' };
  const faults = [
    [{ ...other, consent: false }, 422, 'customer.flag-needs-consent'],
    [{ ...other, expiresAt: clock.now - DAY }, 422, 'customer.flag-expiry-past'],
    [{ ...other, evidence: 'hearsay' }, 400, 'http.invalid'],
  ] as const;
  for (const [body, status, code] of faults) {
    const answer = await clerk.post(`/api/households/${homeId}/flags`, body);
    assert.deepEqual([answer.statusCode, answer.json().error.code], [status, code]);
  }
  const worker = await signIn('repair-worker');
  assert.equal((await worker.post(`/api/households/${homeId}/flags`, other)).statusCode, 403);
});
