import type { Instant } from '#kernel/instant.ts';
import {
  asksForEvidence,
  type FactValue,
  type ReplyDraft,
  type ReplyFacts,
  replyFromRecord,
  type StepDefinition,
  type StepField,
} from '#modules/process/domain/index.ts';
import type { Random } from './seeded.ts';

const MINUTE = 60_000;

/** Values that fit a field by its id; everything else is filled by its type. */
const KNOWN: Readonly<Record<string, FactValue>> = {
  dispatchNeeded: true,
  faultClass: 'low',
  needsMedium: false,
  canIsolate: true,
  unsupplied: 0,
  hasSupply: true,
  solved: true,
  satisfaction: 'satisfied',
  callBackResult: 'reached',
  contactResult: 'reached',
  abnormal: true,
  lowestVolts: 186,
  highestVolts: 228,
  volts: 226,
  curedVolts: 221,
  yearOutages: 6,
  sixtyDayOutages: 3,
  capacity: 8,
  canSupply: true,
  needsWorks: false,
  withinLimits: true,
  errorPercent: 0.4,
  readingRight: false,
  difference: 126.5,
  refundKwh: 45,
  itemCount: 1,
  paid: 320,
  projectNo: '文运检改〔2026〕38',
  ticketNo: '文抢 2026-1107',
  workPlace: '10 千伏河东线 27 号杆至 31 号杆',
  leader: '丛建国',
  watcher: '于海涛',
  earthPlace: '27 号杆小号侧、31 号杆大号侧',
  earthNumbers: '01、02',
  cause: '表箱进线端子氧化烧蚀',
};

/** Somewhere in the county: a device in the field says where it is. */
const THERE = { lat: 37.1937, lon: 122.0578, accuracy: 12 };

/** A report that every step accepts: what somebody who did the work would write down. */
export function fillStep(
  step: StepDefinition,
  facts: {
    readonly now: Instant;
    readonly acceptedAt: Instant;
    readonly random: Random;
    /** What the record knows where the step has a reply. */
    readonly record?: ReplyFacts;
  },
): {
  readonly outcome?: 'pass' | 'fail';
  readonly values: Readonly<Record<string, FactValue>>;
  readonly checked: readonly string[];
  readonly reply?: ReplyDraft;
  readonly position?: { readonly lat: number; readonly lon: number; readonly accuracy: number };
} {
  const fields = (step.fields ?? []).filter(
    (field) => field.required === true || KNOWN[field.id] !== undefined,
  );
  return {
    ...(step.kind === 'acceptance' ? { outcome: 'pass' as const } : {}),
    values: Object.fromEntries(fields.map((field) => [field.id, valueFor(field, facts)])),
    checked: (step.checklist ?? []).map((item) => item.id),
    ...(asksForEvidence(step) ? { position: THERE } : {}),
    ...(step.replyGate === undefined ? {} : { reply: replyFor(facts) }),
  };
}

function valueFor(
  field: StepField,
  facts: { readonly now: Instant; readonly acceptedAt: Instant; readonly random: Random },
): FactValue {
  const known = KNOWN[field.id];
  switch (field.type) {
    case 'enum': {
      const ids = (field.options ?? []).map((option) => option.id);
      return typeof known === 'string' && ids.includes(known) ? known : facts.random.pick(ids.slice(0, 2));
    }
    case 'instant':
      return Math.max(facts.acceptedAt, facts.now - MINUTE);
    case 'boolean':
      return known ?? true;
    case 'number':
      return known ?? 1;
    case 'text':
      return known ?? '已到现场核实，按规程处理，向客户说明了原因和下一步';
  }
}

/** Every field that some kind of reply asks for; the gate takes what its kind needs. */
function replyFor({
  now,
  acceptedAt,
  record,
}: {
  readonly now: Instant;
  readonly acceptedAt: Instant;
  readonly record?: ReplyFacts;
}): ReplyDraft {
  const just = Math.max(acceptedAt, now - 5 * MINUTE);
  const { contactedAt, ...unreached } = fullReply(acceptedAt, just);
  const known = record === undefined ? {} : replyFromRecord(record);
  return record?.contactRecorded === false
    ? { ...unreached, ...known, contacted: false, notContactedReason: '三次拨打都没有接通，已发短信说明' }
    : { ...unreached, contactedAt, ...known };
}

function fullReply(acceptedAt: Instant, just: Instant) {
  return {
    contacted: true,
    contactedAt: just,
    responsibleUnit: '承办单位',
    cause: '设备老化，接触不良',
    verifiedOnSite: true,
    measures: '更换部件，紧固接线，测量后投入运行',
    result: '设备运行正常，用电恢复正常',
    finishedAt: just,
    customerOpinion: '认可处理结果',
    outageAt: acceptedAt,
    reportedAt: acceptedAt,
    repairedAt: just,
    restoredAt: just,
    yearOutages: 6,
    furtherTreatment: '列入配网改造，完成前加强巡视',
    measuredVolts: 186,
    disputedPeriod: '2026 年 10 月',
    calculation: '按表码差重算，多计 126.5 元',
    refund: '退 126.5 元，下期电费抵扣',
    factFinding: '核对通话录音和派工记录，情况属实',
    liability: '承办单位联系不及时',
    apology: '已由所长当面致歉',
    progress: '已完成现场勘查',
    blocker: '无需外线工程',
    expectedDate: '三个工作日内送电',
    noticeChannel: '村委会张贴并发短信',
    noticeAt: just,
  };
}
