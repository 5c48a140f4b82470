export { BELIEF, type Belief } from './inference/belief.ts';
export type { Answer, OutageEvent } from './inference/evidence.ts';
export type { Explanation } from './inference/explain.ts';
export {
  createInference,
  type Incident,
  type Inference,
  type InferenceSettings,
} from './inference/inference.ts';
export { type DeviceKind, type Name, type Network, readNetwork, withMeters } from './inference/network.ts';
export { type InferLine, readInferLine } from './inference/read-line.ts';
export { type DarkSpell, darkSpells, type Interruption } from './reliability/dark-spells.ts';
export {
  type Division,
  repeatedOutages,
  type SupplyIndices,
  supplyIndices,
  supplyIndicesBy,
} from './reliability/supply-indices.ts';
export {
  type JudgedLine,
  judgeMeterLines,
  type MeterFacts,
  type MeterLineGiven,
  type MeterPolicy,
} from './reports/judge-meter-line.ts';
export {
  type Believed,
  type IncidentChange,
  type Kept,
  type KeptIncident,
  type Reconciled,
  reconcile,
} from './live/reconcile.ts';
export { type HeardReport, type LiveEngine, liveEngine } from './live/live-engine.ts';
export { balanceDay, protectedBy } from './planned/balance-day.ts';
export { decideStep, type PlanBlock, type PlanDecision, type PlanStep } from './planned/decide-step.ts';
export {
  ANSWER_REASONS,
  type AnswerReason,
  ANSWERS,
  type Consultation,
  type CustomerAnswer,
  type OwedTelling,
  PLAN_KINDS,
  PLAN_REASONS,
  PLAN_STAGES,
  type PlanFacts,
  type PlanKind,
  type PlanPolicy,
  type PlanReason,
  type PlanStage,
} from './planned/plan.ts';
export {
  repeatCheck,
  type RepeatFinding,
  type RepeatLimits,
  type RepeatRule,
  type SupplyHistory,
} from './planned/repeat-check.ts';
export {
  type Affected,
  type AffectedKind,
  announce,
  isAsked,
  isToldApart,
  tellAgain,
  type Telling,
  type TellingCause,
  type TellingTarget,
} from './planned/tellings.ts';
export {
  decideNotice,
  NOTICE_KINDS,
  type NoticeFacts,
  type NoticeKind,
  type NoticeState,
  type NoticeStep,
} from './planned/notice-steps.ts';
