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

/** A telling that the law or a local rule asks for by a moment. */
export type OwedTelling = {
  readonly target: 'public' | 'important' | 'traffic';
  readonly dueAt: Instant;
  readonly toldAt: Instant | null;
};

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
  readonly owed: readonly OwedTelling[];
};

/** The latest moments before this start (R060 or R061, R067), and how often somebody is asked in vain (§8). */
export type PlanPolicy = {
  readonly noticeAt: Instant;
  readonly consultAt: Instant;
  readonly contacts: number;
};
