import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { buildApp } from '#app/build-app.ts';
import { smallCounty } from '#modules/case/testing/small-county.ts';
import { readWorkingDays } from '#modules/clock/index.ts';
import { hashPassword } from '#modules/org/index.ts';
import { handbookLibrary } from '#modules/process/index.ts';
import { sql } from '#platform/db/sql.ts';

const PASSWORD = 'Gongdian-2026-ceshi';
const ROOT = join(import.meta.dirname, '..', '..', '..', '..');
const CSRF = { 'x-dafuwu-csrf': '1' };

/** The demo company behind two programs on one database, with sign-ins and keys of other systems. */
export async function doorApp() {
  const county = await smallCounty();
  await county.database.run(sql`update accounts set password_hash = ${await hashPassword(PASSWORD)}`);
  const build = () =>
    buildApp(
      {
        database: county.database,
        handbook: handbookLibrary(),
        days: readWorkingDays(join(ROOT, 'handbook', 'calendars', 'holiday-cn.json')),
        clockScale: 1,
        secure: false,
        postName: (name) => ({ zh: name, en: name }),
      },
      { webFolder: null, tls: null, trustedProxy: null, logError: (error) => assert.fail(String(error)) },
    );
  const apps = [await build(), await build()] as const;
  after(() => Promise.all(apps.map((app) => app.close())));
  let used = 0;
  const key = () => ({ 'idempotency-key': `door-test-${(used += 1)}` });

  async function as(login: string) {
    const signedIn = await apps[0].inject({
      method: 'POST',
      url: '/api/session',
      headers: CSRF,
      payload: { login, password: PASSWORD },
    });
    const cookie = String(signedIn.headers['set-cookie'] ?? '').split(';')[0] ?? '';
    return {
      cookie,
      get: async (url: string) => await apps[0].inject({ url, headers: { cookie } }),
      post: async (url: string, payload: object) =>
        await apps[0].inject({ method: 'POST', url, headers: { ...CSRF, cookie, ...key() }, payload }),
    };
  }

  /** Another system with its key, at one of the two programs. */
  function system(token: string, app: FastifyInstance = apps[0]) {
    const headers = { ...CSRF, authorization: `Bearer ${token}` };
    return {
      get: async (url: string) => await app.inject({ url, headers }),
      post: async (url: string, payload: object | string | Buffer, extra: Record<string, string> = {}) =>
        await app.inject({
          method: 'POST',
          url,
          headers: { 'content-type': 'application/json', ...headers, ...extra },
          payload,
        }),
    };
  }

  async function keyFor(door: string, scopes: readonly string[] = ['orders', 'replies'], days = 30) {
    const made = await (await as('administrator')).post('/api/door-keys', { door, name: door, scopes, days });
    assert.equal(made.statusCode, 200, made.body);
    return made.json() as { id: string; key: string };
  }

  async function count(table: 'cases' | 'orders' | 'outside_orders' | 'people' | 'clocks'): Promise<number> {
    const { rows } = await county.database.pool.query<{ n: number }>(`select count(*) as n from ${table}`);
    return Number(rows[0]?.n);
  }

  return { ...county, apps, as, system, keyFor, count };
}
