import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after } from 'node:test';
import { buildApp } from '#app/build-app.ts';
import { anIntake, smallCounty } from '#modules/case/testing/small-county.ts';
import { readWorkingDays } from '#modules/clock/index.ts';
import { hashPassword } from '#modules/org/index.ts';
import { handbookLibrary } from '#modules/process/index.ts';
import { sql } from '#platform/db/sql.ts';

const PASSWORD = 'Gongdian-2026-ceshi';
const ROOT = join(import.meta.dirname, '..', '..', '..', '..');
const CSRF = { 'x-dafuwu-csrf': '1' };

/** The demo company behind its HTTP door, with everybody's sign-in and the devices' keys. */
export async function hallApp() {
  const county = await smallCounty();
  await county.database.run(sql`update accounts set password_hash = ${await hashPassword(PASSWORD)}`);
  const app = await buildApp(
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
  after(() => app.close());
  let used = 0;
  const key = () => ({ 'idempotency-key': `hall-test-${(used += 1)}` });

  async function as(login: string) {
    const signedIn = await app.inject({
      method: 'POST',
      url: '/api/session',
      headers: CSRF,
      payload: { login, password: PASSWORD },
    });
    const cookie = String(signedIn.headers['set-cookie'] ?? '').split(';')[0] ?? '';
    const write = (method: 'POST' | 'PUT') => async (url: string, payload: object) =>
      await app.inject({ method, url, headers: { ...CSRF, cookie, ...key() }, payload });
    return {
      get: async (url: string) => await app.inject({ url, headers: { cookie } }),
      post: write('POST'),
      put: write('PUT'),
    };
  }

  /** Somebody who speaks with a device's token instead of a session. */
  function device(token: string) {
    const authorization = `Bearer ${token}`;
    return {
      get: async (url: string) => await app.inject({ url, headers: { authorization } }),
      post: async (url: string, payload: object, headers: Record<string, string> = key()) =>
        await app.inject({ method: 'POST', url, headers: { ...CSRF, authorization, ...headers }, payload }),
    };
  }

  return { ...county, as, device };
}

type HallApp = Awaited<ReturnType<typeof hallApp>>;
export type Staff = Awaited<ReturnType<HallApp['as']>>;

/** A demand taken at the counter, as the page sends it. */
export async function acceptAt(who: Staff, given: Parameters<typeof anIntake>[0]) {
  const body = { draftId: null, callId: null, intake: anIntake(given) };
  const answer = await who.post('/api/hall/intake', body);
  assert.equal(answer.statusCode, 200, answer.body);
  return answer.json() as { caseId: string; no: string; missingPapers: { id: string; until: string }[] };
}
