import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, MINUTE } from '#kernel/instant.ts';
import { isRefusal } from '#kernel/result.ts';
import { sql } from '#platform/db/sql.ts';
import { transact } from '#platform/db/transact.ts';
import { acceptCase } from './case-commands.ts';
import { caseView } from './case-view.ts';
import { addGroup, recordSupply, supplyView } from './supply-groups.ts';
import { doStep, tryStep } from './testing/do-step.ts';
import { rowsAreTheFold } from './testing/rows-are-the-fold.ts';
import { anIntake, smallCounty } from './testing/small-county.ts';

const county = await smallCounty();
const { database, deps, must } = county;
const call = await county.actor('call-taker');
const dispatcher = await county.actor('dispatcher');
const crew = await county.actor('repair-lead');
const lead = await county.actor('mv-lead');
const worker = await county.actor('mv-worker');
const gridDispatcher = await county.actor('grid-dispatcher');

async function aFault(process: string) {
  const { id } = await database.one<{ id: string }>(sql`
    select h.id from households h join units u on u.company_id = h.company_id and u.id = h.station_id
    where u.code = 'station-05' order by h.account_no limit 1`);
  const intake = anIntake({ process, channel: 'phone', householdId: id, words: '半个村都没电' });
  const accepted = await must((tx) => acceptCase(tx, deps, call, intake));
  assert.ok(accepted.orderId);
  return { orderId: accepted.orderId, caseId: accepted.caseId };
}

async function openSteps(orderId: string): Promise<readonly string[]> {
  const rows = await database.rows<{ step: string }>(sql`
    select t.step from tasks t where t.order_id = ${orderId} and t.state = 'open' order by t.step`);
  return rows.map((one) => one.step);
}

test('medium voltage: nobody works before the grid dispatcher permits; energised, repaired and supplied again are three times', async () => {
  const { orderId, caseId } = await aFault('repair-medium');
  const go = async (step: string, actor: typeof call, report: Parameters<typeof tryStep>[4] = {}) => {
    county.clock.advance(10 * MINUTE);
    await doStep(county, orderId, actor, step, report);
  };
  await go('judge', dispatcher);
  await go('dispatch', dispatcher);
  await go('accept', crew);
  await go('contact', crew);
  await go('arrive', crew);
  await go('survey', lead);
  await go('publish', dispatcher);
  await go('stage-one', gridDispatcher);
  await go('sheet', lead);
  assert.deepEqual(await openSteps(orderId), ['permission']);
  const refused = await tryStep(county, orderId, lead, 'permission');
  assert.equal(isRefusal(refused) && refused.refused, 'action.other-unit');
  const waiting = await caseView(database, deps.version, lead, caseId, county.clock.now);
  assert.equal(waiting?.order?.steps.find((one) => one.id === 'permission')?.state, 'active');

  await go('permission', gridDispatcher, { values: { permittedAt: county.clock.now } });
  await go('safe', lead);
  await go('fix', worker);
  county.clock.advance(HOUR);
  const repairedAt = county.clock.now - 40 * MINUTE;
  await go('end-work', lead, { values: { repairedAt } });
  const energisedAt = county.clock.now;
  await go('energise', gridDispatcher, { values: { energisedAt } });
  const resuppliedAt = county.clock.now;
  await go('restore', lead, { values: { resuppliedAt } });
  const clocks = await database.rows(sql`
    select k.stopped_at as at from clocks k where k.order_id = ${orderId} and k.clock like 'restore-%'
      and k.state = 'met'`);
  assert.deepEqual(clocks, [{ at: resuppliedAt }]);
  assert.ok(repairedAt < energisedAt && energisedAt < resuppliedAt);

  await go('reply', lead);
  await go('review', dispatcher);
  const off = await tryStep(county, orderId, call, 'inform', { values: { hasSupply: false } });
  assert.equal(isRefusal(off) && off.refused, 'case.no-supply');
  await go('inform', call);
  await go('callback', call);
  const end = await database.one(sql`select o.state from orders o where o.id = ${orderId}`);
  assert.deepEqual(end, { state: 'finished' });
});

test('staged restoration: each group has its own times, and nobody says that supply is back while a group is off', async () => {
  const { orderId } = await aFault('repair-low');
  for (const [step, actor] of [
    ['judge', dispatcher],
    ['dispatch', dispatcher],
    ['accept', crew],
    ['arrive', crew],
  ] as const)
    await doStep(county, orderId, actor, step);
  await doStep(county, orderId, await county.actor('repair-worker'), 'survey');
  const started = county.clock.now;
  const group = async (label: string) =>
    (await must((tx) => addGroup(tx, deps, crew, { orderId, label, households: 40 }))).id;
  const [near, far] = [await group('1 号台区'), await group('2 号台区')];
  const say = (actor: typeof crew, groupId: string, what: 'energised' | 'resupplied', at: number) =>
    transact(database, (tx) => recordSupply(tx, deps, actor, { orderId, groupId, what, at }));
  const taken = await transact(database, (tx) =>
    addGroup(tx, deps, crew, { orderId, label: '1 号台区', households: 1 }),
  );
  assert.deepEqual(taken, { refused: 'supply.label-taken' });
  const clerk = await county.actor('bill-auditor');
  assert.deepEqual(await say(clerk, near, 'energised', started), { refused: 'http.not-found' });
  assert.deepEqual(await say(call, near, 'energised', started), { refused: 'supply.not-yours' });
  assert.deepEqual(await say(crew, near, 'resupplied', started), { refused: 'supply.not-energised' });

  county.clock.advance(HOUR);
  const first = started + 30 * MINUTE;
  assert.deepEqual(await say(crew, near, 'energised', first), { open: 2 });
  assert.deepEqual(await say(crew, near, 'resupplied', first + MINUTE), { open: 1 });
  assert.deepEqual(await say(crew, near, 'resupplied', first), { refused: 'supply.recorded-already' });
  assert.deepEqual(await say(crew, far, 'energised', county.clock.now + 1), { refused: 'field.future' });

  await doStep(county, orderId, crew, 'safe');
  await doStep(county, orderId, await county.actor('repair-worker'), 'fix');
  const off = await tryStep(county, orderId, crew, 'restore');
  assert.deepEqual(off, { refused: 'supply.group-off', detail: { group: '2 号台区' } });
  const last = county.clock.now;
  assert.deepEqual(await say(crew, far, 'energised', last), { open: 1 });
  assert.deepEqual(await say(crew, far, 'resupplied', last), { open: 0 });
  const early = await tryStep(county, orderId, crew, 'restore', { values: { resuppliedAt: first + MINUTE } });
  assert.deepEqual(early, { refused: 'supply.before-last-group' });
  await doStep(county, orderId, crew, 'restore', { values: { repairedAt: last, resuppliedAt: last } });
  const clock = await database.one(sql`
    select k.stopped_at as at from clocks k where k.order_id = ${orderId} and k.clock = 'long-fault'`);
  assert.deepEqual(clock, { at: last });
  const view = await supplyView(database, deps, dispatcher, orderId, county.clock.now);
  assert.deepEqual(
    view?.groups.map((one) => [one.label, one.energisedAt, one.resuppliedAt]),
    [
      ['1 号台区', first, first + MINUTE],
      ['2 号台区', last, last],
    ],
  );
});

test('an inquiry restores nobody’s supply', async () => {
  const accepted = await must((tx) => acceptCase(tx, deps, call, anIntake({})));
  const orderId = accepted.orderId ?? '';
  const refused = await transact(database, (tx) =>
    addGroup(tx, deps, call, { orderId, label: '台区', households: 1 }),
  );
  assert.deepEqual(refused, { refused: 'supply.no-outage' });
  const view = await supplyView(database, deps, call, orderId, county.clock.now);
  assert.deepEqual(view, { mayRecord: false, groups: [] });
  const stranger = await county.actor('storekeeper');
  assert.equal(await supplyView(database, deps, stranger, orderId, county.clock.now), undefined);
});

test('after all that, the kept rows are what the events tell', async () => {
  const { orders, cases } = await rowsAreTheFold(county);
  assert.ok(orders > 0 && cases > 0);
});
