export { earthsAfter, stepsLayingEarths } from './earths.ts';
export {
  callBackDefault,
  type CallBackPolicy,
  callBackPolicy,
  decideCallBack,
} from './call-back.ts';
export {
  checkReply,
  type ReplyDraft,
  type ReplyFacts,
  type ReplyField,
} from './check-reply.ts';
export { asksForEvidence, measuredFields, replyFactsOf, replyFromRecord } from './reply-record.ts';
export {
  type ComplaintFacts,
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
  type ActionName,
  decideActions,
  type Who,
} from './decide-actions.ts';
export {
  type Band,
  type ClockRole,
  type CustomerField,
  type Facts,
  type FactValue,
  type Judgement,
  type ProcessClock,
  type ProcessDefinition,
  type ReplyKind,
  type StepDefinition,
  type StepField,
  type StepRef,
  stepOf,
} from './definition.ts';
export {
  type DoorDefinition,
  type DoorTable,
  type OutsideDoorId,
  type OutsideField,
  type OutsideReplyField,
  type PageItem,
  type SmsHazard,
  type SmsWords,
} from './door-table.ts';
export { drawGraph } from './draw-graph.ts';
export { CARD_PARTS, type FaultCard, suggestCards } from './fault-card.ts';
export {
  factsFor,
  linkCases,
  type Moment,
  type ProcessEvent,
  type ProcessState,
  readySteps,
  startProcess,
  stepKey,
  type Transition,
  transition,
} from './engine.ts';
export {
  countedInstants,
  decideOccurredAt,
  type EnteredWhy,
  entryDelay,
  type FieldDoubt,
  fieldDelay,
  type Queued,
} from './field-event.ts';
export { type FieldSteps, fieldStepsOf } from './field-steps.ts';
export { fieldsSeen } from './fields-seen.ts';
export {
  type PausableClock,
  type PauseApproval,
  type PauseEvidence,
  type PauseReason,
  refusesPause,
} from './pause-table.ts';
export {
  decideAfterEvaluation,
  decideRejection,
  decideUrging,
  isRepeatEscalation,
} from './side-flows.ts';
export {
  askedFields,
  checkStepInput,
  isOutside,
  missingPapers,
  paperAsked,
  type StepInput,
  valuesOf,
  WORDS_KEPT,
} from './step-input.ts';
export { HELP_REASONS, type HelpReason, isHelpReason } from './help-reasons.ts';
export {
  isJudgedByOnes,
  type OneOfFive,
  onesBrokenBy,
  wayBack,
  type OnesReason,
} from './five-ones-table.ts';
export { suggestTypes } from './suggest-types.ts';
export { unitOfStep } from './unit-of-step.ts';
