import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY, HOUR } from '#kernel/instant.ts';
import { isRefusal } from '#kernel/result.ts';
import { sql } from '#platform/db/sql.ts';
import { transact } from '#platform/db/transact.ts';
import { acceptCase } from './case-commands.ts';
import { endCommitment, makeCommitment, moveCommitment, remindCommitments } from './commitment-commands.ts';
import { listCommitments } from './commitment-reads.ts';
import { askUnit } from './joint-requests.ts';
import { anIntake, smallCounty } from './testing/small-county.ts';

const county = await smallCounty();
const { database, deps, must } = county;
const clerk = await county.actor('clerk');
const engineer = await county.actor('pq-engineer');
const control = await county.actor('control-officer');

async function promised(days: number) {
  const intake = anIntake({
    process: 'quality-low-voltage',
    words: '晚上电压低',
    householdId: null,
    area: 'rural',
  });
  const { caseId } = await must((tx) => acceptCase(tx, deps, clerk, intake));
  const dueAt = county.clock.now + days * DAY;
  const request = { caseId, words: '三月底前换变压器', unitId: engineer.unitId, dueAt };
  const { id } = await must((tx) => makeCommitment(tx, clerk, request));
  return { caseId, id, dueAt };
}

async function messages(template: string, caseId: string): Promise<number> {
  return await database
    .one<{ n: number }>(
      sql`select count(*) as n from outbox o where o.template = ${template}
        and (o.case_id = ${caseId} or o.data ->> 'caseId' = ${caseId})`,
    )
    .then((row) => row.n);
}

test('a commitment outlives its case: listed and due after the case was closed', async () => {
  const { caseId, id } = await promised(90);
  await database.run(sql`update cases set state = 'closed', closed_at = now() where cases.id = ${caseId}`);
  county.clock.advance(91 * DAY);
  const of = { caseId: null, mine: true };
  const mine = await listCommitments(database, engineer, county.clock.now, of);
  assert.deepEqual(
    mine.map((one) => [one.id, one.late, one.mine]),
    [[id, true, true]],
  );
  assert.deepEqual(
    await must((tx) => endCommitment(tx, engineer, { id, outcome: 'kept', words: '已换好' })),
    {
      state: 'broken',
    },
  );
});

test('the customer is told of the day, and again whenever it moves; a day gone by is refused', async () => {
  const { caseId, id, dueAt } = await promised(30);
  assert.equal(await messages('commitment-made', caseId), 1);
  await must((tx) => moveCommitment(tx, engineer, { id, dueAt: dueAt + DAY, reason: '物资晚到' }));
  await must((tx) => moveCommitment(tx, engineer, { id, dueAt: dueAt + 2 * DAY, reason: '雨天停工' }));
  assert.equal(await messages('commitment-moved', caseId), 2);
  const past = { id, dueAt: county.clock.now - 1, reason: '改到昨天' };
  const refused = await transact(database, (tx) => moveCommitment(tx, engineer, past));
  assert.deepEqual(refused, { refused: 'commitment.past' });
});

test('a day before and at the day itself the unit is reminded, once each, whoever looks', async () => {
  const { caseId, dueAt } = await promised(10);
  county.clock.now = dueAt - DAY;
  await Promise.all([remindCommitments(database), remindCommitments(database)]);
  const people = await messages('commitment-soon', caseId);
  assert.ok(people > 0);
  county.clock.now = dueAt + HOUR;
  await Promise.all([remindCommitments(database), remindCommitments(database)]);
  await remindCommitments(database);
  assert.equal(await messages('commitment-soon', caseId), people);
  assert.equal(await messages('commitment-due', caseId), people);
});

test('a stranger neither sees nor moves a commitment; the accused unit gets none', async () => {
  const { id } = await promised(5);
  const meter = await county.actor('planner');
  const request = { id, dueAt: county.clock.now + DAY, reason: '不归我' };
  assert.deepEqual(await transact(database, (tx) => moveCommitment(tx, meter, request)), {
    refused: 'http.not-found',
  });
  const lead = await county.actor('station-lead');
  const intake = anIntake({ process: 'complaint', accusedUnitId: lead.unitId });
  const { caseId } = await must((tx) => acceptCase(tx, deps, clerk, intake));
  const to = { caseId, words: '当面致歉', unitId: lead.unitId, dueAt: county.clock.now + DAY };
  const refused = await transact(database, (tx) => makeCommitment(tx, control, to));
  assert.ok(isRefusal(refused) && refused.refused === 'commitment.accused');
});

test('supervision comes from the control centre only, raises the level, and waits for an answer', async () => {
  const { caseId } = await promised(5);
  const request = {
    caseId,
    unitId: engineer.unitId,
    question: '为何仍未测量',
    hours: 4,
    kind: 'supervision',
  } as const;
  const refused = await transact(database, (tx) => askUnit(tx, clerk, request));
  assert.deepEqual(refused, { refused: 'joint.no-supervision' });
  await must((tx) => askUnit(tx, control, request));
  const row = await database.one<{ supervision: number }>(
    sql`select c.supervision from cases c where c.id = ${caseId}`,
  );
  assert.equal(row.supervision, 2);
  assert.ok((await messages('supervised', caseId)) > 0);
});
