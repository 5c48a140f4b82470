import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, MINUTE } from '#kernel/instant.ts';
import type { ReplySheet } from './door-api.ts';
import { writeTime } from './domain/index.ts';
import { doorApp } from './testing/door-app.ts';

// Replies of many orders at once, as a sheet that goes out and comes back.

const county = await doorApp();
const { as, system, keyFor, database } = county;
const NOW = await database.now();
const national = system((await keyFor('95598')).key);
const officer = await as('control-officer');

async function accepted(number: string) {
  const payload = {
    number,
    startedAt: writeTime(NOW - HOUR),
    kind: '业务咨询',
    contactName: '张三',
    contactPhone: '13900001111',
    words: '电价怎么算',
  };
  const answer = await national.post('/api/outside/orders', payload);
  assert.equal(answer.json().state, 'accepted', answer.body);
}
for (const number of ['S1', 'S2', 'S3']) await accepted(number);

const GOOD = {
  contacted: 'yes',
  contactedAt: writeTime(NOW - 10 * MINUTE),
  unit: '营销部',
  cause: '客户对峰谷时段有疑问',
  onSite: 'no',
  measures: '逐项解释电费单',
  result: '客户已明白',
  finishedAt: writeTime(NOW - MINUTE),
  opinion: '认可',
};
const sheet = async () => (await officer.get('/api/doors/95598/reply-sheet')).json() as ReplySheet;
const send = async (dry: boolean, ...rows: readonly (readonly [string, Record<string, string>])[]) =>
  (
    await officer.post('/api/outside/replies/import', {
      door: '95598',
      dry,
      rows: rows.map(([number, fields], i) => ({ line: i + 2, number, fields })),
    })
  ).json();
const waiting = async () => (await national.get('/api/outside/replies')).json().replies.length;

test('the sheet holds every order that waits, with the columns of the door', async () => {
  const { rows, columns, more } = await sheet();
  assert.deepEqual(rows.map((row) => row.number).toSorted(), ['S1', 'S2', 'S3']);
  assert.deepEqual([columns[0]?.name.zh, more], ['是否联系客户', false]);
  assert.equal((await (await as('clerk')).get('/api/doors/95598/reply-sheet')).statusCode, 403);
  assert.equal((await officer.get('/api/doors/110/reply-sheet')).statusCode, 404);
});

test('a dry run and a sheet with a fault write nothing, and say what is wrong by row', async () => {
  assert.deepEqual(await send(true, ['S1', GOOD]), {
    written: 0,
    rows: [{ line: 2, number: 'S1', faults: [] }],
  });
  const report = await send(
    false,
    ['S1', GOOD],
    ['S2', { ...GOOD, cause: '', finishedAt: writeTime(NOW + HOUR) }],
    ['S1', GOOD],
    ['XX', GOOD],
  );
  assert.deepEqual(
    report.rows.map((row: { line: number; faults: string[] }) => [row.line, row.faults]),
    [
      [2, []],
      [3, ['cause', 'reply.time-in-future']],
      [4, ['door.number-twice']],
      [5, ['door.number-unknown']],
    ],
  );
  assert.equal(report.written, 0);
  assert.equal(await waiting(), 0);
});

test('a sheet without faults is written whole, goes out as one file once, and is waited for no more', async () => {
  assert.equal((await send(false, ['S1', GOOD], ['S2', { ...GOOD, opinion: '满意' }])).written, 2);
  assert.equal(await waiting(), 2);
  const ready = (await sheet()).rows.filter((row) => row.ready);
  assert.deepEqual(ready.map((row) => [row.number, row.fields['opinion']]).toSorted(), [
    ['S1', '认可'],
    ['S2', '满意'],
  ]);
  const hand = { door: '95598', numbers: ['S1', 'S2', 'S3'] };
  assert.deepEqual((await officer.post('/api/outside/replies/hand', hand)).json(), { handed: 2 });
  assert.deepEqual((await officer.post('/api/outside/replies/hand', hand)).json(), { handed: 0 });
  assert.equal(await waiting(), 0);
  assert.deepEqual(
    (await sheet()).rows.map((row) => row.number),
    ['S3'],
  );
  const late = await send(true, ['S1', GOOD]);
  assert.deepEqual(late.rows[0].faults, ['door.reply-handed']);
});
