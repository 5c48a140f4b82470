export {
  type CallBackPolicy,
  callBackDefault,
  callBackPolicy,
  decideCallBack,
  noCallBackReason,
} from './call-back.ts';
export {
  checkReply,
  type Contradiction,
  type ReplyCheck,
  type ReplyDraft,
  type ReplyFacts,
  type ReplyField,
} from './check-reply.ts';
export {
  type ComplaintFacts,
  type ComplaintGrade,
  type GradeDecision,
  type GradeDuty,
  gradeComplaint,
} from './complaint-grade.ts';
export {
  decideAppeal,
  decideAppealResult,
  decideReclassification,
  decideVerdict,
  type Liability,
  unfitJudge,
  type Verdict,
} from './complaint-review.ts';
export { holds } from './condition.ts';
export {
  type ActionDecision,
  type ActionName,
  type ActionReason,
  decideActions,
  type OpenTask,
  type Who,
} from './decide-actions.ts';
export {
  type CheckItem,
  type ClockRole,
  type Condition,
  type CustomerField,
  type Facts,
  type FactValue,
  type Judgement,
  type LocalText,
  momentsOf,
  type Paper,
  type ProcessClock,
  type ProcessDefinition,
  type ReplyKind,
  type StepDefinition,
  type StepField,
  type StepRef,
  stepOf,
  type TimeOwner,
  type UnitRule,
} from './definition.ts';
export {
  type DoorDefinition,
  type DoorTable,
  type OutsideDoorId,
  type OutsideField,
  type OutsideReplyField,
  type PageItem,
} from './door-table.ts';
export { drawGraph, type GraphEdge, type GraphNode, type ProcessGraph } from './draw-graph.ts';
export {
  factsFor,
  isFinished,
  type Moment,
  type ProcessEvent,
  type ProcessState,
  readySteps,
  replayProcess,
  type StepState,
  startProcess,
  stepKey,
  type Transition,
  transition,
} from './engine.ts';
export {
  countedInstants,
  decideOccurredAt,
  type EnteredWhy,
  type FieldDoubt,
  fieldDelay,
  hasEvidence,
} from './field-event.ts';
export { fieldsSeen } from './fields-seen.ts';
export {
  type PausableClock,
  type PauseApproval,
  type PauseEvidence,
  type PauseReason,
  type PauseRefusal,
  type PauseTable,
  refusesPause,
} from './pause-table.ts';
export {
  decideAfterEvaluation,
  decideRejection,
  decideUrging,
  isRepeatEscalation,
  type RejectionReason,
} from './side-flows.ts';
export { checkStepInput, missingPapers, type StepInput } from './step-input.ts';
export { type LexiconRule, suggestTypes, type TypeSuggestion } from './suggest-types.ts';
export { type UnitFacts, unitOfStep } from './unit-of-step.ts';
