import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { buildApp } from '#app/build-app.ts';
import { smallCounty } from '#modules/case/testing/small-county.ts';
import { readWorkingDays } from '#modules/clock/index.ts';
import { hashPassword } from '#modules/org/index.ts';
import { handbookLibrary } from '#modules/process/index.ts';
import { sql } from '#platform/db/sql.ts';
import { axe, launchBrowser } from '#testing/browser.ts';
import { buildWeb } from './build-web.ts';

// A demand from the counter to the customer's answer, by the people whose posts the handbook names, in a browser.

const county = await smallCounty(Date.now());
await county.database.run(
  sql`update accounts set password_hash = ${await hashPassword('Wendeng-yanshi-2026')}`,
);
const handbook = handbookLibrary();
const posts = (await handbook.active(county.database, county.companyId))?.handbook.posts ?? [];
const app = await buildApp(
  {
    database: county.database,
    handbook,
    days: readWorkingDays(join(import.meta.dirname, '..', 'handbook', 'calendars', 'holiday-cn.json')),
    clockScale: 1,
    secure: false,
    postName: (id) => posts.find((post) => post.id === id)?.name.zh ?? id,
  },
  {
    webFolder: await buildWeb(),
    tls: null,
    trustedProxy: null,
    logError: (error) => assert.fail(String(error)),
  },
);
const base = await app.listen({ port: 0, host: '127.0.0.1' });
const browser = await launchBrowser();
after(async () => {
  await browser.close();
  await app.close();
});

async function as(post: string, width = 1280) {
  const t = await browser.open({ url: `${base}/sign-in`, width });
  await t.page.getByRole('button', { name: post }).first().click();
  await t.page.waitForURL((url) => url.pathname !== '/sign-in');
  return t;
}

test('the clerk takes an inquiry in by words alone, and the officer sees it among his work', async () => {
  const clerk = await as('综合柜员');
  await clerk.page.getByLabel('客户怎么说').fill('请问峰谷电价怎么算');
  await clerk.page.getByRole('button', { name: '业务咨询' }).click();
  assert.deepEqual(await axe(clerk.page), []);
  await clerk.page.getByRole('combobox', { name: '客户' }).fill('天福');
  await clerk.page.getByRole('option').first().waitFor({ state: 'attached' });
  await clerk.page.keyboard.press('Enter');
  await clerk.page.getByRole('heading', { name: '最近诉求' }).waitFor();
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

test('a quick item takes one click', async () => {
  const clerk = await as('综合柜员');
  await clerk.page.getByRole('button', { name: '电费查询' }).click();
  await clerk.page.getByText(/已办结：电费查询，编号 \d{11}/).waitFor();
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
