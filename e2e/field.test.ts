import assert from 'node:assert/strict';
import { join } from 'node:path';
import { afterEach, test } from 'node:test';
import type { Page } from 'playwright-core';
import { HOUR, MINUTE } from '#kernel/instant.ts';
import { acceptCase } from '#modules/case/index.ts';
import { doStep } from '#modules/case/testing/do-step.ts';
import { anIntake } from '#modules/case/testing/small-county.ts';
import { sql } from '#platform/db/sql.ts';
import { axe } from '#testing/browser.ts';
import { runningCompany, until } from './running-company.ts';

// The crew's phone: a whole repair in a cellar, the page killed, the server in trouble, a clock three hours wrong.

const PICTURE = join(import.meta.dirname, '..', 'docs', 'pictures', 'case.png');
const company = await runningCompany();
const { as, base, database, deps, must, browser } = company;
const caller = await company.actor('call-taker');
const dispatcher = await company.actor('dispatcher');

async function aFault() {
  const { id } = await database.one<{ id: string }>(sql`
    select h.id from households h join units u on u.company_id = h.company_id and u.id = h.station_id
    where u.code = 'station-05' order by h.account_no limit 1`);
  const words = '灯特别亮，电器烧了';
  const intake = anIntake({
    process: 'repair-low',
    channel: 'phone',
    householdId: id,
    words,
    anonymous: true,
  });
  const { orderId } = await must((tx) => acceptCase(tx, deps, caller, intake));
  assert.ok(orderId);
  for (const step of ['judge', 'dispatch']) await doStep(company, orderId, dispatcher, step);
  return orderId;
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

async function photo(page: Page): Promise<void> {
  await page.locator('input[type=file]').setInputFiles(PICTURE);
  await page.getByText('照片 1 张').waitFor();
}

/** The phone's clock is three hours ahead all day: the times are right all the same. */
async function asCrew() {
  const t = await as('抢修班长', 360, 'zh', 1);
  await t.page.context().addInitScript(`{
    const real = Date.now.bind(Date);
    Date.now = () => real() + ${3 * HOUR};
  }`);
  await t.page.reload();
  await t.page.getByRole('button', { name: '接单出发' }).waitFor();
  await until(t.page, `performance.getEntriesByName(location.origin + '/api/field/jobs').length > 0`);
  await t.page.evaluate('navigator.serviceWorker.ready.then(() => true)');
  return t.page;
}

/** 退单, 求助 and 用料, each by its own part of the page. */
async function giveBack(page: Page): Promise<void> {
  await page.getByText('退单：不该我们修').click();
  await press(page, '产权不在我方');
  await press(page, '退给指挥');
  await page.getByText('1 件待发').waitFor();
}

async function askAndUse(page: Page): Promise<void> {
  await page.getByText('求助、要人、请改派').click();
  await press(page, '要增派一队');
  await press(page, '报给指挥');
  await page.getByText('已记下：要增派一队').waitFor();
  await page.getByText('用料', { exact: true }).click();
  await press(page, '记下，从驻点库存里出');
  await page.getByText(/ × 1$/).waitFor();
}

/** Everything from leaving to the reply, one step after the other. */
async function repair(page: Page): Promise<void> {
  await press(page, '接单出发');
  await page.getByRole('heading', { name: '到达现场' }).waitFor();
  await photo(page);
  await press(page, '已到现场');
  await page.getByRole('heading', { name: '勘查' }).waitFor();
  for (const item of ['验电', '设围栏和警示']) await page.getByLabel(item, { exact: true }).check();
  await page.getByLabel('典型故障').selectOption({ label: '零线断线' });
  await page.getByLabel('原因').fill('零线接头烧断');
  await photo(page);
  assert.deepEqual(await axe(page), []);
  const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
  assert.ok(wide <= 360, `${wide} px`);
  await press(page, '查明了');
  await askAndUse(page);
  await page.getByRole('heading', { name: '停电与安全措施' }).waitFor();
  for (const item of ['逐相验电', '监护人到位并签名']) await page.getByLabel(item, { exact: true }).check();
  await page.getByLabel('挂设接地线组数').fill('0');
  await photo(page);
  await press(page, '安全措施已做好');
  await page.getByRole('heading', { name: '处理', exact: true }).waitFor();
  await page.getByLabel('接地拆除，人员撤离，工具清点').check();
  await page.getByLabel('拆除接地线组数').fill('0');
  await press(page, '已修好');
  await page.getByRole('heading', { name: '送电与复电' }).waitFor();
  await page.getByLabel('围栏与临时措施全部拆除').check();
  await page.getByLabel('末端相电压').fill('180');
  await page.getByText('超出合格范围').waitFor();
  await page.getByLabel('电压不合格的原因和安排').waitFor();
  await page.getByLabel('末端相电压').fill('226');
  for (const time of ['修复时间', '客户复电时间']) await press(page, `${time} 就是现在`);
  await page.getByLabel('仍未复电户数').fill('0');
  await press(page, '客户有电了');
  await page.getByRole('heading', { name: '抢修回单' }).waitFor();
  await page.getByLabel('产权').selectOption({ label: '供电企业' });
  await page.getByRole('button', { name: /接好零线/ }).click();
  assert.deepEqual(await axe(page), []);
  await press(page, '交回单');
}

const stepsOf = (orderId: string) =>
  database.rows<{ step: string; n: number }>(sql`
    select e.data #>> '{ref,step}' as step, count(*) as n from order_events e
    where e.stream_id = ${orderId} and e.type = 'step.done' and e.data #>> '{ref,step}' not in ('judge', 'dispatch')
    group by 1 order by min(e.seq)`);

const ALL = ['accept', 'arrive', 'survey', 'safe', 'fix', 'restore', 'reply'].map((step) => ({ step, n: 1 }));

let online = async () => {};
afterEach(() => online());

test('an order given back and a whole repair without a network, the page killed, the server failing at first: everything arrives once', async () => {
  const strange = await aFault();
  company.clock.advance(MINUTE);
  const orderId = await aFault();
  const page = await asCrew();
  const context = page.context();
  online = () => context.setOffline(false);
  await context.setOffline(true);
  await giveBack(page);
  await repair(page);
  await page.getByText('10 件待发').waitFor();
  assert.deepEqual(await stepsOf(orderId), []);
  await page.close();

  const again = await context.newPage();
  await again.setViewportSize({ width: 360, height: 740 });
  await again.goto(`${base}/field`);
  await again.getByText('10 件待发').waitFor();
  await again.getByText('没有信号').waitFor();
  let failing = 2;
  await again.route('**/api/field/entries', async (route) => {
    failing -= 1;
    await (failing >= 0 ? route.fulfill({ status: 500, body: '' }) : route.continue());
  });
  // Business time stands in a test, and the phone's runs.
  company.clock.advance(MINUTE);
  await context.setOffline(false);
  await again.getByText('已全部发出').waitFor({ timeout: 60_000 });
  assert.deepEqual(await stepsOf(orderId), ALL);
  const pictures = await database.one<{ n: number }>(sql`
    select count(*) as n from case_files f join case_orders l on l.company_id = f.company_id and l.case_id = f.case_id
    where l.order_id = ${orderId}`);
  assert.ok(pictures.n > 0);
  const measured = await database.one<{ volts: number }>(sql`
    select (o.process_state #>> '{facts,volts}')::float8 as volts from orders o where o.id = ${orderId}`);
  assert.equal(measured.volts, 226);
  const kept = await again.evaluate<number>(`new Promise((done) => {
    const opening = indexedDB.open('dafuwu-field');
    opening.onsuccess = () => {
      const asked = opening.result.transaction('blobs').objectStore('blobs').count();
      asked.onsuccess = () => done(asked.result);
    };
  })`);
  assert.equal(kept, 0, 'no photo stays behind');
  const beside = await database.rows<{ type: string; said: string }>(sql`
    select e.type, coalesce(e.data ->> 'reason', e.data ->> 'amount') as said from order_events e
    where e.stream_id = any(${[strange, orderId]}::uuid[]) and e.type in ('crew.gave-back', 'crew.asked-help', 'material.used')
    order by e.type`);
  assert.deepEqual(beside, [
    { type: 'crew.asked-help', said: 'second-crew' },
    { type: 'crew.gave-back', said: 'not-ours' },
    { type: 'material.used', said: '1' },
  ]);
  const { doubt, off } = await database.one<{ doubt: string | null; off: number }>(sql`
    select e.data #>> '{field,doubt}' as doubt,
      abs((e.data #>> '{field,claimed}')::float8 - ${company.clock.now}) as off
    from order_events e where e.stream_id = ${orderId} and e.type = 'step.done'
      and e.data #>> '{ref,step}' = 'accept'`);
  assert.notEqual(doubt, 'clock-wrong');
  assert.ok(off < 3 * MINUTE, `${off} ms`);
  await again.close();
});

test('the first load of the crews’ page is small', async () => {
  const t = await browser.open({ url: `${base}/field`, width: 360, firstVisit: true });
  await t.page.getByText('现场').first().waitFor();
  const { other } = await t.transferred();
  assert.ok(other < 200_000, `${other} bytes`);
  await t.close();
});
