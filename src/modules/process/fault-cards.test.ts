import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { checkHandbook } from './check-handbook.ts';
import { suggestCards } from './domain/fault-card.ts';
import { readFaultCards } from './fault-cards.ts';
import { readHandbookFolder } from './handbook-folder.ts';

const card = `---
id: loose
name: { zh: 松动, en: Loose }
voltage: [low]
minutes: 30
ownership: company
tools: []
materials: [端子]
words: [忽明忽暗]
source: s
confidence: C
version: 1
---
## 现象
- 灯闪

## 判断
1. 测温
2. 找最热处

## 安全措施
- 停电

## 处置
1. 压接

## 验收
- 测温

## 向客户说明
- 好了
`;
const read = (text: string, path = 'faults/loose.md') => readFaultCards([{ path, text }]);
const faultsOf = (text: string, path?: string) =>
  read(text, path).faults.map(({ line, code }) => `${line} ${code}`);

test('a card is its head and six parts; bullets and numbers are the same list', () => {
  const [one] = read(card).cards;
  assert.deepEqual(one?.parts.judge, ['测温', '找最热处']);
  assert.deepEqual([one?.id, one?.minutes, one?.reviewedBy], ['loose', 30, undefined]);
  assert.deepEqual(read(card.replaceAll('\n', '\r\n')).cards, read(card).cards);
});

test('each fault of a card has its line in the file', () => {
  assert.deepEqual(faultsOf(card.replace('minutes: 30', 'minutes: soon')), ['5 shape']);
  assert.deepEqual(faultsOf(card.replace('## 判断', '## 诊断')), ['17 card-heading']);
  assert.deepEqual(faultsOf(card.replace('- 停电', '停电')), ['22 card-line']);
  assert.deepEqual(faultsOf(card.replace('- 好了\n', '')), ['31 card-part']);
  assert.deepEqual(faultsOf(card.slice(4)), ['1 card-head']);
  assert.deepEqual(faultsOf(card, 'faults/other.md'), ['2 card-name']);
  assert.deepEqual(faultsOf(card), []);
});

test('our handbook: sixteen cards; a repair of either voltage offers its own, and "other"', async () => {
  const folder = fileURLToPath(new URL('../../../handbook/', import.meta.url));
  const { handbook } = checkHandbook(await readHandbookFolder(folder));
  assert.ok(handbook);
  assert.equal(handbook.faultCards.length, 16);
  const offered = (process: string) =>
    handbook.processes
      .find((one) => one.id === process)
      ?.steps.flatMap((step) => step.fields ?? [])
      .find((field) => field.cards !== undefined)
      ?.options?.map((option) => option.id);
  const low = offered('repair-low') ?? [];
  const medium = offered('repair-medium') ?? [];
  assert.ok(low.includes('neutral-broken') && !medium.includes('neutral-broken'));
  assert.ok(medium.includes('transformer-fault') && !low.includes('transformer-fault'));
  assert.deepEqual([low.at(-1), medium.at(-1)], ['other', 'other']);
});

test('what customers say leads to the card: most words first, none without a word', async () => {
  const folder = fileURLToPath(new URL('../../../handbook/', import.meta.url));
  const cards = checkHandbook(await readHandbookFolder(folder)).handbook?.faultCards ?? [];
  const of = (said: string) => suggestCards(said, cards).map((one) => one.id);
  assert.equal(of('灯特别亮，电器烧了好几样')[0], 'neutral-broken');
  assert.equal(of('电线杆倒了，断线掉路上')[0], 'line-down');
  assert.deepEqual(of('请问今天几点上班'), []);
});
