export { type Belief } from './inference/belief.ts';
export type { Answer, OutageEvent } from './inference/evidence.ts';
export {
  createInference,
  type Incident,
  type Inference,
} from './inference/inference.ts';
export { type Name, type Network, readNetwork, withMeters } from './inference/network.ts';
export { readInferLine } from './inference/read-line.ts';
export { type DarkSpell, darkSpells, type Interruption } from './reliability/dark-spells.ts';
export {
  type Division,
  repeatedOutages,
  type SupplyIndices,
  supplyIndices,
  supplyIndicesBy,
} from './reliability/supply-indices.ts';
export { MAJOR_DAY_POLICY, yearlyIndices } from './reliability/yearly-indices.ts';
export {
  judgeMeterLines,
  type MeterPolicy,
} from './reports/judge-meter-line.ts';
export {
  type Believed,
  type IncidentChange,
  type KeptIncident,
  type Reconciled,
  reconcile,
} from './live/reconcile.ts';
export { type HeardReport, type LiveEngine, liveEngine } from './live/live-engine.ts';
export { balanceDay, protectedBy } from './planned/balance-day.ts';
export { dueNext, type PlanDue } from './planned/due-next.ts';
export { decideStep, overHouseholds, type PlanStep, stageAfterCount } from './planned/decide-step.ts';
export {
  ANSWER_REASONS,
  type AnswerReason,
  ANSWERS,
  type ApprovalWay,
  type Consultation,
  type CustomerAnswer,
  type OwedTelling,
  PLAN_KINDS,
  PLAN_REASONS,
  type PlanFacts,
  type PlanKind,
  type PlanPolicy,
  type PlanReason,
  type PlanStage,
  type TellingDecision,
} from './planned/plan.ts';
export {
  repeatCheck,
  type RepeatFinding,
  type RepeatLimits,
  type SupplyHistory,
} from './planned/repeat-check.ts';
export {
  type Affected,
  type AffectedKind,
  announce,
  announceAdded,
  type Announcement,
  TOLD_APART,
  tellAgain,
  type Telling,
  type TellingCause,
  type TellingTarget,
} from './planned/tellings.ts';
export {
  decideNotice,
  type NoticeKind,
  type NoticeState,
  type NoticeStep,
} from './planned/notice-steps.ts';
