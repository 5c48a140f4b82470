import { type ProcessDefinition, type StepRef, stepOf } from './definition.ts';
import { type ProcessState, readySteps, stepKey } from './engine.ts';

export type OpenTask = {
  readonly ref: StepRef;
  readonly unitId: string;
  readonly post: string;
  readonly holderId: string | null;
  /** Handed over to whoever holds it, and not accepted yet. */
  readonly offered?: boolean;
};

export type Who = {
  readonly personId: string;
  readonly posts: readonly string[];
  readonly unitIds: readonly string[];
  /** Department heads and the control centre may take over what others hold. */
  readonly mayReassign: boolean;
  /** 代录: may enter what somebody in the field did and cannot enter himself. */
  readonly mayEnterFor?: boolean;
};

export type ActionName = 'take' | 'do' | 'return' | 'handOver' | 'enterFor' | 'reject';

type ActionReason =
  | 'action.other-post'
  | 'action.other-unit'
  | 'action.held-by-other'
  | 'action.held-already'
  | 'action.not-taken'
  | 'action.nowhere-to-return'
  | 'action.enters-for-nobody';

/** `reason` says why not; the screen shows the action disabled with that reason. `to`: where a return may go. */
export type ActionDecision = {
  readonly action: ActionName;
  readonly ref: StepRef;
  readonly allowed: boolean;
  readonly reason?: ActionReason;
  readonly to?: readonly string[];
};

/** What this person may do now with each open round; steps without a task row yet are left out. */
export function decideActions(
  definition: ProcessDefinition,
  state: ProcessState,
  tasks: readonly OpenTask[],
  who: Who,
): readonly ActionDecision[] {
  return readySteps(definition, state).flatMap((ref) => {
    const task = tasks.find((one) => sameRef(one.ref, ref));
    return task === undefined ? [] : decideForTask(definition, task, who);
  });
}

function decideForTask(definition: ProcessDefinition, task: OpenTask, who: Who): ActionDecision[] {
  const { ref } = task;
  const targets = stepOf(definition, ref.step)?.returnsTo ?? [];
  const held = task.holderId === who.personId;
  const strange = strangerReason(task, who);
  const notMine: ActionReason | undefined = held ? undefined : (strange ?? 'action.not-taken');

  return [
    decision('take', ref, held ? 'action.held-already' : strange),
    decision('do', ref, notMine),
    {
      ...decision('return', ref, notMine ?? (targets.length === 0 ? 'action.nowhere-to-return' : undefined)),
      to: targets,
    },
    decision('handOver', ref, who.mayReassign ? undefined : notMine),
    decision('reject', ref, rejectReason(task, who)),
    decision('enterFor', ref, who.mayEnterFor === true ? undefined : 'action.enters-for-nobody'),
  ];
}

/** 退单 is for what nobody has taken; who holds it only because it was handed over to him has not. */
function rejectReason(task: OpenTask, who: Who): ActionReason | undefined {
  const free = task.holderId === null || (task.offered === true && task.holderId === who.personId);
  return strangerReason(task, who) ?? (free ? undefined : 'action.held-already');
}

function strangerReason(task: OpenTask, who: Who): ActionReason | undefined {
  if (!who.unitIds.includes(task.unitId)) return 'action.other-unit';
  if (!who.posts.includes(task.post) && !who.mayReassign) return 'action.other-post';
  if (task.holderId !== null && task.holderId !== who.personId && !who.mayReassign)
    return 'action.held-by-other';
  return undefined;
}

function decision(action: ActionName, ref: StepRef, reason: ActionReason | undefined): ActionDecision {
  return reason === undefined ? { action, ref, allowed: true } : { action, ref, allowed: false, reason };
}

function sameRef(a: StepRef, b: StepRef): boolean {
  return stepKey(a.step, a.caseId) === stepKey(b.step, b.caseId) && a.round === b.round;
}
