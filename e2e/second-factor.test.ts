import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeAt } from '#modules/org/totp.ts';
import { sql } from '#platform/db/sql.ts';
import { axe } from '#testing/browser.ts';
import { runningCompany } from './running-company.ts';

// 动态验证码 from its first minute: set up, asked for by the lock screen, a wrong code, and work as it was.

const PASSWORD = 'Wendeng-yanshi-2026';
const { as, base, database } = await runningCompany();
const code = (secret: string, later: number) => codeAt(secret, Math.floor(Date.now() / 30_000) + later);

test('set up in the pages, asked for when the session is over; a wrong code costs no second typing of the password', async () => {
  const lead = await as('营业厅班长');
  const { page } = lead;
  await page.goto(`${base}/second-factor`);
  await page.getByLabel('现在的密码').fill(PASSWORD);
  await page.getByRole('button', { name: '绑定验证器' }).click();
  const secret = ((await page.getByText(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/).textContent()) ?? '').replaceAll(
    ' ',
    '',
  );
  assert.deepEqual(await axe(page), []);
  await page.getByLabel('验证器显示的六位数').fill('000000');
  await page.getByRole('button', { name: '确认绑定' }).click();
  await page.getByText('验证码不对或已用过，请等下一个').waitFor();
  await page.getByLabel('验证器显示的六位数').fill(code(secret, 0));
  await page.getByRole('button', { name: '确认绑定' }).click();
  await page.getByText('恢复码只显示这一次').waitFor();
  assert.deepEqual(await axe(page), []);
  await page.getByRole('button', { name: '已抄好' }).click();
  await page.getByText('还有 10 个恢复码没用过').waitFor();

  await page.goto(`${base}/intake`);
  await page.getByLabel('客户怎么说').fill('这一位还没记完');
  await database.run(sql`update sessions set ended_at = now() where sessions.ended_at is null`);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('2611');
  const lock = page.getByRole('dialog', { name: '登录已到期' });
  const password = lock.getByLabel('密码', { exact: false }).first();
  await password.fill(PASSWORD);
  await page.keyboard.press('Enter');
  const asked = lock.getByLabel('动态验证码或恢复码');
  await asked.fill('000000');
  await page.keyboard.press('Enter');
  await lock.getByText('动态验证码不对或已用过').waitFor();
  assert.equal(await password.inputValue(), PASSWORD);
  assert.deepEqual(await axe(page), []);
  await asked.fill(code(secret, 1));
  await page.keyboard.press('Enter');
  await lock.waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
  assert.equal(await page.getByLabel('客户怎么说').inputValue(), '这一位还没记完');
  await lead.close();
});
