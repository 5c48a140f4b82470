import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, launchBrowser, type TestBrowser } from '#testing/browser.ts';
import { buildKit } from './build-web.ts';
import { type FixtureServer, startFixtureServer } from './fixture-server.ts';

let browser: TestBrowser;
let server: FixtureServer;

before(async () => {
  server = await startFixtureServer(await buildKit(), {});
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  await server.close();
});

test('axe finds nothing in any part of the kit, from phone to desk, and nothing scrolls the page sideways', async () => {
  for (const width of [360, 1280]) {
    const opened = await browser.open({ url: server.url, width });
    await opened.page.getByRole('grid').waitFor();
    await opened.page.getByText('看时限怎么算的').click();
    assert.deepEqual(await axe(opened.page), [], `${width} px`);
    const wide = await opened.page.evaluate('document.documentElement.scrollWidth - innerWidth');
    assert.ok(Number(wide) <= 0, `${width} px: ${wide} px too wide`);
    await opened.close();
  }
});

test('a list of ten thousand rows draws only those in sight, and j k Enter / work in it', async () => {
  const opened = await browser.open({ url: server.url });
  const { page } = opened;
  await page.getByRole('grid').waitFor();
  await page.getByText('超过 10,000 条').waitFor();
  assert.ok((await page.getByRole('row').count()) < 60, 'virtual rows');

  for (const key of ['j', 'j', 'k', 'Enter']) await page.keyboard.press(key);
  assert.equal(await page.locator('[aria-selected=true]').getAttribute('aria-rowindex'), '3');
  assert.deepEqual(await axe(page), []);

  await page.keyboard.press('/');
  await page.keyboard.type('jk');
  assert.equal(await page.getByLabel('筛选').inputValue(), 'jk');
  await opened.close();
});

test('Ctrl+Enter does the primary action; a refused action does nothing and tells why', async () => {
  const opened = await browser.open({ url: server.url });
  const { page } = opened;
  await page.getByRole('grid').waitFor();
  await page.getByRole('button', { name: '退回' }).click({ force: true });
  assert.equal(await page.locator('[aria-selected=true]').count(), 0);
  await page.getByText('已有实测值').waitFor();

  await page.keyboard.press('Control+Enter');
  assert.equal(await page.locator('[aria-selected=true]').getAttribute('aria-rowindex'), '5');
  await opened.close();
});

test('a masked field opens only with a reason', async () => {
  const opened = await browser.open({ url: server.url });
  const { page } = opened;
  await page.getByRole('button', { name: '查看 联系电话' }).click();
  const reveal = page.getByRole('button', { name: '记下原因并查看' });
  await page.getByLabel(/为什么要看/).fill('看看');
  assert.equal(await reveal.isDisabled(), true);
  await page.getByLabel(/为什么要看/).fill('约上门时间');
  assert.deepEqual(await axe(page), []);
  await reveal.click();
  await page.getByText('13800005521').waitFor();
  await opened.close();
});

test('a wall says in plain sight how old its figures are', async () => {
  for (const width of [1280, 3840]) {
    const opened = await browser.open({ url: `${server.url}/?wall`, width, dark: true });
    await opened.page.getByText('网络断开，以下为 16:30 的数据').waitFor();
    assert.deepEqual(await axe(opened.page), [], `${width} px`);
    await opened.close();
  }
});
