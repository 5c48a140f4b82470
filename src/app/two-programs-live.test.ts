import assert from 'node:assert/strict';
import { get } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { anIntake, smallCounty } from '#modules/case/testing/small-county.ts';
import { readWorkingDays } from '#modules/clock/index.ts';
import { hashPassword } from '#modules/org/index.ts';
import { handbookLibrary } from '#modules/process/index.ts';
import { openDatabase } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { buildApp } from './build-app.ts';

// Two programs on one database: what moves through one reaches the open pages of the other within two seconds. Real time,
// because hints go by it.

const ROOT = join(import.meta.dirname, '..', '..');
const PASSWORD = 'Gongdian-2026-ceshi';
const CSRF = { 'x-dafuwu-csrf': '1' };
const WITHIN_MS = 2000;

const county = await smallCounty();
await county.database.run(sql`update accounts set password_hash = ${await hashPassword(PASSWORD)}`);
const [here, there] = [await program(), await program()];

async function program() {
  const database = openDatabase({ connection: county.connection, max: 4, onError: () => undefined });
  const app = await buildApp(
    {
      database,
      handbook: handbookLibrary(),
      days: readWorkingDays(join(ROOT, 'handbook', 'calendars', 'holiday-cn.json')),
      clockScale: 1,
      secure: false,
      postName: (name) => ({ zh: name, en: name }),
    },
    { webFolder: null, tls: null, trustedProxy: null, logError: (error) => assert.fail(String(error)) },
  );
  const address = await app.listen({ port: 0, host: '127.0.0.1' });
  test.after(async () => {
    await app.close();
    await database.close();
  });
  return { app, address };
}

async function signIn(login: string): Promise<string> {
  const payload = { login, password: PASSWORD };
  const answer = await here.app.inject({ method: 'POST', url: '/api/session', headers: CSRF, payload });
  return String(answer.headers['set-cookie'] ?? '').split(';')[0] ?? '';
}

type Hint = { readonly topic: string; readonly id: string; readonly seq: number };

/** An open page: what it was told, and when. */
async function page(address: string, cookie: string) {
  const heard: { readonly hint: Hint; readonly at: number }[] = [];
  let wake: (() => void) | undefined;
  const request = get(`${address}/api/live`, { headers: { cookie } });
  await new Promise<void>((resolve, reject) => {
    request.on('error', reject);
    request.on('response', (answer) => {
      answer.on('error', () => undefined);
      answer.on('data', (chunk: Buffer) => {
        for (const [, text = ''] of chunk.toString().matchAll(/^data: (.+)$/gm))
          heard.push({ hint: JSON.parse(text) as Hint, at: performance.now() });
        wake?.();
        resolve();
      });
    });
  });
  test.after(() => request.destroy());
  return {
    heard,
    /** When the first hint of this topic came; waits for it a little longer than it may take. */
    async first(topic: string): Promise<number> {
      const end = performance.now() + 2 * WITHIN_MS;
      for (;;) {
        const found = heard.find(({ hint }) => hint.topic === topic);
        if (found !== undefined) return found.at;
        const left = end - performance.now();
        if (left <= 0) return assert.fail(`no hint of ${topic} within ${2 * WITHIN_MS} ms`);
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, left);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
    },
  };
}

async function accept(cookie: string, key: string): Promise<void> {
  const intake = anIntake({ words: '灯一闪一闪的' });
  const headers = { ...CSRF, cookie, 'idempotency-key': key };
  const answer = await here.app.inject({ method: 'POST', url: '/api/cases', headers, payload: intake });
  assert.equal(answer.statusCode, 200, answer.body);
}

test('a demand accepted by one program is hinted on the pages of both within two seconds, ids and numbers only', async () => {
  const clerk = await signIn('clerk');
  const officer = await signIn('control-officer');
  const pages = [await page(here.address, officer), await page(there.address, officer)];
  const begun = performance.now();
  await accept(clerk, 'live-hints-1');
  for (const one of pages) {
    const took = (await one.first('work')) - begun;
    assert.ok(took < WITHIN_MS, `${took.toFixed(0)} ms`);
  }
  for (const { hint } of pages.flatMap((one) => one.heard)) {
    assert.deepEqual(Object.keys(hint).toSorted(), ['id', 'seq', 'topic']);
    assert.doesNotMatch(JSON.stringify(hint), /闪/);
  }
});
