import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MINUTE } from '#kernel/instant.ts';
import { isRefusal } from '#kernel/result.ts';
import { acceptCase, acceptCases } from '#modules/case/index.ts';
import { doStep } from '#modules/case/testing/do-step.ts';
import { anIntake } from '#modules/case/testing/small-county.ts';
import { tellingLoop } from '#modules/repair/index.ts';
import { sql } from '#platform/db/sql.ts';
import { axe } from '#testing/browser.ts';
import { runningCompany } from './running-company.ts';

// The dispatcher at her desk: the worst first, opened by the keyboard, its customers told; on a phone, on the wall, and in a storm.

const company = await runningCompany(Date.parse('2026-11-24T15:00:00+08:00'));
const { as, clock, database, deps, must } = company;
const caller = await company.actor('call-taker');
const dispatcher = await company.actor('dispatcher');
const crew = await company.actor('repair-lead');
const households = await database.rows<{ id: string }>(sql`
  select h.id from households h join units u on u.company_id = h.company_id and u.id = h.station_id
  where u.code = 'station-05' order by h.account_no`);
const tellings = tellingLoop({ database, handbook: { active: deps.activeHandbook, version: deps.version } });

async function aFault(household: number, steps: readonly string[] = []) {
  const householdId = households[household]?.id ?? '';
  const intake = anIntake({
    process: 'repair-low',
    channel: 'phone',
    householdId,
    contactPhone: '15400000001',
  });
  const { orderId, caseId } = await must((tx) => acceptCase(tx, deps, caller, intake));
  assert.ok(orderId);
  for (const step of steps)
    await doStep(company, orderId, ['judge', 'dispatch'].includes(step) ? dispatcher : crew, step);
  return { orderId, caseId };
}

test('the dispatcher opens the worst by keyboard, tells who reported, and says when supply is expected back', async () => {
  await aFault(0, ['judge', 'dispatch', 'accept', 'arrive']);
  clock.advance(20 * MINUTE);
  await aFault(1, ['judge']);
  await tellings.turn();
  const desk = await as('抢修指挥');
  const { page } = desk;
  await page.waitForURL((url) => url.pathname === '/command');
  const list = page.getByRole('listbox', { name: '在办抢修，最急的在前' });
  await list.getByRole('option').nth(1).waitFor();
  assert.match((await list.getByRole('option').first().textContent()) ?? '', /未派发/);
  await page.getByRole('img', { name: /^地图：2 件在办抢修/ }).waitFor();
  assert.deepEqual(await axe(page), []);

  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  const panel = page.getByRole('complementary', { name: /^抢修 / });
  await panel.getByText('最迟 15:30 首次告知。').waitFor();
  await panel.getByRole('button', { name: '发消息' }).click();
  await panel.getByText(/告知：人员已到场。/).waitFor();
  await panel.getByLabel('几时复电').fill('17:00');
  await panel.getByRole('button', { name: /^记\s?下$/ }).click();
  await panel.getByText(/17:00 · 现场说/).waitFor();
  await panel.getByText('村群、小区群', { exact: true }).click();
  assert.match(await panel.getByLabel('村群、小区群').inputValue(), /预计 今天 17:00 恢复供电/);
  assert.deepEqual(await axe(page), []);

  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'hidden' });
  await page.keyboard.press('/');
  await page.keyboard.type('未派发');
  await page.getByRole('option').nth(1).waitFor({ state: 'hidden' });
  assert.equal(await page.getByRole('option').count(), 1);
  await desk.close();
});

test('a hand on the list holds it still: what comes in waits behind a bar', async () => {
  const desk = await as('抢修指挥');
  const { page } = desk;
  const options = page.getByRole('option');
  await options.nth(1).waitFor();
  await options.first().hover();
  const before = await options.allTextContents();
  const names = before.map((text) => text.slice(0, 8));
  clock.advance(MINUTE);
  await aFault(2, ['judge']);
  await page.getByRole('button', { name: /新到 1 件/ }).waitFor();
  assert.deepEqual(
    (await options.allTextContents()).map((text) => text.slice(0, 8)),
    names,
  );
  await page.keyboard.press('n');
  await options.nth(2).waitFor();
  await desk.close();
});

test('dark by choice, on a phone the list first, readable on the wall', async () => {
  const desk = await as('抢修指挥', 1280);
  await desk.page.getByRole('switch', { name: '夜间深色' }).click();
  await desk.page.getByRole('option').first().click();
  await desk.page
    .getByRole('complementary', { name: /^抢修 / })
    .getByText('告知客户')
    .waitFor();
  assert.deepEqual(await axe(desk.page), []);
  await desk.page.getByRole('switch', { name: '夜间深色' }).click();
  await desk.close();

  const phone = await as('抢修指挥', 360);
  const list = phone.page.getByRole('listbox');
  await list.waitFor();
  const top = async (role: 'listbox' | 'figure', name: RegExp) =>
    (await phone.page.getByRole(role, { name }).boundingBox())?.y ?? 0;
  assert.ok((await top('listbox', /最急/)) < (await top('figure', /地图/)));
  assert.deepEqual(await axe(phone.page), []);
  await phone.close();

  const wall = await as('抢修指挥', 3840);
  await wall.page.getByRole('option').first().waitFor();
  assert.deepEqual(await axe(wall.page), []);
  await wall.close();
});

test('a thousand open: only rows in sight are drawn, and a key moves through them', async () => {
  const requests = Array.from({ length: 1000 }, (_, i) => ({
    actor: caller,
    intake: anIntake({
      process: 'repair-low',
      channel: 'phone',
      householdId: households[i % households.length]?.id ?? '',
    }),
  }));
  const accepted = await database.transaction((tx) => acceptCases(tx, deps, company.companyId, requests));
  assert.ok(accepted.every((one) => !isRefusal(one)));
  const storm = await as('抢修指挥');
  const { page } = storm;
  await page.getByText(/在办 1,00\d 件/).waitFor();
  assert.ok((await page.getByRole('option').count()) < 60);
  await page.keyboard.press('j');
  const here = page.locator('[role=option][data-at=true]:focus');
  await here.waitFor();
  const all = await here.getAttribute('aria-setsize');
  await page.keyboard.press('End');
  await page.locator(`[role=option][data-at=true][aria-posinset="${all}"]:focus`).waitFor();
  assert.deepEqual(await axe(page), []);
  await storm.close();
});
