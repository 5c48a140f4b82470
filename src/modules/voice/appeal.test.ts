import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowsAreTheFold } from '#modules/case/testing/rows-are-the-fold.ts';
import { sql } from '#platform/db/sql.ts';
import type { ComplaintView, LiabilityNotice } from './voice-api.ts';
import { company, complaintDesk, person } from './testing/complaint-desk.ts';

// The appeal of a liable unit, and what its decision changes.

const { database, county, as, seqOf, work, investigated, held } = await complaintDesk();

test('another person decides the appeal; cleared, the unit is told why and is no party any more', async () => {
  const lead = await county.actor('station-lead');
  const one = await investigated({ accusedUnitId: null });
  const { id } = await held(one, lead.unitId);
  const station = await as('station-lead');
  await station.post(`/api/liability-notices/${id}/appeal`, { words: '当日无人在岗，是外包人员' });
  await work(one, person('company', 'deputy-manager'), 'appeal');
  const deputy = await as('deputy-manager');
  const url = `/api/complaints/${one.caseId}/appeal-decision`;
  const decide = async (body: object) =>
    await deputy.post(url, {
      seq: await seqOf(one),
      round: 1,
      result: 'changed',
      liableUnitId: null,
      grounds: '复核属外包队伍',
      ...body,
    });
  const same = await decide({ verdict: 'founded', liability: 'unit' });
  assert.equal(same.json().error.code, 'appeal.nothing-changed');
  const done = await decide({ verdict: 'founded', liability: 'outside' });
  assert.equal(done.statusCode, 200, done.body);

  const [notice] = (await station.get('/api/liability-notices')).json() as LiabilityNotice[];
  assert.deepEqual(
    [notice?.standing, notice?.appeal?.result, notice?.appeal?.grounds],
    [false, 'changed', '复核属外包队伍'],
  );
  const view: ComplaintView = (await deputy.get(`/api/complaints/${one.caseId}`)).json();
  assert.deepEqual(
    view.verdicts.map(({ liability, liableUnit, standing }) => [liability, liableUnit, standing]),
    [
      ['outside', null, true],
      ['unit', company.units.byCode('station-05').name, false],
    ],
  );
  assert.deepEqual(view.keptAway, []);
});

test('an appeal moves the liability to another unit: one sees it as before, the other keeps away, is told, and may appeal', async () => {
  const lead = await county.actor('station-lead');
  const marketing = await county.actor('marketing-head');
  const one = await investigated();
  const { id } = await held(one, lead.unitId);
  await database.run(sql`
    insert into case_access (company_id, unit_id, case_id, since)
    select ${county.companyId}, ${lead.unitId}, ${one.caseId}, to_timestamp(0)`);
  const station = await as('station-lead');
  const head = await as('marketing-head');
  const page = `/api/cases/${one.caseId}`;
  assert.deepEqual([(await station.get(page)).statusCode, (await head.get(page)).statusCode], [404, 200]);
  await station.post(`/api/liability-notices/${id}/appeal`, { words: '电费口径由营销部解释' });
  await work(one, person('company', 'deputy-manager'), 'appeal');
  const deputy = await as('deputy-manager');
  const decide = async (body: object) =>
    await deputy.post(`/api/complaints/${one.caseId}/appeal-decision`, {
      round: 1,
      seq: await seqOf(one),
      result: 'changed',
      verdict: 'founded',
      liability: 'unit',
      grounds: '口径由营销部发布，站所照此执行',
      ...body,
    });
  const same = await decide({ liableUnitId: lead.unitId });
  assert.equal(same.json().error.code, 'appeal.nothing-changed');
  assert.equal(
    (await decide({ liableUnitId: county.companyId })).json().error.code,
    'complaint.unit-unknown',
  );
  const done = await decide({ liableUnitId: marketing.unitId });
  assert.equal(done.statusCode, 200, done.body);

  assert.deepEqual([(await station.get(page)).statusCode, (await head.get(page)).statusCode], [200, 404]);
  const open = await database.rows<{ step: string; code: string }>(sql`
    select t.step, u.code from tasks t join units u on u.id = t.unit_id
    where t.order_id = ${one.orderId} and t.state = 'open' and t.step = 'remedy'`);
  assert.deepEqual(
    open,
    [{ step: 'remedy', code: 'control-centre' }],
    'the liable unit puts nothing right itself',
  );
  const [notice] = (await head.get('/api/liability-notices')).json() as LiabilityNotice[];
  assert.deepEqual([notice?.standing, notice?.mayNot, notice?.appeal], [true, null, null]);
  const [old] = (await station.get('/api/liability-notices')).json() as LiabilityNotice[];
  assert.deepEqual([old?.standing, old?.appeal?.result], [false, 'changed']);

  const again = await head.post(`/api/liability-notices/${notice?.id}/appeal`, { words: '口径没有错' });
  assert.equal(again.statusCode, 200, again.body);
  const waiting = await database.rows<{ round: number; code: string }>(sql`
    select t.round, u.code from tasks t join units u on u.id = t.unit_id
    where t.order_id = ${one.orderId} and t.state = 'open' and t.step = 'appeal'`);
  assert.deepEqual(waiting, [{ round: 2, code: 'leading-group' }]);
  await rowsAreTheFold(county);
});
