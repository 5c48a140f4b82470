import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acceptCase } from '#modules/case/index.ts';
import { anIntake } from '#modules/case/testing/small-county.ts';
import { sql } from '#platform/db/sql.ts';
import { axe } from '#testing/browser.ts';
import { runningCompany } from './running-company.ts';

// The control-centre officer: a figure opens its cases; from a case he supervises, another department is asked and answers,
// a promise is made and kept track of. And what the accused station sees of its complaint: nothing.

const county = await runningCompany(Date.parse('2026-11-23T10:00:00+08:00'));
const { as, base, database, clock } = county;
const clerk = await county.actor('clerk');

const accept = async (given: Parameters<typeof anIntake>[0]) =>
  await county.must((tx) => acceptCase(tx, county.deps, clerk, anIntake(given)));
const late = await accept({ words: '问电价，催了两次' });
const lead = await county.actor('station-lead');
const complaint = await accept({ process: 'complaint', words: '金丝雀', accusedUnitId: lead.unitId });
clock.advance(3 * 3_600_000);

test('a figure of the board opens exactly its cases', async () => {
  const { page, close } = await as('管控专责');
  await page.waitForURL(/\/board$/);
  const row = page.getByRole('row', { name: /咨询查询/ });
  await row.getByRole('link', { name: '1' }).nth(2).click();
  await page.waitForURL(/due=late/);
  await page.getByText('共 1 条').waitFor();
  await page.getByText(late.no).waitFor();
  assert.deepEqual(await axe(page), []);
  await page.goto(`${base}/board`);
  await page.getByRole('heading', { name: '在谁手里' }).waitFor();
  assert.deepEqual(await axe(page), []);
  await close();
});

test('supervision goes out from the case, is answered in the unit’s own list, and comes back to the page', async () => {
  const officer = await as('管控专责');
  await officer.page.goto(`${base}/cases/${late.caseId}`);
  await officer.page.getByRole('button', { name: '督办' }).click();
  await officer.page.getByRole('combobox', { name: '单位' }).fill('运检');
  await officer.page.getByRole('option').first().waitFor({ state: 'attached' });
  await officer.page.keyboard.press('Enter');
  await officer.page.getByPlaceholder('请对方做什么').fill('三小时没有接单，请说明');
  await officer.page.getByRole('button', { name: '下达督办' }).click();
  await officer.page.getByText('督办 · 三小时没有接单，请说明').waitFor();
  assert.deepEqual(await axe(officer.page), []);

  const engineer = await as('电能质量专责');
  await engineer.page.goto(`${base}/work`);
  await engineer.page.getByRole('tab', { name: /协办与回电 1/ }).click();
  await engineer.page.getByPlaceholder('答复').fill('人员已到岗，下午办结');
  await engineer.page.getByRole('button', { name: '答复', exact: true }).click();
  await engineer.page.getByText('没有别的部门在等您').waitFor();
  await engineer.close();

  await officer.page.getByText('人员已到岗，下午办结').waitFor();
  await officer.close();
});

test('a promise is made on the case and stands in the ledger of commitments', async () => {
  const officer = await as('营销服务专责');
  const { page } = officer;
  await page.goto(`${base}/cases/${late.caseId}`);
  await page.getByRole('button', { name: '作出承诺' }).click();
  await page.getByRole('combobox', { name: '单位' }).fill('营销');
  await page.getByRole('option').first().waitFor({ state: 'attached' });
  await page.keyboard.press('Enter');
  await page.getByLabel('哪天之前').fill('2026-12-01');
  await page.getByPlaceholder('承诺什么').fill('上门讲清峰谷电价');
  await page.getByRole('button', { name: '承诺', exact: true }).click();
  await page.getByRole('heading', { name: '承诺' }).waitFor();
  await page.goto(`${base}/commitments`);
  await page.getByText('上门讲清峰谷电价').waitFor();
  assert.deepEqual(await axe(page), []);
  const { due } = await database.one<{ due: number }>(sql`select m.due_at as due from commitments m`);
  assert.equal(due, Date.parse('2026-12-02T00:00:00+08:00'));
  await officer.close();
});

test('the accused station finds nothing of its complaint: no list, no search, no page', async () => {
  const station = await as('供电所所长');
  const { page } = station;
  await page.goto(`${base}/cases`);
  await page
    .getByText(/共 \d+ 条|没有这样的诉求/)
    .first()
    .waitFor();
  assert.ok(!(await page.content()).includes(complaint.no));
  await page.goto(`${base}/cases/${complaint.caseId}`);
  await page.getByText('没有这一件，或您无权查看').waitFor();
  assert.ok(!(await page.content()).includes('金丝雀'));
  await station.close();
});
