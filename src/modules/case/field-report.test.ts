import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, MINUTE } from '#kernel/instant.ts';
import { isRefusal } from '#kernel/result.ts';
import { sweepClocks } from '#modules/order/index.ts';
import { sql } from '#platform/db/sql.ts';
import { acceptCase, type CaseActor } from './case-commands.ts';
import { caseView } from './case-view.ts';
import { doStep, tryStep } from './testing/do-step.ts';
import { rowsAreTheFold } from './testing/rows-are-the-fold.ts';
import { anIntake, smallCounty } from './testing/small-county.ts';

const county = await smallCounty();
const { database, deps, must } = county;
const call = await county.actor('call-taker');
const dispatcher = await county.actor('dispatcher');
const crew = await county.actor('repair-lead');
const worker = await county.actor('repair-worker');

/** A fault at a household of the station whose crew signs in, on its way. */
async function underWay() {
  const { id } = await database.one<{ id: string }>(sql`
    select h.id from households h join units u on u.company_id = h.company_id and u.id = h.station_id
    join premises p on p.company_id = h.company_id and p.id = h.premises_id
    where u.code = 'station-05' and p.area_class <> 'remote' order by h.account_no limit 1`);
  const intake = anIntake({ process: 'repair-low', channel: 'phone', householdId: id, words: '没电了' });
  const accepted = await must((tx) => acceptCase(tx, deps, call, intake));
  assert.ok(accepted.orderId);
  const { orderId, caseId } = accepted;
  for (const [step, actor] of [
    ['judge', dispatcher],
    ['dispatch', dispatcher],
  ] as const)
    await doStep(county, orderId, actor, step);
  return { orderId, caseId, begun: county.clock.now };
}

async function clockOf(orderId: string, like: string) {
  return await database.one<{ state: string; stopped: number; broken: number | null; kept: boolean }>(sql`
    select k.state, k.stopped_at as stopped, k.broken_at as broken, k.kept from clocks k
    where k.order_id = ${orderId} and k.clock like ${like} and k.role <> 'law' and k.state <> 'cancelled'`);
}

async function events(orderId: string, type: string) {
  return await database.rows<{ at: number; actor: string | null; data: Record<string, unknown> }>(sql`
    select e.occurred_at as at, e.actor_id as actor, e.data from order_events e
    where e.stream_id = ${orderId} and e.type = ${type} order by e.seq`);
}

async function refusal(
  orderId: string,
  actor: CaseActor,
  step: string,
  report: Parameters<typeof tryStep>[4],
) {
  const done = await tryStep(county, orderId, actor, step, report);
  return isRefusal(done) ? done.refused : undefined;
}

test('a crew that arrived in time and had no signal: the breach stays in history, the figure is corrected', async () => {
  const { orderId, caseId, begun } = await underWay();
  await doStep(county, orderId, crew, 'accept');
  county.clock.advance(95 * MINUTE);
  await sweepClocks(database);
  const arrived = begun + 30 * MINUTE;
  await doStep(county, orderId, crew, 'arrive', { occurredAt: arrived });
  const clock = await clockOf(orderId, 'arrive-%');
  assert.deepEqual([clock.state, clock.stopped, clock.kept], ['met', arrived, true]);
  assert.ok(clock.broken !== null);
  const corrected = await events(orderId, 'clock.corrected');
  assert.ok(corrected.length > 0 && corrected.every((one) => one.at === arrived && one.actor === null));

  const view = await caseView(database, deps.version, call, caseId, county.clock.now);
  const entry = view?.timeline.find((one) => one.type === 'step.done' && one.field !== null);
  assert.deepEqual(entry?.field, { claimed: arrived, doubt: null, late: false, enteredFor: null });
  assert.deepEqual([entry?.at, entry?.recordedAt], [arrived, county.clock.now]);
});

test('what is not believed stays on record, and the clocks count when it was entered', async () => {
  const { orderId, begun } = await underWay();
  county.clock.advance(20 * MINUTE);
  // Nothing but his word: accepting needs no photo.
  await doStep(county, orderId, crew, 'accept', { occurredAt: begun });
  const clock = await clockOf(orderId, 'team-accept');
  assert.deepEqual([clock.stopped, clock.kept], [county.clock.now, false]);
  const [, , accepted] = await events(orderId, 'step.done');
  assert.deepEqual(accepted?.data['field'], { claimed: begun, doubt: 'no-evidence', enteredFor: null });

  county.clock.advance(13 * HOUR);
  await doStep(county, orderId, crew, 'arrive', { occurredAt: begun + 5 * MINUTE });
  const arrival = await clockOf(orderId, 'arrive-%');
  assert.deepEqual([arrival.stopped, arrival.kept], [county.clock.now, false]);
});

test('a tick is no evidence; a photo of his own is, and a position lies with the words, where it can be blanked', async () => {
  const { orderId, caseId, begun } = await underWay();
  await doStep(county, orderId, crew, 'accept');
  county.clock.advance(40 * MINUTE);
  const addFile = async (by: CaseActor) => {
    const { id } = await database.one<{ id: string }>(sql`
      with content as (insert into file_contents (company_id, hash, bytes)
        values (${county.companyId}, ${`h-${by.personId}`}, '\\x00') returning hash)
      insert into case_files (company_id, id, case_id, hash, kind, name, bytes, source, by_person_id, at)
      select ${county.companyId}, gen_random_uuid(), ${caseId}, content.hash, 'jpeg', '现场.jpg', 1, 'staff', ${by.personId}, now()
      from content returning id`);
    return id;
  };
  const others = await addFile(dispatcher);
  const said = { occurredAt: begun + 5 * MINUTE, unplaced: true };
  const wrong = { ...said, files: [others] };
  assert.equal(await refusal(orderId, crew, 'arrive', wrong), 'field.no-such-file', 'not added by him');
  const own = await addFile(crew);
  await doStep(county, orderId, crew, 'arrive', { ...said, files: [own] });
  assert.equal((await clockOf(orderId, 'arrive-%')).stopped, begun + 5 * MINUTE);
  const arrived = (await events(orderId, 'step.done')).at(-1);
  assert.deepEqual((arrived?.data['field'] as { files?: string[] } | undefined)?.files, [own]);

  const second = await underWay();
  await doStep(county, second.orderId, crew, 'accept');
  county.clock.advance(40 * MINUTE);
  await doStep(county, second.orderId, crew, 'arrive', {
    occurredAt: second.begun + 5 * MINUTE,
    unplaced: true,
    checked: ['arrive-photo'],
  });
  assert.equal((await clockOf(second.orderId, 'arrive-%')).stopped, county.clock.now, 'ticked only');

  const third = await underWay();
  await doStep(county, third.orderId, crew, 'accept');
  county.clock.advance(40 * MINUTE);
  await doStep(county, third.orderId, crew, 'arrive', {
    occurredAt: third.begun + 5 * MINUTE,
    position: { lat: 37.2, lon: 122.05, accuracy: 8 },
  });
  assert.equal((await clockOf(third.orderId, 'arrive-%')).stopped, third.begun + 5 * MINUTE);
  const kept = await database.rows(sql`
    select x.body from case_texts x where x.case_id = ${third.caseId} and x.field = 'position'`);
  assert.deepEqual(kept, [{ body: '37.20000, 122.05000 ±8 m' }]);
  assert.equal(JSON.stringify(await events(third.orderId, 'step.done')).includes('37.2'), false);
});

test('what cannot be true is refused: in the future, before the fault was reported', async () => {
  const { orderId, begun } = await underWay();
  await doStep(county, orderId, crew, 'accept');
  const { now } = county.clock;
  assert.equal(await refusal(orderId, crew, 'arrive', { occurredAt: now + MINUTE }), 'field.future');
  assert.equal(await refusal(orderId, crew, 'arrive', { occurredAt: begun - 1 }), 'field.before-start');
  assert.equal((await clockOf(orderId, 'arrive-%')).state, 'running');
});

test('supply is back when the crew says so from where it is; said too late, when it was entered', async () => {
  for (const [ago, believed] of [
    [30 * MINUTE, true],
    [13 * HOUR, false],
  ] as const) {
    const { orderId } = await underWay();
    for (const step of ['accept', 'arrive']) await doStep(county, orderId, crew, step);
    await doStep(county, orderId, worker, 'survey');
    await doStep(county, orderId, crew, 'safe');
    await doStep(county, orderId, worker, 'fix');
    county.clock.advance(14 * HOUR);
    const at = county.clock.now - ago;
    await doStep(county, orderId, crew, 'restore', { values: { repairedAt: at, resuppliedAt: at } });
    assert.equal((await clockOf(orderId, 'long-fault')).stopped, believed ? at : county.clock.now);
  }
});

test('代录: a dispatcher enters it for whoever was there, marked for whom and why; nobody else, and for nobody else', async () => {
  const { orderId, caseId, begun } = await underWay();
  county.clock.advance(3 * MINUTE);
  const by = (personId: string) => ({
    occurredAt: begun + MINUTE,
    enteredFor: { personId, why: 'no-signal' as const },
  });
  assert.equal(await refusal(orderId, dispatcher, 'accept', by(worker.personId)), 'field.not-there');
  assert.equal(await refusal(orderId, dispatcher, 'accept', by(dispatcher.personId)), 'field.yourself');
  assert.equal(await refusal(orderId, call, 'accept', by(crew.personId)), 'action.enters-for-nobody');
  const stranger = await county.actor('bill-auditor');
  assert.equal(await refusal(orderId, stranger, 'accept', by(crew.personId)), 'order.unknown');

  await doStep(county, orderId, dispatcher, 'accept', by(crew.personId));
  const clock = await clockOf(orderId, 'team-accept');
  assert.deepEqual([clock.stopped, clock.kept], [begun + MINUTE, true]);
  const done = (await events(orderId, 'step.done')).at(-1);
  assert.equal(done?.actor, dispatcher.personId);
  const view = await caseView(database, deps.version, dispatcher, caseId, county.clock.now);
  const entry = view?.timeline.find((one) => one.field !== null && one.field.enteredFor !== null);
  assert.equal(entry?.field?.enteredFor?.why, 'no-signal');
  const people = view?.order?.forms.find((one) => one.step === 'arrive')?.fieldPeople;
  assert.ok(people?.some((one) => one.id === crew.personId));
  assert.ok(!people?.some((one) => one.id === worker.personId));
});

test('after all that, the kept rows are what the events tell', async () => {
  const { orders, cases } = await rowsAreTheFold(county);
  assert.ok(orders > 0 && cases > 0);
});
