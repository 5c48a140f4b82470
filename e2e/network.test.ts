import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { MINUTE } from '#kernel/instant.ts';
import { sql } from '#platform/db/sql.ts';
import { axe } from '#testing/browser.ts';
import { runningCompany } from './running-company.ts';

// The county's dispatcher looks at a feeder, walks along it by keyboard, records that it tripped, and sees who is dark.

const county = await runningCompany();
const { as, base, database } = county;

test('from the drawing to the device by keyboard; a trip is recorded and every page knows it', async () => {
  const { id, name } = await database.one<{ id: string; name: string }>(sql`
    select d.id, d.name from network_devices d
    join network_places p on p.company_id = d.company_id and p.feeder_id = d.id
    where d.company_id = ${county.companyId} group by d.id, d.name order by count(*) desc, d.id limit 1`);
  const dispatcher = await as('县调值班员');
  const { page } = dispatcher;
  await page.goto(`${base}/network`);
  await page.getByText('全部设备都在正常方式。').waitFor();
  await page.getByRole('searchbox', { name: '设备编码或名称' }).fill(name.slice(4));
  await page.getByRole('list').getByRole('link', { name, exact: true }).waitFor();
  assert.deepEqual(await axe(page), []);

  await page.goto(`${base}/network/feeders/${id}`);
  const head = page.getByRole('link', { name: new RegExp(`^${name} · 断路器 · 合上 · 有电`) });
  await head.focus();
  await page.keyboard.press('ArrowRight');
  assert.notEqual(await focused(page), id);
  await page.keyboard.press('ArrowLeft');
  assert.equal(await focused(page), id);
  assert.deepEqual(await axe(page), []);
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.pathname === `/network/devices/${id}`);

  await page.getByRole('combobox', { name: '原因' }).click();
  for (const key of ['ArrowDown', 'ArrowDown', 'Enter']) await page.keyboard.press(key);
  await page.getByRole('combobox', { name: '原因' }).blur();
  assert.deepEqual(await axe(page), []);
  await page
    .getByRole('button', { name: '断 开' })
    .or(page.getByRole('button', { name: '断开' }))
    .click();
  await page.getByText('断开 · 无电').waitFor();
  await page.getByRole('button', { name: /户$/ }).click();
  await page.getByText('受影响的用户').waitFor();
  assert.deepEqual(await axe(page), []);

  await page.goto(`${base}/network`);
  await page.getByText('非计划 · 跳闸').waitFor();
  await page.goto(`${base}/network/feeders/${id}`);
  await page.getByRole('link', { name: new RegExp(`^${name} · 断路器 · 断开 · 无电`) }).waitFor();
  county.clock.advance(10 * MINUTE);
  await page.goto(`${base}/network/reliability`);
  await page.getByRole('heading', { name: '每一次停电' }).waitFor();
  assert.deepEqual(await axe(page), []);
  await dispatcher.close();
});

async function focused(page: Page): Promise<string> {
  return await page.evaluate<string>('document.activeElement?.getAttribute("data-id")');
}

test('on a phone, for the crew: read, without the form', async () => {
  const { id } = await database.one<{ id: string }>(sql`
    select d.id from network_devices d where d.company_id = ${county.companyId} and d.kind = 'transformer'
    order by d.code limit 1`);
  const crew = await as('抢修班长', 360);
  const { page } = crew;
  await page.goto(`${base}/network/devices/${id}`);
  await page.getByText('向上：现在由谁供电').waitFor();
  assert.equal(await page.getByText('记录操作').count(), 0);
  assert.deepEqual(await axe(page), []);
  await crew.close();
});
