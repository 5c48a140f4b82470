import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { buildApp } from '#app/build-app.ts';
import { acceptCase } from '#modules/case/index.ts';
import { anIntake, smallCounty } from '#modules/case/testing/small-county.ts';
import { readWorkingDays } from '#modules/clock/index.ts';
import { mintLink } from '#modules/notice/index.ts';
import { handbookLibrary } from '#modules/process/index.ts';
import { sql } from '#platform/db/sql.ts';
import { axe, launchBrowser } from '#testing/browser.ts';
import { buildWeb } from './build-web.ts';

// A customer on his phone, by the link in a message: where it stands, words and a photo, solved and satisfied.

const ROOT = join(import.meta.dirname, '..');
const PICTURE = join(ROOT, 'docs', 'pictures', 'case.png');
const county = await smallCounty(Date.now());
const { database, companyId } = county;
const clerk = await county.actor('clerk');
const app = await buildApp(
  {
    database,
    handbook: handbookLibrary(),
    days: readWorkingDays(join(ROOT, 'handbook', 'calendars', 'holiday-cn.json')),
    clockScale: 1,
    secure: false,
    postName: (id) => ({ zh: id, en: id }),
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

async function aCase(closed: boolean) {
  const { caseId } = await county.must((tx) =>
    acceptCase(tx, county.deps, clerk, anIntake({ process: 'complaint', contactPhone: '15512344321' })),
  );
  if (closed)
    await database.run(
      sql`update cases set state = 'closed', closed_at = ${new Date().toISOString()} where cases.id = ${caseId}`,
    );
  const token = await database.transaction((tx) => mintLink(tx, companyId, caseId));
  return { caseId, url: `${base}/c/${token}` };
}

const ways = [
  { language: 'zh', digits: '手机号后四位', words: '想补充什么', send: '送出文字', photo: '拍照或选一张' },
  {
    language: 'en',
    digits: 'Last four digits of your phone',
    words: 'What would you like to add?',
    send: 'Send the words',
    photo: 'Take or choose a picture',
  },
] as const;

for (const way of ways)
  test(`words and a photo from a phone (${way.language})`, async () => {
    const { caseId, url } = await aCase(false);
    const t = await browser.open({ url, width: 360, language: way.language });
    await t.page.getByLabel(way.digits).fill('0000');
    await t.page.getByLabel(way.words).fill('表箱在三楼');
    await t.page.getByRole('button', { name: way.send }).click();
    await t.page.getByRole('alert').waitFor();
    assert.equal(await t.page.getByLabel(way.words).inputValue(), '表箱在三楼', 'nothing typed is lost');
    await t.page.getByLabel(way.digits).fill('4321');
    await t.page.getByRole('button', { name: way.send }).click();
    await t.page.getByText(way.language === 'zh' ? '经办人已经看到提醒' : 'has been told').waitFor();
    await t.page.locator('input[type=file]').setInputFiles(PICTURE);
    await t.page.getByText(way.language === 'zh' ? '照片 1 张' : '1 pictures').waitFor();
    assert.deepEqual(await axe(t.page), []);
    const wide = await t.page.evaluate<number>('document.documentElement.scrollWidth');
    assert.ok(wide <= 360, `${wide} px`);
    await t.close();
    const kept = await database.one<{ words: number; files: number }>(sql`
      select (select count(*) from case_texts x where x.case_id = ${caseId} and x.field = 'customer.page') as words,
        (select count(*) from case_files f where f.case_id = ${caseId}) as files`);
    assert.deepEqual(kept, { words: 1, files: 1 });
  });

test('solved, not satisfied, why: the answer stays on the page, and a second look asks no more', async () => {
  const { url } = await aCase(true);
  const t = await browser.open({ url, width: 360 });
  assert.deepEqual(await axe(t.page), []);
  await t.page.getByRole('button', { name: '解决了', exact: true }).click();
  await t.page.getByRole('button', { name: '不满意' }).click();
  await t.page.getByLabel(/哪里没做好/).fill('等了太久');
  assert.deepEqual(await axe(t.page), []);
  await t.page.getByRole('button', { name: '送出评价' }).click();
  await t.page.getByText('24 小时内会有人给您打电话').waitFor();
  await t.page.reload();
  await t.page.getByText('您的评价：解决了，不满意。').waitFor();
  assert.equal(await t.page.getByText('您的事解决了吗').count(), 0);
  await t.close();
});

test('a link that leads nowhere says so, and what always works', async () => {
  const t = await browser.open({ url: `${base}/c/${'A'.repeat(43)}`, width: 360 });
  await t.page.getByText('这个链接打不开').waitFor();
  assert.deepEqual(await axe(t.page), []);
  await t.close();
});
