import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MINUTE } from '#kernel/instant.ts';
import { isRefusal } from '#kernel/result.ts';
import { doStep } from '#modules/case/testing/do-step.ts';
import { sql } from '#platform/db/sql.ts';
import { transact } from '#platform/db/transact.ts';
import { beforeOrder } from './before-order.ts';
import { reportHazard } from './hazard-commands.ts';
import type { HazardBody } from './incident-api.ts';
import { sayStillDark } from './still-dark.ts';
import { outageCounty } from './testing/outage-county.ts';

/** A transformer of one station whose customers rang, and the crew that goes. */
async function repaired() {
  const t = await outageCounty();
  const crew = await t.actor('repair-lead');
  const worker = await t.actor('repair-worker');
  const [area] = await t.transformers(12);
  assert.ok(area !== undefined);
  const cases = [];
  for (const household of area.households.slice(0, 6)) cases.push(await t.ring(household));
  await t.turn();
  await t.turn();
  const [incident] = await t.open();
  assert.ok(
    typeof incident?.orderId === 'string' && incident.device !== null,
    JSON.stringify(await t.open()),
  );
  const { orderId } = incident;
  const go = async (step: string, actor: typeof crew, report: Parameters<typeof doStep>[4] = {}) => {
    t.clock.advance(5 * MINUTE);
    await doStep(t, orderId, actor, step, report);
  };
  return { ...t, area, cases, incident, orderId, go, crew, worker };
}

async function untilRestored(t: Awaited<ReturnType<typeof repaired>>) {
  await t.go('judge', t.dispatcher);
  await t.go('dispatch', t.dispatcher);
  await t.go('accept', t.crew);
  await t.go('arrive', t.crew);
  await t.go('survey', t.worker);
  await t.go('safe', t.crew);
  await t.go('fix', t.worker);
  await t.turn();
  assert.equal((await t.open()).find(({ id }) => id === t.incident.id)?.state, 'suspected');
  await t.go('restore', t.crew);
  await t.turn();
}

test('supply is back: whoever had rung is asked; one who is still dark leaves the order and is a child', async () => {
  const t = await repaired();
  const known = async (household: string) =>
    await beforeOrder(t.database, t.deps, t.companyId, household, t.clock.now);
  const neighbour = t.area.households[9] ?? '';
  const told = await known(neighbour);
  assert.deepEqual([told.outage?.incidentId, told.outage?.what?.id], [t.incident.id, t.incident.device?.id]);
  assert.ok((told.outage?.nextNewsAt ?? 0) > t.clock.now);
  await untilRestored(t);
  const restored = (await t.open()).find(({ id }) => id === t.incident.id);
  assert.equal(restored?.state, 'restored');
  assert.equal((await known(neighbour)).outage, null, 'what is restored is no answer any more');
  const asked = await t.database.rows<{ caseId: string }>(sql`
    select case_id as "caseId" from outbox where template = 'supply-back' order by case_id`);
  assert.deepEqual(
    asked.map(({ caseId }) => caseId),
    t.cases.map(({ caseId }) => caseId).toSorted(),
  );
  await t.turn();
  assert.equal(
    (
      await t.database.one<{ n: number }>(sql`
    select count(*) as n from outbox where template = 'supply-back'`)
    ).n,
    asked.length,
    'once',
  );

  const dark = t.cases.find(({ orderId }) => orderId !== t.orderId);
  assert.ok(dark !== undefined);
  const say = () =>
    transact(t.database, (tx) =>
      sayStillDark(tx, t.deps, t.companyId, { caseId: dark.caseId, source: 'page' }),
    );
  assert.deepEqual(await say(), { heard: true });
  assert.deepEqual(await t.ordersOf([dark.caseId]), [{ caseId: dark.caseId, orderId: dark.orderId }]);
  t.clock.advance(MINUTE);
  await t.turn();
  await t.turn();
  const child = (await t.open()).find(({ id }) => id !== t.incident.id);
  assert.ok(child !== undefined);
  assert.equal(child.orderId, dark.orderId, 'its own order goes on');
  const { parent } = await t.database.one<{ parent: string }>(sql`
    select parent_id as parent from outage_incidents where id = ${child.id}`);
  assert.equal(parent, t.incident.id);
  const again = await say();
  assert.ok(isRefusal(again) && again.refused === 'outage.not-restored');
});

test('one whose own order it was: the place is looked at once more while the crew is there', async () => {
  const t = await repaired();
  await untilRestored(t);
  const first = t.cases.find(({ orderId }) => orderId === t.orderId);
  assert.ok(first !== undefined);
  await t.must((tx) => sayStillDark(tx, t.deps, t.companyId, { caseId: first.caseId, source: 'sms' }));
  const open = await t.database.rows<{ step: string }>(sql`
    select step from tasks where order_id = ${t.orderId} and state = 'open' and case_id is null`);
  assert.deepEqual(open, [{ step: 'survey' }]);
});

test('a meter that has supply says that the fault is inside', async () => {
  const t = await outageCounty();
  const [area] = await t.transformers(4);
  const household = area?.households[0] ?? '';
  await t.hear([{ householdId: household, source: 'ping', says: 'on' }]);
  const known = () => beforeOrder(t.database, t.deps, t.companyId, household, t.clock.now);
  assert.deepEqual(await known(), {
    planned: null,
    notice: null,
    outage: null,
    litAgain: null,
    inside: { at: t.clock.now },
  });
  t.clock.advance(16 * MINUTE);
  assert.deepEqual(await known(), {
    planned: null,
    notice: null,
    outage: null,
    litAgain: null,
    inside: null,
  });
});

test('a group that has supply again by a generator is in no known outage; the others are told when there is news', async () => {
  const t = await repaired();
  const at = new Date(t.clock.now).toISOString();
  const boxes = await t.database.rows<{ id: string; households: string[] }>(sql`
    select s.device_id as id, array_agg(s.household_id) as households from network_supplies s
    where s.transformer_id = ${t.area.id} and s.until is null group by s.device_id order by s.device_id`);
  const [lit, dark] = boxes;
  assert.ok(lit !== undefined && dark !== undefined);
  await t.database.run(sql`
    insert into supply_groups (company_id, id, order_id, label, households, device_id, energised_at, resupplied_at, way, added_by, added_at)
    values (${t.companyId}, gen_random_uuid(), ${t.orderId}, '发电车', 1, ${lit.id}, ${at}, ${at}, 'generator',
      ${t.dispatcher.personId}, ${at})`);
  const due = new Date(t.clock.now + 17 * MINUTE).toISOString();
  await t.database.run(sql`
    insert into outage_groups (company_id, order_id, audience, since, due_at, why)
    values (${t.companyId}, ${t.orderId}, 'reporters', ${at}, ${due}, 'first')`);
  const known = (household = '') => beforeOrder(t.database, t.deps, t.companyId, household, t.clock.now);
  const again = await known(lit.households[0]);
  assert.deepEqual([again.outage, again.litAgain], [null, { at: t.clock.now }]);
  const still = await known(dark.households[0]);
  assert.equal(still.litAgain, null);
  assert.equal(
    still.outage?.nextNewsAt,
    t.clock.now + 17 * MINUTE,
    'when its customers are told next, and no other time',
  );
  assert.equal(still.outage?.expectedAt, null, 'nobody said one, and none is invented');
});

test('who rang and made no demand is asked as well when supply is back', async () => {
  const t = await repaired();
  const quiet = t.area.households[10] ?? '';
  await t.hear([{ householdId: quiet, source: 'phone' }]);
  await t.turn();
  await untilRestored(t);
  const asked = await t.database.rows<{ householdId: string; asked: boolean }>(sql`
    select household_id as "householdId", (data -> 'asked')::boolean as asked from outbox where template = 'neighbour-back'`);
  assert.deepEqual(asked, [{ householdId: quiet, asked: true }]);
});

const DANGER: HazardBody = {
  hazard: 'line-down',
  householdId: null,
  deviceCode: null,
  place: '米山镇东路 17 号杆',
  area: 'rural',
  words: '电线掉在路上冒火花',
  contactName: null,
  contactPhone: '110',
  source: 'phone',
};

test('a danger with a pole and no customer is an urgent order at once, judged, and every dispatcher hears it', async () => {
  const t = await outageCounty();
  const taken = await t.must((tx) => reportHazard(tx, t.deps, t.call, DANGER, 'key 1'));
  await t.turn();
  const [danger] = await t.open();
  assert.deepEqual(
    [danger?.id, danger?.hazard, danger?.state, danger?.device],
    [taken.incidentId, 'line-down', 'confirmed', null],
  );
  const { facts, steps } = await t.database.one<{ facts: Record<string, unknown>; steps: string[] }>(sql`
    select o.process_state -> 'facts' as facts, array(select t.step from tasks t where t.order_id = o.id and t.state = 'open') as steps
    from orders o where o.id = ${danger?.orderId ?? ''}`);
  assert.deepEqual([facts['urgency'], facts['dispatchNeeded'], steps], ['urgent', true, ['dispatch']]);
  const bells = await t.database.one<{ n: number }>(sql`
    select count(*) as n from outbox where template = 'hazard-reported' and case_id is null`);
  assert.ok(bells.n > 0);
  await t.turn();
  assert.equal((await t.open()).length, 1, 'no report of it makes another incident');
  const unknown = await transact(t.database, (tx) =>
    reportHazard(tx, t.deps, t.call, { ...DANGER, deviceCode: 'no such device' }, 'key 2'),
  );
  assert.ok(isRefusal(unknown) && unknown.refused === 'outage.device-unknown');
});

test('a danger at a device of medium voltage is a repair of medium voltage, of low voltage one of low; both judged', async () => {
  const t = await outageCounty();
  const processOf = async (kind: 'transformer' | 'meter_box') => {
    const { code } = await t.database.one<{ code: string }>(sql`
      select d.code from network_devices d where d.kind = ${kind} order by d.code limit 1`);
    const { caseId } = await t.must((tx) =>
      reportHazard(tx, t.deps, t.call, { ...DANGER, deviceCode: code }, `key ${kind}`),
    );
    return await t.database.one<{ process: string; steps: string[] }>(sql`
      select o.process, array(select t.step from tasks t where t.order_id = o.id and t.state = 'open') as steps
      from case_orders l join orders o on o.id = l.order_id where l.case_id = ${caseId}`);
  };
  assert.deepEqual(await processOf('transformer'), { process: 'repair-medium', steps: ['dispatch'] });
  assert.deepEqual(await processOf('meter_box'), { process: 'repair-low', steps: ['dispatch'] });
});
