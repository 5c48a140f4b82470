import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { anIntake, smallCounty } from '#modules/case/testing/small-county.ts';
import { readWorkingDays } from '#modules/clock/index.ts';
import { hashPassword } from '#modules/org/index.ts';
import { handbookLibrary } from '#modules/process/index.ts';
import { openDatabase } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { buildApp } from './build-app.ts';

// Two programs on one database share the work; requests that arrive together share a transaction.

const ROOT = join(import.meta.dirname, '..', '..');
const PASSWORD = 'Gongdian-2026-ceshi';
const CSRF = { 'x-dafuwu-csrf': '1' };
const county = await smallCounty();
await county.database.run(sql`update accounts set password_hash = ${await hashPassword(PASSWORD)}`);
const second = openDatabase({
  connection: county.connection,
  clock: () => county.clock.now,
  onError: () => undefined,
});
const programs = await Promise.all([county.database, second].map(program));
test.after(async () => {
  await Promise.all(programs.map((one) => one.close()));
  await second.close();
});
const cookie = await signIn();

function program(database: typeof county.database) {
  return buildApp(
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
}

async function signIn(): Promise<string> {
  const answer = await programs[0]?.inject({
    method: 'POST',
    url: '/api/session',
    headers: CSRF,
    payload: { login: 'clerk', password: PASSWORD },
  });
  return String(answer?.headers['set-cookie'] ?? '').split(';')[0] ?? '';
}

async function accept(which: number, key: string, intake: object) {
  const headers = { ...CSRF, 'idempotency-key': key, cookie };
  const answer = await programs[which % 2]?.inject({
    method: 'POST',
    url: '/api/cases',
    headers,
    payload: intake,
  });
  return {
    status: answer?.statusCode,
    body: answer?.json() as { caseId?: string; error?: { code: string } },
  };
}

async function countCases(): Promise<number> {
  return (await county.database.one<{ n: number }>(sql`select count(*) as n from cases`)).n;
}

test('the same key four times over both programs is one case, twenty rounds long', async () => {
  const before = await countCases();
  for (let round = 0; round < 20; round++) {
    const key = `both-programs-${round}`;
    const answers = await Promise.all(
      [0, 1, 2, 3].map((n) => accept(n, key, anIntake({ words: `第${round}次` }))),
    );
    assert.deepEqual(
      answers.map((one) => one.status),
      [200, 200, 200, 200],
    );
    assert.equal(new Set(answers.map((one) => one.body.caseId)).size, 1);
  }
  assert.equal((await countCases()) - before, 20);
});

test('of requests that share a transaction the refused ones leave nothing and undo nothing of the others', async () => {
  const before = await countCases();
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, i) =>
      accept(0, `crowd-number-${i}`, anIntake(i % 3 === 0 ? { words: ' ' } : { words: `问题${i}` })),
    ),
  );
  const refused = answers.filter((one) => one.status !== 200);
  assert.deepEqual(
    refused.map((one) => one.body.error?.code),
    Array(4).fill('case.words-missing'),
  );
  assert.equal((await countCases()) - before, 8);
  const again = await accept(1, 'crowd-number-0', anIntake({ words: ' ' }));
  assert.equal(again.body.error?.code, 'case.words-missing', 'a refusal is not kept under its key');
});
