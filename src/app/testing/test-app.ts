import { join } from 'node:path';
import { after } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { smallCounty, type SmallCounty } from '#modules/case/testing/small-county.ts';
import { readWorkingDays } from '#modules/clock/index.ts';
import { hashPassword } from '#modules/org/index.ts';
import { handbookLibrary } from '#modules/process/index.ts';
import { sql } from '#platform/db/sql.ts';
import type { ShellOptions } from '#platform/http/shell.ts';
import { buildApp } from '../build-app.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
export const PASSWORD = 'Gongdian-2026-ceshi';

type Answer = Awaited<ReturnType<typeof request>>;

export type TestApp = SmallCounty & {
  readonly app: FastifyInstance;
  /** A browser of the person: its cookie goes with every request, writes carry the header and a fresh key. */
  signIn(login: string, password?: string): Promise<Client>;
};

export type Client = {
  readonly answer: Answer;
  get(url: string): Promise<Answer>;
  post(url: string, body?: object, method?: 'POST' | 'PUT' | 'DELETE'): Promise<Answer>;
};

/** The whole program behind `inject`, on a small county whose sign-ins all have one password. */
export async function testApp(shell: Partial<ShellOptions> = {}): Promise<TestApp> {
  const county = await smallCounty();
  const { database } = county;
  await database.run(sql`update accounts set password_hash = ${await hashPassword(PASSWORD)}`);
  const app = await buildApp(
    {
      database,
      handbook: handbookLibrary(),
      days: readWorkingDays(join(ROOT, 'handbook', 'calendars', 'holiday-cn.json')),
      clockScale: 1,
      secure: false,
      postName: (name) => ({ zh: name, en: name }),
    },
    {
      webFolder: null,
      tls: null,
      trustedProxy: null,
      logError: (error) => {
        throw error;
      },
      ...shell,
    },
  );
  after(() => app.close());
  return { ...county, app, signIn: (login, password = PASSWORD) => signIn(app, login, password) };
}

let keys = 0;

async function signIn(app: FastifyInstance, login: string, password: string): Promise<Client> {
  const answer = await request(app, '', '/api/session', { method: 'POST', body: { login, password } });
  const cookie = String(answer.headers['set-cookie'] ?? '').split(';')[0] ?? '';
  return {
    answer,
    get: (url) => request(app, cookie, url, {}),
    post: (url, body = {}, method = 'POST') => request(app, cookie, url, { method, body }),
  };
}

async function request(
  app: FastifyInstance,
  cookie: string,
  url: string,
  { method = 'GET', body }: { method?: 'GET' | 'POST' | 'PUT' | 'DELETE'; body?: object },
) {
  const headers = { cookie, 'x-dafuwu-csrf': '1', 'idempotency-key': `test-app-${(keys += 1)}` };
  return await app.inject({ method, url, headers, ...(body === undefined ? {} : { payload: body }) });
}
