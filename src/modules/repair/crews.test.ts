import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY, HOUR, MINUTE } from '#kernel/instant.ts';
import { isRefusal } from '#kernel/result.ts';
import { blankOld } from '#modules/privacy/blank-rows.ts';
import { timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { transact } from '#platform/db/transact.ts';
import type { CrewActor } from './crew-actor.ts';
import { addCrew, closeCrew, setMembers, setShift, withdrawShift } from './crew-commands.ts';
import { grantSkill, keepPosition, recordTraining } from './crew-people-commands.ts';
import { pointsView, pointView } from './crew-reads.ts';
import { bookMaterial, setMinimum } from './crew-stock-commands.ts';
import { coverageOf } from './coverage.ts';
import { crewsOnDuty } from './crews-on-duty.ts';
import { repairPersonal } from './repair-personal.ts';
import { crewCounty, type Point, shanghaiDay } from './testing/crew-county.ts';

const county = await crewCounty();
const { companyId, centre, database, must } = county;
const policy = { longestDutyHours: 12, restHours: 11 };
const [home, second, third] = county.points as [Point, Point, Point];
const now = await database.now();

const refusal = async (command: Parameters<typeof transact>[1]) => {
  const result = await transact(database, command);
  assert.ok(isRefusal(result), 'it should have been refused');
  return result.refused;
};

test('a crew stands with two named persons, and not with fewer', async () => {
  const [a = '', b = '', c = ''] = await county.people(home, 3);
  const crew = await must((tx) =>
    addCrew(tx, centre, { gridPointId: home.id, name: '甲班', kind: 'point', people: [a, b] }),
  );
  const shift = {
    kind: 'duty' as const,
    from: now,
    until: now + 12 * HOUR,
    leadId: a,
    watcherId: b,
    others: [],
  };
  const set = (given: Partial<typeof shift> & { others?: string[] }) =>
    refusal((tx) => setShift(tx, centre, policy, crew.id, { ...shift, ...given }));

  assert.equal(await set({ watcherId: a }), 'shift.two-persons');
  assert.equal(await set({ watcherId: c }), 'shift.not-member');
  assert.equal(await set({ until: now + 13 * HOUR }), 'shift.too-long');
  assert.equal(await set({ from: now - 9 * HOUR, until: now - HOUR }), 'shift.over');
  const { id } = await must((tx) => setShift(tx, centre, policy, crew.id, shift));
  assert.equal(await set({ from: now + 11 * HOUR, until: now + 20 * HOUR }), 'shift.crew-set-already');
  assert.equal(await set({ from: now + 20 * HOUR, until: now + 30 * HOUR }), 'shift.no-rest');
  // At home in between is rest enough.
  await must((tx) =>
    setShift(tx, centre, policy, crew.id, {
      ...shift,
      kind: 'on-call',
      from: now + 12 * HOUR,
      until: now + 24 * HOUR,
    }),
  );
  await must((tx) =>
    setShift(tx, centre, policy, crew.id, { ...shift, from: now + 24 * HOUR, until: now + 36 * HOUR }),
  );
  assert.equal(await refusal((tx) => setMembers(tx, centre, crew.id, [a, c])), 'crew.on-shift');
  assert.equal(await refusal((tx) => closeCrew(tx, centre, crew.id)), 'crew.has-shifts');

  const [standing] = await crewsOnDuty(database, companyId, await database.now());
  assert.equal(standing?.id, crew.id);
  assert.deepEqual([standing.lead.id, standing.watcher.id], [a, b]);
  assert.equal(standing.job, null);
  const later = await crewsOnDuty(database, companyId, now + 13 * HOUR);
  assert.deepEqual(
    later.map((one) => [one.id, one.shift.kind]),
    [[crew.id, 'on-call']],
  );
  assert.deepEqual(await crewsOnDuty(database, companyId, now + 40 * HOUR), []);

  await must((tx) => withdrawShift(tx, centre, id));
  assert.deepEqual(await crewsOnDuty(database, companyId, (await database.now()) + MINUTE), []);
});

test('the database itself holds two persons to a shift', async () => {
  await assert.rejects(
    database.run(
      sql`update crew_shifts set watcher_id = crew_shifts.lead_id where crew_shifts.company_id = ${companyId}`,
    ),
    /crew_shifts_check/,
  );
});

test('a person is in one crew, and a head arranges only his own station', async () => {
  const [a = '', b = ''] = await county.people(second, 2);
  await must((tx) =>
    addCrew(tx, centre, { gridPointId: second.id, name: '乙班', kind: 'point', people: [a, b] }),
  );
  const [c = '', d = ''] = await county.people(second, 2);
  const more = { gridPointId: second.id, name: '丙班', kind: 'point' as const };
  assert.equal(
    await refusal((tx) => addCrew(tx, centre, { ...more, people: [a, c] })),
    'crew.person-elsewhere',
  );
  const foreign = county.points.find((point) => point.stationId !== second.stationId) as Point;
  const head: CrewActor = { ...centre, ofCentre: false, unitIds: [foreign.stationId] };
  assert.equal(await refusal((tx) => addCrew(tx, head, { ...more, people: [c, d] })), 'crew.other-station');
  assert.equal(
    await refusal((tx) => grantSkill(tx, head, a, { skill: 'meter', untilOn: '2099-01-01' })),
    'crew.other-station',
  );
  const own: CrewActor = { ...head, unitIds: [second.stationId] };
  await must((tx) => addCrew(tx, own, { ...more, people: [c, d] }));
});

test('a crew may do what both of its two may, as long as it holds', async () => {
  const crew = await county.crewAt(third, { skills: ['low-voltage', 'cable'], cards: ['cutout-blown'] });
  const look = async (at = now) =>
    (await crewsOnDuty(database, companyId, at)).find((one) => one.id === crew.id);
  assert.deepEqual((await look(await database.now()))?.skills, ['cable', 'low-voltage']);
  assert.deepEqual((await look(await database.now()))?.cards, ['cutout-blown']);
  await must((tx) =>
    grantSkill(tx, centre, crew.watcher, { skill: 'cable', untilOn: shanghaiDay(now - DAY) }),
  );
  assert.deepEqual((await look(await database.now()))?.skills, ['low-voltage']);

  const training = { people: [crew.lead], card: 'meter-burnt', trainedOn: shanghaiDay(now) };
  const of = { cards: [{ id: 'meter-burnt' }], months: 12 };
  await must((tx) => recordTraining(tx, centre, of, training));
  assert.deepEqual(
    (await look(await database.now()))?.cards,
    ['cutout-blown'],
    'one of the two is not enough',
  );
  await must((tx) => recordTraining(tx, centre, of, { ...training, people: [crew.watcher] }));
  assert.deepEqual((await look(await database.now()))?.cards, ['cutout-blown', 'meter-burnt']);
  const tomorrow = { ...training, trainedOn: shanghaiDay(now + 2 * DAY) };
  assert.equal(await refusal((tx) => recordTraining(tx, centre, of, tomorrow)), 'training.not-yet');
  assert.equal(
    await refusal((tx) => recordTraining(tx, centre, of, { ...training, card: 'no-such' })),
    'training.card-unknown',
  );
  await database.run(sql`update fault_trainings set trained_on = '2020-01-01', until_on = '2021-01-01'
    where fault_trainings.person_id = ${crew.lead} and fault_trainings.card = 'meter-burnt'`);
  assert.deepEqual((await look(await database.now()))?.cards, ['cutout-blown'], 'a training runs out');
});

test('stock never falls below nothing; below its minimum it stands in the list and rings once at the head', async () => {
  const stock =
    (change: number, why: 'use' | 'refill' | 'count') => (tx: Parameters<typeof bookMaterial>[0]) =>
      bookMaterial(tx, centre, home.id, { material: '熔丝', change, why });
  assert.equal(await refusal(stock(5, 'refill')), 'stock.not-kept');
  await must((tx) => setMinimum(tx, centre, home.id, { material: '熔丝', minimum: 3 }));
  assert.deepEqual(await must(stock(5, 'refill')), { amount: 5 });
  assert.equal(await refusal(stock(2, 'use')), 'stock.sign');
  assert.equal(await refusal(stock(-6, 'use')), 'stock.too-little');
  const below = async () => {
    const { points } = await pointsView(database, centre, now);
    return points.find((point) => point.id === home.id)?.belowMinimum;
  };
  const bells = async () =>
    (
      await database.rows<{ person_id: string }>(sql`
        select o.person_id from outbox o where o.template = 'material-below'`)
    ).length;
  assert.deepEqual([await below(), await bells()], [[], 0]);
  await must(stock(-3, 'use'));
  assert.deepEqual(await below(), [{ material: '熔丝', amount: 2, minimum: 3 }]);
  assert.equal(await bells(), 1);
  await must(stock(-1, 'use'));
  assert.equal(await bells(), 1, 'what is known does not ring again');
  const point = await pointView(database, centre, undefined, { gridPointId: home.id, now });
  assert.deepEqual(
    point?.bookings.map((one) => one.change),
    [-1, -3, 5],
  );
});

test('a position is kept only on duty, shown only in its shift, and gone after six months', async () => {
  const crew = await county.crewAt(county.points.at(-1) as Point, {});
  const where = { lat: 37.21, lon: 122.05, accuracy: 12.4 };
  const lead: CrewActor = { ...centre, personId: crew.lead, ofCentre: false, mayManage: false };
  await must((tx) => keepPosition(tx, lead, where));
  const look = async () =>
    (await crewsOnDuty(database, companyId, await database.now())).find((one) => one.id === crew.id);
  const { at: _at, ...position } = (await look())?.position ?? { at: 0 };
  assert.deepEqual(position, { lat: 37.21, lon: 122.05, accuracy: 12 });
  const nobody: CrewActor = { ...lead, personId: centre.personId };
  assert.equal(await refusal((tx) => keepPosition(tx, nobody, where)), 'crew.off-duty');

  await database.run(sql`update crew_shifts set from_at = ${timestamp(now + 1000)}, until_at = ${timestamp(now + HOUR)}
    where crew_shifts.crew_id = ${crew.id}`);
  const next = await crewsOnDuty(database, companyId, (await database.now()) + MINUTE);
  assert.equal(next.find((one) => one.id === crew.id)?.position, null, 'of the shift before it says nothing');
  await database.run(sql`update crew_shifts set kind = 'on-call', from_at = ${timestamp(now - HOUR)}
    where crew_shifts.crew_id = ${crew.id}`);
  assert.equal(
    await refusal((tx) => keepPosition(tx, lead, where)),
    'crew.off-duty',
    'on call he is at home',
  );

  const left = async () =>
    (await database.one<{ n: number }>(sql`select count(*) as n from crew_positions`)).n;
  const blank = () =>
    blankOld({ database, activeHandbook: county.deps.activeHandbook, personal: repairPersonal });
  await blank();
  assert.equal(await left(), 1);
  await database.run(sql`update crew_positions set at = crew_positions.at - interval '7 months'`);
  await blank();
  assert.equal(await left(), 0);
});

test('coverage counts the households of villages within the promise, and names the others', async () => {
  const version = await county.deps.activeHandbook(database, companyId);
  const some = await coverageOf(database, companyId, version);
  const outside = some.outside.reduce((sum, village) => sum + village.households, 0);
  assert.ok(some.within > 0 && some.outside.length > 0, `${some.within} of ${some.households}`);
  assert.equal(some.within + outside, some.households);
  assert.ok(some.outside.every((village) => (village.nearest?.minutes ?? 0) >= village.limit - 1));
  await database.run(
    sql`update crews set closed_at = ${timestamp(now)} where crews.company_id = ${companyId}`,
  );
  const none = await coverageOf(database, companyId, version);
  assert.equal(none.within, 0);
  assert.ok(none.outside.every((village) => village.nearest === null));
});
