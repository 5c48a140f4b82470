import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, MINUTE } from '#kernel/instant.ts';
import { isRefusal, refuse } from '#kernel/result.ts';
import { acceptCase, finishStep, returnStep, takeStep } from '#modules/case/index.ts';
import { doStep } from '#modules/case/testing/do-step.ts';
import { anIntake } from '#modules/case/testing/small-county.ts';
import type { Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { transact } from '#platform/db/transact.ts';
import type { CrewActor } from './crew-actor.ts';
import { bookMaterial, setMinimum, takeUsed } from './crew-stock-commands.ts';
import { crewsOnDuty } from './crews-on-duty.ts';
import { reassignCrew, sendCrew } from './dispatch-commands.ts';
import { sendAutomatically } from './dispatch-jobs.ts';
import { listStock } from './dispatch-reads.ts';
import { setDispatch } from './dispatch-settings.ts';
import { planOpen } from './dispatch-view.ts';
import { myCrew } from './my-crew.ts';
import { morningReport } from './five-ones-report.ts';
import { crewCounty, type Point } from './testing/crew-county.ts';
import { learnTravel, travelFitView, travelModel } from './travel-fit.ts';
import { usualTravel } from './domain/travel-time.ts';

// One day of one dispatching desk in one company: the tests build on each other's crews, hence the length of the file.

const county = await crewCounty();
const { companyId, centre, database, deps, must } = county;
const call = await county.actor('call-taker');
const dispatcher = await county.actor('dispatcher');
const second = await county.actor('dispatcher-2');

/** Points of two stations with two points at least, so that crossing a grid means something. */
const [home, next, far] = await (async () => {
  const byStation = [...Map.groupBy(county.points, (point) => point.stationId).values()];
  const several = byStation.filter((points) => points.length > 1);
  return [several[0]?.[0], several[0]?.[1], several.at(-1)?.[0]] as [Point, Point, Point];
})();

/** Points where nobody stands yet. */
const [spare, spareToo] = county.points
  .filter((point) => ![home, next, far].some((taken) => taken.stationId === point.stationId))
  .slice(-2) as [Point, Point];

const householdsOf = (point: Point) =>
  database.rows<{ id: string }>(sql`
    select h.id from households h join premises p on p.company_id = h.company_id and p.id = h.premises_id
    where h.station_id = ${point.stationId}
    order by (p.lon - ${point.lon}) ^ 2 + (p.lat - ${point.lat}) ^ 2, h.id limit 12`);
const near = await householdsOf(home);

async function fault(householdId: string, words = '家里没电了', process = 'repair-low') {
  const accepted = await must((tx) =>
    acceptCase(tx, deps, call, anIntake({ process, channel: 'phone', householdId, words })),
  );
  const orderId = accepted.orderId ?? '';
  await doStep(county, orderId, dispatcher, 'judge');
  return { orderId, caseId: accepted.caseId };
}

const plan = async () => {
  const planned = await planOpen(database, deps, dispatcher, true);
  assert.ok(planned);
  return planned.proposal;
};
const refusal = async (command: Parameters<typeof transact>[1]) => {
  const result = await transact(database, command);
  assert.ok(isRefusal(result), 'it should have been refused');
  return result;
};

test('nobody is proposed before somebody is ready, and the reason is said', async () => {
  const { orderId } = await fault(near[0]?.id ?? '');
  const { send, unplanned } = await plan();
  assert.deepEqual(send, []);
  assert.deepEqual(unplanned, [{ fault: orderId, why: 'skills' }]);
});

test('a crew is proposed, sent once, and the second dispatcher is told by whom', async () => {
  const crew = await county.crewAt(home, {});
  const other = await county.crewAt(next, {});
  const [sending] = (await plan()).send;
  assert.ok(sending);
  assert.equal(sending.crew, crew.id);
  assert.equal(sending.needsClick, false);
  assert.deepEqual(
    sending.alternatives.map((one) => one.crew),
    [other.id],
  );
  assert.ok(sending.reasons.some((one) => one.why === 'own-grid'));

  const orderId = sending.fault;
  await must((tx) => sendCrew(tx, deps, dispatcher, { orderId, crewId: crew.id }));
  assert.deepEqual(await plan().then((one) => [one.send, one.unplanned]), [[], []]);
  const late = await refusal((tx) => sendCrew(tx, deps, second, { orderId, crewId: other.id }));
  assert.equal(late.refused, 'dispatch.sent-already');
  assert.ok(late.detail?.['by'] && late.detail['crew']);

  const [accept] = await database.rows<{ step: string; holder_id: string }>(sql`
    select t.step, t.holder_id from tasks t where t.order_id = ${orderId} and t.state = 'open' and t.case_id is null`);
  assert.deepEqual(accept, { step: 'accept', holder_id: crew.lead });
  const running = await database.rows<{ clock: string }>(sql`
    select k.clock from clocks k where k.order_id = ${orderId} and k.clock = 'team-accept' and k.state = 'running'`);
  assert.equal(running.length, 1, 'the clock of accepting runs');
  const ready = await crewsOnDuty(database, companyId, await database.now());
  assert.equal(ready.find((one) => one.id === crew.id)?.job?.orderId, orderId);

  const busy = await fault(near[1]?.id ?? '');
  const two = await refusal((tx) =>
    sendCrew(tx, deps, dispatcher, { orderId: busy.orderId, crewId: crew.id }),
  );
  assert.equal(two.refused, 'dispatch.crew-busy');
});

test('of two dispatchers at once exactly one sends, and the other is told by whom', async () => {
  const [one] = (await plan()).send;
  assert.ok(one);
  const { fault: orderId, crew: crewId } = one;
  const both = await Promise.all(
    [dispatcher, second].map((actor) =>
      transact(database, (tx) => sendCrew(tx, deps, actor, { orderId, crewId })),
    ),
  );
  assert.equal(both.filter((result) => !isRefusal(result)).length, 1);
  const [refused] = both.filter(isRefusal);
  assert.equal(refused?.refused, 'dispatch.sent-already');
  assert.ok(refused.detail?.['by'] && refused.detail['crew']);
  const { n } = await database.one<{ n: number }>(sql`
    select count(*) as n from crew_assignments a where a.order_id = ${orderId} and a.ended_at is null`);
  assert.equal(n, 1);
});

test('nobody is sent on what he is not qualified for, whoever clicks', async () => {
  const blown = await fault(near[2]?.id ?? '', '电线杆上变压器没电，跌落保险掉了');
  const able = await county.crewAt(far, { skills: ['low-voltage'] });
  const { unplanned } = await plan();
  assert.deepEqual(unplanned, [{ fault: blown.orderId, why: 'training' }]);
  const denied = await refusal((tx) =>
    sendCrew(tx, deps, dispatcher, { orderId: blown.orderId, crewId: able.id }),
  );
  assert.deepEqual([denied.refused, denied.detail?.['card']], ['dispatch.not-trained', 'cutout-blown']);
  const medium = await fault(near[3]?.id ?? '', '停电了', 'repair-medium');
  const unable = await refusal((tx) =>
    sendCrew(tx, deps, dispatcher, { orderId: medium.orderId, crewId: able.id }),
  );
  assert.deepEqual([unable.refused, unable.detail?.['skill']], ['dispatch.not-qualified', 'medium-voltage']);
  assert.deepEqual(
    new Map((await plan()).unplanned.map((one) => [one.fault, one.why])),
    new Map([
      [blown.orderId, 'training'],
      [medium.orderId, 'skills'],
    ]),
  );
});

/** What one point has left for others, in a transaction that leaves nothing behind. */
async function fusesAfter(command: (tx: Tx) => Promise<unknown>, asked: readonly string[] = []) {
  let fuses: number | undefined;
  await refusal(async (tx) => {
    await command(tx);
    fuses = (await listStock(tx, companyId, { now: tx.now, asked })).get(far.id)?.['熔丝'];
    return refuse('http.not-found');
  });
  return fuses;
}

test('what a point keeps a crew must carry; what no point keeps comes from the store', async () => {
  const trained = await county.crewAt(far, { skills: ['low-voltage'], cards: ['cutout-blown'] });
  const blown = await database.one<{ id: string }>(sql`
    select l.order_id as id from case_texts x join case_orders l on l.case_id = x.case_id where x.body like '%跌落保险%'`);
  const proposed = async () =>
    (await plan()).send.find((one) => one.crew === trained.id && one.fault === blown.id);
  const sending = await proposed();
  assert.ok(sending, 'nobody keeps fuse links: they are brought');
  assert.equal(sending.needsClick, true, 'it leaves its grid in peace');
  await must((tx) => setMinimum(tx, centre, far.id, { material: '熔丝', minimum: 1 }));
  assert.equal(await proposed(), undefined, 'kept, and none is left');
  await must((tx) => bookMaterial(tx, centre, far.id, { material: '熔丝', change: 3, why: 'refill' }));
  assert.ok(await proposed());
  const send = (tx: Tx) => sendCrew(tx, deps, dispatcher, { orderId: blown.id, crewId: trained.id });
  const use = (tx: Tx) =>
    takeUsed(tx, dispatcher, far.id, { material: '熔丝', amount: 1, orderId: blown.id });
  assert.equal(await fusesAfter(send), 2, 'spoken for once a crew is on its way');
  assert.equal(await fusesAfter(send, [blown.id]), 3, 'not against the job itself: another crew may get it');
  assert.equal(
    await fusesAfter((tx) => send(tx).then(() => use(tx))),
    2,
    'what it booked is not counted twice',
  );
  const storm = {
    storm: true,
    automatic: false,
    mostCustomers: 20,
    mostMinutes: 30,
    reason: 'typhoon' as const,
  };
  const stranger: CrewActor = { ...centre, ofCentre: false };
  const denied = await refusal((tx) => setDispatch(tx, { ...dispatcher, ...stranger }, storm));
  assert.equal(denied.refused, 'dispatch.centre-only');
  await must((tx) => setDispatch(tx, { ...dispatcher, ...centre }, storm));
  assert.equal((await proposed())?.needsClick, false, 'in a storm it is free');
  county.clock.advance(MINUTE);
  await must((tx) =>
    setDispatch(tx, { ...dispatcher, ...centre }, { ...storm, storm: false, reason: 'over' }),
  );
  assert.equal((await proposed())?.needsClick, true);
});

test('another crew needs a reason, accepts anew, takes the work over, and is counted by the five ones', async () => {
  const {
    order_id: orderId,
    crew_id: before,
    lead_id: firstLead,
  } = await database.one<{
    order_id: string;
    crew_id: string;
    lead_id: string;
  }>(sql`
    select a.order_id, a.crew_id, a.lead_id from crew_assignments a
    join crews c on c.company_id = a.company_id and c.id = a.crew_id and c.grid_point_id = ${home.id}
    where a.ended_at is null order by a.sent_at limit 1`);
  const asLead = async (personId: string) => {
    const { unitId } = await database.one<{ unitId: string }>(sql`
      select a.unit_id as "unitId" from assignments a where a.person_id = ${personId} and a.main and a.until is null`);
    return { ...dispatcher, personId, unitId, unitIds: [unitId, home.stationId], posts: ['repair-lead'] };
  };
  await doStep(county, orderId, await asLead(firstLead), 'accept');
  const crew = await county.crewAt(home, {});
  const other = (await crewsOnDuty(database, companyId, await database.now())).find(
    ({ id }) => id !== crew.id && id !== before,
  );
  assert.ok(other);
  await must((tx) =>
    reassignCrew(tx, deps, dispatcher, {
      orderId,
      crewId: crew.id,
      fromCrewId: before,
      reason: 'crew-cannot-come',
    }),
  );
  const events = await database.rows<{ data: { reason: string; fromCrewId: string } }>(sql`
    select e.data from order_events e where e.stream_id = ${orderId} and e.type = 'crew.changed'`);
  assert.deepEqual(
    events.map((one) => [one.data.reason, one.data.fromCrewId]),
    [['crew-cannot-come', before]],
  );
  const open = await database.rows<{ step: string; holder_id: string }>(sql`
    select t.step, t.holder_id from tasks t where t.order_id = ${orderId} and t.case_id is null and t.state = 'open'`);
  assert.deepEqual(open, [{ step: 'accept', holder_id: crew.lead }]);
  const clocks = await database.rows<{ state: string }>(sql`
    select k.state from clocks k where k.order_id = ${orderId} and k.clock = 'team-accept' and k.state = 'running'`);
  assert.equal(clocks.length, 1, 'the minutes of accepting run anew');

  const stale = await refusal((tx) =>
    reassignCrew(tx, deps, second, {
      orderId,
      crewId: other.id,
      fromCrewId: before,
      reason: 'nearer-crew',
    }),
  );
  assert.equal(stale.refused, 'dispatch.changed-already');
  assert.ok(stale.detail?.['by'] && stale.detail['crew']);

  for (const step of ['accept', 'arrive', 'survey', 'safe']) {
    county.clock.advance(10 * MINUTE);
    await doStep(county, orderId, await asLead(crew.lead), step);
  }
  const earthed = await refusal((tx) =>
    reassignCrew(tx, deps, dispatcher, {
      orderId,
      crewId: other.id,
      fromCrewId: crew.id,
      reason: 'shift-over',
    }),
  );
  assert.equal(earthed.refused, 'dispatch.made-safe', 'its earths are its own to remove');
  for (const step of ['fix', 'restore']) {
    county.clock.advance(10 * MINUTE);
    await doStep(county, orderId, await asLead(crew.lead), step);
  }
  const ready = await crewsOnDuty(database, companyId, await database.now());
  assert.equal(ready.find((one) => one.id === crew.id)?.job, null, 'free again before the reply is written');
  const done = await refusal((tx) =>
    reassignCrew(tx, deps, dispatcher, { orderId, crewId: before, fromCrewId: crew.id, reason: 'other' }),
  );
  assert.equal(done.refused, 'dispatch.done-already');
  const version = await deps.activeHandbook(database, companyId);
  assert.ok(version);
  const now = await database.now();
  const control = await county.actor('control-officer');
  const { faults } = await morningReport(database, control, version, { from: now - 12 * HOUR, now });
  const { reasons } = faults.find((one) => one.reasons.includes('crew-changed')) ?? { reasons: [] };
  assert.deepEqual(reasons, ['crew-changed']);
});

test('the jobs arranged behind are shown to the crew, without the customer', async () => {
  for (const household of near.slice(4, 8)) await fault(household.id);
  const planned = await plan();
  const crewId = [...planned.plan].find(([, orders]) => orders.length > 1)?.[0] ?? '';
  const arranged = planned.arranged.filter((one) => one.crew === crewId).map((one) => one.fault);
  assert.ok(arranged.length > 0);
  const { lead } =
    (await crewsOnDuty(database, companyId, await database.now())).find((one) => one.id === crewId) ?? {};
  const actor = { ...dispatcher, personId: lead?.id ?? '', unitIds: [lead?.unitId ?? ''], posts: [] };
  const mine = await myCrew(database, deps, actor, await database.now());
  assert.equal(mine?.id, crewId);
  assert.deepEqual(
    mine.arranged.map((one) => one.orderId),
    arranged,
  );
  assert.equal(await myCrew(database, deps, call, await database.now()), null);
  assert.deepEqual(Object.keys(mine.arranged[0] ?? {}).toSorted(), [
    'arrivesAt',
    'card',
    'no',
    'orderId',
    'village',
    'zone',
  ]);
});

test('the program sends by itself only where the company lets it, and only within its limits', async () => {
  const sent = async () =>
    (await database.one<{ n: number }>(sql`select count(*) as n from crew_assignments a where a.automatic`))
      .n;
  await sendAutomatically(database, deps);
  assert.equal(await sent(), 0, 'off by default');
  const allow = {
    storm: false,
    automatic: true,
    mostCustomers: 20,
    mostMinutes: 1,
    reason: 'trial' as const,
  };
  county.clock.advance(MINUTE);
  await must((tx) => setDispatch(tx, { ...dispatcher, ...centre }, allow));
  await sendAutomatically(database, deps);
  assert.equal(await sent(), 0, 'too far for a minute');
  county.clock.advance(MINUTE);
  await must((tx) => setDispatch(tx, { ...dispatcher, ...centre }, { ...allow, mostMinutes: 600 }));
  const free = (await plan()).send.filter((one) => !one.needsClick).length;
  assert.ok(free > 0);
  await sendAutomatically(database, deps);
  assert.equal(await sent(), free);
  const { by } = await database.one<{ by: string }>(sql`
    select min(a.sent_by::text) as by from crew_assignments a where a.automatic`);
  assert.equal(by, dispatcher.personId, 'in the name of who allowed it');
});

test('a crew that sends the order back is free again, and another one is sent without a reason', async () => {
  const again = await fault(near[9]?.id ?? '');
  const [one, two] = [await county.crewAt(spare, {}), await county.crewAt(spareToo, {})];
  const { orderId } = again;
  await must((tx) => sendCrew(tx, deps, dispatcher, { orderId, crewId: one.id }));
  const standing = await crewsOnDuty(database, companyId, await database.now());
  const unitId = standing.find((crew) => crew.id === one.id)?.lead.unitId ?? '';
  const lead = { ...dispatcher, personId: one.lead, unitId, unitIds: [unitId], posts: [] };
  const { seq } = await database.one<{ seq: number }>(
    sql`select o.seq from orders o where o.id = ${orderId}`,
  );
  const from = { step: 'accept', caseId: null, round: 1 };
  await must((tx) =>
    returnStep(tx, deps, lead, { orderId, seq, from, to: 'dispatch', reason: '车坏在路上' }),
  );
  const ready = await crewsOnDuty(database, companyId, await database.now());
  assert.equal(ready.find((crew) => crew.id === one.id)?.job, null);
  await must((tx) => sendCrew(tx, deps, dispatcher, { orderId, crewId: two.id }));
  const sent = await database.rows<{ crew: string; reason: string | null }>(sql`
    select a.crew_id as crew, a.end_reason as reason from crew_assignments a where a.order_id = ${orderId} order by a.sent_at, a.id`);
  assert.deepEqual(sent, [
    { crew: one.id, reason: 'returned' },
    { crew: two.id, reason: null },
  ]);
});

test('an outage that is known says where the fault lies and how many wait; a danger comes first', async () => {
  const { orderId } = await fault(near[10]?.id ?? '');
  const board = async () =>
    (await planOpen(database, deps, dispatcher, true))?.board.orders.find((one) => one.order.id === orderId);
  assert.deepEqual([(await board())?.cases.customers, (await board())?.cases.important], [1, false]);
  const device = await database.one<{ id: string; lon: number }>(sql`
    select d.id, d.lon from network_devices d where d.kind = 'transformer' and d.lon is not null order by d.id limit 1`);
  await database.run(sql`
    insert into outage_incidents (company_id, id, device_id, hazard, state, posterior, since, places, households, reports, nested, planned,
      order_id, held, version, changed_at)
    values (${companyId}, gen_random_uuid(), ${device.id}, 'line-down', 'confirmed', 1, now(), '{}', 87, 1, '{}', false, ${orderId}, false, 1,
      now())`);
  const found = await board();
  assert.deepEqual(
    [found?.cases.customers, found?.cases.important, found?.at.position.longitude],
    [87, true, device.lon],
  );
});

test('ways are learnt from own arrivals, and the error is said', async () => {
  assert.deepEqual(await travelModel(database, companyId), usualTravel);
  await learnTravel(database);
  const first = await travelFitView(database, companyId);
  assert.equal(
    first?.zones.every((zone) => !zone.fitted),
    true,
    'one arrival teaches nothing',
  );
  // Forty ways of a crew at 30 km/h after ten minutes, each half a kilometre longer than the one before, straight north.
  await database.run(sql`
    with pattern as (
      select a.*, o.process, o.business, o.handbook_version_id, o.station_id, o.lead_unit_id, o.state, o.process_state, o.seq,
        o.started_at, (o.process_state #>> array['steps', a.arrive_step, 'at'])::float8 as arrived
      from crew_assignments a join orders o on o.company_id = a.company_id and o.id = a.order_id
      where a.ended_at is null and o.process_state #>> array['steps', a.arrive_step, 'status'] = 'done' limit 1
    ), made as (
      select p.*, i, gen_random_uuid() as new_id from pattern p, generate_series(1, 40) i
    ), copied as (
      insert into orders (company_id, id, process, business, handbook_version_id, station_id, lead_unit_id, state, process_state,
        seq, started_at)
      select m.company_id, m.new_id, m.process, m.business, m.handbook_version_id, m.station_id, m.lead_unit_id, m.state,
        m.process_state, m.seq, m.started_at from made m
    )
    insert into crew_assignments (company_id, id, order_id, crew_id, lead_id, sent_by, sent_at, automatic, expected_at, from_lon,
      from_lat, to_lon, to_lat, zone, repair_minutes, dispatch_step, arrive_step, done_step)
    select m.company_id, gen_random_uuid(), m.new_id, m.crew_id, m.lead_id, m.sent_by,
      to_timestamp(m.arrived / 1000) - (10 + m.i) * interval '1 minute', false, m.expected_at, 122, 37, 122,
      37 + m.i * 0.5 / 111.195, 'rural', 60, m.dispatch_step, m.arrive_step, m.done_step
    from made m`);
  county.clock.advance(2 * HOUR);
  await learnTravel(database);
  const learnt = await travelFitView(database, companyId);
  const rural = learnt?.zones.find((zone) => zone.zone === 'rural');
  assert.equal(rural?.fitted, true);
  assert.ok(Math.abs((rural?.accessMinutes ?? 0) - 10) < 1, `${rural?.accessMinutes}`);
  assert.ok((rural?.medianError ?? 9) < 1);
  assert.notDeepEqual(await travelModel(database, companyId), usualTravel);
});

test('a plain report of the step sends nobody', async () => {
  const { orderId } = await fault(near[11]?.id ?? '');
  const { round, seq } = await database.one<{ round: number; seq: number }>(sql`
    select t.round, o.seq from tasks t join orders o on o.id = t.order_id
    where t.order_id = ${orderId} and t.step = 'dispatch' and t.state = 'open'`);
  const ref = { step: 'dispatch', caseId: null, round };
  const taken = await must((tx) => takeStep(tx, deps, dispatcher, { orderId, seq, ref }));
  const plain = await refusal((tx) => finishStep(tx, deps, dispatcher, { orderId, seq: taken.seq, ref }));
  assert.equal(plain.refused, 'case.needs-crew');
});
