import type { Instant } from '#kernel/instant.ts';
import type { PlanFacts, PlanPolicy, PlanStage } from './plan.ts';

/** The moment that binds a plan next. `startedAt`: since when it runs. */
export type PlanDue = {
  readonly what: 'consult' | 'notice' | 'telling' | 'start' | 'end';
  readonly at: Instant;
  readonly startedAt: Instant;
};

type Running = Pick<PlanFacts, 'kind' | 'from' | 'until'> & {
  readonly stage: PlanStage;
  readonly draftedAt: Instant;
  readonly announcedAt: Instant | null;
  readonly startedAt: Instant | null;
  /** Somebody who was asked has neither answered nor been given up. */
  readonly unanswered: boolean;
  /** By when the next of those must be told whom somebody tells himself; null: everybody was. */
  readonly untoldBy: Instant | null;
};

/** Null where nothing runs: supply is back, or the plan is over. */
export function dueNext(plan: Running, policy: PlanPolicy): PlanDue | null {
  switch (plan.stage) {
    case 'need':
    case 'consulting':
    case 'deciding':
    case 'approved':
      // Only a planned outage has an end of its consultation (R067).
      return plan.kind === 'planned' && plan.unanswered
        ? { what: 'consult', at: policy.consultAt, startedAt: plan.draftedAt }
        : { what: 'notice', at: policy.noticeAt, startedAt: plan.draftedAt };
    case 'announced': {
      const startedAt = plan.announcedAt ?? plan.draftedAt;
      return plan.untoldBy === null
        ? { what: 'start', at: plan.from, startedAt }
        : { what: 'telling', at: plan.untoldBy, startedAt };
    }
    case 'underway':
      return { what: 'end', at: plan.until, startedAt: plan.startedAt ?? plan.from };
    default:
      return null;
  }
}
