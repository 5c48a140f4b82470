import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR } from '#kernel/instant.ts';
import { sql } from '#platform/db/sql.ts';
import type { ComplaintView, LiabilityNotice } from './voice-api.ts';
import { company, complaintDesk, FOUNDED, GROUNDS, inspectionHead, WORDS } from './testing/complaint-desk.ts';

// Who judges, who must not, and what the liable unit is told.

const { county, database, companyId, clock, as, seqOf, investigated, held } = await complaintDesk();

test('who investigated does not judge, nor does who belongs to a unit concerned, nor anybody his own unit', async () => {
  const one = await investigated();
  const judge = await as('inspection-head');
  const lead = await county.actor('station-lead');
  const url = `/api/complaints/${one.caseId}/verdict`;
  const verdict = async (body: object) => {
    const answer = await judge.post(url, { ...FOUNDED, seq: await seqOf(one), liableUnitId: null, ...body });
    return answer.statusCode === 200 ? 'given' : answer.json().error.code;
  };
  assert.equal(await verdict({}), 'complaint.unit-missing');
  assert.equal(await verdict({ liability: null }), 'complaint.liability-missing');
  assert.equal(
    await verdict({ verdict: 'unfounded', liableUnitId: lead.unitId }),
    'complaint.unfounded-liable',
  );
  assert.equal(await verdict({ liableUnitId: inspectionHead.unitId }), 'complaint.judge-concerned');
  assert.equal(await verdict({ liableUnitId: companyId }), 'complaint.unit-unknown');
  assert.equal(
    await verdict({ liableUnitId: lead.unitId, grounds: '与于秀兰争吵' }),
    'complaint.grounds-name-customer',
  );
  // The head investigates himself: then he does not judge.
  await database.run(sql`
    update tasks set ended_by = ${inspectionHead.personId} where tasks.order_id = ${one.orderId} and tasks.step = 'investigate'`);
  assert.equal(await verdict({ liableUnitId: lead.unitId }), 'complaint.same-person');
  const view: ComplaintView = (await judge.get(`/api/complaints/${one.caseId}`)).json();
  assert.deepEqual(
    view.judgements.map(({ judgement, mayJudge, reason }) => [judgement, mayJudge, reason]),
    [['verdict', false, 'complaint.same-person']],
  );
  assert.deepEqual(view.verdicts, []);
});

test('the liable unit gets what an appeal needs and nothing of who complained; then it appeals once', async () => {
  const lead = await county.actor('station-lead');
  const one = await investigated({
    householdId: await county.household('city'),
    contactPhone: '13806310001',
  });
  const before = (await (await as('station-lead')).get('/api/cases')).body;
  const verdict = await held(one, lead.unitId);
  assert.equal(verdict.mayAppeal, true);

  const station = await as('station-lead');
  const answer = await station.get('/api/liability-notices');
  const [notice] = answer.json() as LiabilityNotice[];
  assert.deepEqual(notice, {
    id: verdict.id,
    complaintClass: 'service',
    verdict: 'founded',
    liability: 'unit',
    unit: company.units.byCode('station-05').name,
    grounds: GROUNDS,
    givenAt: notice?.givenAt,
    standing: true,
    mayNot: null,
    appeal: null,
  });
  const secrets = [one.caseId, one.orderId, one.no, '于秀兰', '13806310001', WORDS, inspectionHead.personId];
  for (const secret of secrets) assert.equal(answer.body.includes(secret), false, secret);
  const bell = await database.rows<{ data: object; personId: string }>(sql`
    select m.data, m.person_id as "personId" from outbox m where m.template = 'liability-notice'`);
  assert.deepEqual(bell, [{ data: {}, personId: lead.personId }]);
  for (const url of [`/api/cases/${one.caseId}`, `/api/complaints/${one.caseId}`])
    assert.notEqual((await station.get(url)).statusCode, 200, url);
  assert.equal((await station.get('/api/cases')).body, before, 'no list of it changed');
  assert.deepEqual(
    (await (await as('hall-lead')).get('/api/liability-notices')).json(),
    [],
    'another unit has none',
  );
  assert.equal((await (await as('clerk')).get('/api/liability-notices')).statusCode, 403);

  const url = `/api/liability-notices/${verdict.id}/appeal`;
  assert.equal((await (await as('hall-lead')).post(url, { words: '我们不服' })).statusCode, 404);
  assert.equal((await station.post(url, { words: '录音不完整，客户先动手' })).statusCode, 200);
  assert.equal((await station.post(url, { words: '再申诉' })).json().error.code, 'appeal.twice');
  const [later] = (await station.get('/api/liability-notices')).json() as LiabilityNotice[];
  assert.deepEqual([later?.mayNot, later?.appeal?.words], ['appeal.twice', '录音不完整，客户先动手']);
  const open = await database.rows<{ step: string; code: string }>(sql`
    select t.step, u.code from tasks t join units u on u.id = t.unit_id
    where t.order_id = ${one.orderId} and t.state = 'open' and t.step in ('appeal', 'remedy') order by t.step`);
  assert.deepEqual(open, [
    { step: 'appeal', code: 'leading-group' },
    { step: 'remedy', code: 'marketing' },
  ]);
  const paused = await database.one<{ n: number }>(sql`
    select count(*) as n from clocks k where k.order_id = ${one.orderId} and k.state = 'paused'`);
  assert.equal(paused.n, 0, 'an appeal pauses nothing');
});

test('no work and no question of a complaint goes to who keeps away from it', async () => {
  const lead = await county.actor('station-lead');
  const one = await investigated();
  await held(one, lead.unitId);
  const officer = await as('control-officer');
  const crew = company.units.byCode('crew-05').id;
  const refusals = [];
  for (const unitId of [lead.unitId, crew]) {
    const question = { kind: 'joint', unitId, question: '请说明当日情况', hours: 4 };
    const promised = { words: '上门致歉', unitId, dueAt: clock.now + HOUR };
    for (const [path, body] of [
      ['ask', question],
      ['commitments', promised],
    ] as const) {
      const answer = await officer.post(`/api/cases/${one.caseId}/${path}`, body);
      refusals.push(answer.json().error?.code ?? answer.body);
    }
  }
  assert.deepEqual(refusals, ['joint.accused', 'commitment.accused', 'joint.accused', 'commitment.accused']);
});

test('what was found true stays a complaint', async () => {
  const one = await investigated();
  await held(one, (await county.actor('station-lead')).unitId);
  const officer = await as('control-officer');
  const asked = await officer.post(`/api/complaints/${one.caseId}/reclassify`, {
    to: 'YJ',
    reason: '影响指标',
  });
  assert.equal(asked.json().error.code, 'reclassification.judged');
});
