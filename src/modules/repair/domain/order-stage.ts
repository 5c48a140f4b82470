import { type ProcessDefinition, type StepDefinition, stepKey } from '#modules/process/domain/index.ts';

/**
 * Where a repair stands, in the words of the trade (domain-rules §5.2): 未派发 → 已派单 → 已接单 → 到达现场 → 勘察 → 处理中 →
 * 恢复送电 → 待审核 → 待回访; 待许可 beside them.
 */
const STAGES = [
  // Believed to be out, and nobody has made an order of it yet.
  'suspected',
  'undispatched',
  'dispatched',
  'accepted',
  'arrived',
  'surveying',
  'awaiting-permission',
  'working',
  // Supply came back by a temporary means, and the visit arranged for the lasting repair is still to come.
  'visit-owed',
  'resupplied',
  'review',
  'call-back',
] as const;

export type Stage = (typeof STAGES)[number];

/** What is known of a step of an order: done or open, and whether somebody took it. */
export type StepNow = { readonly status: string; readonly held: boolean };

/** Before the crew stands there, and while customers are dark: what a dispatcher looks at first. */
export function awaitsArrival(stage: Stage): boolean {
  return stage === 'suspected' || stage === 'undispatched' || stage === 'dispatched' || stage === 'accepted';
}

export function isDark(stage: Stage): boolean {
  return !['visit-owed', 'resupplied', 'review', 'call-back'].includes(stage);
}

/** By the moments that the steps of its process bring about, whatever the steps are called. */
export function stageOf(
  definition: ProcessDefinition,
  stepNow: (step: string) => StepNow | undefined,
): Stage {
  const onOrder = definition.steps.filter((step) => step.on === 'order');
  const past = (moment: string) =>
    isBehind(onOrder.filter((step) => bringsAbout(step, moment)).map((step) => stepNow(step.id)));
  if (!past('dispatched')) return 'undispatched';
  if (!past('accepted')) return 'dispatched';
  if (!past('arrived')) return 'accepted';
  const open = onOrder.filter((step) => stepNow(step.id)?.status === 'ready');
  if (past('resupplied')) return afterwards(open);
  if (open.some((step) => bringsAbout(step, 'permitted'))) return 'awaiting-permission';
  const arrival = onOrder.find((step) => bringsAbout(step, 'arrived'))?.id ?? '';
  const next = open.filter((step) => step.after.includes(arrival));
  if (next.length === 0) return 'working';
  return next.some((step) => stepNow(step.id)?.held === true) ? 'surveying' : 'arrived';
}

export function bringsAbout(step: StepDefinition, moment: string): boolean {
  return step.milestones?.some((one) => one.name === moment) === true;
}

/** Permitted or isolated for the crew that is there, and not handed back: only it may undo that. */
export function isMadeSafe(
  definition: ProcessDefinition,
  steps: Readonly<Record<string, { readonly status: string } | undefined>>,
): boolean {
  const past = (moment: string) => {
    const step = definition.steps.find((one) => bringsAbout(one, moment));
    return step !== undefined && steps[keyOfOrderStep(step.id)]?.status === 'done';
  };
  return (past('permitted') || past('madeSafe')) && !past('handedBack');
}

function afterwards(open: readonly StepDefinition[]): Stage {
  if (open.some((step) => bringsAbout(step, 'cameAgain'))) return 'visit-owed';
  if (open.some((step) => step.kind === 'acceptance')) return 'review';
  return open.length > 0 ? 'resupplied' : 'call-back';
}

/** One of the steps is done, or nobody has to do any of them. */
function isBehind(steps: readonly (StepNow | undefined)[]): boolean {
  return (
    steps.some((step) => step?.status === 'done') ||
    (steps.length > 0 && steps.every((step) => step?.status === 'skipped'))
  );
}

/** The key under which the state of an order's process keeps a step of the order itself. */
export function keyOfOrderStep(step: string): string {
  return stepKey(step, null);
}
