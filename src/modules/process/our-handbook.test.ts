import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { isRefusal } from '#kernel/result.ts';
import { checkHandbook } from './check-handbook.ts';
import type { FactValue, ProcessDefinition, StepField, StepRef } from './domain/definition.ts';
import { type ProcessState, readySteps, startProcess, transition } from './domain/engine.ts';
import { suggestTypes } from './domain/suggest-types.ts';
import { readHandbookFolder } from './handbook-folder.ts';

const folder = fileURLToPath(new URL('../../../handbook/', import.meta.url));
const { handbook } = checkHandbook(await readHandbookFolder(folder));
assert.ok(handbook);

describe('each process of our handbook', () => {
  for (const definition of handbook.processes) {
    test(`${definition.id} can be walked to its end, whatever is chosen, and tells each customer`, () => {
      for (let choice = 0; choice < 3; choice += 1) {
        for (const anonymous of [false, true]) {
          const moments = walk(definition, choice, anonymous);
          assert.ok(moments.has('closed a') && moments.has('closed b'), `${definition.id} is not closed`);
          assert.ok(moments.has('process.finished null'));
          for (const clock of definition.clocks) {
            const asks = JSON.stringify(clock.when ?? '').includes('area');
            if (clock.start === 'case.accepted' && !anonymous && !asks) {
              const stopped = moments.has(`${clock.stop} a`) || moments.has(`${clock.stop} null`);
              assert.ok(stopped, `${clock.id} never stops`);
            }
          }
        }
      }
    });
  }

  test('a fault that a known outage explains is answered without sending anybody', () => {
    for (const id of ['repair-low', 'repair-medium']) {
      const definition = handbook.processes.find((one) => one.id === id);
      assert.ok(definition);
      const moments = walk(definition, 1, false);
      assert.equal(moments.has('dispatched null'), false);
      assert.ok(moments.has('answered a') && moments.has('answered b'));
      assert.ok(walk(definition, 0, false).has('resupplied null'));
    }
  });

  test('a complaint: what works on it, or tells about it, keeps the accused unit away', () => {
    const complaint = handbook.processes.find((one) => one.id === 'complaint');
    const open = complaint?.steps.filter((step) => {
      const central = ['control-centre', 'leading-group'].includes(step.unit.unit ?? '');
      return step.unit.accusedExcluded !== true && !central;
    });
    assert.deepEqual(
      open?.map((step) => step.id),
      [],
    );
  });

  test('a report on staff never leaves 监察', () => {
    const report = handbook.processes.find((one) => one.id === 'report');
    assert.deepEqual([...new Set(report?.steps.map((step) => step.unit.unit))], ['discipline']);
  });
});

describe('the lexicon', () => {
  const said: [string, string][] = [
    ['家里没电了,左邻右舍都有', 'repair-low'],
    ['【多户停电】整个村都停电了,变压器冒烟', 'repair-medium'],
    ['我要投诉你们抄表员态度恶劣', 'complaint'],
    ['晚上电压低空调带不动', 'quality-low-voltage'],
    ['这个月三天两头停电,频繁停电谁受得了', 'quality-frequent-outage'],
    ['电费突然多了一倍,是不是抄错了', 'reading-fault'],
    ['想校表,怀疑电表不准', 'meter-test'],
    ['新房要报装,需要什么资料', 'resident-connection'],
    ['房子卖了要过户', 'account-change'],
    ['师傅服务真好,送锦旗感谢', 'praise'],
    ['举报有人偷电', 'report'],
    ['欠费停的电,已缴费,什么时候给我复电', 'reconnection'],
    ['请问峰谷电价怎么算', 'inquiry'],
  ];
  for (const [text, process] of said) {
    test(`${text} → ${process}`, () => {
      const suggestions = suggestTypes(text, handbook.lexicon);
      assert.equal(suggestions[0]?.process, process, JSON.stringify(suggestions));
      assert.ok((suggestions[0]?.why.length ?? 0) > 0);
      assert.ok(suggestions.length <= 3);
    });
  }

  test('says nothing about words that it does not know', () => {
    assert.deepEqual(suggestTypes('你好', handbook.lexicon), []);
  });
});

/** Does every ready step with the n-th option of each choice; gives back "moment case" of all that happened. */
function walk(definition: ProcessDefinition, choice: number, anonymous: boolean): Set<string> {
  const papers = (definition.papers ?? []).map((paper) => [`paper.${paper.id}`, true] as const);
  const facts = { ...Object.fromEntries(papers), anonymous };
  let result = startProcess(definition, { caseIds: ['a', 'b'], facts, at: 0 });
  const seen = new Set<string>();
  for (let count = 0; count < 200; count += 1) {
    for (const moment of result.moments) seen.add(`${moment.name} ${moment.caseId}`);
    const ref = readySteps(definition, result.state)[0];
    if (ref === undefined) return seen;
    result = doStep(definition, result.state, ref, choice, count);
  }
  assert.fail(`${definition.id} does not end`);
}

function doStep(
  definition: ProcessDefinition,
  state: ProcessState,
  ref: StepRef,
  choice: number,
  at: number,
) {
  const step = definition.steps.find((one) => one.id === ref.step);
  const values = Object.fromEntries((step?.fields ?? []).map((field) => [field.id, valueFor(field, choice)]));
  const checked = (step?.checklist ?? []).map((item) => item.id);
  const outcome = step?.kind === 'acceptance' ? { outcome: 'pass' as const } : {};
  const result = transition(definition, state, { type: 'stepDone', ref, at, values, checked, ...outcome });
  if (isRefusal(result)) assert.fail(`${ref.step}: ${JSON.stringify(result)}`);
  return result;
}

function valueFor(field: StepField, choice: number): FactValue {
  if (field.type === 'enum') return field.options?.[choice % field.options.length]?.id ?? '';
  if (field.type === 'boolean') return choice % 2 === 0;
  return field.type === 'text' ? `说明 ${field.id}` : 1;
}

test('Chinese texts of the handbook carry full-width punctuation', () => {
  const wrong = chineseTexts(handbook).filter((text) =>
    /\p{Script=Han}[,;:?!(]|[,;]\p{Script=Han}/u.test(text),
  );
  assert.deepEqual(wrong, []);
});

function chineseTexts(value: unknown): string[] {
  if (typeof value === 'string') return /\p{Script=Han}/u.test(value) ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(chineseTexts) : [];
}
