import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { buildApp } from '#app/build-app.ts';
import { acceptCase } from '#modules/case/index.ts';
import { anIntake, smallCounty } from '#modules/case/testing/small-county.ts';
import { readWorkingDays } from '#modules/clock/index.ts';
import { enqueue, noticeLoops } from '#modules/notice/index.ts';
import { hashPassword } from '#modules/org/index.ts';
import { handbookLibrary } from '#modules/process/index.ts';
import { sql } from '#platform/db/sql.ts';
import { axe, launchBrowser } from '#testing/browser.ts';
import { buildWeb } from './build-web.ts';

// The staff's side of what goes out: the bell that rings by itself, the queue, files and talk on the case page.

const ROOT = join(import.meta.dirname, '..');
const PICTURE = join(ROOT, 'docs', 'pictures', 'case.png');
const DAY = 86_400_000;
/** The next ten o'clock in Shanghai: outside the quiet hours, whenever the test runs. */
const MORNING = Math.ceil((Date.now() - 2 * 3_600_000) / DAY) * DAY + 2 * 3_600_000;
const county = await smallCounty(MORNING);
const { database, companyId } = county;
await database.run(sql`update accounts set password_hash = ${await hashPassword('Wendeng-yanshi-2026')}`);
const clerk = await county.actor('clerk');
const handbook = handbookLibrary();
const posts = (await handbook.active(database, companyId))?.handbook.posts ?? [];
const deps = {
  database,
  handbook,
  days: readWorkingDays(join(ROOT, 'handbook', 'calendars', 'holiday-cn.json')),
  clockScale: 1,
  secure: false,
  postName: (id: string) => posts.find((post) => post.id === id)?.name ?? { zh: id, en: id },
};
const app = await buildApp(deps, {
  webFolder: await buildWeb(),
  tls: null,
  trustedProxy: null,
  logError: (error) => assert.fail(String(error)),
});
const base = await app.listen({ port: 0, host: '127.0.0.1' });
const browser = await launchBrowser();
const [relay] = noticeLoops(deps);
after(async () => {
  await browser.close();
  await app.close();
});

async function relayOnce(): Promise<void> {
  county.clock.advance(1000);
  await relay?.turn();
  await relay?.finish?.();
}

async function as(post: string) {
  const t = await browser.open({ url: `${base}/sign-in`, width: 1280 });
  // What rings before the page's stream is open is not a matter of this test.
  const live = t.page.waitForResponse((answer) => answer.url().endsWith('/api/live'));
  await t.page.getByRole('button', { name: post }).first().click();
  await t.page.waitForURL((url) => url.pathname !== '/sign-in');
  await live;
  return t;
}

const accepted = await county.must((tx) =>
  acceptCase(tx, county.deps, clerk, anIntake({ process: 'complaint', contactPhone: '15512344321' })),
);

test('the bell rings without a reload, tells of what, and opens the case', async () => {
  const t = await as('综合柜员');
  await t.page.getByRole('button', { name: '消息，0 条未读' }).waitFor();
  await database.transaction((tx) =>
    enqueue(tx, companyId, [
      {
        key: 'e2e-ring',
        channel: 'desk',
        template: 'urged',
        to: { personId: clerk.personId },
        data: { caseId: accepted.caseId, urged: 2 },
      },
    ]),
  );
  await relayOnce();
  await t.page.getByRole('button', { name: '消息，1 条未读' }).click();
  await t.page.getByText(`${accepted.no} 客户来催，第 2 次`).waitFor();
  assert.deepEqual(await axe(t.page), []);
  await t.page.getByText(`${accepted.no} 客户来催，第 2 次`).click();
  await t.page.waitForURL(`${base}/cases/${accepted.caseId}`);
  await t.page.getByRole('button', { name: '消息，0 条未读' }).waitFor();

  await t.page.getByText(/发给客户 · 短信/).waitFor();
  await t.page.locator('input[type=file]').setInputFiles(PICTURE);
  const download = t.page.waitForEvent('download');
  await t.page.getByRole('link', { name: 'case.png' }).click();
  assert.equal((await download).suggestedFilename(), 'case.png');
  assert.deepEqual(await axe(t.page), []);
  await t.close();
});

test('the customer presses the rating key at the counter', async () => {
  await database.run(sql`
    update cases set state = 'closed', closed_at = ${new Date(MORNING + 5000).toISOString()} where cases.id = ${accepted.caseId}`);
  const t = await as('综合柜员');
  await t.page.goto(`${base}/cases/${accepted.caseId}`);
  await t.page.getByRole('button', { name: '请客户当面评价' }).click();
  assert.deepEqual(await axe(t.page), []);
  await t.page.getByRole('button', { name: '解决了', exact: true }).click();
  await t.page.getByRole('button', { name: '满意', exact: true }).click();
  await t.page.getByText(/客户评价：解决了，满意（柜台/).waitFor();
  await t.close();
});

test('the queue says that a demo sends nothing, masks receivers, and sends again what failed', async () => {
  await database.transaction((tx) =>
    enqueue(tx, companyId, [
      { key: 'e2e-failed', channel: 'sms', template: 'case-accepted', to: { caseId: accepted.caseId } },
    ]),
  );
  await database.run(sql`
    update outbox set state = 'failed', attempts = 8, fault = 'gateway.timeout' where outbox.key = 'e2e-failed'`);
  const t = await as('管控专责');
  await t.page.goto(`${base}/outbox`);
  await t.page.getByText('短信通道：演示通道', { exact: false }).waitFor();
  await t.page.getByText(/没发出去 1/).click();
  await t.page.getByText('155****4321').waitFor();
  await t.page.getByText('通道没有回答').waitFor();
  assert.deepEqual(await axe(t.page), []);
  await t.page.getByRole('button', { name: '再发一次' }).click();
  await t.page.getByText('没有发不出去的消息', { exact: false }).waitFor();
  await relayOnce();
  await t.page.getByText(/已发出 2/).click();
  await t.page.getByText('演示内容').first().waitFor();
  assert.deepEqual(await axe(t.page), []);
  await t.close();
});
