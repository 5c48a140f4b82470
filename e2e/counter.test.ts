import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { sql } from '#platform/db/sql.ts';
import { axe } from '#testing/browser.ts';
import { runningCompany, until } from './running-company.ts';

// A demand from the counter to the customer's answer, by the people whose posts the handbook names, in a browser.

const { as, base, database } = await runningCompany();

test('the clerk takes an inquiry in by words alone, and the officer sees it among his work', async () => {
  const clerk = await as('综合柜员');
  await clerk.page.getByLabel('客户怎么说').fill('请问峰谷电价怎么算');
  await clerk.page.getByRole('button', { name: '业务咨询' }).click();
  assert.deepEqual(await axe(clerk.page), []);
  await clerk.page.getByRole('combobox', { name: '客户' }).fill('天福');
  await clerk.page.getByRole('option').first().waitFor({ state: 'attached' });
  await clerk.page.keyboard.press('Enter');
  await clerk.page.getByRole('heading', { name: '在办诉求 0 件' }).waitFor();
  await clerk.page.keyboard.press('Control+Enter');
  await clerk.page.getByText(/已受理，编号 \d{11}/).waitFor();
  await clerk.page.getByRole('button', { name: '看办理进度' }).click();
  await clerk.page.getByText('现在在这里').waitFor();
  await clerk.page.getByText('请问峰谷电价怎么算').waitFor();
  assert.deepEqual(await axe(clerk.page), []);
  await clerk.close();

  const officer = await as('营销服务专责');
  await officer.page.goto(`${base}/work`);
  await officer.page.locator('table a').first().click();
  await officer.page.getByRole('button', { name: '由我办理“接单”' }).click();
  await officer.page.getByRole('button', { name: '完成：接单' }).click();
  await officer.page.getByRole('button', { name: '由我办理“联系客户”' }).waitFor();
  assert.deepEqual(await axe(officer.page), []);
  await officer.close();
});

/** Presses keys and counts them; what is typed as words or searched for is not counted. */
function counted(page: Page) {
  let keys = 0;
  return {
    count: () => keys,
    async press(...pressed: readonly string[]): Promise<void> {
      for (const key of pressed) {
        keys += 1;
        await page.keyboard.press(key);
      }
    },
  };
}

async function findByPalette(
  page: Page,
  press: (key: string) => Promise<void>,
  typed: string,
): Promise<void> {
  await press('Control+k');
  await until(page, `document.activeElement?.getAttribute('aria-controls') === 'palette-list'`);
  await page.keyboard.type(typed);
  await page.getByRole('option').first().waitFor();
  await press('Enter');
  await page.getByRole('heading', { name: /在办诉求/ }).waitFor();
}

test('a quick item takes two keys after the household, and the next customer can begin at once', async () => {
  const clerk = await as('综合柜员');
  const { page } = clerk;
  const keys = counted(page);
  await page.getByLabel('客户怎么说').waitFor();
  await findByPalette(page, (key) => keys.press(key), '天福');
  assert.equal(keys.count(), 2, 'Ctrl+K, two characters, Enter');
  await keys.press('Alt+1', 'Control+Enter');
  await page.getByText(/已办结：电费查询，编号 \d{11}/).waitFor();
  assert.equal(keys.count(), 4);
  const { household_id: household } = await database.one<{ household_id: string | null }>(sql`
    select c.household_id from cases c where c.quick_item = 'bill-query'`);
  assert.notEqual(household, null);
  await until(page, `document.activeElement?.tagName === 'TEXTAREA'`);
  await clerk.close();
});

test('a quick item without a household: three keys at most from a fresh page', async () => {
  const clerk = await as('综合柜员');
  const { page } = clerk;
  const keys = counted(page);
  await page.getByLabel('客户怎么说').waitFor();
  await keys.press('Alt+3', 'Control+Enter');
  await page.getByText(/已办结：发票打印，编号 \d{11}/).waitFor();
  assert.ok(keys.count() <= 3);
  await clerk.close();
});

test('the whole intake without a mouse, five keys beside the words: chip, household into the same draft, acceptance', async () => {
  const clerk = await as('综合柜员');
  const { page } = clerk;
  const keys = counted(page);
  await page.getByLabel('客户怎么说').waitFor();
  await until(page, `document.activeElement?.tagName === 'TEXTAREA'`);
  await page.keyboard.type('家里没电了，邻居都有电');
  await page.getByRole('group', { name: '可能是' }).waitFor();
  await keys.press('Tab', 'Enter');
  await page.getByText('选好客户或“地点属于”后').waitFor();
  await findByPalette(page, (key) => keys.press(key), '天福');
  assert.equal(await page.getByLabel('客户怎么说').inputValue(), '家里没电了，邻居都有电');
  await page.getByText('城区到达现场').waitFor();
  assert.deepEqual(await axe(page), []);
  await keys.press('Control+Enter');
  await page.getByText(/已受理，编号 \d{11}/).waitFor();
  assert.equal(keys.count(), 5);
  await page.getByRole('heading', { name: '我们承诺' }).waitFor();
  await page.getByText(/以上已发短信到 1\d\d\*{4}\d{4}/).waitFor();
  assert.deepEqual(await axe(page), []);
  await keys.press('Control+Enter');
  await page.getByLabel('客户怎么说').waitFor();
  assert.equal(await page.getByLabel('客户怎么说').inputValue(), '');
  await until(page, `document.activeElement?.tagName === 'TEXTAREA'`);

  await page.keyboard.type('下一位的事');
  await findByPalette(page, (key) => keys.press(key), '天福');
  await findByPalette(page, (key) => keys.press(key), '天福');
  await page.getByRole('button', { name: '下一位的事', exact: true }).waitFor();
  assert.equal(
    await page.getByLabel('客户怎么说').inputValue(),
    '',
    'a draft that has its household is left as it is: the next begins',
  );
  await clerk.close();
});

test('a customer who wants mail in English: said once on the strip, and it stays', async () => {
  const clerk = await as('综合柜员');
  const { page } = clerk;
  await page.getByLabel('客户怎么说').waitFor();
  await findByPalette(page, (key) => page.keyboard.press(key), '天福');
  await page.getByText('短信告知，中文').click();
  await page.getByText('邮件', { exact: true }).click();
  await page.getByLabel('邮箱').fill('wang@example.cn');
  await page.getByText('英文', { exact: true }).click();
  assert.deepEqual(await axe(page), []);
  await page.getByRole('button', { name: '记下' }).click();
  await page.getByText('邮件告知，英文 w***@example.cn').waitFor();
  await clerk.close();
});

test('a paper that came later is ticked off from the page of its case, and the receipt prints', async () => {
  const clerk = await as('综合柜员');
  const { page } = clerk;
  await page.getByLabel('客户怎么说').fill('新房子要装电表');
  await page.getByRole('group', { name: '可能是' }).getByRole('button', { name: '低压居民新装' }).click();
  await page.getByText('一次说清，还缺：').waitFor();
  await page.getByRole('combobox', { name: '客户' }).fill('天福');
  await page.getByRole('option').first().waitFor({ state: 'attached' });
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: /在办诉求/ }).waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByText('一次性告知：还需补交').waitFor();
  await page.getByRole('button', { name: '看办理进度' }).click();
  await page.getByRole('button', { name: '回执与资料' }).click();
  await page.getByRole('button', { name: '已收到：产权证明' }).click();
  await page.getByText(/\d\d:\d\d 收到/).waitFor();
  assert.deepEqual(await axe(page), []);
  await page.goto(`${page.url()}/print`);
  await page.getByRole('heading', { name: /受理回执/ }).waitFor();
  assert.equal(await page.getByText('产权证明').count(), 0, 'what has come is not asked for on paper');
  assert.deepEqual(await axe(page), []);
  await clerk.close();
});

test('drafts are parked as tabs and are there after a reload, and the same demand again is offered to join', async () => {
  const clerk = await as('综合柜员');
  const { page } = clerk;
  await page.getByLabel('客户怎么说').fill('电表好像走得太快');
  await page.getByText('草稿已存').waitFor();
  await page.keyboard.press('Control+b');
  await page.getByLabel('客户怎么说').fill('家里还是没电，邻居都有');
  await page.getByText('草稿已存').waitFor();
  await page.reload();
  await page.getByRole('button', { name: '电表好像走得太快', exact: true }).click();
  assert.equal(await page.getByLabel('客户怎么说').inputValue(), '电表好像走得太快');
  await page.getByRole('button', { name: '家里还是没电，邻', exact: true }).click();

  await page.getByRole('group', { name: '可能是' }).getByRole('button').first().click();
  await page.getByRole('combobox', { name: '客户' }).fill('天福');
  await page.getByRole('option').first().waitFor({ state: 'attached' });
  await page.keyboard.press('Enter');
  await page.getByText('这位客户的同一业务还没办结').waitFor();
  assert.deepEqual(await axe(page), []);
  await page.keyboard.press('Control+Enter');
  await page.getByText(/已并入 \d{11}，这是第 1 次再提/).waitFor();
  await page.getByRole('button', { name: '再受理一件' }).click();
  await page.getByRole('button', { name: '扔掉草稿“电表好像走得太快”' }).click();
  await clerk.close();
});

test('the pages hold on a phone and say so when there is nothing to do', async () => {
  const crew = await as('抢修员', 360);
  await crew.page.goto(`${base}/work`);
  await crew.page.getByText('现在没有等您办的事').waitFor();
  assert.deepEqual(await axe(crew.page), []);
  const wide = await crew.page.evaluate<number>('document.documentElement.scrollWidth');
  assert.ok(wide <= 360, `scrolls sideways: ${wide} px`);
  await crew.close();
});
