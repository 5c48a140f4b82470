import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY, HOUR } from '#kernel/instant.ts';
import { isRefusal, type Refusal } from '#kernel/result.ts';
import { acceptCase } from '#modules/case/index.ts';
import { rowsAreTheFold } from '#modules/case/testing/rows-are-the-fold.ts';
import { anIntake, smallCounty } from '#modules/case/testing/small-county.ts';
import type { Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { transact } from '#platform/db/transact.ts';
import { callMeeting, cancelMeeting, holdMeeting } from './meeting-commands.ts';
import { listMeetings } from './meeting-reads.ts';

const county = await smallCounty();
const { database, deps, must, clock } = county;
const clerk = await county.actor('clerk');
const officer = await county.actor('control-officer');
const marketing = await county.actor('marketing-head');
const operation = await county.actor('operation-head');
const station = await county.actor('station-lead');

const accept = async (given: Parameters<typeof anIntake>[0] = {}) =>
  (await must((tx) => acceptCase(tx, deps, clerk, anIntake(given)))).caseId;

const refusal = async (command: (tx: Tx) => Promise<object | Refusal>) => {
  const answer = await transact(database, command);
  return isRefusal(answer) ? answer.refused : 'done';
};

const seenBy = async (who: typeof officer, caseId: string | null = null) =>
  await listMeetings(database, who, clock.now, caseId);

const soon = () => ({ meetsAt: clock.now + 2 * HOUR, words: '十千伏改造迟迟不动，定下谁来办' });

async function bells(template: string): Promise<readonly string[]> {
  const rows = await database.rows<{ person: string }>(sql`
    select m.person_id as person from outbox m where m.template = ${template} order by m.person_id`);
  return rows.map((row) => row.person);
}

test('units are called to a moment about cases; they see them from then on, and their heads are told', async () => {
  const caseIds = [await accept(), await accept({ process: 'quality-low-voltage', area: 'rural' })];
  const [first = ''] = caseIds;
  assert.equal((await seenBy(operation, first)).length, 0);
  const unitIds = [marketing.unitId, operation.unitId];
  const { id } = await must((tx) => callMeeting(tx, officer, { caseIds, unitIds, ...soon() }));
  const [meeting] = await seenBy(operation, first);
  assert.equal(meeting?.id, id);
  assert.deepEqual(
    meeting?.cases.map((one) => one.id).toSorted(),
    caseIds.toSorted(),
    'the case is visible to a called unit',
  );
  assert.deepEqual([meeting?.state, meeting?.mayRecord, meeting?.decisions], ['called', false, []]);
  assert.equal((await seenBy(officer, first))[0]?.mayRecord, true);
  assert.deepEqual((await seenBy(station, first)).length, 0, 'who was not called sees nothing');
  const told = await bells('meeting-called');
  assert.ok(told.includes(marketing.personId) && told.includes(operation.personId));
  assert.ok(!told.includes(station.personId));
});

test('what it decides is owed by a unit or promised to the customer, and stands on the time line', async () => {
  const caseId = await accept({ process: 'quality-low-voltage', area: 'rural', contactPhone: '15400001111' });
  const call = { caseIds: [caseId], unitIds: [operation.unitId, marketing.unitId], ...soon() };
  const { id } = await must((tx) => callMeeting(tx, officer, call));
  clock.advance(3 * HOUR);
  const dueAt = clock.now + 3 * DAY;
  const task = { caseId, unitId: operation.unitId, words: '换大变压器，先报方案', dueAt, promised: false };
  const promised = { ...task, words: '年底前完成增容', dueAt: clock.now + 30 * DAY, promised: true };
  const held = { id, cameUnitIds: [operation.unitId], decisions: [task, promised] };
  assert.equal(
    await refusal((tx) => holdMeeting(tx, marketing, held)),
    'http.not-found',
    'who did not call it',
  );
  const elsewhere = { ...held, decisions: [{ ...task, caseId: await accept() }] };
  assert.equal(await refusal((tx) => holdMeeting(tx, officer, elsewhere)), 'meeting.other-case');
  assert.deepEqual(await must((tx) => holdMeeting(tx, officer, held)), { decisions: 2 });
  assert.equal(await refusal((tx) => holdMeeting(tx, officer, held)), 'meeting.ended');

  const [meeting] = await seenBy(operation, caseId);
  assert.deepEqual(
    meeting?.decisions.map(({ kind, words, state }) => [kind, words, state]),
    [
      ['task', '换大变压器，先报方案', 'open'],
      ['commitment', '年底前完成增容', 'open'],
    ],
  );
  assert.deepEqual(
    meeting?.units.map((unit) => [unit.id, unit.came]).toSorted(),
    [
      [marketing.unitId, false],
      [operation.unitId, true],
    ].toSorted(),
  );
  const owed = await database.rows(sql`
    select j.kind, j.state from joint_requests j where j.case_id = ${caseId} and j.unit_id = ${operation.unitId}`);
  assert.deepEqual(owed, [{ kind: 'decision', state: 'open' }]);
  const line = await database.rows<{ type: string }>(sql`
    select e.type from case_events e where e.stream_id = ${caseId} order by e.seq`);
  assert.deepEqual(
    line.map((event) => event.type),
    ['case.accepted', 'meeting.called', 'meeting.decided', 'commitment.made', 'meeting.held'],
  );
});

test('a unit that is to keep away is not called, and hears nothing of a meeting about it', async () => {
  const caseId = await accept({ process: 'complaint', accusedUnitId: station.unitId });
  const open = await accept();
  const away = { caseIds: [open, caseId], unitIds: [operation.unitId, station.unitId], ...soon() };
  assert.equal(await refusal((tx) => callMeeting(tx, officer, away)), 'joint.accused');
  const { id } = await must((tx) => callMeeting(tx, officer, { ...away, unitIds: [operation.unitId] }));
  await database.run(sql`
    insert into case_access (company_id, unit_id, case_id, since)
    select ${county.companyId}, ${station.unitId}, c.id, to_timestamp(0) from unnest(${[open, caseId]}::uuid[]) c (id)`);
  const seen = (await seenBy(station)).find((one) => one.id === id);
  assert.deepEqual(
    seen?.cases.map((one) => one.id),
    [open],
    'of a meeting about several cases only those it may see',
  );
});

test('one that does not take place is cancelled with a reason; only those who may supervise call one', async () => {
  const caseId = await accept();
  const call = { caseIds: [caseId], unitIds: [operation.unitId], ...soon() };
  assert.equal(await refusal((tx) => callMeeting(tx, marketing, call)), 'meeting.who');
  assert.equal(
    await refusal((tx) => callMeeting(tx, officer, { ...call, meetsAt: clock.now })),
    'meeting.past',
  );
  const { id } = await must((tx) => callMeeting(tx, officer, call));
  await must((tx) => cancelMeeting(tx, officer, { id, reason: '当场解决了' }));
  assert.deepEqual(
    (await seenBy(operation, caseId)).map((one) => one.state),
    ['cancelled'],
  );
  assert.ok((await bells('meeting-cancelled')).includes(operation.personId));
  await rowsAreTheFold(county);
});
