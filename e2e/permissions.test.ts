import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MINUTE } from '#kernel/instant.ts';
import { acceptCase } from '#modules/case/index.ts';
import { doStep } from '#modules/case/testing/do-step.ts';
import { anIntake } from '#modules/case/testing/small-county.ts';
import { sql } from '#platform/db/sql.ts';
import { axe } from '#testing/browser.ts';
import { runningCompany } from './running-company.ts';

// 待许可: the grid dispatcher sees what waits, sends one sheet back with a reason, permits the other.

const company = await runningCompany(Date.parse('2026-11-23T09:00:00+08:00'));
const { as, base, clock, database, deps, must } = company;
const caller = await company.actor('call-taker');
const dispatcher = await company.actor('dispatcher');
const crew = await company.actor('repair-lead');
const lead = await company.actor('mv-lead');

async function asked() {
  const { id } = await database.one<{ id: string }>(sql`
    select h.id from households h join units u on u.company_id = h.company_id and u.id = h.station_id
    where u.code = 'station-05' order by h.account_no limit 1`);
  const intake = anIntake({
    process: 'repair-medium',
    channel: 'phone',
    householdId: id,
    words: '半个村没电',
  });
  const { orderId } = await must((tx) => acceptCase(tx, deps, caller, intake));
  assert.ok(orderId);
  for (const [step, actor] of [
    ['judge', dispatcher],
    ['dispatch', dispatcher],
    ['accept', crew],
    ['arrive', crew],
    ['survey', lead],
    ['sheet', lead],
  ] as const)
    await doStep(company, orderId, actor, step, step === 'survey' ? { values: { canIsolate: false } } : {});
  const { no } = await database.one<{ no: string }>(sql`
    select c.no from case_orders l join cases c on c.company_id = l.company_id and c.id = l.case_id where l.order_id = ${orderId}`);
  return no;
}

test('what waits stands with its paper and its minutes; refused it goes back, permitted it is out', async () => {
  const [first, second] = [await asked(), await asked()];
  clock.advance(12 * MINUTE);
  const desk = await as('县调');
  await desk.page.goto(`${base}/permissions`);
  const one = desk.page.getByRole('region', { name: first });
  await one.getByText('已等 12 分').waitFor();
  await one.getByText('文抢 2026-1107').waitFor();
  assert.deepEqual(await axe(desk.page), []);
  await one.getByRole('button', { name: '不许可…' }).click();
  await one.getByLabel('不许可的理由').fill('工作地点写得不清楚');
  await one.getByRole('button', { name: '退回，不许可' }).click();
  await desk.page.getByText(/未许可：工作地点写得不清楚/).waitFor();

  const other = desk.page.getByRole('region', { name: second });
  assert.equal(await other.getByRole('button', { name: '记录许可' }).isDisabled(), true);
  await other.getByLabel('对方已逐字复诵，核对无误').check();
  await other.getByRole('button', { name: '记录许可' }).click();
  await desk.page.getByText(/许可，等了 12 分/).waitFor();
  await desk.page.getByText('没有等许可的工作').waitFor();
  await desk.close();
});
