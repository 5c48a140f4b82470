import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { launchBrowser, type TestBrowser } from '#testing/browser.ts';

/**
 * Pictures of what really is there: `npm run screenshots -- --url http://127.0.0.1:8080` against a running demo company.
 * It takes a demand in as the clerk and looks at it as the officer, as a newcomer would.
 */
const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:8080' },
    out: { type: 'string', default: 'docs/pictures' },
  },
});

await mkdir(values.out, { recursive: true });
const browser = await launchBrowser();
try {
  const clerk = await signIn(browser, '综合柜员', 1280);
  await clerk.page.getByLabel('客户怎么说').fill('晚上电压低，空调带不动，问过两次没人来');
  await clerk.page
    .getByRole('button', { name: /低电压/ })
    .first()
    .click();
  await clerk.page.getByRole('combobox', { name: '客户' }).fill('王建');
  await clerk.page.getByRole('option').first().waitFor({ state: 'attached' });
  await clerk.page.keyboard.press('Enter');
  await clerk.page.getByRole('heading', { name: /在办诉求/ }).waitFor();
  await picture(clerk.page, 'intake');
  await clerk.page.keyboard.press('Control+Enter');
  await clerk.page.getByRole('button', { name: '看办理进度' }).click();
  await clerk.page.getByText('现在在这里').waitFor();
  await picture(clerk.page, 'case');
  await wall();
  await clerk.close();
  const phone = await browser.open({ url: `${values.url}/sign-in`, width: 360 });
  await phone.page.getByRole('button').first().waitFor();
  await picture(phone.page, 'sign-in-phone');
  await phone.close();
} finally {
  await browser.close();
}

/** The wall of the hall with people waiting: a screen is let in by the head of the hall, as anywhere. */
async function wall(): Promise<void> {
  const lead = await signIn(browser, '营业厅班长', 1280);
  await lead.page.goto(`${values.url}/devices`);
  await lead.page.getByLabel('名称').fill('东墙');
  await lead.page.getByRole('button', { name: '登记设备' }).click();
  const address = (await lead.page.locator('code').textContent()) ?? '';
  await lead.page.goto(`${values.url}/queue`);
  for (const kind of ['缴费', '业务', '缴费', '关爱优先', '业务', '缴费']) {
    await lead.page.getByRole('group', { name: '取号' }).getByRole('button', { name: kind }).click();
    await lead.page.getByText(/已取 [A-D]\d+/).waitFor();
    await lead.page.locator('main .ant-btn-loading').first().waitFor({ state: 'detached' });
  }
  await lead.page.keyboard.press('F8');
  await lead.page
    .getByText(/等客户来/)
    .first()
    .waitFor();
  await picture(lead.page, 'queue');
  await lead.close();
  const screen = await browser.open({ url: address, width: 1920, dark: true });
  await screen.page.getByText(/数据截至/).waitFor();
  await picture(screen.page, 'wall');
  await screen.close();
}

type Page = Awaited<ReturnType<TestBrowser['open']>>['page'];

async function signIn(from: TestBrowser, post: string, width: number) {
  const opened = await from.open({ url: `${values.url}/sign-in`, width });
  await opened.page.getByRole('button', { name: post }).first().click();
  await opened.page.waitForURL((url) => url.pathname !== '/sign-in');
  return opened;
}

async function picture(page: Page, name: string): Promise<void> {
  await page.evaluate('document.fonts.ready.then(() => true)');
  await page.screenshot({ path: join(values.out, `${name}.png`) });
}
