import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, MINUTE } from '#kernel/instant.ts';
import { acceptCase } from '#modules/case/index.ts';
import { doStep, tryStep } from '#modules/case/testing/do-step.ts';
import { anIntake } from '#modules/case/testing/small-county.ts';
import { sql } from '#platform/db/sql.ts';
import { axe, chooseFirst } from '#testing/browser.ts';
import { runningCompany } from './running-company.ts';

// A repair on the case page: entered for the crew, staged, and the customer called as often as the rules let one.

const company = await runningCompany(Date.parse('2026-11-23T09:00:00+08:00'));
const { as, base, clock, database, deps, must } = company;
const caller = await company.actor('call-taker');
const dispatcher = await company.actor('dispatcher');
const crew = await company.actor('repair-lead');

async function aFault() {
  const { id } = await database.one<{ id: string }>(sql`
    select h.id from households h join units u on u.company_id = h.company_id and u.id = h.station_id
    where u.code = 'station-05' order by h.account_no limit 1`);
  const words = '家里没电，左邻右舍都没有';
  const intake = anIntake({ process: 'repair-low', channel: 'phone', householdId: id, words });
  const { caseId, orderId } = await must((tx) => acceptCase(tx, deps, caller, intake));
  assert.ok(orderId);
  for (const step of ['judge', 'dispatch']) await doStep(company, orderId, dispatcher, step);
  return { caseId, orderId };
}

test('a dispatcher enters for the crew when it left; the crew writes down the groups that have their supply back', async () => {
  const { caseId } = await aFault();
  clock.advance(4 * MINUTE);
  const desk = await as('抢修指挥');
  await desk.page.goto(`${base}/cases/${caseId}`);
  await desk.page.getByText('替现场人员录入：接单出发').click();
  const form = desk.page.locator('details', { hasText: '替现场人员录入：接单出发' });
  await form.getByText('不是现在发生的，或替人录入').waitFor();
  assert.ok(await form.getByRole('button', { name: '完成：接单出发' }).isDisabled());
  await chooseFirst(desk.page, form.getByRole('combobox', { name: '替谁录入（代录）' }));
  await form.getByRole('combobox', { name: '为什么代录' }).waitFor();
  assert.deepEqual(await axe(desk.page), []);
  await form.getByRole('button', { name: '完成：接单出发' }).click();
  await desk.page.getByText(/代 .+ 录入：现场没有信号/).waitFor();
  await desk.close();

  const lead = await as('抢修班长', 360, 'zh', 1);
  await lead.page.goto(`${base}/cases/${caseId}`);
  await lead.page.getByRole('heading', { name: '分批复电' }).waitFor();
  await lead.page.getByText('加一批客户').click();
  await lead.page.getByLabel('客户组（台区、分支、楼栋）').fill('1 号台区');
  await lead.page.getByLabel('户数').fill('42');
  await lead.page.getByRole('button', { name: /^加\s?上$/ }).click();
  await lead.page.getByText('42 户').waitFor();
  await lead.page.getByRole('button', { name: '由我办理“到达现场”' }).click();
  await lead.page.getByLabel('现场照片或定位').check();
  assert.deepEqual(await axe(lead.page), []);
  await lead.close();
});

test('a call that nobody answers stays to be made, and the page says from when', async () => {
  const { caseId, orderId } = await aFault();
  for (const step of ['accept', 'contact', 'arrive']) await doStep(company, orderId, crew, step);
  const worker = await company.actor('repair-worker');
  for (const [step, actor] of [
    ['survey', worker],
    ['safe', crew],
    ['fix', worker],
    ['restore', crew],
    ['reply', crew],
    ['review', dispatcher],
    ['inform', caller],
  ] as const)
    await doStep(company, orderId, actor, step);
  await tryStep(company, orderId, caller, 'callback', { values: { callBackResult: 'no-answer' } });
  clock.advance(HOUR);
  const call = await as('坐席');
  await call.page.goto(`${base}/cases/${caseId}`);
  await call.page.getByText(/第 1 次 .+没人接/).waitFor();
  await call.page.getByText(/以后再拨/).waitFor();
  assert.deepEqual(await axe(call.page), []);
  await chooseFirst(call.page, call.page.getByRole('combobox', { name: '回访结果' }));
  await call.page.getByRole('button', { name: '完成：回访' }).click();
  await call.page.getByText('离上次不到两小时，请晚些再拨').waitFor();
  await call.close();
});
