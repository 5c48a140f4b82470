import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { HOUR, MINUTE } from '#kernel/instant.ts';
import { acceptCase, type CaseActor } from '#modules/case/index.ts';
import { doStep } from '#modules/case/testing/do-step.ts';
import { anIntake } from '#modules/case/testing/small-county.ts';
import { compose } from '#modules/notice/compose.ts';
import { takeReceipt } from '#modules/notice/index.ts';
import { handbookLibrary } from '#modules/process/index.ts';
import type { Claimed } from '#modules/notice/relay-store.ts';
import { sql } from '#platform/db/sql.ts';
import { transact } from '#platform/db/transact.ts';
import { passingVault } from '#platform/vault.ts';
import { setMinimum } from './crew-stock-commands.ts';
import { crewsOnDuty } from './crews-on-duty.ts';
import { loadBoard } from './dispatch-board.ts';
import { sendCrew } from './dispatch-commands.ts';
import { recordFieldEntry } from './field-commands.ts';
import { fieldJobs } from './field-reads.ts';
import { orderSmsView, sendOrderSms } from './order-sms.ts';
import { crewCounty, type Point } from './testing/crew-county.ts';

// What a crew reports beside its steps: help, material, where it is, that an order is not its own; and its order as SMS. Long because
// one crew is sent, and all of it is reported of that.

const county = await crewCounty();
const { clock, companyId, centre, database, deps, must } = county;
const library = handbookLibrary();
const call = await county.actor('call-taker');
const dispatcher = await county.actor('dispatcher');
const [home] = county.points as [Point];
let crew: { readonly id: string; readonly lead: string };
let lead: CaseActor;

before(async () => {
  crew = await county.crewAt(home, { skills: ['low-voltage'], until: (await database.now()) + 10 * HOUR });
  const base = await county.actor('repair-lead');
  const unit = await database.one<{ id: string }>(sql`
    select a.unit_id as id from assignments a where a.person_id = ${crew.lead} and a.main and a.until is null`);
  lead = { ...base, personId: crew.lead, unitId: unit.id, unitIds: [...new Set([unit.id, home.stationId])] };
});

/** A fault to which the crew was sent; what it had before is over. */
async function sent(
  station = home.stationId,
): Promise<{ readonly orderId: string; readonly caseId: string }> {
  await database.run(sql`update crew_assignments set ended_at = now(), ended_by = ${dispatcher.personId},
    end_reason = 'other' where crew_assignments.ended_at is null`);
  await database.run(sql`update orders set state = 'stopped' where orders.state = 'open'`);
  const { id } = await database.one<{ id: string }>(sql`
    select h.id from households h where h.station_id = ${station} order by h.account_no limit 1`);
  const intake = anIntake({
    process: 'repair-low',
    channel: 'phone',
    householdId: id,
    words: '一家没电',
    contactPhone: '15500001111',
  });
  const { orderId, caseId } = await must((tx) => acceptCase(tx, deps, call, intake));
  assert.ok(orderId);
  await doStep(county, orderId, dispatcher, 'judge');
  await must((tx) => sendCrew(tx, deps, dispatcher, { orderId, crewId: crew.id }));
  return { orderId, caseId };
}

const send = (entry: Parameters<typeof recordFieldEntry>[3], actor = lead) =>
  transact(database, (tx) => recordFieldEntry(tx, deps, actor, entry));

async function lastEvent(orderId: string, type: string): Promise<Record<string, unknown> | undefined> {
  const row = await database.maybe<{ data: Record<string, unknown> }>(sql`
    select e.data from order_events e where e.stream_id = ${orderId} and e.type = ${type} order by e.seq desc limit 1`);
  return row?.data;
}

test('a crew that cannot go on rings at the desk of the dispatchers, its words kept apart; a stranger does not', async () => {
  const { orderId, caseId } = await sent();
  const help = {
    kind: 'help' as const,
    orderId,
    reason: 'second-crew' as const,
    words: '电缆沟进水，要两队',
    at: clock.now,
    clockMoved: false,
  };
  assert.deepEqual(await send(help), { outcome: 'recorded' });
  const event = await lastEvent(orderId, 'crew.asked-help');
  assert.ok(event);
  assert.equal(event['reason'], 'second-crew');
  assert.ok(!JSON.stringify(event).includes('进水'), 'words are no event');
  assert.ok(Array.isArray(event?.['textIds']));
  const text = await database.one<{ body: string }>(sql`
    select t.body from case_texts t where t.id = ${String(event['textIds'][0])}`);
  assert.equal(text.body, help.words);
  const bells = await database.rows<{ person: string; caseId: string }>(sql`
    select n.person_id as person, n.data ->> 'caseId' as "caseId" from outbox n where n.template = 'crew-asks-help'`);
  assert.ok(bells.some((one) => one.person === dispatcher.personId && one.caseId === caseId));

  const elsewhere = await county.actor('mv-lead');
  const refused = await send(help, elsewhere);
  assert.ok('refused' in refused, 'another crew');
});

test('material comes out of the stock of the point; what the books lack is on the order and refuses nothing', async () => {
  const { orderId } = await sent();
  const version = await library.active(database, companyId);
  const material = version?.handbook.faultCards.flatMap((card) => card.materials)[0] ?? '';
  await must((tx) => setMinimum(tx, centre, home.id, { material, minimum: 3 }));
  await database.run(sql`update point_materials set amount = 4 where point_materials.material = ${material}
    and point_materials.grid_point_id = ${home.id}`);
  const used = (amount: number, what = material) =>
    send({ kind: 'material', orderId, material: what, amount, at: clock.now, clockMoved: false });
  const left = async () =>
    (
      await database.one<{ amount: number }>(sql`select m.amount from point_materials m
        where m.material = ${material} and m.grid_point_id = ${home.id}`)
    ).amount;
  assert.deepEqual(await used(2), { outcome: 'recorded' });
  assert.equal(await left(), 2);
  const below = await database.rows(sql`select 1 from outbox n where n.template = 'material-below'`);
  assert.ok(below.length > 0, 'under its minimum the heads are told');
  assert.deepEqual(await used(5), { outcome: 'recorded' });
  assert.equal(await left(), 0);
  const event = await lastEvent(orderId, 'material.used');
  assert.deepEqual([event?.['amount'], event?.['booked']], [5, 2]);
  const booked = await database.rows<{ change: number }>(sql`
    select b.change from material_bookings b where b.order_id = ${orderId} order by b.change`);
  assert.deepEqual(
    booked.map((one) => one.change),
    [-2, -2],
  );
  assert.deepEqual(await used(1, '黄金'), {
    refused: 'field.material-unknown',
    detail: { material: '黄金' },
  });
});

test('a position goes to the crew on duty; "arrived" on the road is taken in and marked, near it is not', async () => {
  const { orderId } = await sent();
  const place = await database.one<{ lat: number; lon: number }>(sql`
    select m.lat, m.lon from case_orders l join cases c on c.company_id = l.company_id and c.id = l.case_id
    join households h on h.company_id = c.company_id and h.id = c.household_id
    join premises m on m.company_id = h.company_id and m.id = h.premises_id where l.order_id = ${orderId}`);
  const step = (id: string, lat: number) =>
    send({
      kind: 'step',
      orderId,
      ref: { step: id, caseId: null, round: 1 },
      at: clock.now,
      clockMoved: false,
      position: { lat, lon: place.lon, accuracy: 10 },
      ...(id === 'arrive' ? { checked: ['arrive-photo'] } : {}),
    });
  // A tenth of a degree is 11 km.
  assert.deepEqual(await step('accept', place.lat + 0.1), { outcome: 'recorded' });
  assert.equal(await lastEvent(orderId, 'field.far'), undefined, 'leaving is no arrival');
  const positions = await database.rows<{ place: string }>(sql`
    select p.place from crew_positions p where p.crew_id = ${crew.id}`);
  assert.deepEqual(
    positions.map((one) => one.place),
    [`${(place.lat + 0.1).toFixed(5)},${place.lon.toFixed(5)}`],
  );
  clock.advance(MINUTE);
  assert.deepEqual(await step('arrive', place.lat + 0.1), { outcome: 'recorded' });
  const metres = Number((await lastEvent(orderId, 'field.far'))?.['metres']);
  assert.ok(metres > 10_000 && metres < 12_000, `${metres}`);

  const other = await sent();
  const near = (id: string) =>
    send({
      kind: 'step',
      orderId: other.orderId,
      ref: { step: id, caseId: null, round: 1 },
      at: clock.now,
      clockMoved: false,
      position: { lat: place.lat + 0.001, lon: place.lon, accuracy: 10 },
      ...(id === 'arrive' ? { checked: ['arrive-photo'] } : {}),
    });
  await near('accept');
  assert.deepEqual(await near('arrive'), { outcome: 'recorded' });
  assert.equal(await lastEvent(other.orderId, 'field.far'), undefined);
});

const at = (orderId: string, step: string) => ({
  orderId,
  ref: { step, caseId: null, round: 1 },
  ...stamp(),
});
const stamp = () => ({ at: clock.now, clockMoved: false });
const back = (orderId: string, step: string, reason = 'not-ours') =>
  ({ kind: 'back', ...at(orderId, step), reason, words: '电缆是小区物业的' }) as const;
const phoneOf = async (actor: CaseActor) =>
  (await fieldJobs(database, library, actor, clock.now)).jobs.map((job) => job.orderId);
const waitingOrder = async (orderId: string) =>
  (await loadBoard(database, deps, dispatcher, { now: clock.now, orderIds: [orderId] }))?.orders[0];

test('退单: it leaves the phone, its crew is free, the dispatcher sees why and sends another; the five ones keep the reason', async () => {
  const { orderId } = await sent();
  assert.deepEqual(await send({ kind: 'step', ...at(orderId, 'accept') }), { outcome: 'recorded' });
  await send({ kind: 'step', ...at(orderId, 'arrive'), checked: ['arrive-photo'] });
  assert.ok((await phoneOf(lead)).includes(orderId));
  assert.deepEqual(await send(back(orderId, 'survey', 'weather')), { refused: 'field.reason-unknown' });
  assert.deepEqual(await send(back(orderId, 'survey')), { outcome: 'recorded' });

  assert.ok(!(await phoneOf(lead)).includes(orderId));
  const waiting = await waitingOrder(orderId);
  assert.equal(waiting?.order.givenBack?.reason, 'not-ours');
  const free = (await crewsOnDuty(database, companyId, clock.now)).find((one) => one.id === crew.id);
  assert.equal(free?.job, null);
  const bells = await database.rows<{ person: string }>(sql`
    select n.person_id as person from outbox n where n.template = 'crew-gives-back'`);
  assert.ok(bells.some((one) => one.person === dispatcher.personId));
  const broken = await database.rows<{ one: string; reason: string }>(sql`
    select x.one, x.reason from order_exceptions x where x.order_id = ${orderId} order by x.one`);
  assert.deepEqual(broken, [
    { one: 'arrival', reason: 'not-ours' },
    { one: 'crew', reason: 'not-ours' },
  ]);
  const events = await database.rows<{ data: string }>(sql`
    select e.data::text as data from order_events e where e.stream_id = ${orderId}`);
  assert.ok(!events.some(({ data }) => data.includes('物业')), 'words are no event');

  // A second phone of the crew says so too, late: nothing is left to give back, and nobody else's work is touched.
  assert.deepEqual(await send(back(orderId, 'survey')), { outcome: 'already' });
  assert.deepEqual(await send({ kind: 'help', orderId, reason: 'danger', ...stamp() }), {
    refused: 'field.not-yours',
  });
  await must((tx) => sendCrew(tx, deps, dispatcher, { orderId, crewId: crew.id }));
  const again = await send({
    kind: 'step',
    ...at(orderId, 'accept'),
    ref: { step: 'accept', caseId: null, round: 2 },
  });
  assert.deepEqual(again, { outcome: 'recorded' }, 'sent all the same');
  assert.equal((await waitingOrder(orderId))?.order.givenBack, null);
});

test('a crew that crosses into the grid of another station has the job on its phone all the same', async () => {
  const far = county.points.find((point) => point.stationId !== home.stationId);
  assert.ok(far);
  const { orderId } = await sent(far.stationId);
  assert.ok((await phoneOf(lead)).includes(orderId));
  assert.deepEqual(await send({ kind: 'step', ...at(orderId, 'accept') }), { outcome: 'recorded' });
  const stranger = {
    ...(await county.actor('repair-lead')),
    unitIds: [far.stationId],
    unitId: far.stationId,
  };
  assert.ok(!(await phoneOf(stranger)).includes(orderId), 'nor on that of a crew there');
});

test('what is isolated is not given back, and a neighbour of the same station gives nothing back', async () => {
  const { orderId } = await sent();
  const neighbour = { ...(await county.actor('repair-lead')), unitIds: lead.unitIds, unitId: lead.unitId };
  assert.deepEqual(await send(back(orderId, 'accept'), neighbour), { refused: 'field.not-yours' });
  await send({ kind: 'step', ...at(orderId, 'accept') });
  for (const step of ['arrive', 'survey', 'safe']) await doStep(county, orderId, lead, step);
  assert.deepEqual(await send(back(orderId, 'fix')), { refused: 'field.made-safe' });
  const there = (await crewsOnDuty(database, companyId, clock.now)).find((one) => one.id === crew.id);
  assert.equal(there?.job?.orderId, orderId);
});

/** The phone got one in the end, whatever was said before and comes late; the other never. A message that waits has no receipt. */
async function receiptsStandBeside(orderId: string): Promise<void> {
  const seen = async () => {
    const view = await orderSmsView(database, dispatcher, { orderId, now: clock.now });
    assert.ok(!('refused' in view));
    return view.messages;
  };
  const [one = '', other = ''] = (await seen()).map(({ id }) => id);
  const receipt = (id: string, delivered: boolean) =>
    database.transaction((tx) => takeReceipt(tx, { id, delivered }));
  assert.equal(await receipt(one, true), false, 'not sent yet');
  await database.run(sql`update outbox set state = 'sent' where outbox.template = 'crew-order'`);
  assert.equal(await receipt(one, false), true);
  await receipt(one, true);
  await receipt(one, false);
  await receipt(other, false);
  assert.equal(await receipt(companyId, true), false, 'none of ours');
  assert.deepEqual(
    (await seen()).map(({ deliveredAt, undeliveredAt }) => [deliveredAt, undeliveredAt]),
    [
      [clock.now, null],
      [null, clock.now],
    ],
  );
}

test('the order as SMS says number, place, fault and where to ring; again as often as wanted; nobody sent, nothing goes', async () => {
  const { orderId, caseId } = await sent();
  await database.run(sql`update people set phone = null where people.id = ${crew.lead}`);
  const without = await transact(database, (tx) => sendOrderSms(tx, dispatcher, orderId));
  assert.ok('refused' in without && without.refused === 'dispatch.no-phone');
  await database.run(sql`update people set phone = '13900000000' where people.id = ${crew.lead}`);
  assert.deepEqual(await must((tx) => sendOrderSms(tx, dispatcher, orderId)), { sent: 1 });
  assert.deepEqual(await must((tx) => sendOrderSms(tx, dispatcher, orderId)), { sent: 2 });
  const view = await orderSmsView(database, dispatcher, { orderId, now: clock.now });
  assert.ok(!('refused' in view));
  assert.deepEqual([view.reachable, view.messages.length], [true, 2]);
  await receiptsStandBeside(orderId);
  const rows = await database.rows<Claimed>(sql`
    select n.company_id as "companyId", n.id, n.channel, n.template, n.case_id as "caseId", n.person_id as "personId", n.data
    from outbox n where n.template = 'crew-order'`);
  const said = await database.transaction((tx) =>
    compose(tx, { handbook: library, publicUrl: 'https://example.cn', vault: passingVault }, rows),
  );
  const { no } = await database.one<{ no: string }>(sql`select c.no from cases c where c.id = ${caseId}`);
  for (const row of rows) {
    const message = said.get(row.id);
    assert.equal(message?.to, '13900000000');
    for (const part of [no, '一家没电', '15500001111', '代录'])
      assert.ok(message?.text.includes(part), `${part}: ${message?.text}`);
    assert.ok(!message?.text.includes('—'), message?.text);
  }
  await database.run(sql`update crew_assignments set ended_at = now(), ended_by = ${dispatcher.personId},
    end_reason = 'other' where crew_assignments.order_id = ${orderId}`);
  const refused = await transact(database, (tx) => sendOrderSms(tx, dispatcher, orderId));
  assert.ok('refused' in refused && refused.refused === 'dispatch.nobody-sent');
});
