import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, MINUTE } from '#kernel/instant.ts';
import { type SpokenFacts, spokenSentence } from './spoken-sentence.ts';

const now = Date.parse('2026-11-23T14:30:00+08:00');
const home = {
  id: 'h',
  name: '王*',
  address: '天福街道天福花园***',
  accountNo: '1',
  station: { name: '天福供电所', nameEn: 'Tianfu' },
};
const quiet = { planned: null, notice: null, outage: null, inside: null };
const nothing = { open: [], lastPromise: null, calls: 0, days: 60, fault: null, supply: quiet };
const fault = {
  orderId: 'o',
  caseId: null,
  no: null,
  title: { zh: '故障报修', en: 'Repair' },
  transformer: '天福 1 号',
  since: now - 28 * MINUTE,
  cases: 3,
  arrivedAt: null,
  dueAt: now + 17 * MINUTE,
};
const open = {
  caseId: 'c',
  no: '26112300001',
  title: { zh: '业务咨询', en: 'Inquiry' },
  step: null,
  acceptedAt: now - 2 * HOUR,
  startedAt: now - 2 * HOUR,
  dueAt: now + HOUR / 2,
  promisedAt: now + HOUR,
};

function say(given: Partial<SpokenFacts>): string {
  const call = { area: null, households: [] };
  return spokenSentence({
    company: '文登供电公司',
    call,
    household: home,
    standing: nothing,
    now,
    language: 'zh',
    ...given,
  });
}

test('the repair in the area comes before the caller’s own case, and its state decides the words', () => {
  const both = say({ standing: { ...nothing, open: [open], fault } });
  assert.match(both, /今天 14:02 起停电，抢修人员正在赶来，今天 14:47 前到场/);
  assert.match(
    say({ standing: { ...nothing, fault: { ...fault, arrivedAt: now - MINUTE } } }),
    /14:29 已经到场/,
  );
  assert.match(say({ standing: { ...nothing, fault: { ...fault, dueAt: now - MINUTE } } }), /晚了，非常抱歉/);
});

test('a planned outage explains everything else while it lasts, and is said beforehand to whoever has nothing open', () => {
  const planned = { id: 'p', no: 'TD1', from: now - HOUR, until: now + HOUR, underway: true };
  const during = say({ standing: { ...nothing, open: [open], fault, supply: { ...quiet, planned } } });
  assert.match(during, /计划停电，今天 13:30 开始，预计今天 15:30 送电/);
  const before = { ...planned, from: now + HOUR, until: now + 2 * HOUR, underway: false };
  assert.match(
    say({ standing: { ...nothing, supply: { ...quiet, planned: before } } }),
    /今天 15:30 至今天 16:30 计划停电/,
  );
  assert.doesNotMatch(
    say({ standing: { ...nothing, open: [open], supply: { ...quiet, planned: before } } }),
    /计划停电/,
  );
});

test('without a repair of his own area an open notice says why, and nobody invents an end', () => {
  const notice = { id: 'n', no: 'XX1', kind: 'grid-fault', from: now - HOUR, until: null } as const;
  const during = (given: object) => ({ ...nothing, supply: { ...quiet, notice: { ...notice, ...given } } });
  assert.match(say({ standing: { ...during({}), open: [open] } }), /今天 13:30 起停电，.*送电时间还定不下来/);
  assert.match(say({ standing: during({ until: now + HOUR }) }), /预计今天 15:30 前?送电/);
  assert.match(say({ standing: during({ kind: 'orderly' }) }), /电力供应紧张/);
  assert.match(say({ standing: { ...during({}), fault } }), /抢修人员正在赶来/);
});

test('an open case is named with its promise; a broken one is admitted first', () => {
  assert.match(say({ standing: { ...nothing, open: [open] } }), /今天 12:30 反映的业务咨询.*15:30 前/);
  const late = say({ standing: { ...nothing, open: [{ ...open, promisedAt: now - HOUR }] } });
  assert.match(late, /没有做到，非常抱歉/);
});

test('without anything open it asks for what is not known, and shows no mask', () => {
  assert.match(say({}), /请问是天福街道天福花园这一户吗/);
  const area = { household: undefined, standing: undefined };
  assert.match(say({ ...area, call: { area: '天福街道', households: [home, home] } }), /几处用电/);
  assert.match(say({ ...area, call: { area: '天福街道', households: [] } }), /天福街道的什么位置/);
  assert.match(say(area), /哪个村或小区/);
  assert.doesNotMatch(say({}), /\*/);
});
