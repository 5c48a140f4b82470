import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY, MINUTE } from '#kernel/instant.ts';
import { isRefusal } from '#kernel/result.ts';
import { acceptCase, caseView, type CaseActor } from '#modules/case/index.ts';
import { doStep, tryStep } from '#modules/case/testing/do-step.ts';
import { anIntake, smallCounty } from '#modules/case/testing/small-county.ts';
import { sql } from '#platform/db/sql.ts';
import { transact } from '#platform/db/transact.ts';
import { permitWork, refusePermission } from './permission-commands.ts';
import { permissionDesk } from './permission-reads.ts';

const county = await smallCounty();
const { database, deps, must } = county;
const call = await county.actor('call-taker');
const dispatcher = await county.actor('dispatcher');
const crew = await county.actor('repair-lead');
const worker = await county.actor('repair-worker');
const lead = await county.actor('mv-lead');
const mvWorker = await county.actor('mv-worker');
const permitter = await county.actor('grid-dispatcher');

/** A fault walked to its sheet, two minutes a step. */
async function asked(process: 'repair-medium' | 'repair-low') {
  const { id: householdId } = await database.one<{ id: string }>(sql`
    select h.id from households h join units u on u.company_id = h.company_id and u.id = h.station_id
    where u.code = 'station-05' order by h.account_no limit 1`);
  const intake = anIntake({ process, channel: 'phone', householdId, words: '半个村都没电' });
  const { orderId, caseId } = await must((tx) => acceptCase(tx, deps, call, intake));
  assert.ok(orderId);
  const medium = process === 'repair-medium';
  const way: readonly (readonly [string, CaseActor])[] = [
    ['judge', dispatcher],
    ['dispatch', dispatcher],
    ['accept', crew],
    ['arrive', crew],
    ['survey', medium ? lead : worker],
    ['sheet', medium ? lead : crew],
  ];
  for (const [step, actor] of way) {
    county.clock.advance(2 * MINUTE);
    const values =
      step === 'survey' ? { values: medium ? { canIsolate: false } : { needsMedium: true } } : {};
    await doStep(county, orderId, actor, step, values);
  }
  return { orderId, caseId };
}

async function desk(actor = permitter) {
  const version = await deps.activeHandbook(database, county.companyId);
  assert.ok(version);
  return await permissionDesk(database, actor, version, county.clock.now);
}

async function waitingOf(orderId: string) {
  const found = (await desk()).waiting.find((one) => one.orderId === orderId);
  assert.ok(found);
  const { seq, step, round } = found;
  return { found, which: { orderId, seq, step, round } };
}

test('the desk shows what waits with its paper; permitted it is out until the end of work is reported, and the minutes are 调控’s', async () => {
  const { orderId, caseId } = await asked('repair-medium');
  county.clock.advance(9 * MINUTE);
  const { found, which } = await waitingOf(orderId);
  assert.deepEqual([found.caseId, found.mayDecide, found.ticketNo], [caseId, true, '文抢 2026-1107']);
  assert.notEqual(found.leader, found.watcher);
  assert.equal(county.clock.now - found.askedAt, 9 * MINUTE);
  const notHis = (await desk(lead)).waiting.find((one) => one.orderId === orderId);
  assert.deepEqual([notHis?.mayDecide, notHis?.reason], [false, 'action.other-unit']);
  assert.deepEqual((await desk(await county.actor('bill-auditor'))).waiting, []);

  const at = county.clock.now;
  await must((tx) => permitWork(tx, deps, permitter, { ...which, way: 'phone' }));
  const again = await transact(database, (tx) => permitWork(tx, deps, permitter, { ...which, way: 'phone' }));
  assert.deepEqual(again, { refused: 'permission.none' });
  const told = await database.rows(sql`
    select n.person_id as to from outbox n where n.template = 'work-permitted' and n.key like ${`%${orderId}%`}`);
  assert.deepEqual(told, [{ to: lead.personId }]);
  const out = (await desk()).decided.find((one) => one.orderId === orderId);
  assert.deepEqual([out?.outcome, out?.waited, out?.handedBackAt], ['permitted', 9, null]);

  await doStep(county, orderId, lead, 'safe', { values: { earthsPlaced: 2 } });
  assert.equal((await desk()).decided.find((one) => one.orderId === orderId)?.earths, 2);
  const view = await caseView(database, deps.version, lead, caseId, county.clock.now);
  const entry = view?.timeline.find((one) => one.step?.zh === '待许可' && one.type === 'step.done');
  assert.deepEqual(entry?.waited, { owner: 'dispatch', from: at - 9 * MINUTE });
  // A permission that is not handed back stays on the desk, however old.
  county.clock.advance(2 * DAY);
  assert.equal((await desk()).decided.filter((one) => one.orderId === orderId).length, 1);
  await doStep(county, orderId, mvWorker, 'fix');
  const short = await tryStep(county, orderId, lead, 'end-work', { values: { earthsRemoved: 1 } });
  assert.deepEqual(isRefusal(short) && [short.refused, short.detail?.['expected']], [
    'process.value-differs',
    '2',
  ]);
  await doStep(county, orderId, lead, 'end-work', { values: { earthsRemoved: 2 } });
  assert.equal(
    (await desk()).decided.find((one) => one.orderId === orderId),
    undefined,
  );
});

test('refused, the sheet goes back with the reason; asked again it waits again', async () => {
  const { orderId } = await asked('repair-medium');
  const { which } = await waitingOf(orderId);
  const reason = '工作地点写得不清楚';
  await must((tx) => refusePermission(tx, deps, permitter, { ...which, reason }));
  const { waiting, decided } = await desk();
  assert.equal(
    waiting.find((one) => one.orderId === orderId),
    undefined,
  );
  const line = decided.find((one) => one.orderId === orderId);
  assert.deepEqual([line?.outcome, line?.why, line?.handedBackAt], ['refused', reason, null]);
  county.clock.advance(5 * MINUTE);
  await doStep(county, orderId, lead, 'sheet');
  const next = await waitingOf(orderId);
  assert.deepEqual([next.found.round, next.found.askedAt], [2, county.clock.now]);
});

test('nobody permits what he asked for himself, and nobody watches himself', async () => {
  const { orderId } = await asked('repair-medium');
  const { which } = await waitingOf(orderId);
  // One person on both posts: a small company has them.
  const both: CaseActor = {
    ...lead,
    posts: [...lead.posts, ...permitter.posts],
    unitIds: [...lead.unitIds, ...permitter.unitIds],
  };
  const own = await transact(database, (tx) => permitWork(tx, deps, both, { ...which, way: 'face' }));
  assert.equal(isRefusal(own) && own.refused, 'order.same-person');
  assert.equal(
    (await desk(both)).waiting.find((one) => one.orderId === orderId)?.reason,
    'order.same-person',
  );
  await must((tx) => permitWork(tx, deps, permitter, { ...which, way: 'face' }));

  const second = await asked('repair-medium');
  const waiting = await waitingOf(second.orderId);
  await must((tx) => refusePermission(tx, deps, permitter, { ...waiting.which, reason: '监护人不对' }));
  const alone = await tryStep(county, second.orderId, lead, 'sheet', {
    values: { leader: '丛建国', watcher: '丛 建国' },
  });
  assert.equal(isRefusal(alone) && alone.refused, 'process.value-same');
});

test('low voltage asks for permission only where medium voltage must be cut; its short form counts the earths too', async () => {
  const { orderId } = await asked('repair-low');
  const { which } = await waitingOf(orderId);
  const early = await database.rows(
    sql`select 1 from tasks t where t.order_id = ${orderId} and t.step = 'safe'`,
  );
  assert.deepEqual(early, []);
  await must((tx) => permitWork(tx, deps, permitter, { ...which, way: 'phone' }));
  await doStep(county, orderId, crew, 'safe', { values: { earthsPlaced: 1 } });
  const none = await tryStep(county, orderId, worker, 'fix', { values: { earthsRemoved: 0 } });
  assert.equal(isRefusal(none) && none.refused, 'process.value-differs');
  await doStep(county, orderId, worker, 'fix', { values: { earthsRemoved: 1 } });
});
