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
  await clerk.close();
  const phone = await browser.open({ url: `${values.url}/sign-in`, width: 360 });
  await picture(phone.page, 'sign-in-phone');
  await phone.close();
} finally {
  await browser.close();
}

type Page = Awaited<ReturnType<TestBrowser['open']>>['page'];

async function signIn(from: TestBrowser, post: string, width: number) {
  const opened = await from.open({ url: `${values.url}/sign-in`, width });
  await opened.page.getByRole('button', { name: post }).first().click();
  await opened.page.waitForURL((url) => url.pathname !== '/sign-in');
  return opened;
}

async function picture(page: Page, name: string): Promise<void> {
  await page.waitForFunction(`document.fonts.status === 'loaded'`);
  await page.screenshot({ path: join(values.out, `${name}.png`) });
}
