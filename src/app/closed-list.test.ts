import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRefusal } from '#kernel/result.ts';
import { DAY, HOUR } from '#kernel/instant.ts';
import { acceptCase, askUnit } from '#modules/case/index.ts';
import { anIntake } from '#modules/case/testing/small-county.ts';
import { mintLink } from '#modules/notice/index.ts';
import { sweepClocks } from '#modules/order/index.ts';
import { timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { transact } from '#platform/db/transact.ts';
import { demoCompany } from '#testing/demo/demo-company.ts';
import { movedOrders } from './live-route.ts';
import { addressOf, type InterfaceRoute, interfaceRoutes } from './testing/interface-routes.ts';
import { type Client, testApp } from './testing/test-app.ts';

// A report on staff exists for 监察 alone (domain-rules §13.0). Everybody else asks for everything twice, at one moment of a
// frozen clock: before there is a report, and after reports were taken in, ran out of time, were urged, answered and denied.
// Not one byte may differ, figures included.

const t = await testApp();
await t.app.ready();
const { database, companyId, clock } = t;
const BEGIN = clock.now;
const END = BEGIN + 20 * DAY;
const CANARY = '金丝雀九五二七';
const PHONE = '15512349527';

const household = await t.household('city');
const clerk = await t.actor('clerk');
const lead = await t.actor('station-lead');
const control = await t.actor('control-officer');
const officer = await t.actor('discipline-officer');
const logins = demoCompany().logins.filter((one) => one.login !== 'discipline-officer');
const clients = new Map<string, Client>();
for (const { login } of logins) clients.set(login, await t.signIn(login));
const reads = interfaceRoutes(t.app).filter((route) => route.method === 'GET');

/** What nobody's screen shows of cases: who is signed in and when he was seen, and the audit of this very test. */
const ASIDE = ['/api/audit', '/api/audit/state', '/api/exports/audit', '/api/security/sessions'];
const QUERIES = [
  '',
  `?q=${encodeURIComponent(CANARY)}`,
  '?state=open',
  '?state=sent',
  '?month=2026-12',
  `?household=${household}`,
  `?process=report&household=${household}&phone=${PHONE}`,
];

async function sweepTo(end: number): Promise<void> {
  for (; clock.now < end; clock.now = Math.min(end, clock.now + 12 * HOUR)) await sweepClocks(database);
  await sweepClocks(database);
  await ringBells();
}

/** As the relay does, without its pace. */
async function ringBells(): Promise<void> {
  await database.run(sql`
    update outbox set state = 'sent', sent_at = outbox.run_at where outbox.channel = 'desk' and outbox.state = 'waiting'`);
}

/** Everything that this person's screens can ask for, by address. */
async function everything(client: Client): Promise<ReadonlyMap<string, string>> {
  const seen = new Map<string, string>();
  for (const { path, object } of reads) {
    if (ASIDE.includes(path) || object === 'case' || object === 'order') continue;
    for (const query of QUERIES) {
      const url = `${addressOf(path, object === 'household' ? household : undefined)}${query}`;
      seen.set(url, faceless(await client.get(url)));
    }
  }
  return seen;
}

function faceless({ statusCode, body }: { readonly statusCode: number; readonly body: string }): string {
  return `${statusCode} ${body.replace(/"requestId":"[^"]*"/, '')}`;
}

const report = async () => {
  const intake = anIntake({
    process: 'report',
    words: CANARY,
    contactPhone: PHONE,
    householdId: household,
    accusedUnitId: lead.unitId,
  });
  const { caseId, orderId, no } = await t.must((tx) => acceptCase(tx, t.deps, clerk, intake));
  assert.ok(orderId);
  return { caseId, orderId, no };
};

async function say(caseId: string, path: string, payload: object): Promise<void> {
  const token = await database.transaction((tx) => mintLink(tx, companyId, caseId));
  const answer = await t.app.inject({
    method: 'POST',
    url: path,
    headers: { 'x-dafuwu-csrf': '1', 'x-dafuwu-link': token, 'idempotency-key': `say-${caseId}` },
    payload,
  });
  assert.equal(answer.statusCode, 200, answer.body);
}

/** As the last step leaves it; the way there is tested in `case`. */
async function close({
  caseId,
  orderId,
}: {
  readonly caseId: string;
  readonly orderId: string;
}): Promise<void> {
  await database.run(sql`
    update orders set state = 'finished', finished_at = ${timestamp(clock.now)}, process_state = jsonb_set(orders.process_state, '{steps}', (
      select jsonb_object_agg(s.key, s.value || '{"status":"done"}') from jsonb_each(orders.process_state -> 'steps') s))
    where orders.id = ${orderId}`);
  await database.run(
    sql`update tasks set state = 'done', ended_at = ${timestamp(clock.now)} where tasks.order_id = ${orderId}`,
  );
  await database.run(
    sql`update cases set state = 'closed', closed_at = ${timestamp(clock.now)} where cases.id = ${caseId}`,
  );
}

// The others' work, so that there is something to be seen beside it.
for (const process of ['inquiry', 'complaint', 'opinion'])
  await t.must((tx) => acceptCase(tx, t.deps, clerk, anIntake({ process, householdId: household })));
await sweepTo(END);
const before = new Map<string, ReadonlyMap<string, string>>();
for (const [login, client] of clients) before.set(login, await everything(client));

clock.now = BEGIN;
const begun = BEGIN - 1;
const late = await report();
const dissatisfied = await report();
const denied = await report();
await database.run(
  sql`update tasks set holder_id = ${officer.personId} where tasks.order_id = ${late.orderId}`,
);
await say(late.caseId, '/api/link/words', { digits: PHONE.slice(-4), words: '又看见他们收钱' });
await sweepTo(END);
for (const one of [dissatisfied, denied]) await close(one);
await say(dissatisfied.caseId, '/api/link/evaluation', { solved: true, satisfied: false });
await say(denied.caseId, '/api/link/evaluation', { solved: false, satisfied: false });
await ringBells();

test('for nobody else anything has changed: no list, count, search, strip, board, bell, work, queue or hand-over', async () => {
  const changed: string[] = [];
  for (const [login, client] of clients)
    for (const [url, now] of await everything(client)) {
      const then = before.get(login)?.get(url);
      // An administrator reads no case, and sees of every message to a customer that it went out, and nothing else of it.
      if (login === 'administrator' && url.startsWith('/api/outbox')) assert.doesNotMatch(now, /1551|金丝雀/);
      else if (now !== then) changed.push(`${login} ${url}\n  then ${then}\n  now  ${now}`);
    }
  assert.deepEqual(changed, []);
});

test('its own pages look like those of a case that never was, also to the clerk who took it in', async () => {
  const wrong: string[] = [];
  for (const [login, client] of clients)
    for (const route of reads.filter((one) => one.object === 'case' || one.object === 'order')) {
      const own = faceless(await client.get(addressOf(route.path, idFor(route, late))));
      if (own !== faceless(await client.get(addressOf(route.path)))) wrong.push(`${login} ${route.path}`);
      const { body } = await client.get(`/api/cases/find?q=${late.no}`);
      if (body.includes(late.caseId)) wrong.push(`${login} finds it by its number`);
    }
  assert.deepEqual(wrong, []);
});

function idFor(route: InterfaceRoute, of: { readonly caseId: string; readonly orderId: string }): string {
  return route.object === 'case' ? of.caseId : of.orderId;
}

test('no bell was rung and no access given outside of the list', async () => {
  const ids = [late.caseId, dissatisfied.caseId, denied.caseId];
  const units = await database.rows<{ code: string }>(sql`
    select distinct u.code from case_access a join units u on u.id = a.unit_id where a.case_id = any(${ids}::uuid[])`);
  assert.deepEqual(units, [{ code: 'discipline' }]);
  const bells = await database.rows<{ inside: boolean }>(sql`
    select exists (select 1 from assignments a join units u on u.id = a.unit_id
      where a.person_id = o.person_id and a.until is null and u.code = 'discipline') as inside
    from outbox o where o.channel = 'desk' and (o.data ->> 'caseId') = any(${ids}::text[])`);
  assert.ok(bells.length > 0, 'its own people are warned');
  assert.ok(bells.every((bell) => bell.inside));
  const owed = await database.rows<{ code: string }>(sql`
    select u.code from owed_calls o join units u on u.id = o.unit_id where o.case_id = any(${ids}::uuid[])`);
  assert.deepEqual(owed, [{ code: 'discipline' }]);
});

test('a move of it is hinted to its own people, by name', async () => {
  const hints = await movedOrders(database)(begun);
  const people = await database.rows<{ id: string }>(sql`
    select distinct a.person_id as id from assignments a join units u on u.id = a.unit_id
    where u.code = 'discipline' and a.until is null`);
  await database.run(sql`delete from order_events where order_events.stream_id not in (
    ${late.orderId}, ${dissatisfied.orderId}, ${denied.orderId})`);
  const alone = await movedOrders(database)(begun);
  assert.ok(hints.some((hint) => hint.personId === null));
  assert.ok(people.length > 0 && alone.every((hint) => people.some((one) => one.id === hint.personId)));
});

test('its own people see it and work on it; whoever is recused sees nothing', async () => {
  const client = await t.signIn('discipline-officer');
  assert.equal((await client.get(`/api/cases/${late.caseId}`)).statusCode, 200);
  const listed = async () =>
    (await Promise.all(['/api/cases', '/api/work', '/api/bell'].map((path) => client.get(path)))).map(
      ({ body }) => body.includes(late.caseId),
    );
  assert.deepEqual(await listed(), [true, true, true]);
  await database.run(sql`
    insert into case_kept_away (company_id, case_id, who, kind, by_person_id, at)
    values (${companyId}, ${late.caseId}, ${officer.personId}, 'recused', ${officer.personId}, now())`);
  assert.deepEqual(await listed(), [false, false, false]);
  assert.equal((await client.get(`/api/cases/${late.caseId}`)).statusCode, 404);
});

test('nor can it be given away: no question, no promise, no access that counts', async () => {
  const { caseId } = denied;
  const asked = await transact(database, (tx) =>
    askUnit(tx, officer, { caseId, unitId: control.unitId, question: '请协助', hours: 4, kind: 'joint' }),
  );
  assert.ok(isRefusal(asked));
  const client = await t.signIn('discipline-officer');
  const promise = async (unitId: string) =>
    (
      await client.post(`/api/cases/${caseId}/commitments`, { unitId, words: '整改', dueAt: END + DAY })
    ).json().error.code as string;
  assert.deepEqual(
    [asked.refused, await promise(lead.unitId), await promise(control.unitId)],
    ['case.closed-list', 'commitment.accused', 'case.closed-list'],
  );
  // Even a row that should not be there opens nothing.
  await database.run(sql`
    insert into case_access (company_id, unit_id, case_id, since)
    values (${companyId}, ${control.unitId}, ${caseId}, to_timestamp(0))`);
  assert.equal((await clients.get('control-officer')?.get(`/api/cases/${caseId}`))?.statusCode, 404);
});

test('a report on 监察 itself goes to the leaders, and not to 监察', async () => {
  const intake = anIntake({ process: 'report', words: '监察的人收了礼', accusedUnitId: officer.unitId });
  const { caseId } = await t.must((tx) => acceptCase(tx, t.deps, clerk, intake));
  const units = await database.rows<{ code: string }>(sql`
    select u.code from case_access a join units u on u.id = a.unit_id where a.case_id = ${caseId}`);
  assert.deepEqual(units, [{ code: 'leading-group' }]);
  const client = await t.signIn('discipline-officer');
  assert.equal((await client.get(`/api/cases/${caseId}`)).statusCode, 404);
});
