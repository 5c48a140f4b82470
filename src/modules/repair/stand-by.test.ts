import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, MINUTE } from '#kernel/instant.ts';
import { isRefusal } from '#kernel/result.ts';
import { acceptCase, type CaseActor } from '#modules/case/index.ts';
import { doStep } from '#modules/case/testing/do-step.ts';
import { anIntake } from '#modules/case/testing/small-county.ts';
import { sql } from '#platform/db/sql.ts';
import { transact } from '#platform/db/transact.ts';
import { crewsOnDuty } from './crews-on-duty.ts';
import { crewStandsAt } from './crew-stands-at.ts';
import { keepPosition } from './crew-people-commands.ts';
import { sendCrew } from './dispatch-commands.ts';
import { planOpen } from './dispatch-view.ts';
import { recordFieldEntry } from './field-commands.ts';
import { findStandBy } from './field-stand-by.ts';
import { LEAST_PAST, type PastFault } from './domain/stand-by.ts';
import type { Roads } from './roads.ts';
import { askStandBy, callBackStandBy } from './stand-by-commands.ts';
import { pastFaults, standBysOf } from './stand-by-reads.ts';
import { crewCounty, type Point } from './testing/crew-county.ts';

const county = await crewCounty();
const { companyId, centre, database, deps, must } = county;
const call = await county.actor('call-taker');
const dispatcher = await county.actor('dispatcher');
const [home, there] = await (async () => {
  const [first = [], second = []] = [...Map.groupBy(county.points, (point) => point.stationId).values()];
  return [first[0], second[0]] as [Point, Point];
})();
const crew = await county.crewAt(home, {});
const byCrew = { ...centre, personId: crew.lead, unitIds: [home.stationId], ofCentre: false };

const refusal = async (command: Parameters<typeof transact>[1]) => {
  const result = await transact(database, command);
  assert.ok(isRefusal(result), 'it should have been refused');
  return result.refused;
};
const ready = async () => {
  const found = (await crewsOnDuty(database, companyId, await database.now())).find(
    ({ id }) => id === crew.id,
  );
  assert.ok(found);
  return found;
};
const ask = (gridPointId: string) => must((tx) => askStandBy(tx, centre, { crewId: crew.id, gridPointId }));
const planned = async (roads?: Roads) => {
  const plan = await planOpen(database, { ...deps, ...(roads && { roads }) }, dispatcher, true);
  assert.ok(plan);
  return plan;
};
async function fault() {
  const { id } = await database.one<{ id: string }>(sql`
    select h.id from households h where h.station_id = ${home.stationId} order by h.id limit 1`);
  const accepted = await must((tx) =>
    acceptCase(
      tx,
      deps,
      call,
      anIntake({ process: 'repair-low', channel: 'phone', householdId: id, words: '家里没电了' }),
    ),
  );
  await doStep(county, accepted.orderId ?? '', dispatcher, 'judge');
  return accepted.orderId ?? '';
}

test('an idle crew is asked to wait at another point: it is told, its people see it, and it counts as being there', async () => {
  assert.equal(
    await refusal((tx) => askStandBy(tx, byCrew, { crewId: crew.id, gridPointId: there.id })),
    'dispatch.centre-only',
  );
  const { expectedAt } = await ask(there.id);
  const bells = await database.rows<{ person: string }>(sql`
    select o.person_id as person from outbox o where o.template = 'crew-stand-by' order by 1`);
  assert.deepEqual(
    bells.map((bell) => bell.person),
    [crew.lead, crew.watcher].toSorted(),
  );
  assert.equal((await ready()).standBy?.point.id, there.id);
  const here = { longitude: home.lon, latitude: home.lat };
  const away = { longitude: there.lon, latitude: there.lat };
  assert.deepEqual(
    crewStandsAt(await ready(), expectedAt - 1).position,
    here,
    'on its way: where it set out',
  );
  assert.deepEqual(crewStandsAt(await ready(), expectedAt).position, away);
  assert.equal(
    await refusal((tx) => askStandBy(tx, centre, { crewId: crew.id, gridPointId: there.id })),
    'stand-by.there-already',
  );
});

test('its phone shows where to wait, and "we are there" counts from when it was said, once, of its own people', async () => {
  const phone = { ...dispatcher, personId: crew.lead, unitIds: [home.stationId] };
  const waits = await findStandBy(database, phone, await database.now());
  assert.deepEqual([waits?.arrivedAt, typeof waits?.point], [null, 'string']);
  assert.equal(await findStandBy(database, dispatcher, await database.now()), null);
  county.clock.advance(4 * MINUTE);
  const at = (await database.now()) - 3 * MINUTE;
  const entry = { kind: 'stand-by', standById: waits?.id ?? '', at, clockMoved: false } as const;
  const say = (actor: CaseActor) => transact(database, (tx) => recordFieldEntry(tx, deps, actor, entry));
  const stranger = await say(dispatcher);
  assert.ok(isRefusal(stranger) && stranger.refused === 'field.not-yours');
  assert.deepEqual(await say(phone), { outcome: 'recorded' });
  assert.deepEqual(await say({ ...phone, personId: crew.watcher }), { outcome: 'already' });
  const { standBy } = await ready();
  assert.equal(standBy?.arrivedAt, at);
  const stands = crewStandsAt(await ready(), at);
  assert.deepEqual(
    stands.position,
    { longitude: there.lon, latitude: there.lat },
    'sooner than it was expected',
  );
});

test('its phone knows better where it is', async () => {
  county.clock.advance(2 * HOUR);
  await must((tx) => keepPosition(tx, byCrew, { lat: 37.05, lon: 122.05, accuracy: 10 }));
  const at = crewStandsAt(await ready(), await database.now()).position;
  assert.deepEqual(at, { latitude: 37.05, longitude: 122.05 });
});

test('called back it stands at its own point; twice is refused', async () => {
  await must((tx) => callBackStandBy(tx, centre, crew.id));
  assert.equal((await ready()).standBy, null);
  assert.equal(await refusal((tx) => callBackStandBy(tx, centre, crew.id)), 'stand-by.none');
});

test('a crew that is sent waits no longer, and a busy one is not asked', async () => {
  await ask(there.id);
  const orderId = await fault();
  await must((tx) => sendCrew(tx, deps, dispatcher, { orderId, crewId: crew.id }));
  assert.equal((await ready()).standBy, null);
  const { reason } = await database.one<{ reason: string }>(sql`
    select b.end_reason as reason from crew_stand_bys b order by b.asked_at desc, b.id desc limit 1`);
  assert.equal(reason, 'sent');
  assert.equal(
    await refusal((tx) => askStandBy(tx, centre, { crewId: crew.id, gridPointId: there.id })),
    'dispatch.crew-busy',
  );
});

test('the page proposes an idle crew for where faults were and nobody is', async () => {
  const version = await deps.activeHandbook(database, companyId);
  assert.ok(version);
  const known = await pastFaults(database, () => 0)(dispatcher, version);
  assert.ok(known.length > 0, 'the fault of before is past');
  assert.ok(known.every((one) => one.skills.length === 1 && one.customers >= 1));
  const idle = await county.crewAt(home, {});
  // Thirty kilometres further: nobody is in time in the town there.
  const position = { longitude: home.lon, latitude: home.lat + 30 / 111 };
  const past = Array.from(
    { length: LEAST_PAST },
    (): PastFault => ({
      at: { position, zone: 'city' },
      customers: 50,
      important: false,
      medical: 0,
      skills: ['low-voltage'],
    }),
  );
  await database.run(sql`
    update grid_points set lon = ${position.longitude}, lat = ${position.latitude} where id = ${there.id}`);
  const { proposals, lastHour } = await standBysOf(database, companyId, await planned(), past);
  assert.ok(lastHour > 0);
  const [one] = proposals;
  assert.deepEqual([one?.crewId, one?.point.id, one?.ownGrid], [idle.id, there.id, false]);
  assert.deepEqual([one?.inTimeBefore, one?.inTimeAfter], [0, 1]);
  const few = await standBysOf(database, companyId, await planned(), past.slice(1));
  assert.deepEqual([few.proposals, few.past], [[], LEAST_PAST - 1]);
});

/** Seven minutes everywhere, or no answer. */
function road(answers: boolean): Roads {
  return {
    kind: 'osrm',
    learn: async () => answers,
    minutes: () => (answers ? 7 : undefined),
  };
}

test('a routing server that knows the road is believed, one that is silent is said to be', async () => {
  const orderId = await fault();
  const arrival = async (roads?: Roads) => {
    const { proposal, waysBy, board } = await planned(roads);
    const sending = proposal.send.find((one) => one.fault === orderId);
    assert.ok(sending);
    return { waysBy, minutes: (sending.arrivesAt - board.now) / MINUTE };
  };
  const estimated = await arrival();
  assert.equal(estimated.waysBy, 'estimated');
  assert.deepEqual(await arrival(road(true)), { waysBy: 'osrm', minutes: 6 + 7 }, 'six to get out');
  assert.deepEqual(await arrival(road(false)), { waysBy: 'no-answer', minutes: estimated.minutes });
});
