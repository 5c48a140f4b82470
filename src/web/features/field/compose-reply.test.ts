import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startProcess } from '#modules/process/domain/index.ts';
import { aProcess, aStep } from '#modules/process/testing/builders.ts';
import type { FieldJob } from '#modules/repair/field-api.ts';
import { composeReply, type ReplyTaps } from './compose-reply.ts';
import { viewJob } from './job-view.ts';

const T0 = 1_790_000_000_000;
const NOW = T0 + 90_000;
const [FIRST, SECOND] = ['0192f0c4-0000-7000-8000-00000000000a', '0192f0c4-0000-7000-8000-00000000000b'];

const repair = aProcess(
  [
    aStep({ id: 'contact', on: 'case', milestones: [{ name: 'contacted' }] }),
    aStep({
      id: 'measure',
      fields: [
        {
          id: 'volts',
          name: { zh: '末端相电压', en: 'Voltage' },
          type: 'number',
          unit: 'V',
          band: { least: 198, most: 235.4, source: '规则' },
        },
        { id: 'unsupplied', name: { zh: '未复电', en: 'Off' }, type: 'number' },
      ],
    }),
    aStep({ id: 'reply', milestones: [{ name: 'replied' }] }),
  ],
  { reopensTo: 'reply' },
);

function viewOf(rung: readonly string[] = [], facts: Readonly<Record<string, number>> = {}) {
  const { state } = startProcess(repair, { caseIds: [FIRST, SECOND], facts, at: T0 });
  const job: FieldJob = {
    orderId: 'order-1',
    no: '1',
    caseId: FIRST,
    cases: [],
    process: 'repair',
    state,
    steps: ['contact', 'reply'],
    units: {},
    place: null,
    at: null,
    words: null,
    flags: [],
    unit: '抢修班',
    reportedAt: T0,
    startedAt: T0,
    dueAt: null,
    paused: false,
    suggested: [],
    groups: [],
  };
  const did = rung.map((caseId, i) => ({
    request: { kind: 'step', orderId: 'order-1', ref: { step: 'contact', caseId, round: 1 } } as const,
    at: T0 + 1000 + i,
  }));
  return viewJob(job, repair, did);
}

const taps: ReplyTaps = {
  cause: ' 零线接头烧断 ',
  measures: ['更换接头', '加固重复接地'],
  result: 'restored',
  opinion: 'agrees',
  words: ' 回访前请先打电话 ',
};

test('taps and the record become the company’s reply, in Chinese', () => {
  const record = { repairedAt: T0 + 60_000, resuppliedAt: T0 + 70_000 };
  assert.deepEqual(composeReply(viewOf([FIRST], record), taps, NOW), {
    contacted: true,
    contactedAt: T0 + 1000,
    responsibleUnit: '抢修班',
    cause: '零线接头烧断',
    verifiedOnSite: true,
    measures: '更换接头；加固重复接地；回访前请先打电话',
    result: '故障已处理，全部恢复供电',
    finishedAt: T0 + 70_000,
    customerOpinion: '客户认可',
    outageAt: T0,
    reportedAt: T0,
    repairedAt: T0 + 60_000,
    restoredAt: T0 + 70_000,
  });
});

test('what the crew does not know stays away: the gate asks the office for it, and no time is made up', () => {
  const reply = composeReply(viewOf(), { ...taps, cause: '  ', measures: [], words: ' ' }, NOW);
  for (const field of ['cause', 'measures', 'repairedAt', 'restoredAt', 'contactedAt'])
    assert.ok(!(field in reply), field);
  assert.equal(reply['finishedAt'], NOW);
});

test('rung is who the case belongs to: a call to another customer of the order is not his', () => {
  const reply = composeReply(viewOf([SECOND]), taps, NOW);
  assert.deepEqual(
    [reply['contacted'], reply['notContactedReason']],
    [false, '到场前没有电话联系，到场当面说明'],
  );
});

test('supplied for now is never called repaired', () => {
  const reply = composeReply(viewOf(), { ...taps, result: 'temporary', opinion: 'objects' }, NOW);
  assert.deepEqual(
    [reply['result'], reply['customerOpinion']],
    ['已临时恢复供电，需安排后续处理', '客户有意见，已当面解释'],
  );
});

const said = (volts: number) => composeReply(viewOf([], { volts, unsupplied: 0 }), taps, NOW)['result'];

test('what was measured is said with its unit, and with its limits where it is not between them', () => {
  assert.equal(said(226.5), '故障已处理，全部恢复供电；末端相电压 226.5 V');
  assert.equal(said(180), '故障已处理，全部恢复供电；末端相电压 180 V（合格 198–235.4）');
});
