import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { DAY, HOUR, MINUTE } from '#kernel/instant.ts';
import { isRefusal } from '#kernel/result.ts';
import { buildApp } from '#app/build-app.ts';
import { acceptCase, type CaseActor, caseView } from '#modules/case/index.ts';
import { doStep } from '#modules/case/testing/do-step.ts';
import { rowsAreTheFold } from '#modules/case/testing/rows-are-the-fold.ts';
import { anIntake, smallCounty } from '#modules/case/testing/small-county.ts';
import { readWorkingDays } from '#modules/clock/index.ts';
import { hashPassword } from '#modules/org/index.ts';
import { handbookLibrary } from '#modules/process/index.ts';
import { sql } from '#platform/db/sql.ts';
import { transact } from '#platform/db/transact.ts';
import type { FieldEntry, StepEntry } from './field-api.ts';
import { recordFieldEntry } from './field-commands.ts';
import { fieldJobs } from './field-reads.ts';

const county = await smallCounty();
const { database, deps, must, clock } = county;
const library = handbookLibrary();
const call = await county.actor('call-taker');
const dispatcher = await county.actor('dispatcher');
const lead = await county.actor('repair-lead');
const worker = await county.actor('repair-worker');
const gridDispatcher = await county.actor('grid-dispatcher');

async function aFault(process = 'repair-low') {
  const { id } = await database.one<{ id: string }>(sql`
    select h.id from households h join units u on u.company_id = h.company_id and u.id = h.station_id
    where u.code = 'station-05' order by h.account_no limit 1`);
  const intake = anIntake({
    process,
    channel: 'phone',
    householdId: id,
    words: '灯特别亮，电器烧了',
    contactPhone: '15500001111',
  });
  const accepted = await must((tx) => acceptCase(tx, deps, call, intake));
  assert.ok(accepted.orderId);
  const { orderId, caseId } = accepted;
  for (const step of ['judge', 'dispatch']) await doStep(county, orderId, dispatcher, step);
  return { orderId, caseId, begun: clock.now };
}

const jobsOf = (actor: CaseActor) => fieldJobs(database, library, actor, clock.now);
const send = (entry: FieldEntry, actor = lead) =>
  transact(database, (tx) => recordFieldEntry(tx, deps, actor, entry));

const WHERE = { lat: 37.2, lon: 122.05, accuracy: 8 };

// Long because one repair is played from the phone in all its ways, by the same helpers.
/** What the phone sends of a step: filled in as a crew would. */
function did(orderId: string, step: string, more: Partial<StepEntry> = {}): StepEntry {
  const checked: Readonly<Record<string, readonly string[]>> = {
    arrive: ['arrive-photo'],
    survey: ['test-live', 'fence', 'fault-photo'],
    safe: ['isolate', 'prove-dead', 'watcher'],
    fix: ['all-clear'],
    restore: ['clear'],
  };
  const values: Readonly<Record<string, Record<string, string | number | boolean>>> = {
    survey: { typicalFault: 'neutral-broken', cause: '零线接头烧断' },
    safe: { earthsPlaced: 0 },
    fix: { earthsRemoved: 0 },
    restore: { repairedAt: clock.now, resuppliedAt: clock.now, unsupplied: 0, volts: 226 },
    reply: { ownership: 'company' },
  };
  return {
    kind: 'step',
    orderId,
    ref: { step, caseId: null, round: 1 },
    at: clock.now,
    clockMoved: false,
    position: WHERE,
    ...(checked[step] === undefined ? {} : { checked: [...checked[step]] }),
    ...(values[step] === undefined ? {} : { values: values[step] }),
    ...more,
  };
}

async function lastEvent(orderId: string, type: string) {
  return await database.maybe<{
    at: number;
    data: { field?: Record<string, unknown>; [more: string]: unknown };
  }>(sql`
    select e.occurred_at as at, e.data from order_events e
    where e.stream_id = ${orderId} and e.type = ${type} order by e.seq desc limit 1`);
}

async function clockOf(orderId: string, like: string) {
  return await database.one<{ stopped: number | null; kept: boolean | null }>(sql`
    select k.stopped_at as stopped, k.kept from clocks k
    where k.order_id = ${orderId} and k.clock like ${like} and k.role <> 'law' and k.state <> 'cancelled'`);
}

function replyOf(begun: number, more: Record<string, string | number | boolean> = {}) {
  return {
    contacted: false,
    notContactedReason: '多次拨打无人接听，已到门前',
    responsibleUnit: '抢修班',
    cause: '零线接头烧断',
    verifiedOnSite: true,
    measures: '更换接头，加固重复接地',
    result: '电压正常，恢复供电',
    finishedAt: clock.now,
    customerOpinion: '认可',
    outageAt: begun,
    reportedAt: begun,
    repairedAt: clock.now,
    restoredAt: clock.now,
    ...more,
  };
}

test('a crew is told its next job with what it needs without a network, and nobody else’s', async () => {
  const { orderId, caseId } = await aFault();
  const { jobs, processes, cards } = await jobsOf(lead);
  const job = jobs.find((one) => one.orderId === orderId);
  assert.equal(job?.caseId, caseId);
  assert.deepEqual(job?.steps, [
    'accept',
    'contact',
    'arrive',
    'survey',
    'sheet',
    'supply-first',
    'come-again',
    'safe',
    'fix',
    'restore',
    'reply',
  ]);
  assert.equal(job?.words, '灯特别亮，电器烧了');
  assert.deepEqual(
    job?.cases.map((one) => one.phone),
    ['15500001111'],
  );
  assert.ok(job?.place !== null && job?.at !== null);
  assert.equal(job?.suggested[0], 'neutral-broken');
  assert.ok(processes[job?.process ?? '']?.steps.some((step) => step.id === 'survey'));
  assert.ok(cards.some((card) => card.id === 'neutral-broken'));

  assert.equal((await jobsOf(await county.actor('mv-lead'))).jobs.length, 0, 'another crew');
  assert.equal((await jobsOf(dispatcher)).jobs.length, 0, 'no crew');
  await doStep(county, orderId, lead, 'accept');
  await doStep(county, orderId, lead, 'arrive');
  assert.ok((await jobsOf(worker)).jobs.some((one) => one.orderId === orderId));
});

test('a phone tells of three jobs at most, the one begun in front', async () => {
  const faults = [await aFault(), await aFault(), await aFault(), await aFault()];
  const begun = faults.at(-1)?.orderId ?? '';
  await send(did(begun, 'accept'));
  const { jobs } = await jobsOf(lead);
  assert.equal(jobs.length, 3);
  assert.ok(jobs.some((one) => one.orderId === begun));
});

test('a whole repair comes in from the lead’s phone, hours later, and counts from when it happened', async () => {
  const { orderId, begun, caseId } = await aFault();
  const steps = ['accept', 'arrive', 'survey', 'safe', 'fix', 'restore'];
  const entries = steps.map((step, i) => {
    clock.advance(5 * MINUTE);
    return did(orderId, step, { at: begun + (i + 1) * 5 * MINUTE });
  });
  clock.advance(6 * HOUR);
  for (const entry of entries) assert.deepEqual(await send(entry), { outcome: 'recorded' }, entry.ref.step);
  const arrival = await clockOf(orderId, 'arrive-%');
  assert.deepEqual([arrival.stopped, arrival.kept], [begun + 10 * MINUTE, true]);
  const done = await lastEvent(orderId, 'step.done');
  assert.equal(done?.data.field?.['late'], true, '补录');
  assert.equal(done?.data.field?.['doubt'], null);

  const reply = replyOf(begun, {
    repairedAt: begun + 30 * MINUTE,
    restoredAt: begun + 30 * MINUTE,
    finishedAt: begun + 30 * MINUTE,
  });
  assert.deepEqual(await send(did(orderId, 'reply', { reply })), { outcome: 'recorded' });
  const { jobs } = await jobsOf(lead);
  const left = jobs.find((one) => one.orderId === orderId);
  const open = left?.steps.filter(
    (step) => !['done', 'skipped'].includes(left.state.steps[step]?.status ?? ''),
  );
  assert.deepEqual(open ?? ['contact'], ['contact'], 'nothing but the call is left');
  const view = await caseView(database, deps.version, call, caseId, clock.now);
  assert.ok(view?.timeline.some((one) => one.field?.late === true));
});

test('sent at once it is no late entry; a day late it comes in, marked and doubted', async () => {
  const { orderId } = await aFault();
  await send(did(orderId, 'accept'));
  assert.equal((await lastEvent(orderId, 'step.done'))?.data.field?.['late'], undefined);
  const there = clock.now;
  clock.advance(DAY);
  assert.deepEqual(await send(did(orderId, 'arrive', { at: there })), { outcome: 'recorded' });
  const field = (await lastEvent(orderId, 'step.done'))?.data.field;
  assert.deepEqual([field?.['claimed'], field?.['doubt'], field?.['late']], [there, 'too-late', true]);
  assert.equal((await clockOf(orderId, 'arrive-%')).stopped, clock.now);
});

test('a phone whose clock is wrong is not sent away: what cannot be is kept, marked, and counted when it came in', async () => {
  for (const wrong of [
    { at: clock.now + 3 * HOUR },
    { at: clock.now - 30 * DAY },
    { at: clock.now, clockMoved: true },
  ]) {
    const { orderId } = await aFault();
    await send(did(orderId, 'accept'));
    clock.advance(10 * MINUTE);
    assert.deepEqual(await send(did(orderId, 'arrive', wrong)), { outcome: 'recorded' });
    const field = (await lastEvent(orderId, 'step.done'))?.data.field;
    assert.deepEqual([field?.['claimed'], field?.['doubt']], [wrong.at, 'clock-wrong']);
    assert.equal((await clockOf(orderId, 'arrive-%')).stopped, clock.now);
  }
  const { orderId } = await aFault();
  assert.deepEqual(await send(did(orderId, 'accept', { at: clock.now + 30_000 })), { outcome: 'recorded' });
  assert.equal(
    (await lastEvent(orderId, 'step.done'))?.data.field?.['doubt'],
    null,
    'half a minute is no doubt',
  );
});

test('what the office had entered for the crew is not doubled; the phone’s word is kept beside it', async () => {
  const { orderId, begun } = await aFault();
  clock.advance(5 * MINUTE);
  const enteredFor = { personId: lead.personId, why: 'no-signal' as const };
  await doStep(county, orderId, dispatcher, 'accept', { occurredAt: begun + MINUTE, enteredFor });
  assert.deepEqual(await send(did(orderId, 'accept', { at: begun + 2 * MINUTE })), { outcome: 'already' });
  const beside = await lastEvent(orderId, 'field.seconded');
  assert.equal(beside?.data['claimed'], begun + 2 * MINUTE);
  const accepted = await database.one<{ n: number }>(sql`
    select count(*) as n from order_events e where e.stream_id = ${orderId} and e.type = 'step.done'
      and e.data #>> '{ref,step}' = 'accept'`);
  assert.equal(accepted.n, 1);
});

test('groups named by the phone, energised and supplied apart', async () => {
  const { orderId, begun } = await aFault();
  for (const step of ['accept', 'arrive']) await send(did(orderId, step));
  clock.advance(30 * MINUTE);
  const groupId = '0192f0c4-0000-7000-8000-000000000001';
  const of = { orderId, groupId, clockMoved: false };
  await send({ kind: 'group', ...of, label: '东半村', households: 40, at: clock.now });
  const supply = (what: 'energised' | 'resupplied', at: number) => send({ kind: 'supply', ...of, what, at });
  assert.deepEqual(await supply('resupplied', clock.now), { refused: 'supply.not-energised' });
  assert.deepEqual(await supply('energised', begun + 20 * MINUTE), { outcome: 'recorded' });
  assert.deepEqual(await supply('energised', begun + 21 * MINUTE), { outcome: 'already' });
  assert.deepEqual(await supply('resupplied', clock.now + 5 * HOUR), { outcome: 'recorded' });
  const group = await database.one(sql`
    select g.energised_at as energised, g.resupplied_at as resupplied from supply_groups g where g.id = ${groupId}`);
  assert.deepEqual(group, { energised: begun + 20 * MINUTE, resupplied: clock.now });
  assert.equal((await lastEvent(orderId, 'supply.resupplied'))?.data['doubt'], 'clock-wrong');
});

test('a reply that misses something holds up nobody: the office finds it begun and completes it', async () => {
  const { orderId, begun, caseId } = await aFault();
  for (const step of ['accept', 'arrive', 'survey', 'safe', 'fix', 'restore']) await send(did(orderId, step));
  const { customerOpinion: _, ...reply } = replyOf(begun);
  assert.deepEqual(await send(did(orderId, 'reply', { reply })), { outcome: 'kept' });
  const view = await caseView(database, deps.version, dispatcher, caseId, clock.now);
  const form = view?.order?.forms.find((one) => one.step === 'reply');
  assert.deepEqual([form?.draft?.reply.cause, form?.draft?.personId], ['零线接头烧断', lead.personId]);
  const said = JSON.stringify(view?.timeline);
  assert.equal(said.includes('零线接头烧断","'), false, 'the draft is no text of the time line');
  const full = { ...form?.draft?.reply, customerOpinion: '认可' };
  const enteredFor = { personId: lead.personId, why: 'completed' as const };
  await doStep(county, orderId, dispatcher, 'reply', { reply: full, enteredFor });
  assert.ok((await lastEvent(orderId, 'step.done'))?.data);
});

test('medium voltage: the phone cannot go ahead of the permission; a stranger and a clerk cannot go at all', async () => {
  const { orderId } = await aFault('repair-medium');
  await send(did(orderId, 'accept'));
  await send(did(orderId, 'arrive'));
  const mv = await county.actor('mv-lead');
  const survey = did(orderId, 'survey', {
    checked: ['guard', 'fault-photo'],
    values: { cause: '外力破坏', canIsolate: false },
  });
  assert.deepEqual(await send(survey, mv), { outcome: 'recorded' });
  const sheet = did(orderId, 'sheet', {
    checked: ['leader', 'watcher', 'dangers'],
    values: {
      sheetKind: 'emergency',
      ticketNo: '文抢 1',
      workPlace: '10 kV 支线',
      leader: '王某',
      watcher: '李某',
    },
  });
  assert.deepEqual(await send(sheet, mv), { outcome: 'recorded' });
  const safe = did(orderId, 'safe', {
    checked: ['isolated', 'prove-dead', 'earthed'],
    values: { earthsPlaced: 1, earthPlace: '12 号杆', earthNumbers: '1 号' },
  });
  const early = await send(safe, mv);
  assert.equal(isRefusal(early) && early.refused, 'process.step-not-ready');
  assert.ok(
    (await jobsOf(mv)).jobs.some((one) => one.orderId === orderId),
    'its own while it waits',
  );
  await doStep(county, orderId, gridDispatcher, 'permission', { values: { permittedAt: clock.now } });
  assert.deepEqual(await send(safe, mv), { outcome: 'recorded' });
  const clerk = await county.actor('bill-auditor');
  assert.deepEqual(await send(did(orderId, 'fix'), clerk), { refused: 'order.unknown' });
});

test('by HTTP: the same key twice is one entry with the first answer, other words under it are refused', async () => {
  const password = 'Gongdian-2026-ceshi';
  await database.run(sql`update accounts set password_hash = ${await hashPassword(password)}`);
  const app = await buildApp(
    {
      database,
      handbook: library,
      days: readWorkingDays(
        join(import.meta.dirname, '..', '..', '..', 'handbook', 'calendars', 'holiday-cn.json'),
      ),
      clockScale: 1,
      secure: false,
      postName: (name) => ({ zh: name, en: name }),
    },
    { webFolder: null, tls: null, trustedProxy: null, logError: (error) => assert.fail(String(error)) },
  );
  const post = (url: string, payload: object, headers: Record<string, string> = {}) =>
    app.inject({ method: 'POST', url, payload, headers: { 'x-dafuwu-csrf': '1', ...headers } });
  const session = await post('/api/session', { login: 'repair-lead', password });
  const cookie = session.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const { orderId } = await aFault();
  const keyed = { cookie, 'idempotency-key': 'entry-0001' };
  const entry = did(orderId, 'accept');
  const first = await post('/api/field/entries', entry, keyed);
  assert.deepEqual([first.statusCode, first.json()], [200, { outcome: 'recorded' }]);
  const again = await post('/api/field/entries', entry, keyed);
  assert.deepEqual([again.statusCode, again.json()], [200, { outcome: 'recorded' }]);
  const other = await post('/api/field/entries', { ...entry, at: entry.at + 1 }, keyed);
  assert.equal(other.json().error.code, 'http.key-reused');
  const strange = await post(
    '/api/field/entries',
    { ...entry, seq: 3 },
    { ...keyed, 'idempotency-key': 'entry-0002' },
  );
  assert.equal(strange.statusCode, 400);
  const jobs = await app.inject({ method: 'GET', url: '/api/field/jobs', headers: { cookie } });
  assert.equal(jobs.statusCode, 200);
  assert.equal(jobs.json().person.id, lead.personId);
  await app.close();
});

test('after all that, the kept rows are what the events tell', async () => {
  const { orders, cases } = await rowsAreTheFold(county);
  assert.ok(orders > 0 && cases > 0);
});
