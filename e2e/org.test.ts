import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe } from '#testing/browser.ts';
import { runningCompany } from './running-company.ts';

// A new colleague, from his staff number to his first page, by the hands of both administrators and his own.

const { as, base, browser } = await runningCompany();

test('a new colleague: person, account, code, password, role, and in', async () => {
  const administrator = await as('系统管理员');
  const { page } = administrator;
  await page.getByRole('button', { name: '添加人员' }).click();
  await page.getByLabel('工号').fill('T9001');
  await page.getByLabel('姓名').fill('郑新来');
  const form = page.getByRole('form', { name: '新人员' });
  await choose(page, form.getByRole('combobox', { name: '单位' }), '城区营业厅');
  await choose(page, form.getByRole('combobox', { name: '岗位' }), '综合柜员');
  assert.deepEqual(await axe(page), []);
  await form.getByRole('button', { name: '添加人员' }).click();
  await page.getByRole('heading', { name: '郑新来' }).waitFor();
  await page.getByRole('textbox', { name: '账号' }).fill('zhengxinlai');
  await page.getByRole('button', { name: '开账号' }).click();
  await page.getByText('当面交给本人').waitFor();
  const code = (await page.getByText(/^([A-Z2-9]{5}-){3}[A-Z2-9]{5}$/).textContent()) ?? '';
  assert.deepEqual(await axe(page), []);
  const person = page.url();
  await administrator.close();

  const phone = await browser.open({ url: `${base}/code`, width: 360 });
  await phone.page.getByLabel('一次性口令', { exact: true }).fill(code.toLowerCase());
  await phone.page.getByLabel('新密码', { exact: true }).fill('Xinlai-2026-zheng');
  await phone.page.getByLabel('再输一遍新密码').fill('Xinlai-2026-zheng');
  assert.deepEqual(await axe(phone.page), []);
  await phone.page.getByRole('button', { name: '设密码' }).click();
  await phone.page.getByText('您的账号是 zhengxinlai').waitFor();
  await phone.close();

  const security = await as('安全管理员');
  await security.page.goto(person);
  await choose(security.page, security.page.getByRole('combobox', { name: '角色' }), '综合柜员');
  await security.page.getByRole('button', { name: '授予角色' }).click();
  await security.page.getByRole('button', { name: '收回角色：综合柜员' }).waitFor();
  assert.deepEqual(await axe(security.page), []);
  await security.close();

  const he = await browser.open({ url: `${base}/sign-in` });
  await he.page.getByRole('textbox', { name: '账号' }).fill('zhengxinlai');
  await he.page.getByLabel('密码').fill('Xinlai-2026-zheng');
  await he.page.keyboard.press('Enter');
  await he.page.getByLabel('客户怎么说').waitFor();
  await he.close();
});

test('people are found by what one types; a role of another administrator is refused in words', async () => {
  const security = await as('安全管理员');
  const { page } = security;
  await page.getByRole('row').nth(5).waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('auditor');
  await page.getByText('共 2 条').waitFor();
  await page.getByRole('row', { name: /审计员/ }).click();
  await page.getByRole('heading', { name: '角色' }).waitFor();
  await choose(page, page.getByRole('combobox', { name: '角色' }), '系统管理员');
  await page.getByRole('button', { name: '授予角色' }).click();
  await page
    .getByRole('alert')
    .getByText(/各自独立/)
    .waitFor();
  await security.close();
});

test('units: the tree, a new one, its name corrected; nothing for axe at a desk and on a phone', async () => {
  const administrator = await as('系统管理员');
  const { page } = administrator;
  await page.getByRole('link', { name: '单位', exact: true }).click();
  await page.getByRole('button', { name: '添加单位' }).click();
  await page.getByLabel('名称', { exact: true }).fill('开发区供电所');
  await page.getByLabel('英文名称').fill('Development Zone Station');
  await page.getByLabel('代码').fill('station-21');
  await page.getByRole('form', { name: '添加单位' }).getByRole('button', { name: '添加单位' }).click();
  await page.getByRole('button', { name: '改开发区供电所' }).click();
  await page.getByLabel('电话').fill('0631-8450000');
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByText('0631-8450000').waitFor();
  await page.getByRole('button', { name: '撤销城区营业厅' }).click();
  await page
    .getByRole('alert')
    .getByText(/请先调走/)
    .waitFor();
  assert.deepEqual(await axe(page), []);
  await page.setViewportSize({ width: 360, height: 780 });
  assert.equal(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true);
  assert.deepEqual(await axe(page), []);
  await administrator.close();
});

test('everybody sees and ends his own sessions', async () => {
  const officer = await as('管控专责');
  await officer.page.goto(`${base}/sessions`);
  await officer.page.getByText('就是这里').waitFor();
  assert.equal(await officer.page.getByRole('heading', { name: '全公司在线' }).count(), 0);
  assert.deepEqual(await axe(officer.page), []);
  await officer.close();
});

type Page = Awaited<ReturnType<typeof as>>['page'];

/** Chooses by keyboard, as one does. */
async function choose(page: Page, box: ReturnType<Page['getByRole']>, option: string): Promise<void> {
  await box.click();
  await page.keyboard.type(option);
  await page.keyboard.press('Enter');
}
