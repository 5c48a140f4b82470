import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY, MINUTE } from '#kernel/instant.ts';
import { isRefusal } from '#kernel/result.ts';
import { acceptCase, caseView, type CaseActor } from '#modules/case/index.ts';
import { doStep, tryStep } from '#modules/case/testing/do-step.ts';
import { anIntake, smallCounty } from '#modules/case/testing/small-county.ts';
import { sql } from '#platform/db/sql.ts';
import { transact } from '#platform/db/transact.ts';
import { permitWork, refusePermission, withdrawPermission } from './permission-commands.ts';
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

  const unheard = await transact(database, (tx) =>
    permitWork(tx, deps, permitter, { ...which, way: 'phone', repeated: false }),
  );
  assert.equal(isRefusal(unheard) && unheard.refused, 'process.check-missing');
  assert.equal((await desk()).waiting.filter((one) => one.orderId === orderId).length, 1);

  const at = county.clock.now;
  await must((tx) => permitWork(tx, deps, permitter, { ...which, way: 'phone', repeated: true }));
  const again = await transact(database, (tx) =>
    permitWork(tx, deps, permitter, { ...which, way: 'phone', repeated: true }),
  );
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
  const own = await transact(database, (tx) =>
    permitWork(tx, deps, both, { ...which, way: 'face', repeated: true }),
  );
  assert.equal(isRefusal(own) && own.refused, 'order.same-person');
  assert.equal(
    (await desk(both)).waiting.find((one) => one.orderId === orderId)?.reason,
    'order.same-person',
  );
  await must((tx) => permitWork(tx, deps, permitter, { ...which, way: 'face', repeated: true }));

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
  await must((tx) => permitWork(tx, deps, permitter, { ...which, way: 'phone', repeated: true }));
  await doStep(county, orderId, crew, 'safe', { values: { earthsPlaced: 1 } });
  const none = await tryStep(county, orderId, worker, 'fix', { values: { earthsRemoved: 0 } });
  assert.equal(isRefusal(none) && none.refused, 'process.value-differs');
  await doStep(county, orderId, worker, 'fix', { values: { earthsRemoved: 1 } });
});

test('a permission is taken back while the work is not done: crew and asker are told, earths stay, and it waits once more', async () => {
  const { orderId } = await asked('repair-medium');
  const first = await waitingOf(orderId);
  const none = await transact(database, (tx) =>
    withdrawPermission(tx, deps, permitter, { orderId, reason: '线路要转供' }),
  );
  assert.deepEqual(none, { refused: 'permission.none' });
  await must((tx) => permitWork(tx, deps, permitter, { ...first.which, way: 'phone', repeated: true }));
  await doStep(county, orderId, lead, 'safe', { values: { earthsPlaced: 2 } });
  const line = async () => (await desk()).decided.find((one) => one.orderId === orderId);
  assert.deepEqual([(await line())?.mayWithdraw, (await line())?.withdrawn], [true, null]);
  assert.equal((await desk(lead)).decided.find((one) => one.orderId === orderId)?.mayWithdraw, false);
  const notHis = await transact(database, (tx) =>
    withdrawPermission(tx, deps, lead, { orderId, reason: '线路要转供' }),
  );
  assert.deepEqual(notHis, { refused: 'action.other-unit' });

  await must((tx) => withdrawPermission(tx, deps, permitter, { orderId, reason: '线路要转供' }));
  const told = await database.rows<{ to: string }>(sql`
    select n.person_id as to from outbox n where n.template = 'permission-withdrawn' and n.key like ${`%${orderId}%`}`);
  assert.deepEqual(
    told.map((one) => one.to),
    [lead.personId],
  );
  const open = await database.rows<{ step: string }>(sql`
    select t.step from tasks t where t.order_id = ${orderId} and t.state = 'open' and t.step in ('permission', 'safe', 'fix')`);
  assert.deepEqual(open, [{ step: 'permission' }]);
  const back = await line();
  assert.deepEqual([back?.withdrawn?.why, back?.mayWithdraw, back?.earths], ['线路要转供', false, 2]);
  assert.deepEqual(
    (await desk()).earths.filter((one) => one.orderId === orderId).map((one) => one.earths),
    [2],
  );
  const again = await waitingOf(orderId);
  assert.equal(again.found.round, 2);
  await must((tx) => permitWork(tx, deps, permitter, { ...again.which, way: 'phone', repeated: true }));
  await doStep(county, orderId, lead, 'safe', { values: { earthsPlaced: 2 } });
  await doStep(county, orderId, mvWorker, 'fix');
  const late = await transact(database, (tx) =>
    withdrawPermission(tx, deps, permitter, { orderId, reason: '线路要转供' }),
  );
  assert.deepEqual(late, { refused: 'permission.worked' });
  await doStep(county, orderId, lead, 'end-work', { values: { earthsRemoved: 2 } });
  assert.deepEqual(
    (await desk()).earths.filter((one) => one.orderId === orderId),
    [],
  );
});

test('the fault is held to lie elsewhere since the sheet was written: nobody permits before he asked whether it fits', async () => {
  const { orderId } = await asked('repair-medium');
  const { which, found } = await waitingOf(orderId);
  assert.equal(found.moved, null);
  const [from, to] = await database.rows<{ id: string; name: string }>(sql`
    select d.id, d.name from network_devices d where d.kind = 'fuse' order by d.code limit 2`);
  assert.ok(from && to);
  const move = (at: number, seq: number) =>
    database.run(sql`
      insert into outage_incident_events (company_id, incident_id, seq, type, at, from_device_id, to_device_id)
      values (${county.companyId}, ${orderId}, ${seq}, 'moved', ${new Date(at)}, ${from.id}, ${to.id})`);
  await database.run(sql`
    insert into outage_incidents (company_id, id, device_id, state, posterior, since, places, households, reports, nested,
      planned, order_id, held, version, changed_at)
    values (${county.companyId}, ${orderId}, ${to.id}, 'confirmed', 1, ${new Date(county.clock.now)}, '{}', 1, 1, '{}', false,
      ${orderId}, false, 1, ${new Date(county.clock.now)})`);
  await move(found.askedAt - MINUTE, 1);
  assert.equal((await waitingOf(orderId)).found.moved, null, 'before the sheet it was known');
  await move(found.askedAt + MINUTE, 2);
  assert.deepEqual((await waitingOf(orderId)).found.moved, {
    from: from.name,
    to: to.name,
    at: found.askedAt + MINUTE,
  });
  const permit = (more: object) =>
    transact(database, (tx) =>
      permitWork(tx, deps, permitter, { ...which, way: 'phone', repeated: true, ...more }),
    );
  assert.deepEqual(await permit({}), { refused: 'permission.device-moved', detail: { device: to.name } });
  assert.equal(isRefusal(await permit({ sheetFits: true })), false);
});

test('energising that fails is a failed acceptance: it asks why, and the repair is broken', async () => {
  const { orderId } = await asked('repair-medium');
  const { which } = await waitingOf(orderId);
  await must((tx) => permitWork(tx, deps, permitter, { ...which, way: 'phone', repeated: true }));
  await doStep(county, orderId, lead, 'safe', { values: { earthsPlaced: 1 } });
  await doStep(county, orderId, mvWorker, 'fix');
  await doStep(county, orderId, lead, 'end-work', { values: { earthsRemoved: 1 } });
  const failed = (exception?: string) =>
    tryStep(county, orderId, permitter, 'energise', {
      outcome: 'fail',
      ...(exception === undefined ? {} : { exception }),
    });
  const silent = await failed();
  assert.equal(isRefusal(silent) && silent.refused, 'ones.reason-missing');
  assert.equal(isRefusal(await failed('repair-failed')), false);
  const kept = await database.rows(sql`
    select x.one, x.reason from order_exceptions x where x.order_id = ${orderId}`);
  assert.deepEqual(kept, [{ one: 'fix', reason: 'repair-failed' }]);
});
