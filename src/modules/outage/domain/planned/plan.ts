import type { Instant } from '#kernel/instant.ts';
import type { RepeatFinding } from './repeat-check.ts';

export const PLAN_KINDS = ['planned', 'temporary'] as const;
export type PlanKind = (typeof PLAN_KINDS)[number];

export const PLAN_REASONS = [
  'maintenance',
  'construction',
  'connection',
  'defect',
  'customer',
  'municipal',
] as const;
export type PlanReason = (typeof PLAN_REASONS)[number];

export const PLAN_STAGES = [
  'need',
  'consulting',
  'deciding',
  'approved',
  'announced',
  'underway',
  'restored',
  'closed',
  'cancelled',
] as const;
export type PlanStage = (typeof PLAN_STAGES)[number];

export const ANSWERS = ['agrees', 'adjust', 'disagrees'] as const;
export type CustomerAnswer = (typeof ANSWERS)[number];

/** Why a customer wants another time. */
export const ANSWER_REASONS = [
  'production',
  'event',
  'medical',
  'cold-chain',
  'construction',
  'other',
] as const;
export type AnswerReason = (typeof ANSWER_REASONS)[number];

/** What one customer said to the time that was proposed. */
export type Consultation = {
  readonly householdId: string;
  /** A graded important user: his open "no" binds the approver. */
  readonly important: boolean;
  readonly answer: CustomerAnswer | null;
  readonly contacts: number;
  /** When it was answered, or given up after the last contact. */
  readonly at: Instant | null;
};

/** A telling that the law or a local rule asks for by a moment. Of plain households only those that the grid brought in after the notice. */
export type OwedTelling = {
  readonly target: 'public' | 'household' | 'important' | 'traffic';
  readonly dueAt: Instant;
  readonly toldAt: Instant | null;
  /** The message did not arrive, and no receipt says otherwise. */
  readonly failed: boolean;
  /** What somebody decided about it: told in person, or gone on without, each with a reason. */
  readonly decision: TellingDecision | null;
};

export type TellingDecision = 'in-person' | 'go-on';
export type ApprovalWay = 'meeting' | 'approval' | 'deputy';

/** Everything that decides what may be done with a plan. */
export type PlanFacts = {
  readonly kind: PlanKind;
  readonly stage: PlanStage;
  readonly from: Instant;
  readonly until: Instant;
  readonly draftedBy: string;
  readonly computed: boolean;
  /** Households that go dark. */
  readonly households: number;
  /** Customers who must be asked first. */
  readonly mustAsk: number;
  readonly consultations: readonly Consultation[];
  readonly repeat: readonly RepeatFinding[];
  /** Protected days that the outage touches. */
  readonly protectedBy: readonly string[];
  readonly meetsAt: Instant | null;
  /** How and when it was approved, and how many households were over the limit of repeated outages then. */
  readonly approvedWay: ApprovalWay | null;
  readonly approvedAt: Instant | null;
  readonly approvedOver: number;
  /** Dark ones who produce without a break, and whether the approving department (主管部门) has agreed. */
  readonly continuous: number;
  readonly authority: boolean;
  readonly owed: readonly OwedTelling[];
};

/** The latest moments before this start (R060 or R061, R067), and how often somebody is asked in vain (§8). */
export type PlanPolicy = {
  readonly noticeAt: Instant;
  readonly consultAt: Instant;
  readonly contacts: number;
};
