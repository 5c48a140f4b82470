import type { Instant } from '#kernel/instant.ts';
import type { OneOfFive } from '#modules/process/domain/index.ts';

/** Why one of the five was not kept. */
export type ExceptionReason =
  /** A household had to ask again before it had its supply. */
  | 'asked-again'
  /** The same fault was worked on under two orders before they were brought together. */
  | 'second-order'
  /** Another unit took it over, or it was sent out anew. */
  | 'crew-changed'
  /** The crew had to come again. */
  | 'second-visit'
  /** Supply first, repair later: nobody came by the time that was arranged with the customer. */
  | 'arrangement-missed'
  /** The repair had to be done again. */
  | 'fixed-again'
  /** It was opened again after it had ended. */
  | 'opened-again';

export const ONE_OF: Readonly<Record<ExceptionReason, OneOfFive>> = {
  'asked-again': 'report',
  'second-order': 'order',
  'crew-changed': 'crew',
  'second-visit': 'arrival',
  'arrangement-missed': 'arrival',
  'fixed-again': 'fix',
  'opened-again': 'fix',
};

/** What the record knows of one fault: one order and the cases on it. */
export type FaultRecord = {
  readonly reportedAt: Instant;
  /** Null until then; of a fault that needed no visit, always. */
  readonly arrivedAt: Instant | null;
  readonly resuppliedAt: Instant | null;
  readonly ended: boolean;
  /** False: a known outage or an answer by telephone explained it, nobody was sent. */
  readonly visited: boolean;
  /** Units whose crew took it, each as often as it was taken. */
  readonly crews: readonly string[];
  readonly arrivals: number;
  readonly fixes: number;
  readonly reopened: number;
  /** Orders that were opened for the same fault and joined to this one. */
  readonly secondOrders: number;
  /**
   * Supply came back by groups, or first by a temporary means and the repair was arranged for later (先复电后抢修). Designed so, and no
   * exception: what is done by arrangement is no second crew and no second arrival, and is not among `crews` and `arrivals`; whoever comes
   * once more after that is.
   */
  readonly staged: boolean;
  /** The arranged visit was late, or is owed and overdue: the arrangement covers it no more. */
  readonly arrangementMissed: boolean;
  /** The work was sent back over a crew's arrival or repair: that broke the one, done again or not. */
  readonly sentBack: readonly OneOfFive[];
  /** One entry a demand; null: nobody knows which household. `repeated`: it had its supply back less than seven days before. */
  readonly reports: readonly {
    readonly householdId: string | null;
    readonly repeats: number;
    readonly repeated: boolean;
  }[];
};

/** Why one of the five was broken, as whoever caused it chose it. */
export type OnesException = {
  readonly one: OneOfFive;
  readonly reason: string;
  readonly excuse: boolean;
  /** The customers were told. An excuse that was not told is none. */
  readonly told: boolean;
};

/** Of what is broken, by what: null where nobody said why. */
export function chosenReasons(
  reasons: readonly ExceptionReason[],
  exceptions: readonly OnesException[],
): readonly (string | null)[] {
  const said = exceptions.map((one) => one.reason);
  const unsaid = reasons
    .map((reason) => ONE_OF[reason])
    .some((one) => SAID.has(one) && !exceptions.some((exception) => exception.one === one));
  return [...new Set([...said, ...(unsaid ? [null] : [])])];
}

/** Of these somebody must say why; that a household had to ask again speaks for itself. */
const SAID: ReadonlySet<OneOfFive> = new Set(['crew', 'arrival', 'fix']);

/** Broken, and by nothing but what was nobody's fault and was told to the customers. */
export function isExcused(
  reasons: readonly ExceptionReason[],
  exceptions: readonly OnesException[],
): boolean {
  return (
    reasons.length > 0 &&
    reasons.every((reason) => {
      const about = exceptions.filter((one) => one.one === ONE_OF[reason]);
      return about.length > 0 && about.every((one) => one.excuse && one.told);
    })
  );
}

export type FiveOnes = {
  /** `running`: without supply yet, and nothing broken so far. */
  readonly state: 'kept' | 'broken' | 'running' | 'no-visit';
  readonly reasons: readonly ExceptionReason[];
  readonly households: number;
  /** Of them those that did not get their five ones: that asked again, or whose fault broke one of the other four. */
  readonly householdsBroken: number;
  /** Of them those whose supply had been back less than seven days. */
  readonly householdsRepeated: number;
  /** Supply is back after one visit and one repair; null: it is not back, or nobody had to go. */
  readonly fixedOnce: boolean | null;
};

/** Judges one fault, for the fault and for each household that reported it (a second call counts against us). */
export function judgeFiveOnes(fault: FaultRecord): FiveOnes {
  const households = byHousehold(fault.reports);
  const again = households.filter((asked) => asked > 1).length;
  const others = otherReasons(fault);
  const reasons: readonly ExceptionReason[] = [...(again > 0 ? (['asked-again'] as const) : []), ...others];
  const householdsBroken = others.length > 0 ? households.length : again;
  const counted = {
    reasons,
    households: households.length,
    householdsBroken,
    householdsRepeated: byHousehold(fault.reports.filter((report) => report.repeated)).length,
    fixedOnce:
      fault.resuppliedAt === null || !fault.visited ? null : !reasons.some((one) => NOT_AT_ONCE.has(one)),
  };
  if (reasons.length > 0) return { state: 'broken', ...counted };
  if (!fault.visited && fault.ended) return { state: 'no-visit', ...counted };
  return { state: fault.resuppliedAt === null ? 'running' : 'kept', ...counted };
}

const NOT_AT_ONCE: ReadonlySet<ExceptionReason> = new Set([
  'second-visit',
  'arrangement-missed',
  'fixed-again',
  'opened-again',
]);

type Share = { readonly part: number; readonly whole: number };

/** The same share twice: of faults, and of the households that reported them. */
export type Shares = { readonly faults: Share; readonly households: Share };

/** First-fix rate: of what has its supply back after a visit, what was repaired in one visit. */
export function firstFixRate(judged: readonly FiveOnes[]): Shares {
  const restored = judged.filter((one) => one.fixedOnce !== null);
  const once = restored.filter((one) => one.fixedOnce === true);
  return {
    faults: { part: once.length, whole: restored.length },
    households: { part: sumOf(once, 'households'), whole: sumOf(restored, 'households') },
  };
}

/** Repeat rate: of what was reported, what comes less than seven days after the supply had been back. */
export function repeatRate(judged: readonly FiveOnes[]): Shares {
  return {
    faults: { part: judged.filter((one) => one.householdsRepeated > 0).length, whole: judged.length },
    households: { part: sumOf(judged, 'householdsRepeated'), whole: sumOf(judged, 'households') },
  };
}

function sumOf(judged: readonly FiveOnes[], field: 'households' | 'householdsRepeated'): number {
  return judged.reduce((sum, one) => sum + one[field], 0);
}

function otherReasons(fault: FaultRecord): readonly ExceptionReason[] {
  const found: ExceptionReason[] = [];
  if (fault.secondOrders > 0) found.push('second-order');
  if (new Set(fault.crews).size > 1) found.push('crew-changed');
  if (fault.arrivals > 1 || fault.sentBack.includes('arrival')) found.push('second-visit');
  if (fault.arrangementMissed) found.push('arrangement-missed');
  if (fault.fixes > 1 || fault.sentBack.includes('fix')) found.push('fixed-again');
  if (fault.reopened > 0) found.push('opened-again');
  return found;
}

/** How often each household asked; whoever is unknown is a household of his own. */
function byHousehold(reports: FaultRecord['reports']): readonly number[] {
  const known = new Map<string, number>();
  const unknown: number[] = [];
  for (const { householdId, repeats } of reports) {
    if (householdId === null) unknown.push(1 + repeats);
    else known.set(householdId, (known.get(householdId) ?? 0) + 1 + repeats);
  }
  return [...known.values(), ...unknown];
}
