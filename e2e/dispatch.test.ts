import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR } from '#kernel/instant.ts';
import { acceptCase } from '#modules/case/index.ts';
import { doStep } from '#modules/case/testing/do-step.ts';
import { anIntake } from '#modules/case/testing/small-county.ts';
import { askStandBy, crewsOnDuty } from '#modules/repair/index.ts';
import { sql } from '#platform/db/sql.ts';
import { axe, chooseFirst } from '#testing/browser.ts';
import { runningCompany } from './running-company.ts';

// A fault waits; the dispatcher reads who should go and sends him; the head of the station keeps his points in order, on a phone as well.

const company = await runningCompany(Date.parse('2026-11-23T09:00:00+08:00'));
const { as, base, clock, companyId, database, deps, must } = company;

test('the proposal is sent with a click; the crew is under way, and another one takes a reason', async () => {
  const caller = await company.actor('call-taker');
  const householdId = await company.household('city');
  const intake = anIntake({ process: 'repair-low', channel: 'phone', householdId, words: '家里没电' });
  const { orderId } = await must((tx) => acceptCase(tx, deps, caller, intake));
  await doStep(company, orderId ?? '', await company.actor('dispatcher'), 'judge');
  clock.advance(1000);

  const desk = await as('抢修指挥');
  const { page } = desk;
  await page.goto(`${base}/dispatch`);
  await page.getByRole('heading', { name: '等待派出 1 单' }).waitFor();
  await page.getByText('另外两队').click();
  await page
    .getByText(/整盘代价多/)
    .first()
    .waitFor();
  assert.deepEqual(await axe(page), []);
  await page
    .getByRole('button', { name: /^派 |^跨网格派 / })
    .first()
    .click();
  await page.getByRole('heading', { name: '出勤中 1 队' }).waitFor();
  await page.getByText('没有等待派出的抢修单').waitFor();
  const sent = await database.one<{ holder: string; lead: string }>(sql`
    select t.holder_id as holder, a.lead_id as lead from crew_assignments a
    join tasks t on t.order_id = a.order_id and t.step = 'accept' and t.state = 'open' where a.company_id = ${companyId}`);
  assert.equal(sent.holder, sent.lead);

  await page.getByRole('button', { name: /^改派 / }).click();
  const form = page.getByRole('group', { name: /^改派 / });
  await chooseFirst(page, form.getByRole('combobox', { name: '改派给' }));
  await chooseFirst(page, form.getByRole('combobox', { name: '原因' }));
  assert.deepEqual(await axe(page), []);
  await form.getByRole('button', { name: /^改\s?派$/ }).click();
  await form.waitFor({ state: 'detached' });
  const ended = await database.rows<{ reason: string }>(sql`
    select a.end_reason as reason from crew_assignments a where a.ended_at is not null`);
  assert.deepEqual(ended, [{ reason: 'crew-cannot-come' }]);
  await desk.close();
});

test('an idle crew waits elsewhere until it is asked back', async () => {
  const dispatcher = await company.actor('dispatcher');
  const idle = (await crewsOnDuty(database, companyId, await database.now())).find(
    (crew) => crew.job === null && crew.shift.kind === 'duty',
  );
  const other = await database.one<{ id: string; name: string }>(sql`
    select g.id, g.name from grid_points g where g.id <> ${idle?.point.id ?? ''} order by g.code desc limit 1`);
  const actor = { ...dispatcher, ofCentre: true, mayManage: false };
  await must((tx) => askStandBy(tx, actor, { crewId: idle?.id ?? '', gridPointId: other.id }));
  const desk = await as('抢修指挥');
  const { page } = desk;
  await page.goto(`${base}/dispatch`);
  await page.getByText(`${idle?.name} 去 ${other.name} 待命`).waitFor();
  assert.deepEqual(await axe(page), []);
  await page.getByRole('button', { name: `请回本驻点：${idle?.name}` }).click();
  await page.getByText(`${idle?.name} 去 ${other.name} 待命`).waitFor({ state: 'detached' });
  const { reason } = await database.one<{ reason: string }>(sql`
    select b.end_reason as reason from crew_stand_bys b where b.crew_id = ${idle?.id ?? ''}`);
  assert.equal(reason, 'called-back');
  await desk.close();
});

test('the head of a station refills what runs short and sets a shift, on a phone', async () => {
  const head = await as('供电所所长', 360);
  const { page } = head;
  const point = await database.one<{ id: string; name: string; crew: string }>(sql`
    select g.id, g.name, c.id as crew from grid_points g
    join units u on u.company_id = g.company_id and u.id = g.station_id and u.code = 'station-05'
    join crews c on c.company_id = g.company_id and c.grid_point_id = g.id order by g.code limit 1`);
  await database.run(sql`
    update point_materials set amount = 0 where point_materials.grid_point_id = ${point.id} and point_materials.material = '熔丝'`);
  await page.goto(`${base}/crews?show=short`);
  await page.getByRole('link', { name: point.name }).click();
  await page.getByRole('heading', { name: point.name }).waitFor();
  assert.deepEqual(await axe(page), []);
  await page.getByText('领用、补充、盘点').click();
  await page.getByRole('combobox', { name: '哪种物料' }).first().click();
  await page.keyboard.type('熔丝');
  await page.keyboard.press('Enter');
  await page.getByRole('spinbutton', { name: '数量' }).fill('20');
  await page
    .getByRole('button', { name: /^记\s?下$/ })
    .last()
    .click();
  await page.getByText('最近的领用与补充').waitFor();
  assert.deepEqual(await axe(page), []);
  const { amount } = await database.one<{ amount: number }>(sql`
    select m.amount from point_materials m where m.grid_point_id = ${point.id} and m.material = '熔丝'`);
  assert.equal(amount, 20);

  const before = await database.one<{ until: number }>(sql`
    select max(s.until_at) as until from crew_shifts s where s.crew_id = ${point.crew}`);
  await page.locator('summary', { hasText: '排一班' }).click();
  await page
    .getByLabel('从')
    .first()
    .fill(wall(before.until + 24 * HOUR));
  await page
    .getByLabel('到')
    .first()
    .fill(wall(before.until + 34 * HOUR));
  for (const role of ['工作负责人', '监护人']) {
    await chooseFirst(page, page.getByRole('combobox', { name: role }));
  }
  await page.getByRole('button', { name: '排一班' }).click();
  await page.getByRole('button', { name: '排一班' }).and(page.locator(':not(.ant-btn-loading)')).waitFor();
  const { n } = await database.one<{ n: number }>(sql`
    select count(*) as n from crew_shifts s where s.crew_id = ${point.crew} and s.until_at > to_timestamp(${before.until / 1000})`);
  assert.equal(n, 1);
  await head.close();
});

/** As a field for date and time wants it: wall time in Shanghai. */
function wall(at: number): string {
  return new Date(at + 8 * HOUR).toISOString().slice(0, 16);
}
