import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, afterEach, test } from 'node:test';
import { anIntake, smallCounty } from '#modules/case/testing/small-county.ts';
import { acceptCase } from '#modules/case/index.ts';
import { handbookLibrary } from '#modules/process/index.ts';
import { sql } from '#platform/db/sql.ts';
import { demoOutside } from '#platform/outside.ts';
import { httpSms, type SmsConfig, type SmsGateway } from '#platform/sms/sms-gateway.ts';
import { passingVault } from '#platform/vault.ts';
import { enqueue, type NewMessage } from './outbox-store.ts';
import { outboxRelay } from './relay.ts';
import { tellHouseholds } from './tell-households.ts';

// Peers' bug 14: a gateway that is down loses nothing, is seen, is retried, raises one alarm; a slow one blocks nobody.

/** Tuesday 24 November 2026, 10:00 in Shanghai. */
const MORNING = Date.UTC(2026, 10, 24, 2);
const county = await smallCounty(MORNING);
const { database, companyId } = county;
const clerk = await county.actor('clerk');
const handbook = handbookLibrary();

/** A gateway on this machine: what it got, and how it answers. */
type Answer = (request: IncomingMessage, response: ServerResponse) => void;
const got: { id: string; phone: string; text: string }[] = [];
let answer: Answer = ok;
const server: Server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => (body += chunk.toString()));
  request.on('end', () => {
    got.push(JSON.parse(body) as (typeof got)[number]);
    answer(request, response);
  });
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
after(() => {
  server.closeAllConnections();
  server.close();
});
afterEach(async () => {
  got.length = 0;
  answer = ok;
  await database.run(sql`delete from demo_messages`);
  await database.run(sql`delete from outbox`);
  await database.run(sql`delete from gateways`);
});

function ok(_: IncomingMessage, response: ServerResponse): void {
  response.setHeader('content-type', 'application/json').end('{"code":"0","msgid":"g-1"}');
}

const config: SmsConfig = {
  url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/send`,
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: '{"id":"{id}","phone":"{phone}","text":"{text}"}',
  success: { status: [200], field: 'code', equals: '0' },
  idField: 'msgid',
  timeoutMs: 300,
};

const caseId = await county.must(async (tx) => {
  const accepted = await acceptCase(tx, county.deps, clerk, anIntake({ contactPhone: '15512340001' }));
  await tx.run(sql`delete from outbox`);
  return 'caseId' in accepted ? accepted.caseId : accepted;
});

const relayWith = (sms: SmsGateway | null) => {
  const outside = { ...demoOutside, sms, publicUrl: 'https://fw.example.cn' };
  return outboxRelay({ database, handbook, vault: passingVault, outside });
};

async function turn(relay: ReturnType<typeof relayWith>): Promise<void> {
  await relay.turn();
  await relay.finish?.();
}

async function put(message: Partial<NewMessage>): Promise<void> {
  await database.transaction((tx) =>
    enqueue(tx, companyId, [
      { key: 'k', channel: 'sms', template: 'case-accepted', to: { caseId }, ...message },
    ]),
  );
}

/** Lets the back-off be over. */
const skipWait = () => database.run(sql`update outbox set next_try_at = null`);

type Row = { state: string; attempts: number; fault: string | null; gateway_id: string | null };
const row = () =>
  database.one<Row>(
    sql`select o.state, o.attempts, o.fault, o.gateway_id from outbox o where o.channel = 'sms'`,
  );
const bells = async (template: string) =>
  (await database.rows(sql`select o.id from outbox o where o.template = ${template}`)).length;

test('a household without a case is told in words of its own, once a key, by mail where it wants that', async () => {
  const homes = await database.rows<{ id: string; tail: string; customer: string; phone: string }>(sql`
    select h.id, right(h.account_no, 4) as tail, c.id as customer, c.phone from households h
    join customers c on c.id = h.customer_id and c.phone is not null order by h.account_no limit 2`);
  const [first, second] = homes;
  assert.ok(first !== undefined && second !== undefined);
  await database.run(sql`
    update customers set reach_by = 'mail', email = 'a@example.cn' where customers.id = ${second.customer}`);
  const data = { fromAt: Date.UTC(2026, 10, 30, 0), untilAt: Date.UTC(2026, 10, 30, 6) };
  const messages = homes.map(({ id }) => ({ key: id, template: 'planned-notice', householdId: id, data }));
  for (let i = 0; i < 2; i += 1) await database.transaction((tx) => tellHouseholds(tx, companyId, messages));
  await turn(relayWith(httpSms(config)));
  assert.equal(got.length, 1);
  assert.equal(got[0]?.phone, first.phone);
  assert.equal(
    got[0]?.text,
    `【文登】停电通知：您户号尾号 ${first.tail} 的用电处，计划于 11月30日 周一 08:00 至 11月30日 周一 14:00 停电，请提前做好准备。有困难请拨打 95598。`,
  );
  const ways = await database.rows<{ channel: string }>(
    sql`select o.channel from outbox o order by o.channel`,
  );
  assert.deepEqual(
    ways.map(({ channel }) => channel),
    ['mail', 'sms'],
  );
  await database.run(sql`update customers set reach_by = 'sms' where customers.id = ${second.customer}`);
});

test('a message is put together when it is sent: number, process, next promise and a link of its own', async () => {
  await put({});
  const stored = await database.one<{ row: string }>(sql`select o::text as row from outbox o`);
  assert.doesNotMatch(stored.row, /15512340001/);
  await turn(relayWith(httpSms(config)));
  assert.deepEqual(await row(), { state: 'sent', attempts: 1, fault: null, gateway_id: 'g-1' });
  const [sent] = got;
  assert.equal(sent?.phone, '15512340001');
  assert.match(
    sent?.text ?? '',
    /^【.+】您的诉求已受理，编号 \d{11}（业务咨询）。.*https:\/\/fw\.example\.cn\/c\/[\w-]{43}$/,
  );
  const sentRow = await database.one<{ row: string }>(sql`select o::text as row from outbox o`);
  assert.doesNotMatch(sentRow.row, /15512340001/);
  const token = /[\w-]{43}$/.exec(sent?.text ?? '')?.[0] ?? '';
  const kept = await database.one<{ row: string }>(
    sql`select string_agg(l::text, ' ') as row from case_links l`,
  );
  assert.equal(kept.row.includes(token), false);
});

test('a gateway that answers 500 is asked again with the same id, and the customer gets one message', async () => {
  await put({});
  answer = (_, response) => response.writeHead(500).end();
  const relay = relayWith(httpSms(config));
  await turn(relay);
  assert.deepEqual(await row(), { state: 'waiting', attempts: 1, fault: 'gateway.500', gateway_id: null });
  await turn(relay);
  assert.equal(got.length, 1, 'not before the back-off is over');
  answer = ok;
  await skipWait();
  await turn(relay);
  assert.equal((await row()).state, 'sent');
  assert.equal(got.length, 2);
  assert.equal(got[0]?.id, got[1]?.id);
});

test('a gateway that hangs or breaks off leaves the outcome unknown; without our id it is not sent again', async () => {
  const blind = httpSms({ ...config, body: '{"id":"","phone":"{phone}","text":"{text}"}' });
  for (const broken of [() => undefined, (r: IncomingMessage) => r.socket.destroy()] satisfies Answer[]) {
    await put({});
    answer = broken;
    await turn(relayWith(blind));
    assert.equal((await row()).state, 'failed');
    await skipWait();
    await turn(relayWith(blind));
    assert.equal(got.length, 1);
    got.length = 0;
    await database.run(sql`delete from outbox`);
  }
});

test('a kill between claim and answer: the lease ends, another relay sends it with the same id', async () => {
  await put({});
  await database.run(
    sql`update outbox set state = 'sending', attempts = 1, lease_until = now() + interval '1 minute'`,
  );
  await turn(relayWith(httpSms(config)));
  assert.equal(got.length, 0, 'its holder may still be at it');
  await database.run(sql`update outbox set lease_until = now() - interval '1 second'`);
  await turn(relayWith(httpSms(config)));
  assert.equal((await row()).state, 'sent');

  await database.run(sql`update outbox set state = 'sending', lease_until = now() - interval '1 second'`);
  const blind = httpSms({ ...config, body: '{"phone":"{phone}","id":"","text":"{text}"}' });
  await turn(relayWith(blind));
  const left = await row();
  assert.deepEqual([left.state, left.fault, got.length], ['failed', 'outcome-unknown', 1]);
});

test('two relays at once send each message once', async () => {
  await Promise.all(Array.from({ length: 30 }, (_, i) => put({ key: `k${i}` })));
  const relays = [relayWith(httpSms(config)), relayWith(httpSms(config))];
  for (let i = 0; i < 4; i++) await Promise.all(relays.map(turn));
  assert.equal(got.length, 30);
  assert.equal(new Set(got.map((one) => one.id)).size, 30);
});

test('an outage raises one alarm for each keeper, waits without using up tries, and one notice when it is back', async () => {
  await Promise.all(Array.from({ length: 6 }, (_, i) => put({ key: `k${i}` })));
  answer = (_, response) => response.writeHead(503).end();
  const relay = relayWith(httpSms(config));
  await turn(relay);
  const keepers = await bells('gateway-down');
  assert.ok(keepers >= 2, 'administrator and control officer');
  await skipWait();
  await turn(relay);
  assert.equal(await bells('gateway-down'), keepers, 'once an outage');
  assert.equal(got.length, 6, 'while it is down only a probe goes out, seldom');

  answer = ok;
  await database.run(sql`update gateways set next_probe_at = now()`);
  await turn(relay);
  assert.equal(await bells('gateway-up'), keepers);
  await turn(relay);
  const states = await database.rows<{ state: string }>(
    sql`select distinct o.state from outbox o where o.channel = 'sms'`,
  );
  assert.deepEqual(states, [{ state: 'sent' }]);
});

test('one wrong number is given up after three tries and is no outage', async () => {
  await put({});
  answer = (_, response) => response.end('{"code":"isv.MOBILE_ILLEGAL"}');
  const relay = relayWith(httpSms(config));
  for (let i = 0; i < 5; i++) {
    await turn(relay);
    await skipWait();
  }
  const left = await row();
  assert.deepEqual(
    [left.state, left.attempts, left.fault],
    ['failed', 3, 'gateway.answer.isv.MOBILE_ILLEGAL'],
  );
  assert.equal(await bells('gateway-down'), 0);
});

test('a slow gateway holds up neither the bells nor the next turn, and never more than sixteen at once', async () => {
  await Promise.all(Array.from({ length: 20 }, (_, i) => put({ key: `k${i}` })));
  answer = () => undefined;
  const relay = relayWith(httpSms({ ...config, timeoutMs: 2000 }));
  const begun = performance.now();
  await relay.turn();
  await put({ key: 'bell', channel: 'desk', template: 'urged', to: { personId: clerk.personId } });
  await relay.turn();
  assert.ok(performance.now() - begun < 1500);
  const rung = await database.one<{ state: string }>(
    sql`select o.state from outbox o where o.channel = 'desk'`,
  );
  assert.equal(rung.state, 'sent');
  const sending = await database.rows(sql`select o.id from outbox o where o.state = 'sending'`);
  assert.equal(sending.length, 16);
  await relay.finish?.();
});

test('nothing goes to a customer who wants to stay unknown, or who left no number', async () => {
  const unknown = await county.must((tx) =>
    acceptCase(tx, county.deps, clerk, anIntake({ anonymous: true, contactPhone: '15512340002' })),
  );
  await database.run(sql`delete from outbox`);
  await put({ to: { caseId: unknown.caseId } });
  await turn(relayWith(httpSms(config)));
  const left = await row();
  assert.ok(got.every((one) => one.phone !== '15512340002'));
  assert.deepEqual([left.state, left.fault], ['withdrawn', 'no-receiver']);
});

test('a message of a template that this program does not know stops where it is seen, and holds up no other', async () => {
  await put({ key: 'newer', template: 'of-a-newer-program' });
  await turn(relayWith(httpSms(config)));
  assert.deepEqual([(await row()).state, (await row()).fault, got.length], ['failed', 'unknown-template', 0]);
});

test('quiet hours: a message at night goes out in the morning', async () => {
  county.clock.advance(13 * 3_600_000);
  await put({});
  await turn(relayWith(httpSms(config)));
  const night = await database.one<{ state: string; at: number }>(
    sql`select o.state, o.run_at as at from outbox o where o.channel = 'sms'`,
  );
  assert.deepEqual([night.state, got.length], ['waiting', 0]);
  assert.equal(night.at, Date.UTC(2026, 10, 25, 0), '08:00 in Shanghai');
  county.clock.advance(9 * 3_600_000);
  await turn(relayWith(httpSms(config)));
  assert.deepEqual([(await row()).state, got.length], ['sent', 1]);
});

test('without a gateway messages wait; a demo sends nothing and says so', async () => {
  await put({});
  await turn(relayWith(null));
  assert.deepEqual([(await row()).state, (await row()).attempts], ['waiting', 0]);
  await turn(relayWith(demoOutside.sms));
  assert.deepEqual(await row(), { state: 'sent', attempts: 1, fault: null, gateway_id: 'demo' });
});
