import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { checkHandbook } from './check-handbook.ts';
import { runHandbookCli } from './cli-handbook.ts';
import type { HandbookFile } from './handbook-document.ts';
import { editorSchemas } from './handbook-editor-schemas.ts';
import { readHandbookFolder } from './handbook-folder.ts';

const folder = fileURLToPath(new URL('../../../handbook/', import.meta.url));

const step = (id: string, more = '') =>
  `  - {id: ${id}, on: order, name: {zh: 步, en: S}, what: 做, how: 办, byWhen: R001, post: clerk, unit: {rule: intake}, ownerOfTime: company, kind: work, after: [${more}]}`;

const good: Readonly<Record<string, string>> = {
  'limits.yaml': `limits:
  - {id: R001, name: {zh: 甲, en: A}, business: repair, value: 4, unit: wd, profile: COMPANY, source: s, confidence: D, from: '2022-01-01'}
  - {id: R002, name: {zh: 乙, en: B}, business: repair, value: 5, unit: wd, profile: COMPANY, source: s, confidence: D, from: '2022-01-01', floor: 10}
  - {id: R003, name: {zh: 丙, en: C}, business: repair, value: 5, unit: min, profile: REFERENCE, source: s, confidence: D, from: '2022-01-01'}
`,
  'posts.yaml': 'posts:\n  - {id: clerk, name: {zh: 柜员, en: Clerk}, duty: 受理}\n',
  'units.yaml': 'units:\n  - {id: marketing, name: {zh: 营销, en: Marketing}}\n',
  'businesses.yaml':
    'businesses:\n  - {id: repair, name: {zh: 抢修, en: Repair}, origin: implied, why: 论文}\ncaseTypes:\n  - {id: GZBX, name: {zh: 报修, en: Fault}}\n',
  'quick-items.yaml': 'quickItems:\n  - {id: q, name: {zh: 查, en: Q}, business: repair, caseType: GZBX}\n',
  'lexicon.yaml': 'rules:\n  - {caseType: GZBX, business: repair, process: p, words: [停电], weight: 1}\n',
  'pauses.yaml': `never:
  - {process: p, roles: [law], source: s}
reasons:
  - {id: wish, name: {zh: 愿, en: W}, businesses: [repair], roles: [company], approval: none, until: required, evidence: [paper], source: s, confidence: D}
`,
  'five-ones.yaml':
    'reasons:\n  - {id: late, name: {zh: 晚, en: L}, ones: [arrival], source: s, confidence: D}\n',
  'doors.yaml': `doors:
  - id: '95598'
    name: {zh: 门, en: D}
    callBackTheirs: true
    oldestDays: 60
    source: s
    confidence: D
    labels: {number: [编号], startedAt: [时间], kind: [类型], contactName: [姓名], contactPhone: [电话], accountNo: [户号], place: [地址], words: [内容], urgency: [缓急], area: [分类]}
    types:
      - {says: [高压报修], process: p, caseType: GZBX}
      - {says: [报修], process: p, caseType: GZBX}
    reply:
      - {id: cause, name: {zh: 因, en: C}, as: cause, form: text, required: true}
areas: {city: [城], rural: [乡], remote: [远]}
pageName: {zh: 自助, en: Himself}
page:
  - {id: out, name: {zh: 停电, en: O}, process: p, caseType: GZBX, fault: true}
`,
  'businesses/repair/p.yaml': `id: p
business: repair
caseTypes: [GZBX]
name: {zh: 流程, en: P}
summary: 说明
reopensTo: one
papers:
  - {id: deed, name: {zh: 证, en: D}, until: two}
clocks:
  - {id: inner, limit: R001, role: company, on: order, start: order.started, stop: step.two.done}
  - {id: outer, limit: R002, role: promise, on: order, start: order.started, stop: step.two.done}
steps:
${step('one')}
${step('two', 'one')}
`,
};

describe('handbook check', () => {
  test('finds nothing wrong with a good handbook', () => assert.deepEqual(faultsOf({}), []));

  const P = 'businesses/repair/p.yaml';
  const bad: { code: string; file: string; from: string; to: string; line: number }[] = [
    { code: 'yaml', file: P, from: 'summary: 说明', to: 'summary: [说明', line: 6 },
    { code: 'shape', file: P, from: 'kind: work, after: [one]', to: 'kind: wrok, after: [one]', line: 14 },
    {
      code: 'unknown-post',
      file: P,
      from: 'post: clerk, unit: {rule: intake}, ownerOfTime: company, kind: work, after: [one]',
      to: 'post: king, unit: {rule: intake}, ownerOfTime: company, kind: work, after: [one]',
      line: 14,
    },
    { code: 'unknown-unit', file: P, from: '{rule: intake}', to: '{rule: fixed, unit: moon}', line: 13 },
    { code: 'unit-missing', file: P, from: '{rule: intake}', to: '{rule: fixed}', line: 13 },
    { code: 'unknown-limit', file: P, from: 'byWhen: R001', to: 'byWhen: R999', line: 13 },
    { code: 'unknown-limit', file: P, from: 'limit: R001', to: 'limit: R998', line: 10 },
    { code: 'unknown-step', file: P, from: 'after: [one]', to: 'after: [one, none]', line: 14 },
    { code: 'unknown-step', file: P, from: 'reopensTo: one', to: 'reopensTo: zero', line: 6 },
    { code: 'unknown-step', file: P, from: 'until: two', to: 'until: never', line: 8 },
    { code: 'cycle', file: P, from: 'after: []', to: 'after: [two]', line: 13 },
    {
      code: 'unreachable-step',
      file: P,
      from: 'after: [one]}',
      to: `after: [two]}\n${step('three', 'two')}`,
      line: 15,
    },
    { code: 'return-not-upstream', file: P, from: 'after: []', to: 'after: [], returnsTo: [two]', line: 13 },
    { code: 'order-after-case', file: P, from: 'on: order, name', to: 'on: case, name', line: 14 },
    { code: 'acceptance-without-return', file: P, from: 'kind: work', to: 'kind: acceptance', line: 13 },
    {
      code: 'milestone-field',
      file: P,
      from: 'after: []',
      to: 'after: [], milestones: [{name: done, at: when}]',
      line: 13,
    },
    {
      code: 'unknown-fact',
      file: P,
      from: 'after: [one]',
      to: 'after: [one], when: {fact: moon, is: full}',
      line: 14,
    },
    { code: 'unknown-moment', file: P, from: 'stop: step.two.done', to: 'stop: restored', line: 10 },
    { code: 'no-law-floor', file: P, from: 'role: company', to: 'role: law', line: 10 },
    { code: 'reference-as-promise', file: P, from: 'limit: R001', to: 'limit: R003', line: 10 },
    { code: 'looser-than-promise', file: 'limits.yaml', from: 'value: 4', to: 'value: 6', line: 10 },
    { code: 'looser-than-law', file: 'limits.yaml', from: 'value: 5', to: 'value: 12', line: 3 },
    { code: 'duplicate-id', file: P, from: '{id: two', to: '{id: one', line: 14 },
    { code: 'duplicate-id', file: P, from: 'id: outer', to: 'id: inner', line: 11 },
    { code: 'unknown-process', file: 'pauses.yaml', from: 'process: p', to: 'process: q', line: 2 },
    { code: 'unknown-business', file: 'pauses.yaml', from: '[repair]', to: '[moon]', line: 4 },
    { code: 'shape', file: 'pauses.yaml', from: 'roles: [company]', to: 'roles: [law]', line: 4 },
    { code: 'duplicate-id', file: 'limits.yaml', from: 'id: R002', to: 'id: R001', line: 3 },
    { code: 'unknown-business', file: P, from: 'business: repair', to: 'business: bakery', line: 2 },
    { code: 'unknown-case-type', file: P, from: '[GZBX]', to: '[ABC]', line: 3 },
    {
      code: 'unknown-business',
      file: 'quick-items.yaml',
      from: 'business: repair',
      to: 'business: bakery',
      line: 2,
    },
    { code: 'unknown-process', file: 'lexicon.yaml', from: 'process: p', to: 'process: q', line: 2 },
    { code: 'unknown-process', file: 'doors.yaml', from: 'process: p', to: 'process: q', line: 10 },
    {
      code: 'unknown-case-type',
      file: 'doors.yaml',
      from: 'caseType: GZBX, fault',
      to: 'caseType: TS, fault',
      line: 17,
    },
    { code: 'never-reached', file: 'doors.yaml', from: '[高压报修]', to: '[报]', line: 11 },
    { code: 'unknown-field', file: 'doors.yaml', from: 'as: cause', to: 'as: moon', line: 13 },
    { code: 'two-meanings', file: 'doors.yaml', from: '[内容]', to: '[内容, 编号]', line: 8 },
  ];
  for (const { code, file, from, to, line } of bad) {
    test(`${code} in ${file}, line ${line}`, () => {
      assert.ok(good[file]?.includes(from));
      const faults = faultsOf({ [file]: good[file]?.replace(from, to) ?? '' });
      const hit = faults.find((fault) => fault.code === code && fault.line === line);
      assert.ok(hit, `found only ${JSON.stringify(faults)}`);
      assert.match(hit.message, /[\u4e00-\u9fff]/);
      assert.ok(hit.column >= 1);
    });
  }

  test('a missing file is said once', () => {
    const files = asFiles(good).filter((file) => file.path !== 'posts.yaml');
    assert.deepEqual(
      checkHandbook(files).faults.map((fault) => fault.code),
      ['file-missing'],
    );
  });

  test('two processes with one id', () => {
    const faults = faultsOf({ 'businesses/repair/q.yaml': good[P] ?? '' });
    assert.deepEqual(
      faults.map((fault) => fault.code),
      ['duplicate-id'],
    );
  });
});

describe('our own handbook', () => {
  test('is without a fault', async () => {
    const { faults } = checkHandbook(await readHandbookFolder(folder));
    assert.deepEqual(faults, []);
  });

  test('refuses a table of pauses that lets a complaint wait, whatever else it says', async () => {
    const files = await readHandbookFolder(folder);
    const loose = (from: string, to: string) =>
      checkHandbook(
        files.map((file) =>
          file.path === 'pauses.yaml' ? { ...file, text: file.text.replace(from, to) } : file,
        ),
      ).faults.map((one) => [one.file, one.code]);
    const fault = ['pauses.yaml', 'complaint-must-not-pause'];
    assert.deepEqual(loose('roles: [promise, law], source', 'roles: [law], source'), [fault]);
    assert.deepEqual(loose('process: complaint', 'process: opinion'), [fault, fault]);
  });

  test('prints a manual for each post that has steps', async () => {
    const { out, exitCode } = await runHandbookCli(['manual', 'grid-dispatcher'], folder, noDatabase);
    assert.equal(exitCode, 0);
    assert.match(
      out,
      /# 县调值班员 岗位标准操作手册[\s\S]*### 待许可[\s\S]*做什么[\s\S]*怎么做[\s\S]*何时完成/,
    );
    assert.equal((await runHandbookCli(['manual', 'king'], folder, noDatabase)).exitCode, 2);
    assert.equal((await runHandbookCli(['dance'], folder, noDatabase)).exitCode, 2);
  });

  test('has its editor schemas up to date (dafuwu handbook schema)', async () => {
    for (const [name, text] of editorSchemas()) {
      assert.equal(await readFile(`${folder}schema/${name}`, 'utf8'), text, `${name} is stale`);
    }
  });
});

function faultsOf(changed: Readonly<Record<string, string>>) {
  return checkHandbook(asFiles({ ...good, ...changed })).faults;
}

function asFiles(texts: Readonly<Record<string, string>>): HandbookFile[] {
  return Object.entries(texts).map(([path, text]) => ({ path, text }));
}

function noDatabase(): never {
  throw new Error('this command needs no database');
}
