import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after } from 'node:test';
import type { Page } from 'playwright-core';
import { HOUR, type Instant } from '#kernel/instant.ts';
import { buildApp } from '#app/build-app.ts';
import { smallCounty } from '#modules/case/testing/small-county.ts';
import { readWorkingDays } from '#modules/clock/index.ts';
import { hashPassword } from '#modules/org/index.ts';
import { handbookLibrary } from '#modules/process/index.ts';
import type { Database } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { launchBrowser } from '#testing/browser.ts';
import { buildWeb } from './build-web.ts';

/** Business time stands at `now`, else at the hour that has begun: one beginning for all. The demo company served with the built pages, and a browser in which one signs in by a click on a post. */
export async function runningCompany(now: Instant = Math.floor(Date.now() / HOUR) * HOUR) {
  const county = await smallCounty(now);
  await county.database.run(
    sql`update accounts set password_hash = ${await hashPassword('Wendeng-yanshi-2026')}`,
  );
  return { ...county, ...(await servedCompany(county)) };
}

/** A demo company that is there already, with pages and browser. */
export async function servedCompany(company: { readonly database: Database; readonly companyId: string }) {
  const { database, companyId } = company;
  const handbook = handbookLibrary();
  const posts = (await handbook.active(database, companyId))?.handbook.posts ?? [];
  const app = await buildApp(
    {
      database,
      handbook,
      days: readWorkingDays(join(import.meta.dirname, '..', 'handbook', 'calendars', 'holiday-cn.json')),
      clockScale: 1,
      secure: false,
      postName: (id) => posts.find((post) => post.id === id)?.name ?? { zh: id, en: id },
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

  /** `which`: the first or a further one of those who can sign in on this post. */
  async function as(post: string | RegExp, width = 1280, language: 'zh' | 'en' = 'zh', which = 0) {
    const t = await browser.open({ url: `${base}/sign-in`, width, language });
    await t.page.getByRole('button', { name: post }).nth(which).click();
    await t.page.waitForURL((url) => url.pathname !== '/sign-in');
    return t;
  }

  return { app, base, browser, as };
}

/** Waits until an expression of the page is true. The page's policy forbids what `waitForFunction` does with a text. */
export async function until(page: Page, expression: string): Promise<void> {
  for (let i = 0; i < 200; i++) {
    if (await page.evaluate<boolean>(expression)) return;
    await page.waitForTimeout(50);
  }
  throw new Error(`never true: ${expression}`);
}
