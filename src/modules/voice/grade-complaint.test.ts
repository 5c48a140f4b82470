import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR } from '#kernel/instant.ts';
import { sql } from '#platform/db/sql.ts';
import type { ComplaintView } from './voice-api.ts';
import { complaintDesk } from './testing/complaint-desk.ts';

// How a complaint is graded, and what the grade obliges to.

const { county, database, as, complain, seqOf, work, grade } = await complaintDesk();

test('a grade follows from what is known, with its reasons; its duties are told to posts that may know', async () => {
  const lead = await county.actor('station-lead');
  const one = await complain({ accusedUnitId: lead.unitId });
  assert.deepEqual(await grade(one, { media: 'provincial', threatensGovernmentOrMedia: true }), {
    grade: 'major',
    reasons: ['grade.provincial-media'],
  });
  const officer = await as('control-officer');
  const view: ComplaintView = (await officer.get(`/api/complaints/${one.caseId}`)).json();
  assert.deepEqual([view.grade?.grade, view.grade?.complaintClass], ['major', 'service']);
  assert.deepEqual(
    view.duties.map(({ duty, dueAt, owedAt, doneAt }) => [duty, dueAt - owedAt, doneAt]),
    [['tell-deputy-manager', HOUR, null]],
  );
  const told = await database.rows<{ post: string }>(sql`
    select a.post from outbox m join assignments a on a.company_id = m.company_id and a.person_id = m.person_id and a.main
    where m.template = 'complaint-duty' and m.data ->> 'caseId' = ${one.caseId}`);
  assert.deepEqual([...new Set(told.map((row) => row.post))], ['deputy-manager']);
  const deputy = await as('deputy-manager');
  assert.equal((await deputy.get(`/api/cases/${one.caseId}`)).statusCode, 200, 'whoever is told may look');

  const id = view.duties[0]?.id ?? '';
  assert.equal((await deputy.post(`/api/complaint-duties/${id}/done`, {})).statusCode, 200);
  assert.equal((await deputy.post(`/api/complaint-duties/${id}/done`, {})).json().error.code, 'duty.done');
  const later: ComplaintView = (await officer.get(`/api/complaints/${one.caseId}`)).json();
  assert.notEqual(later.duties[0]?.doneBy, null);
});

test('a step that is judged at the desk is finished by no plain report', async () => {
  const one = await complain();
  await work(one, await county.actor('control-officer'), 'grade');
  const officer = await as('control-officer');
  const body = {
    seq: await seqOf(one),
    ref: { step: 'grade', caseId: null, round: 1 },
    values: { grade: 'general', complaintClass: 'service' },
  };
  const plain = await officer.post(`/api/orders/${one.orderId}/finish`, body);
  assert.equal(plain.json().error.code, 'case.judged-at-desk');
  const smuggled = await officer.post(`/api/orders/${one.orderId}/finish`, { ...body, judgement: 'grade' });
  assert.equal(smuggled.statusCode, 400);
});

test('the third complaint of one household goes to the leaders and is supervised; the second is important', async () => {
  const householdId = await county.household('city');
  assert.equal((await grade(await complain({ householdId }))).grade, 'general');
  assert.deepEqual(await grade(await complain({ householdId })), {
    grade: 'important',
    reasons: ['grade.repeated'],
  });
  const third = await complain({ householdId });
  await grade(third);
  const view: ComplaintView = (
    await (await as('control-officer')).get(`/api/complaints/${third.caseId}`)
  ).json();
  assert.deepEqual(view.complaints, { count: 3, limit: 3 });
  assert.deepEqual(view.duties.map((one) => one.duty).toSorted(), ['report-repeat', 'tell-department-head']);
  assert.equal(view.supervision, 1);
  assert.equal(view.grade?.grade, 'important', 'R037 supervises; the grade is the grade');
});

test('the same customer is known by his phone and as owner of another household; another class is another matter', async () => {
  const phone = '15400007788';
  assert.equal((await grade(await complain({ contactPhone: phone }))).grade, 'general');
  const written = { contactPhone: '+86 154-0000-7788' };
  assert.deepEqual((await grade(await complain(written))).reasons, ['grade.repeated'], 'the same phone');
  const elsewhere = await grade(await complain({ contactPhone: phone }), { complaintClass: 'outage' });
  assert.deepEqual(elsewhere.reasons, [], 'about another matter');
  assert.deepEqual((await grade(await complain({ contactPhone: '15400007789' }))).reasons, []);

  const [first, second] = await database.rows<{ id: string }>(sql`
    select h.id from households h order by h.account_no desc limit 2`);
  assert.ok(first && second);
  await database.run(sql`
    update households set customer_id = (select f.customer_id from households f where f.id = ${first.id})
    where households.id = ${second.id}`);
  assert.deepEqual((await grade(await complain({ householdId: first.id }))).reasons, []);
  const owner = await grade(await complain({ householdId: second.id }));
  assert.deepEqual(owner.reasons, ['grade.repeated'], 'the same person');
});
