import type { Instant } from '#kernel/instant.ts';
import type { ApprovalWay, OwedTelling, PlanFacts, PlanPolicy, PlanStage } from './plan.ts';

export type PlanStep =
  /** Whom it concerns is counted anew; what follows from it is `stageAfterCount`. */
  | { readonly do: 'compute' }
  /** Other devices, and counted anew. */
  | { readonly do: 'devices' }
  | { readonly do: 'authority' }
  | { readonly do: 'ask' }
  | { readonly do: 'submit' }
  | {
      readonly do: 'approve';
      readonly way: ApprovalWay;
      readonly by: string;
      /** The deputy manager's reason; with it what he may decide does not stop him. */
      readonly override: string | null;
    }
  | { readonly do: 'announce' }
  /** Another time. Once approved it is the deputy manager's urgent change, and is announced anew. */
  | { readonly do: 'move'; readonly from: Instant; readonly until: Instant; readonly deputy: boolean }
  | { readonly do: 'cancel' }
  | { readonly do: 'start'; readonly at: Instant }
  | { readonly do: 'extend'; readonly until: Instant }
  | { readonly do: 'restore' }
  | { readonly do: 'close' };

/** What stands in the way, with its figures; the words, and how to mend it, are the catalogue's by this code. */
type PlanBlock = {
  readonly code: string;
  readonly detail: Readonly<Record<string, string | number>>;
  /** The deputy manager may decide otherwise, with a reason (§8). */
  readonly overridable: boolean;
};

export type PlanDecision = { readonly stage: PlanStage } | { readonly blocks: readonly PlanBlock[] };

const BEFORE_DECISION: readonly PlanStage[] = ['need', 'consulting', 'deciding'];
/** Where a step can be done at all. */
const FROM: Readonly<Record<PlanStep['do'], readonly PlanStage[]>> = {
  compute: [...BEFORE_DECISION, 'approved', 'announced'],
  devices: [...BEFORE_DECISION, 'approved'],
  authority: BEFORE_DECISION,
  ask: ['need', 'consulting'],
  submit: ['need', 'consulting'],
  approve: ['deciding'],
  announce: ['approved'],
  move: [...BEFORE_DECISION, 'approved', 'announced'],
  cancel: [...BEFORE_DECISION, 'approved', 'announced'],
  start: ['announced'],
  extend: ['underway'],
  restore: ['underway'],
  close: ['restored'],
};

/**
 * need → consultation → balance meeting or approval → notice → execution → afterwards (domain-rules §13.0, §8). Either where the plan
 * stands after the step, or everything that stands in the way, what cannot be overridden first. Law is never overridden: no notice is
 * later than R060 (planned) or R061 (temporary) before the start.
 */
export function decideStep(plan: PlanFacts, step: PlanStep, policy: PlanPolicy, now: Instant): PlanDecision {
  if (!FROM[step.do].includes(plan.stage))
    return { blocks: [hard('planned.wrong-stage', { stage: plan.stage, step: step.do })] };
  const blocks = blocksOf(plan, step, policy, now);
  const override = step.do === 'approve' && step.override !== null;
  const left = override ? blocks.filter((block) => !block.overridable) : blocks;
  if (left.length > 0) return { blocks: left.toSorted((a, b) => +a.overridable - +b.overridable) };
  return { stage: stageAfter(plan, step) };
}

function stageAfter(plan: PlanFacts, step: PlanStep): PlanStage {
  switch (step.do) {
    case 'compute':
    case 'devices':
    case 'authority':
    case 'extend':
      return plan.stage;
    case 'ask':
      return 'consulting';
    case 'submit':
      return 'deciding';
    case 'approve':
      return 'approved';
    case 'announce':
      return 'announced';
    case 'move':
      return BEFORE_DECISION.includes(plan.stage) ? 'need' : 'approved';
    case 'cancel':
      return 'cancelled';
    case 'start':
      return 'underway';
    case 'restore':
      return 'restored';
    case 'close':
      return 'closed';
  }
}

function blocksOf(plan: PlanFacts, step: PlanStep, policy: PlanPolicy, now: Instant): readonly PlanBlock[] {
  switch (step.do) {
    case 'ask':
      return [...notComputed(plan), ...(plan.mustAsk === 0 ? [hard('planned.nobody-to-ask')] : [])];
    case 'submit':
      return [...notComputed(plan), ...unanswered(plan, policy), ...lateNotice(policy, now)];
    case 'approve':
      return approvalBlocks(plan, step, policy, now);
    case 'announce':
      return [
        ...notComputed(plan),
        ...(isDecisionOver(plan, policy) ? [hard('planned.decision-over')] : []),
        ...lateNotice(policy, now),
      ];
    case 'move':
      return moveBlocks(plan, step, policy, now);
    case 'start':
      return startBlocks(plan, step.at);
    case 'extend':
      return extendBlocks(plan, step.until, now);
    default:
      return [];
  }
}

function approvalBlocks(
  plan: PlanFacts,
  step: PlanStep & { do: 'approve' },
  policy: PlanPolicy,
  now: Instant,
): readonly PlanBlock[] {
  const blocks: PlanBlock[] = [...notComputed(plan), ...unanswered(plan, policy), ...lateNotice(policy, now)];
  if (step.by === plan.draftedBy) blocks.push(hard('planned.own-plan'));
  if (step.way === 'meeting' && (plan.meetsAt === null || now < plan.meetsAt))
    blocks.push(hard('planned.before-meeting', plan.meetsAt === null ? {} : { meetsAt: plan.meetsAt }));
  blocks.push(...refusals(plan, step.way));
  const over = overHouseholds(plan.repeat);
  // 会商: what the meeting decides together, it may decide about repeated outages too (§8).
  if (over > 0 && step.way !== 'meeting') blocks.push(soft('planned.repeated', worst(plan.repeat)));
  if (plan.continuous > 0 && !plan.authority)
    blocks.push(soft('planned.no-authority', { count: plan.continuous }));
  if (plan.protectedBy.length > 0)
    blocks.push(soft('planned.protected', { period: plan.protectedBy[0] ?? '' }));
  const finished = Math.max(...plan.consultations.map(({ at }) => at ?? -Infinity), -Infinity);
  if (plan.kind === 'planned' && finished > policy.consultAt)
    blocks.push(soft('planned.consulted-late', { by: policy.consultAt }));
  return blocks;
}

function refusals(plan: PlanFacts, way: ApprovalWay | null): readonly PlanBlock[] {
  const refusing = plan.consultations.filter(({ answer }) => answer === 'disagrees');
  const important = refusing.filter((one) => one.important).length;
  const others = refusing.length - important;
  return [
    ...(important > 0 ? [soft('planned.open-refusal', { count: important })] : []),
    // 大客户 and others who were asked: what they refuse is for 会商, the meeting, to decide (§8).
    ...(others > 0 && way !== 'meeting' ? [soft('planned.key-refusal', { count: others })] : []),
  ];
}

/** How many households would be without supply more often than may be planned, by the rule that concerns most of them. */
export function overHouseholds(repeat: PlanFacts['repeat']): number {
  return Math.max(0, ...repeat.filter(({ level }) => level === 'over').map(({ households }) => households));
}

function worst(repeat: PlanFacts['repeat']): { readonly rule: string; readonly households: number } {
  const households = overHouseholds(repeat);
  const first = repeat.find((one) => one.level === 'over' && one.households === households);
  return { rule: first?.rule ?? '', households };
}

/**
 * An approval holds for what it was given for: not once somebody must be asked or refuses whom it did not know of, nor once more households
 * than it knew of are without supply too often (R068). What the deputy manager decided he decided about refusals too.
 */
function isDecisionOver(plan: PlanFacts, policy: PlanPolicy): boolean {
  const since = plan.consultations.filter(({ at }) => (at ?? 0) > (plan.approvedAt ?? 0));
  const refused = plan.approvedWay === 'deputy' ? { ...plan, consultations: since } : plan;
  return (
    unanswered(plan, policy).length > 0 ||
    refusals(refused, plan.approvedWay).length > 0 ||
    overHouseholds(plan.repeat) > plan.approvedOver
  );
}

/**
 * Where a plan stands after a count anew. Once households came to it that nobody decided about, or its approval does not hold any more, it
 * goes back to be asked and decided; so it does while it is being decided when somebody must be asked yet. What is announced stays so: whoever
 * came to it is told. `added`: households that go dark and did not before; `anew`: its devices are others.
 */
export function stageAfterCount(
  plan: PlanFacts,
  policy: PlanPolicy,
  { added, anew }: { readonly added: number; readonly anew: boolean },
): PlanStage {
  const back = plan.consultations.length > 0 ? 'consulting' : 'need';
  if (plan.stage === 'deciding') return plan.mustAsk > plan.consultations.length ? back : plan.stage;
  if (plan.stage !== 'approved') return plan.stage;
  return anew || added > 0 || isDecisionOver(plan, policy) ? back : plan.stage;
}

function notComputed(plan: PlanFacts): readonly PlanBlock[] {
  if (!plan.computed) return [hard('planned.not-computed')];
  return plan.households === 0 && plan.mustAsk === 0 ? [hard('planned.nobody-affected')] : [];
}

/** Whoever was reached in vain often enough counts as informed, not as agreed (§8). */
function unanswered(plan: PlanFacts, policy: PlanPolicy): readonly PlanBlock[] {
  if (plan.consultations.length < plan.mustAsk)
    return [hard('planned.not-asked', { count: plan.mustAsk - plan.consultations.length })];
  const open = plan.consultations.filter((one) => one.answer === null && one.contacts < policy.contacts);
  return open.length === 0 ? [] : [hard('planned.unanswered', { count: open.length })];
}

function lateNotice(policy: PlanPolicy, now: Instant): readonly PlanBlock[] {
  return now <= policy.noticeAt ? [] : [hard('planned.notice-late', { by: policy.noticeAt })];
}

/** `policy` is that of the new time. */
function moveBlocks(
  plan: PlanFacts,
  step: PlanStep & { do: 'move' },
  policy: PlanPolicy,
  now: Instant,
): readonly PlanBlock[] {
  if (step.from >= step.until || step.from <= now) return [hard('planned.bad-time')];
  const decided = !BEFORE_DECISION.includes(plan.stage);
  if (decided && !step.deputy) return [hard('planned.deputy-only')];
  return decided ? lateNotice(policy, now) : [];
}

function startBlocks(plan: PlanFacts, at: Instant): readonly PlanBlock[] {
  if (at < plan.from) return [hard('planned.before-announced', { from: plan.from })];
  if (at >= plan.until) return [hard('planned.window-over', { until: plan.until })];
  return tellingBlocks(plan.owed);
}

/**
 * Whom the message did not reach stops the start until somebody has told him in person, or the deputy manager goes on without, with a reason.
 * The lead of the law is nobody's to shorten; only for a plain household that the grid brought in after the notice may it be decided.
 */
function tellingBlocks(owed: readonly OwedTelling[]): readonly PlanBlock[] {
  const open = owed.filter(({ decision, failed, target }) => {
    const decidable = failed || target === 'household';
    return decision === null || !decidable;
  });
  const unreached = open.filter(({ failed }) => failed);
  const untold = open.filter(({ failed, toldAt }) => !failed && toldAt === null);
  const late = open.filter(({ failed, toldAt, dueAt }) => !failed && toldAt !== null && toldAt > dueAt);
  return [
    ...(unreached.length > 0 ? [hard('planned.unreached', { count: unreached.length })] : []),
    ...(untold.length > 0 ? [hard('planned.untold', { count: untold.length })] : []),
    ...(late.length > 0 ? [hard('planned.told-late', { count: late.length })] : []),
  ];
}

/** Late restoration is told before the published end, with a new time (§8, §5.5). */
function extendBlocks(plan: PlanFacts, until: Instant, now: Instant): readonly PlanBlock[] {
  if (now >= plan.until) return [hard('planned.end-passed', { until: plan.until })];
  return until <= plan.until ? [hard('planned.bad-time')] : [];
}

function hard(code: string, detail: PlanBlock['detail'] = {}): PlanBlock {
  return { code, detail, overridable: false };
}

function soft(code: string, detail: PlanBlock['detail']): PlanBlock {
  return { code, detail, overridable: true };
}
