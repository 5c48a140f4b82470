import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { HOUR, MINUTE } from '#kernel/instant.ts';
import { aProcess, aStep } from '../testing/builders.ts';
import { checkReply, type ReplyDraft } from './check-reply.ts';
import { startProcess, transition } from './engine.ts';
import { replyFactsOf, replyFromRecord } from './reply-record.ts';

const NOON = Date.parse('2026-11-24T12:00:00+08:00');

const goodReply: ReplyDraft = {
  text: '已联系客户,已恢复供电',
  contacted: true,
  contactedAt: NOON - 3 * HOUR,
  responsibleUnit: 'station-03',
  cause: '接户线老化断线',
  verifiedOnSite: true,
  measures: '更换接户线十五米',
  result: '恢复正常',
  finishedAt: NOON - HOUR,
  customerOpinion: '满意',
  outageAt: NOON - 4 * HOUR,
  reportedAt: NOON - 4 * HOUR,
  repairedAt: NOON - 2 * HOUR,
  restoredAt: NOON - HOUR,
};
const facts = { now: NOON, acceptedAt: NOON - 4 * HOUR, arrivedAt: NOON - 3 * HOUR };

describe('the reply gate', () => {
  test('lets a full reply through', () => {
    assert.deepEqual(checkReply('repair', goodReply, facts), { ok: true, missing: [], contradictions: [] });
  });

  test('peers §6 no. 26: 已解决 without cause and restoration time is refused', () => {
    const { cause: _cause, restoredAt: _restored, ...rest } = goodReply;
    const check = checkReply('repair', { ...rest, text: '已解决' }, facts);
    assert.equal(check.ok, false);
    assert.deepEqual(check.missing, ['cause', 'restoredAt']);
    assert.deepEqual(check.contradictions, [
      'reply.solved-without-cause',
      'reply.solved-without-restoration',
    ]);
  });

  const broken: { why: string; change: ReplyDraft; known?: object; code: string }[] = [
    { why: 'says nothing with words', change: { cause: '原因不明' }, code: 'reply.solved-without-cause' },
    {
      why: 'contacted, but the text says not',
      change: { text: '客户电话无人接听' },
      code: 'reply.contact-contradicts-text',
    },
    {
      why: 'not contacted, but the text says so',
      change: { contacted: false, notContactedReason: '空号' },
      code: 'reply.contact-contradicts-text',
    },
    {
      why: 'a contact that nobody recorded',
      change: {},
      known: { contactRecorded: false },
      code: 'reply.contact-not-recorded',
    },
    {
      why: 'contacted before it was accepted',
      change: { contactedAt: NOON - 9 * HOUR },
      code: 'reply.contact-before-acceptance',
    },
    {
      why: 'on site without a visit',
      change: {},
      known: { siteVisitRecorded: false },
      code: 'reply.site-visit-not-recorded',
    },
    {
      why: 'repaired before arrival',
      change: { repairedAt: NOON - 4 * HOUR },
      code: 'reply.repaired-before-arrival',
    },
    {
      why: 'restored before arrival',
      change: { restoredAt: NOON - 4 * HOUR },
      code: 'reply.restored-before-arrival',
    },
    {
      why: 'restored before repaired',
      change: { repairedAt: NOON - MINUTE },
      code: 'reply.restored-before-repaired',
    },
    {
      why: 'solved without anything to show for it',
      change: {},
      known: { evidenceRecorded: false },
      code: 'reply.solved-without-evidence',
    },
    {
      why: 'not contacted, though the record has a call',
      change: { text: '', contacted: false, notContactedReason: '空号' },
      known: { contactRecorded: true },
      code: 'reply.contact-denied',
    },
    {
      why: 'contacted in time by its words, late by the record',
      change: {},
      known: { contactedAt: NOON - HOUR, contactDueAt: NOON - 2 * HOUR },
      code: 'reply.contact-was-late',
    },
    {
      why: 'restored earlier than on record',
      change: {},
      known: { restoredAt: NOON - HOUR / 2 },
      code: 'reply.restored-before-record',
    },
    {
      why: 'repaired earlier than on record',
      change: {},
      known: { repairedAt: NOON - HOUR },
      code: 'reply.repaired-before-record',
    },
    { why: 'restored tomorrow', change: { restoredAt: NOON + HOUR }, code: 'reply.time-in-future' },
  ];
  for (const { why, change, known, code: expected } of broken) {
    test(`stops a reply that is: ${why}`, () => {
      const check = checkReply('repair', { ...goodReply, ...change }, { ...facts, ...known });
      assert.equal(check.ok, false);
      assert.ok((check.contradictions as readonly string[]).includes(expected), check.contradictions.join());
    });
  }

  const kinds = [
    ['voltage', 'measuredVolts'],
    ['fee', 'calculation'],
    ['frequent-outage', 'yearOutages'],
    ['attitude', 'apology'],
    ['complaint', 'liability'],
    ['connection', 'expectedDate'],
    ['notice', 'noticeChannel'],
  ] as const;
  for (const [kind, field] of kinds) {
    test(`${kind}: asks for ${field}`, () =>
      assert.ok(checkReply(kind, goodReply, facts).missing.includes(field)));
  }
});

describe('what the record knows of a reply', () => {
  const contact = aStep({
    id: 'contact',
    on: 'case',
    milestones: [{ name: 'contacted' }],
    fields: [
      {
        id: 'contactResult',
        name: { zh: '结果', en: 'Result' },
        type: 'enum',
        options: ['reached', 'no-answer'].map((id) => ({ id, name: { zh: id, en: id } })),
      },
    ],
  });
  const survey = aStep({
    id: 'survey',
    post: 'repair-worker',
    checklist: [{ id: 'photo', text: '照片', evidence: 'photo' }],
    fields: [
      {
        id: 'volts',
        name: { zh: '电压', en: 'Voltage' },
        type: 'number',
        band: { least: 198, most: 235.4, source: '' },
      },
    ],
  });
  const beside = {
    now: NOON,
    acceptedAt: NOON - 9 * HOUR,
    reachedAt: [],
    contactDueAt: null,
    attached: 0,
    checked: [],
    fieldPosts: ['repair-worker'],
  };
  const begin = { caseIds: ['c1'], facts: {}, at: NOON - 9 * HOUR };

  function after(steps: readonly { id: string; values?: Record<string, string | number> }[]) {
    const definition = aProcess([contact, survey]);
    let { state } = startProcess(definition, begin);
    for (const [i, { id, values = {} }] of steps.entries()) {
      const ref = { step: id, caseId: id === 'contact' ? 'c1' : null, round: 1 };
      const at = NOON - (8 - i) * HOUR;
      const moved = transition(definition, state, { type: 'stepDone', ref, values, at });
      if (!('state' in moved)) throw new Error(moved.refused);
      ({ state } = moved);
    }
    return (more: object = {}) => replyFactsOf(definition, state, 'c1', { ...beside, ...more });
  }

  test('nothing done yet: no contact, no visit, nothing to show', () => {
    const { contactRecorded, siteVisitRecorded, evidenceRecorded } = after([])();
    assert.deepEqual([contactRecorded, siteVisitRecorded, evidenceRecorded], [false, false, false]);
  });

  test('a call nobody answered is no contact; one that was answered is, from then', () => {
    const tried = after([{ id: 'contact', values: { contactResult: 'no-answer' } }]);
    assert.equal(tried().contactRecorded, false);
    assert.equal(tried({ reachedAt: [NOON - HOUR] }).contactedAt, NOON - HOUR);
    const spoke = after([{ id: 'contact', values: { contactResult: 'reached' } }])();
    assert.deepEqual([spoke.contactRecorded, spoke.contactedAt], [true, NOON - 8 * HOUR]);
    assert.deepEqual(replyFromRecord(spoke), {
      contacted: true,
      contactedAt: NOON - 8 * HOUR,
      verifiedOnSite: false,
    });
  });

  test('work outside is a visit; a ticked photo shows nothing, a measured value or a file does', () => {
    const done = after([{ id: 'survey' }]);
    assert.equal(done().siteVisitRecorded, true);
    assert.equal(done({ checked: ['photo'] }).evidenceRecorded, false);
    assert.equal(after([{ id: 'survey', values: { volts: 220 } }])().evidenceRecorded, true);
    assert.equal(done({ attached: 1 }).evidenceRecorded, true);
  });

  test('what a process never writes down stays unknown', () => {
    const definition = aProcess([aStep({ id: 'answer' })]);
    const { state } = startProcess(definition, begin);
    assert.deepEqual(replyFactsOf(definition, state, 'c1', beside), {
      now: NOON,
      acceptedAt: NOON - 9 * HOUR,
    });
  });
});
