import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acceptCase, pauseWithNote } from '#modules/case/index.ts';
import { anIntake } from '#modules/case/testing/small-county.ts';
import { sql } from '#platform/db/sql.ts';
import { axe, chooseFirst } from '#testing/browser.ts';
import { runningCompany } from './running-company.ts';

// A deadline is looked into, paused and resumed on the page of its case; a holiday notice is pasted, checked and imported.

const county = await runningCompany();
const { as, base, database, clock } = county;

test('a deadline opens like a bank statement; a customer’s wish moves it, and resuming brings it back', async () => {
  const clerk = await county.actor('clerk');
  const householdId = await county.household('city');
  const intake = anIntake({ process: 'meter-fault', householdId, words: '表不走了' });
  const { caseId } = await county.must((tx) => acceptCase(tx, county.deps, clerk, intake));
  const due = async () =>
    (
      await database.one<{ due: number }>(sql`
        select k.due_at as due from clocks k where k.case_id = ${caseId} and k.role = 'promise' limit 1`)
    ).due;
  const before = await due();

  const officer = await as('营销服务专责');
  const { page } = officer;
  await page.goto(`${base}/cases/${caseId}`);
  await page.getByText('怎么算的').first().click();
  await page.getByRole('region', { name: '时限账单' }).waitFor();
  await page.getByText('暂停计时…').click();
  await chooseFirst(page, page.getByRole('combobox', { name: '情形' }));
  await chooseFirst(page, page.getByRole('combobox', { name: '依据' }));
  await page.getByRole('combobox', { name: '依据' }).blur();
  const inTenDays = new Date(clock.now + (10 * 24 + 8) * 3_600_000).toISOString().slice(0, 16);
  await page.locator('input[type="datetime-local"]').last().fill(inTenDays);
  await page.getByPlaceholder('谁、何时、怎么说的').fill('客户出差，十天后在家');
  await page.getByRole('button', { name: '暂停计时' }).click();
  await page.getByText('客户要求改期 · 有效').waitFor();
  assert.ok((await due()) > before);
  assert.deepEqual(await axe(page), []);
  await page.getByRole('button', { name: '恢复计时' }).click();
  await page.getByRole('button', { name: '恢复计时' }).waitFor({ state: 'detached' });
  assert.equal(await due(), before);
  await officer.close();
});

test('a pause in repair that stands until approved is decided by somebody else, from his list', async () => {
  const clerk = await county.actor('clerk');
  const householdId = await county.household('rural');
  const intake = anIntake({ process: 'repair-low', householdId, words: '没电了' });
  const { orderId } = await county.must((tx) => acceptCase(tx, county.deps, clerk, intake));
  const task = await database.one<{ unit_id: string; post: string; person_id: string }>(sql`
    select t.unit_id, t.post, a.person_id from tasks t
    join assignments a on a.unit_id = t.unit_id and a.post = t.post
    where t.order_id = ${orderId} and t.state = 'open' order by t.ready_at, a.person_id desc limit 1`);
  const crew = { ...clerk, personId: task.person_id, unitIds: [task.unit_id], posts: [task.post] };
  const unsafe = {
    seq: 1,
    reason: 'unsafe',
    evidence: 'photo',
    until: null,
    note: '雷暴，无法登杆',
  } as const;
  await county.must((tx) => pauseWithNote(tx, county.deps, crew, orderId ?? '', unsafe));

  const officer = await as('管控专责');
  const { page } = officer;
  await page.goto(`${base}/work`);
  await page.getByRole('tab', { name: '待批暂停 1' }).click();
  await page.getByText('雷暴，无法登杆').waitFor();
  assert.deepEqual(await axe(page), []);
  await page.getByRole('button', { name: '同意', exact: true }).click();
  await page.getByText('没有等您答复的暂停').waitFor();
  const { state } = await database.one<{ state: string }>(
    sql`select p.state from clock_pauses p where p.order_id = ${orderId}`,
  );
  assert.equal(state, 'standing');
  await officer.close();
});

test('a pasted notice names its fault, shows each day, and counts once it is imported', async () => {
  const year = new Date(clock.now).getUTCFullYear() + 1;
  const weekday = '日一二三四五六'[new Date(Date.UTC(year, 0, 1)).getUTCDay()] ?? '';
  const other = weekday === '一' ? '二' : '一';
  const notice = `国务院办公厅关于${year}年部分节假日安排的通知\n一、元旦：1月1日（周${weekday}）放假，共1天。`;
  const officer = await as('管控专责');
  const { page } = officer;
  await page.goto(`${base}/clocks`);
  await page.getByLabel('通知全文').fill(notice.replace(`（周${weekday}）`, `（周${other}）`));
  await page.getByText(`${year}-01-01 不是星期${other}`).waitFor();
  await page.getByLabel('通知全文').fill(notice);
  await page.getByText(`${year} 年：放假 1 天，调休上班 0 天。请逐日核对：`).waitFor();
  await page.getByLabel('文号或网址').fill('国办发明电〔试〕1号');
  await page.getByRole('button', { name: `导入 ${year} 年并重算未办结时限` }).click();
  await page.getByText('本公司导入').waitFor();
  await page.getByText(`导入 ${year} 年放假安排`).waitFor();
  assert.deepEqual(await axe(page), []);
  await officer.close();

  const phone = await as('管控专责', 360);
  await phone.page.goto(`${base}/clocks`);
  await phone.page.getByText(`导入 ${year} 年放假安排`).waitFor();
  // A long page can be scrolled on a phone: what lies above can be clicked.
  await phone.page.getByText(`导入 ${year} 年放假安排`).click();
  await phone.page.getByLabel('通知全文').click();
  assert.deepEqual(await axe(phone.page), []);
  await phone.close();
});
