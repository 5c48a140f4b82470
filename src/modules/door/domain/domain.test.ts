import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { checkOutside, tidyOrder } from './outside-order.ts';
import { areaSaid, chooseProcess } from './choose-process.ts';
import { doWork, isWorkDone } from './proof-of-work.ts';
import { ordersOfPaste, ordersOfTable, readCsv } from './read-text.ts';
import { readTime, writeTime } from './read-time.ts';
import { sha256 } from './sha256.ts';

const NOW = Date.parse('2026-11-24T09:00:00+08:00');
const labels = {
  number: ['受理编号'],
  startedAt: ['受理时间'],
  kind: ['业务类型'],
  contactName: ['客户姓名'],
  contactPhone: ['联系电话', '来电号码'],
  accountNo: ['户号'],
  place: ['地址'],
  words: ['受理内容'],
  urgency: ['紧急程度'],
  area: ['现场分类'],
};

test('times as other systems write them, and no day that never was', () => {
  const half = Date.parse('2026-11-24T08:30:00+08:00');
  for (const text of [
    '2026-11-24 08:30',
    '2026/11/24 8:30:00',
    '2026年11月24日8时30分',
    '2026-11-24T00:30:00Z',
  ])
    assert.equal(readTime(text), half, text);
  assert.equal(readTime('2026-11-24'), Date.parse('2026-11-24T00:00:00+08:00'));
  for (const text of [
    '2026-02-30 08:00',
    '2026-13-01',
    '2026-11-24 25:00',
    '24/11/2026',
    '昨天',
    '',
    '2026-11-24 08:61',
  ])
    assert.equal(readTime(text), undefined, text);
  assert.equal(readTime('2024-02-29 00:00'), Date.parse('2024-02-29T00:00:00+08:00'));
  assert.equal(writeTime(half), '2026-11-24 08:30:00');
});

test('a start is believed unless it lies ahead or absurdly far back', () => {
  const start = (startedAt: string) => checkOutside({ oldestDays: 60 }, { number: '1', startedAt }, NOW);
  assert.deepEqual(start('2026-11-24 08:00'), { startedAt: NOW - 3_600_000 });
  assert.deepEqual(start('2026-11-24 09:01'), { startedAt: NOW }, 'their clock is a minute ahead');
  const code = (startedAt: string) => {
    const checked = start(startedAt);
    return 'faults' in checked ? checked.faults.map((fault) => fault.code) : [];
  };
  assert.deepEqual(code('2026-11-24 09:03'), ['door.start-future']);
  assert.deepEqual(code('2025-11-24 09:00'), ['door.start-too-old']);
  assert.deepEqual(code('2026-02-30 09:00'), ['door.start-unreadable']);
  assert.deepEqual(code(''), ['door.start-missing']);
  const bad = checkOutside(
    { oldestDays: 60 },
    { number: ' ', words: '\ud800', place: 'a\0', kind: 'x'.repeat(201) },
    NOW,
  );
  assert.deepEqual('faults' in bad && bad.faults.map(({ code: c, field }) => `${c} ${field}`), [
    'door.field-too-long kind',
    'door.bad-text place',
    'door.bad-text words',
    'door.number-missing number',
    'door.start-missing startedAt',
  ]);
});

test('a table: quotes, breaks inside them, empty lines, unknown columns, the first of two phones', () => {
  const csv = '受理编号,受理内容,备注,联系电话,来电号码\r\n1,"说""没电"",\n很急",x,,139\n\n2,b,y,138,137\n';
  const read = ordersOfTable(labels, readCsv(csv));
  assert.deepEqual(read.unknown, ['备注']);
  assert.deepEqual(read.orders, [
    { line: 2, order: { number: '1', words: '说"没电",\n很急', contactPhone: '139' } },
    { line: 5, order: { number: '2', words: 'b', contactPhone: '138' } },
  ]);
});

test('a pasted block, several fields a line, text over lines, two orders', () => {
  const text = `【受理编号】：2026001  受理时间：2026-11-24 08:00
客户姓名：张三 联系电话: 13900000000
受理内容：客户来电反映家里停电，
邻居地址：有电。
受理编号：2026002
受理内容：第二件`;
  const { orders } = ordersOfPaste(labels, text);
  assert.deepEqual(
    orders.map(({ line }) => line),
    [1, 5],
  );
  assert.equal(orders[0]?.order.contactPhone, '13900000000');
  assert.equal(
    orders[0]?.order.words,
    '客户来电反映家里停电，\n邻居地址：有电。',
    'a label inside words is no label',
  );
  assert.deepEqual(orders[1]?.order, { number: '2026002', words: '第二件' });
  assert.deepEqual(ordersOfPaste(labels, '没有标签').orders, []);
});

test('their types are ours by the first line that fits, and what fits none is left to a person', () => {
  const door = {
    types: [
      { says: ['高压'], process: 'm', caseType: 'G' },
      { says: ['报修'], process: 'l', caseType: 'G' },
    ],
  };
  assert.equal(chooseProcess(door, '故障报修/高压')?.process, 'm');
  assert.equal(chooseProcess(door, '故障报修')?.process, 'l');
  assert.equal(chooseProcess(door, '别的'), undefined);
  assert.equal(
    chooseProcess({ ...door, otherwise: { process: 'o', caseType: 'Z' } }, undefined)?.process,
    'o',
  );
  const areas = { city: ['城区'], rural: ['农村'], remote: ['边远'] };
  assert.deepEqual(
    ['特殊边远农村', '城区', ''].map((text) => areaSaid(areas, text)),
    ['remote', 'city', null],
  );
});

test('equal orders are equal however they are spaced', () => {
  assert.equal(
    JSON.stringify(tidyOrder({ words: ' a ', number: '1', place: ' ' })),
    JSON.stringify(tidyOrder({ number: '1 ', words: 'a' })),
  );
});

test('our hash is SHA-256, and the work is bound to its key', () => {
  for (const text of ['', 'abc', 'k'.repeat(55)]) {
    const words = Buffer.alloc(32);
    sha256(text).forEach((word, i) => words.writeUInt32BE(word, i * 4));
    assert.equal(words.toString('hex'), createHash('sha256').update(text).digest('hex'));
  }
  const key = 'a'.repeat(32);
  const nonce = doWork(key);
  assert.ok(isWorkDone(key, nonce));
  assert.ok(!Array.from({ length: 20 }, (_, i) => `key-${i}`).every((other) => isWorkDone(other, nonce)));
});
