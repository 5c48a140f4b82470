import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acceptCase, visibleCase } from '#modules/case/index.ts';
import { anIntake, smallCounty } from '#modules/case/testing/small-county.ts';
import { handbookLibrary } from '#modules/process/index.ts';
import { sql } from '#platform/db/sql.ts';
import { demoOutside } from '#platform/outside.ts';
import { passingVault } from '#platform/vault.ts';
import { bellHints, bellOf, markRead } from './bell-reads.ts';
import { messagesTo } from './case-messages.ts';
import { enqueue } from './outbox-store.ts';
import { queuePage, retryMessage, withdrawMessage } from './queue-reads.ts';
import { outboxRelay } from './relay.ts';

/** Tuesday 24 November 2026, 10:00 in Shanghai. */
const county = await smallCounty(Date.UTC(2026, 10, 24, 2));
const { database, companyId } = county;
const handbook = handbookLibrary();
const outside = { ...demoOutside, publicUrl: 'https://fw.example.cn' };
const relay = outboxRelay({ database, handbook, vault: passingVault, outside });
const clerk = await county.actor('clerk');
const officer = await county.actor('control-officer');
const administrator = await county.actor('administrator');
const deps = { outside, visible: visibleCase, leftOut: sql`false` };

const accepted = await county.must((tx) =>
  acceptCase(tx, county.deps, clerk, anIntake({ process: 'complaint', contactPhone: '15512340009' })),
);
const pageFor = async (who: typeof clerk, state: 'waiting' | 'sent' | 'withdrawn' = 'sent') =>
  await queuePage(database, deps, who, { state, before: null }, await database.now());

async function turn(): Promise<void> {
  await relay.turn();
  await relay.finish?.();
}

test('an acceptance tells the customer by itself; the queue masks him, and hides him from who may not see the case', async () => {
  assert.equal((await pageFor(officer, 'waiting')).counts.waiting, 1);
  await turn();
  const [item] = (await pageFor(officer)).items;
  assert.deepEqual([item?.name.en, item?.receiver, item?.state], ['Accepted', '155****0009', 'sent']);
  assert.match(item?.demoText ?? '', /https:\/\/fw\.example\.cn\/c\//);
  const [blind] = (await pageFor(administrator)).items;
  assert.deepEqual([blind?.receiver, blind?.demoText, blind?.state], [null, null, 'sent']);
});

test('a demo’s gateways are marked, a missing one is named', async () => {
  const { gateways } = await queuePage(
    database,
    { ...deps, outside: { ...outside, mail: null } },
    officer,
    { state: 'sent', before: null },
    await database.now(),
  );
  assert.deepEqual(
    gateways.map(({ channel, mode }) => [channel, mode]),
    [
      ['sms', 'demo'],
      ['mail', 'none'],
    ],
  );
});

test('the case page tells again what was said, without the customer’s key', async () => {
  const [said] = await messagesTo(database, handbook, companyId, accepted.caseId);
  assert.match(said?.text?.zh ?? '', /^【.+】您的诉求已受理，编号 \d{11}（.+）。.+最迟 11月\d+日 周. .*：…$/);
  assert.doesNotMatch(said?.text?.en ?? '', /—/);
  await database.run(sql`update clocks set due_at = due_at + interval '9 days'`);
  const [again] = await messagesTo(database, handbook, companyId, accepted.caseId);
  assert.equal(again?.text?.zh, said?.text?.zh, 'as it was said, not as it would be said now');
});

test('retry and withdrawal: only of what has not gone out', async () => {
  await database.transaction((tx) =>
    enqueue(tx, companyId, [
      {
        key: 'again',
        channel: 'sms',
        template: 'case-accepted',
        to: { caseId: accepted.caseId },
        runAt: tx.now + 1e9,
      },
    ]),
  );
  const { id } = await database.one<{ id: string }>(sql`select o.id from outbox o where o.key = 'again'`);
  await county.must((tx) => withdrawMessage(tx, officer, id));
  await turn();
  assert.equal((await pageFor(officer, 'withdrawn')).items[0]?.fault, 'by-hand');
  const late = await database.transaction((tx) => retryMessage(tx, officer, id));
  assert.deepEqual(late, { refused: 'outbox.not-there' });
  const audited = await database.rows(sql`
    select a.id from audit_entries a where a.action = 'outbox.withdrawn' and a.object_id = ${id}`);
  assert.equal(audited.length, 1);
});

test('the bell: mine only, read once, and gone when I may no longer see the case', async () => {
  await database.transaction((tx) =>
    enqueue(tx, companyId, [
      {
        key: 'ring',
        channel: 'desk',
        template: 'urged',
        to: { personId: clerk.personId },
        data: { caseId: accepted.caseId, urged: 2 },
      },
    ]),
  );
  const before = await database.now();
  await turn();
  const bell = async (who: typeof clerk) =>
    await bellOf(database, handbook, visibleCase, who, await database.now());
  const rung = await bell(clerk);
  assert.equal(rung.unread, 1);
  assert.equal(rung.items[0]?.text.zh, `${accepted.no} 客户来催，第 2 次`);
  assert.equal((await bell(officer)).unread, 0);
  const hints = await bellHints(database)(before - 1);
  assert.ok(hints.some((hint) => hint.personId === clerk.personId && hint.topic === 'bell'));

  await database.transaction((tx) => markRead(tx, officer, { ids: null }));
  assert.equal((await bell(clerk)).unread, 1, 'nobody reads for another');
  await database.transaction((tx) => markRead(tx, clerk, { ids: null }));
  assert.deepEqual([(await bell(clerk)).unread, (await bell(clerk)).items.length], [0, 1]);

  await database.run(
    sql`update case_access set until = since where case_access.case_id = ${accepted.caseId}`,
  );
  assert.equal((await bell(clerk)).items.length, 0);
});

test('a storm of warnings is one message with their number, that opens the list; a few stay as they are', async () => {
  const warn = async (n: number, at: string) =>
    await database.run(sql`
      insert into outbox (company_id, id, key, channel, template, person_id, data, run_at, created_at, state, sent_at)
      select ${companyId}, gen_random_uuid(), ${at} || i, 'desk', 'clock-warning', ${officer.personId},
        jsonb_build_object('no', i, 'percent', 70), ${at}, ${at}, 'sent', ${at}::timestamptz + i * interval '1 second'
      from generate_series(1, ${n}) i`);
  const day = new Date(await database.now()).toISOString().slice(0, 10);
  await warn(4, `${day}T00:01:00Z`);
  await warn(300, `${day}T00:16:00Z`);
  const bell = async () => await bellOf(database, handbook, visibleCase, officer, await database.now());
  const rung = await bell();
  assert.deepEqual([rung.unread, rung.items.length], [5, 5]);
  const digest = rung.items.find((item) => item.list !== null);
  assert.deepEqual(
    [digest?.text.zh, digest?.list, digest?.caseId, digest?.ids.length],
    ['300 件时限预警，点开看全部', 'week', null, 300],
  );
  await database.transaction((tx) => markRead(tx, officer, { ids: digest?.ids ?? [] }));
  assert.equal((await bell()).unread, 4);
});
