import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acceptCase } from '#modules/case/index.ts';
import { anIntake, smallCounty } from '#modules/case/testing/small-county.ts';
import { setReach } from '#modules/customer/index.ts';
import { handbookLibrary } from '#modules/process/index.ts';
import type { Mail, Mailer } from '#platform/mail/mailer.ts';
import { sql } from '#platform/db/sql.ts';
import { demoOutside } from '#platform/outside.ts';
import { passingVault } from '#platform/vault.ts';
import { outboxRelay } from './relay.ts';

// Customers who want mail get mail, in the language that they read; who left a number of his own with the case is rung there.

const county = await smallCounty(Date.UTC(2026, 10, 24, 2));
const { database, companyId } = county;
const clerk = await county.actor('clerk');
const mails: Mail[] = [];
const mail: Mailer = {
  demo: false,
  repeatable: true,
  send: async (one) => {
    mails.push(one);
    return { kind: 'sent', gatewayId: 'm' };
  },
};
const relay = outboxRelay({
  database,
  handbook: handbookLibrary(),
  vault: passingVault,
  outside: { ...demoOutside, mail, publicUrl: 'https://fw.example.cn' },
});

async function accept(given: Parameters<typeof anIntake>[0]): Promise<string> {
  mails.length = 0;
  const { caseId } = await county.must((tx) => acceptCase(tx, county.deps, clerk, anIntake(given)));
  await relay.turn();
  await relay.finish?.();
  return caseId;
}

const audit = async () => undefined;

const channelsOf = (caseId: string) =>
  database.rows<{ channel: string }>(sql`select o.channel from outbox o where o.case_id = ${caseId}`);

test('mail goes to the customer who wants it, in his language, and says nothing of answering by 1 or 2', async () => {
  const householdId = await county.household('city');
  const reach = { by: 'mail', email: 'wang@example.cn', language: 'en' } as const;
  await county.must((tx) => setReach(tx, clerk, { ...reach, householdId }, audit));

  const caseId = await accept({ householdId });
  assert.deepEqual(await channelsOf(caseId), [{ channel: 'mail' }]);
  assert.equal(mails.length, 1);
  assert.equal(mails[0]?.address, 'wang@example.cn');
  assert.match(mails[0]?.subject ?? '', /^Accepted \d{11}$/);
  assert.match(mails[0]?.text ?? '', /has been accepted.*https:\/\/fw\.example\.cn\/c\//);
  const row = await database.one<{ row: string }>(
    sql`select o::text as row from outbox o where o.case_id = ${caseId}`,
  );
  assert.doesNotMatch(row.row, /wang@/, 'no address in the outbox');

  await database.run(sql`
    insert into outbox (company_id, id, key, channel, template, case_id, run_at, created_at, state)
    values (${companyId}, gen_random_uuid(), 'asked', 'mail', 'case-answered', ${caseId}, '2026-11-24', '2026-11-24', 'waiting')`);
  await relay.turn();
  await relay.finish?.();
  assert.match(mails.at(-1)?.text ?? '', /Solved\? Satisfied\?/);
  assert.doesNotMatch(mails.at(-1)?.text ?? '', /reply/);
});

test('another number left with the case, or a customer who wants to stay unknown, gets no mail', async () => {
  const householdId = await county.household('city');
  const tenant = await accept({ householdId, contactPhone: '16400001111' });
  assert.deepEqual(await channelsOf(tenant), [{ channel: 'sms' }]);
  await accept({ householdId, anonymous: true });
  assert.equal(mails.length, 0);
});

test('mail without an address is refused, and nothing changes', async () => {
  const householdId = await county.household('rural');
  const wish = { householdId, by: 'mail', language: 'zh' } as const;
  const refused = await database.transaction((tx) => setReach(tx, clerk, wish, audit));
  assert.deepEqual(refused, { refused: 'customer.mail-missing' });
  assert.deepEqual(await channelsOf(await accept({ householdId })), [{ channel: 'sms' }]);
});
