import type { Instant } from '#kernel/instant.ts';
import { type Refusal, refuse } from '#kernel/result.ts';
import { latestBefore, type LedgerEntry } from '#modules/clock/domain/index.ts';
import type { ClockBasis, ClockBasisOf } from '#modules/clock/index.ts';
import type { HandbookVersion } from '#modules/process/index.ts';
import type { Db } from '#platform/db/db.ts';
import type { PlanKind, PlanPolicy, RepeatLimits } from './domain/index.ts';

/** What plans need beside the transaction. */
export type PlanDeps = {
  readonly activeHandbook: (db: Db, companyId: string) => Promise<HandbookVersion | undefined>;
  readonly clockBasis: ClockBasisOf;
};

type Deadline = {
  readonly limitId: string;
  readonly at: Instant;
  readonly ledger: readonly LedgerEntry[];
};

/** The numbers of the handbook in force for outages, and what follows from them for a start. */
export type Rules = {
  readonly basis: ClockBasis;
  readonly periods: NonNullable<HandbookVersion['handbook']['protectedPeriods']>;
  readonly repeat: RepeatLimits;
  readonly balanceDayOfMonth: number;
  readonly contacts: number;
  value(limitId: string): number;
  /** The latest moment before `start` by this limit, counted by the clock engine. */
  before(limitId: string, start: Instant): Deadline;
};

/** The latest moments for a plan: the notice of its kind, and the end of the consultation. */
export function policyOf(rules: Rules, kind: PlanKind, from: Instant): PlanPolicy {
  return {
    noticeAt: rules.before(noticeLimit(kind), from).at,
    consultAt: rules.before('R067', from).at,
    contacts: rules.contacts,
  };
}

export function noticeLimit(kind: PlanKind): 'R060' | 'R061' {
  return kind === 'planned' ? 'R060' : 'R061';
}

/** Refuses with `case.no-handbook` before one was published. */
export async function rulesOf(db: Db, deps: PlanDeps, companyId: string): Promise<Rules | Refusal> {
  const version = await deps.activeHandbook(db, companyId);
  if (version === undefined) return refuse('case.no-handbook');
  const basis = await deps.clockBasis(db, companyId);
  const limit = (id: string) => {
    const found = version.handbook.limits.find((one) => one.id === id);
    if (found === undefined) throw new Error(`the handbook has no ${id}`);
    return basis.limit(found, version.versionId);
  };
  const value = (id: string) => limit(id).value;
  return {
    basis,
    periods: version.handbook.protectedPeriods ?? [],
    balanceDayOfMonth: value('R060-balance-day'),
    contacts: value('R067-contacts'),
    repeat: {
      year: value('R068'),
      days60: value('R068-60d'),
      plannedYear: value('R068-planned'),
      planned60: value('R068-planned-60d'),
      warnYear: value('R069'),
      warn50: value('R069-50d'),
      warn30: value('R069-30d'),
      superviseYear: value('R070'),
      superviseMonth: value('R070-month'),
    },
    value,
    before(limitId, start) {
      const { value: count, unit } = limit(limitId);
      return { limitId, ...latestBefore(`${count}${unit}`, start, basis.book) };
    },
  };
}

/** The same for a turn of a loop that goes over plans of many companies: read once for each of them. */
export function rulesByCompany(db: Db, deps: PlanDeps): (companyId: string) => Promise<Rules | Refusal> {
  const known = new Map<string, Promise<Rules | Refusal>>();
  return async (companyId) => {
    const found = known.get(companyId) ?? rulesOf(db, deps, companyId);
    known.set(companyId, found);
    return await found;
  };
}
