import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY, HOUR, MINUTE } from '#kernel/instant.ts';
import { darkAlarmLoop } from '#modules/outage/index.ts';
import { timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { axe } from '#testing/browser.ts';
import { runningCompany } from './running-company.ts';

// A planner drafts an outage, the head of operation approves it, the planner announces it and prints the notice; what blocks it is said.
// The alarm of outages that nothing explains is seen and ended.

const county = await runningCompany();
const { as, base, database } = county;
/** What a browser's field for date and time takes, in the business zone. */
const fieldOf = (at: number) => new Date(at + 8 * HOUR).toISOString().slice(0, 16);

test('from the need to the notice: whom it concerns, what blocks it, who was told', async () => {
  const { name } = await database.one<{ name: string }>(sql`
    select d.name from network_devices d
    join network_supplies s on s.company_id = d.company_id and s.transformer_id = d.id
    where d.company_id = ${county.companyId} and not exists (select 1 from network_supplies x
      join households h on h.id = x.household_id and (h.important_grade is not null or h.key_account)
      where x.transformer_id = d.id) and not exists (select 1 from network_supplies x
      join household_flags f on f.household_id = x.household_id where x.transformer_id = d.id)
    group by d.name order by count(*) desc, d.name limit 1`);
  const planner = await as('发展专责');
  const { page } = planner;
  await page.goto(`${base}/outages/plans`);
  await page.getByText('还没有停电计划').waitFor();
  assert.deepEqual(await axe(page), []);
  await page.getByRole('button', { name: '新建计划' }).first().click();
  await page.getByLabel('工作内容').fill('更换台区低压出线开关');
  const from = county.clock.now + 20 * DAY;
  await page.getByLabel('停电时间').fill(fieldOf(from));
  await page.getByLabel('送电时间').fill(fieldOf(from + 5 * HOUR));
  await page.getByRole('combobox', { name: '断开的设备' }).fill(name.slice(0, 8));
  await page
    .getByRole('option', { name: new RegExp(name) })
    .first()
    .waitFor({ state: 'attached' });
  await page.keyboard.press('Enter');
  await page.getByRole('combobox', { name: '断开的设备' }).blur();
  assert.deepEqual(await axe(page), []);
  await page.getByRole('button', { name: /分析影响范围/ }).click();
  await page.getByText(/\d+ 户停电，1 个台区/).waitFor();
  const address = page.url();
  await page.getByRole('button', { name: /^提交/ }).click();
  await page.getByRole('button', { name: '直接审批' }).click();
  await page.getByText(/待审批 ·/).waitFor();
  assert.deepEqual(await axe(page), []);

  await page.goto(`${base}/outages/plans`);
  await page.getByRole('columnheader', { name: '下一时限' }).waitFor();
  await page.getByRole('cell', { name: /^公告.*天/ }).waitFor();
  assert.deepEqual(await axe(page), []);

  const head = await as('部门主任');
  await head.page.goto(address);
  await head.page.getByRole('button', { name: /^批准/ }).click();
  await head.page.getByText(/已批准 ·/).waitFor();
  await head.close();

  await page.goto(address);
  await page.getByText(/已批准 ·/).waitFor();
  await page.getByRole('button', { name: /^公告/ }).click();
  await page.getByRole('button', { name: '确定公告' }).click();
  await page.getByText(/已公告 ·/).waitFor();
  await page.getByRole('link', { name: '全部用户' }).click();
  await page.getByText('收起名单').waitFor();
  assert.deepEqual(await axe(page), []);
  await page.goto(`${address.split('?')[0]}/notice`);
  await page.getByRole('heading', { name: '停电公告' }).waitFor();
  await page.getByText('村居签收单').waitFor();
  assert.deepEqual(await axe(page), []);
  await page.goto(`${base}/outages/plans/notices`);
  await page.getByText('计划停电').waitFor();
  assert.deepEqual(await axe(page), []);
  await planner.close();
});

test('households that nothing explains: a leader finds the alarm before everything else on the page, and ends it', async () => {
  const { companyId, clock, deps } = county;
  const at = timestamp(clock.now - 15 * MINUTE);
  // The area of most households; the plan of the test before is not underway.
  await database.run(sql`
    insert into outage_reports (company_id, id, source, key, says, household_id, meter_id, at, received_at, taken_at, joined)
    select ${companyId}, gen_random_uuid(), 'last_gasp', gen_random_uuid()::text, 'off', s.household_id, s.meter_id, ${at}, ${at},
      ${at}, false
    from network_supplies s where s.company_id = ${companyId} and s.meter_id is not null and s.transformer_id = (
      select b.transformer_id from network_supplies b where b.company_id = ${companyId} and b.meter_id is not null
      group by b.transformer_id order by count(*) desc, b.transformer_id limit 1)`);
  await darkAlarmLoop(database, deps).turn();

  const { page, close } = await as('分管副总');
  await page.goto(`${base}/outages/plans/notices`);
  const alarm = page.getByRole('alert').filter({ hasText: '无计划停电警报' });
  await alarm.getByText(/户停电，没有停电计划、抢修工单和跳闸记录/).waitFor();
  assert.deepEqual(await axe(page), []);
  await alarm.getByRole('button', { name: /已查明/ }).click();
  await alarm.waitFor({ state: 'detached' });
  const { outcome } = await database.one<{ outcome: string }>(sql`
    select a.outcome from dark_alarms a where a.company_id = ${companyId}`);
  assert.equal(outcome, 'found');
  await close();
});
