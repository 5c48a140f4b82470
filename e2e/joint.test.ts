import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acceptCase } from '#modules/case/index.ts';
import { anIntake } from '#modules/case/testing/small-county.ts';
import { sql } from '#platform/db/sql.ts';
import { axe } from '#testing/browser.ts';
import { runningCompany } from './running-company.ts';

// Work that no department takes by itself: an order that is returned (退单), and departments called together (会商).

const county = await runningCompany(Date.parse('2026-11-23T10:00:00+08:00'));
const { as, base, database, clock } = county;
const clerk = await county.actor('clerk');
const accept = async (given: Parameters<typeof anIntake>[0]) =>
  await county.must((tx) => acceptCase(tx, county.deps, clerk, anIntake(given)));

test('退单: the receiving department returns an order with reason and words, once; the control centre has it then', async () => {
  const returned = await accept({ words: '问的是路灯，不归我们' });
  const officer = await as('营销服务专责');
  await officer.page.goto(`${base}/cases/${returned.caseId}`);
  await officer.page.getByText('退单', { exact: true }).click();
  await officer.page.getByRole('combobox', { name: '退单情形' }).click();
  await officer.page.keyboard.press('ArrowDown');
  await officer.page.keyboard.press('ArrowDown');
  await officer.page.keyboard.press('Enter');
  await officer.page.getByText('非供电业务').first().waitFor();
  await officer.page.getByPlaceholder('说明').fill('路灯归市政管理处');
  assert.deepEqual(await axe(officer.page), []);
  await officer.page.getByRole('button', { name: '确认退单' }).click();
  await officer.page.getByRole('button', { name: '确认退单' }).waitFor({ state: 'detached' });
  const [event] = await database.rows<{ reason: string; code: string; body: string }>(sql`
    select e.data ->> 'reason' as reason, u.code, x.body from order_events e
    join tasks t on t.order_id = e.stream_id and t.state = 'open' join units u on u.id = t.unit_id
    join case_texts x on x.id = (e.data -> 'textIds' ->> 0)::uuid
    where e.stream_id = ${returned.orderId} and e.type = 'task.rejected'`);
  assert.deepEqual(event, {
    reason: 'not-utility-business',
    code: 'control-centre',
    body: '路灯归市政管理处',
  });
  await officer.close();

  const control = await as('管控专责');
  await control.page.goto(`${base}/cases/${returned.caseId}`);
  await control.page.getByText('退单').first().waitFor();
  await control.page.goto(`${base}/work`);
  await control.page.getByRole('link', { name: returned.no }).waitFor();
  await control.close();
});

test('会商 from a row of the board: called, decided, in the unit’s own list and on the case', async () => {
  const late = await accept({ process: 'quality-low-voltage', area: 'rural', words: '电压低，改造没人管' });
  clock.advance(9 * 24 * 3_600_000);
  const officer = await as('管控专责');
  await officer.page.goto(`${base}/board`);
  await officer.page.getByRole('link', { name: '会商 停送电管理' }).click();
  await officer.page.getByRole('checkbox', { name: late.no }).waitFor();
  assert.deepEqual(await axe(officer.page), []);
  await officer.page.getByRole('combobox', { name: '请哪些单位' }).fill('运检');
  await officer.page.getByRole('option').first().waitFor({ state: 'attached' });
  await officer.page.keyboard.press('Enter');
  await officer.page.keyboard.press('Escape');
  await officer.page.getByLabel('什么时间').fill('2026-12-03T09:30');
  await officer.page.getByLabel('要定下什么').fill('台区改造由谁牵头，何时完成');
  await officer.page.getByRole('button', { name: '召集会商' }).click();
  await officer.page.waitForURL(/\/meetings$/);
  await officer.page.getByText('台区改造由谁牵头，何时完成').waitFor();
  await officer.page.getByRole('button', { name: '记录决定' }).click();
  await officer.page.getByRole('combobox', { name: '由谁办' }).fill('运检');
  await officer.page.keyboard.press('Enter');
  await officer.page.getByLabel('何时前').fill('2026-12-20');
  await officer.page.getByPlaceholder('决定什么').fill('先换大变压器，本周报方案');
  assert.deepEqual(await axe(officer.page), []);
  await officer.page.getByRole('button', { name: '记下决定' }).click();
  await officer.page.getByText(/已开/).waitFor();
  await officer.page.goto(`${base}/cases/${late.caseId}`);
  await officer.page.getByText('会商决定 · 先换大变压器，本周报方案').waitFor();
  await officer.close();

  const engineer = await as('电能质量专责');
  await engineer.page.goto(`${base}/work`);
  await engineer.page.getByRole('tab', { name: /协办与回电 1/ }).click();
  await engineer.page.getByText(/会商决定/).waitFor();
  await engineer.close();
});

test('督办 from a row goes to whoever has each case', async () => {
  const officer = await as('管控专责');
  await officer.page.goto(`${base}/board`);
  await officer.page.getByRole('link', { name: '督办 停送电管理' }).click();
  await officer.page.getByLabel('要答复什么').fill('超时原因，今天说明');
  await officer.page.getByRole('button', { name: '督办' }).click();
  await officer.page.getByText(/已督办 1 件/).waitFor();
  assert.deepEqual(await axe(officer.page), []);
  await officer.close();
});
