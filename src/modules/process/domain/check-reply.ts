import { type Instant, MINUTE } from '#kernel/instant.ts';
import type { ReplyKind } from './definition.ts';

/** A reply (回单) as the form holds it, field by field; empty strings count as not given. */
export type ReplyDraft = {
  readonly text?: string;
  readonly contacted?: boolean;
  readonly contactedAt?: Instant;
  readonly notContactedReason?: string;
  readonly responsibleUnit?: string;
  readonly cause?: string;
  readonly verifiedOnSite?: boolean;
  readonly measures?: string;
  readonly result?: string;
  readonly finishedAt?: Instant;
  readonly customerOpinion?: string;
  readonly outageAt?: Instant;
  readonly reportedAt?: Instant;
  readonly repairedAt?: Instant;
  readonly restoredAt?: Instant;
  readonly yearOutages?: number;
  readonly furtherTreatment?: string;
  readonly measuredVolts?: number;
  readonly disputedPeriod?: string;
  readonly calculation?: string;
  readonly refund?: string;
  readonly progress?: string;
  readonly blocker?: string;
  readonly expectedDate?: string;
  readonly factFinding?: string;
  readonly liability?: string;
  readonly apology?: string;
  readonly noticeChannel?: string;
  readonly noticeAt?: Instant;
};

export type ReplyField = keyof ReplyDraft;

/** What the record already knows (`replyFactsOf`); what it does not know cannot contradict. */
export type ReplyFacts = {
  readonly now: Instant;
  readonly acceptedAt?: Instant;
  readonly arrivedAt?: Instant;
  readonly contactRecorded?: boolean;
  /** When the customer was first reached, and until when he had to be. */
  readonly contactedAt?: Instant;
  readonly contactDueAt?: Instant;
  readonly siteVisitRecorded?: boolean;
  /** A file, a position, a measured value or a signature is there. */
  readonly evidenceRecorded?: boolean;
  readonly repairedAt?: Instant;
  readonly restoredAt?: Instant;
};

type Contradiction =
  | 'reply.solved-without-cause'
  | 'reply.solved-without-restoration'
  | 'reply.solved-without-result'
  | 'reply.solved-without-evidence'
  | 'reply.contact-denied'
  | 'reply.contact-was-late'
  | 'reply.contact-contradicts-text'
  | 'reply.contact-not-recorded'
  | 'reply.contact-before-acceptance'
  | 'reply.site-visit-not-recorded'
  | 'reply.restored-before-arrival'
  | 'reply.repaired-before-arrival'
  | 'reply.restored-before-repaired'
  | 'reply.repaired-before-record'
  | 'reply.restored-before-record'
  | 'reply.time-in-future';

export type ReplyCheck = {
  readonly ok: boolean;
  readonly missing: readonly ReplyField[];
  readonly contradictions: readonly Contradiction[];
};

/**
 * The reply quality gate of domain-rules §3.6: what every reply says, what its kind adds, and what does not
 * fit together. Pure and cheap, so that it runs on each keystroke and again on the server.
 */
export function checkReply(kind: ReplyKind, draft: ReplyDraft, facts: ReplyFacts): ReplyCheck {
  const missing = [...ALWAYS, ...BY_KIND[kind]].filter((field) => !isGiven(draft[field]));
  if (draft.contacted === true && !isGiven(draft.contactedAt)) missing.push('contactedAt');
  if (draft.contacted === false && !isGiven(draft.notContactedReason)) missing.push('notContactedReason');

  const contradictions = RULES.filter((rule) => rule.breaks(draft, facts, kind)).map((rule) => rule.code);
  return { ok: missing.length === 0 && contradictions.length === 0, missing, contradictions };
}

/** Every field that a reply can have. */
export function isReplyField(name: string): name is ReplyField {
  return Object.hasOwn(REPLY_FIELDS, name);
}

const REPLY_FIELDS: Readonly<Record<ReplyField, true>> = {
  text: true,
  contacted: true,
  contactedAt: true,
  notContactedReason: true,
  responsibleUnit: true,
  cause: true,
  verifiedOnSite: true,
  measures: true,
  result: true,
  finishedAt: true,
  customerOpinion: true,
  outageAt: true,
  reportedAt: true,
  repairedAt: true,
  restoredAt: true,
  yearOutages: true,
  furtherTreatment: true,
  measuredVolts: true,
  disputedPeriod: true,
  calculation: true,
  refund: true,
  progress: true,
  blocker: true,
  expectedDate: true,
  factFinding: true,
  liability: true,
  apology: true,
  noticeChannel: true,
  noticeAt: true,
};

const ALWAYS: readonly ReplyField[] = [
  'contacted',
  'responsibleUnit',
  'cause',
  'verifiedOnSite',
  'measures',
  'result',
  'finishedAt',
  'customerOpinion',
];

const BY_KIND: Readonly<Record<ReplyKind, readonly ReplyField[]>> = {
  general: [],
  complaint: ['factFinding', 'liability'],
  repair: ['outageAt', 'reportedAt', 'repairedAt', 'restoredAt'],
  voltage: ['measuredVolts'],
  fee: ['disputedPeriod', 'calculation', 'refund'],
  'frequent-outage': ['yearOutages', 'furtherTreatment'],
  attitude: ['factFinding', 'liability', 'apology'],
  connection: ['progress', 'blocker', 'expectedDate'],
  notice: ['noticeChannel', 'noticeAt'],
};

/** Words that fill a field and say nothing. A peer's replies "已解决" passed with them (peers §6, no. 26). */
const EMPTY_WORDS = new Set([
  '无',
  '无。',
  '暂无',
  '不详',
  '未知',
  '原因不明',
  '已处理',
  '已解决',
  '已回复',
  '已核实',
  '同上',
]);

const CLAIMS_SOLVED = /已(经)?(解决|处理完毕|修复|恢复(供电|送电)?|办结)/;
const CLAIMS_CONTACT = /已(经)?(电话)?(联系|告知|回复)(到)?(客户|用户|来电人)/;
const DENIES_CONTACT =
  /(未|没有|无法|联系不)(能)?(联系)?(上|到)?(客户|用户|来电人)?(联系|接听|接通)|联系不上|未联系|无人接听/;
const CLAIMS_VISIT = /(现场|上门|到场)(核实|勘查|查看|检查|处理)/;

type Rule = {
  readonly code: Contradiction;
  readonly breaks: (draft: ReplyDraft, facts: ReplyFacts, kind: ReplyKind) => boolean;
};

const RULES: readonly Rule[] = [
  { code: 'reply.solved-without-cause', breaks: (d) => claimsSolved(d) && !isGiven(d.cause) },
  {
    code: 'reply.solved-without-restoration',
    breaks: (d, _facts, kind) => kind === 'repair' && claimsSolved(d) && !isGiven(d.restoredAt),
  },
  {
    code: 'reply.solved-without-result',
    breaks: (d, _facts, kind) =>
      kind !== 'repair' && claimsSolved(d) && !(isGiven(d.result) && isGiven(d.finishedAt)),
  },
  {
    code: 'reply.solved-without-evidence',
    breaks: (d, f) => claimsSolved(d) && f.evidenceRecorded === false,
  },
  { code: 'reply.contact-denied', breaks: (d, f) => d.contacted === false && f.contactRecorded === true },
  {
    // Said to be in time, and the record has it later.
    code: 'reply.contact-was-late',
    breaks: (d, f) => isBefore(d.contactedAt, f.contactDueAt) && isBefore(f.contactDueAt, f.contactedAt),
  },
  {
    code: 'reply.contact-contradicts-text',
    breaks: (d) =>
      (d.contacted === false && CLAIMS_CONTACT.test(words(d))) ||
      (d.contacted === true && DENIES_CONTACT.test(words(d))),
  },
  {
    code: 'reply.contact-not-recorded',
    breaks: (d, f) => d.contacted === true && f.contactRecorded === false,
  },
  { code: 'reply.contact-before-acceptance', breaks: (d, f) => isBefore(d.contactedAt, f.acceptedAt) },
  {
    code: 'reply.site-visit-not-recorded',
    breaks: (d, f) =>
      (d.verifiedOnSite === true || CLAIMS_VISIT.test(words(d))) && f.siteVisitRecorded === false,
  },
  { code: 'reply.restored-before-arrival', breaks: (d, f) => isBefore(d.restoredAt, f.arrivedAt) },
  { code: 'reply.repaired-before-arrival', breaks: (d, f) => isBefore(d.repairedAt, f.arrivedAt) },
  { code: 'reply.restored-before-repaired', breaks: (d) => isBefore(d.restoredAt, d.repairedAt) },
  { code: 'reply.repaired-before-record', breaks: (d, f) => isEarlier(d.repairedAt, f.repairedAt) },
  { code: 'reply.restored-before-record', breaks: (d, f) => isEarlier(d.restoredAt, f.restoredAt) },
  {
    code: 'reply.time-in-future',
    breaks: (d, f) =>
      [d.contactedAt, d.finishedAt, d.outageAt, d.reportedAt, d.repairedAt, d.restoredAt, d.noticeAt].some(
        (at) => isBefore(f.now, at),
      ),
  },
];

function claimsSolved(draft: ReplyDraft): boolean {
  return CLAIMS_SOLVED.test(words(draft));
}

function words(draft: ReplyDraft): string {
  return `${draft.text ?? ''} ${draft.measures ?? ''} ${draft.result ?? ''}`;
}

function isGiven(value: string | number | boolean | undefined): boolean {
  if (typeof value !== 'string') return value !== undefined;
  const trimmed = value.trim();
  return trimmed !== '' && !EMPTY_WORDS.has(trimmed);
}

function isBefore(first: Instant | undefined, second: Instant | undefined): boolean {
  return first !== undefined && second !== undefined && first < second;
}

/** By a minute at least: forms are filled in by the minute. */
function isEarlier(said: Instant | undefined, recorded: Instant | undefined): boolean {
  return said !== undefined && recorded !== undefined && said <= recorded - MINUTE;
}
