import { type Instant, MINUTE } from '#kernel/instant.ts';
import { type DelayCosts, weightOf } from './delay-costs.ts';
import type { Crew, DispatchFacts, DispatchPolicy, Fault } from './dispatch-facts.ts';
import { putAfter, type RouteBook, takeOut } from './route-book.ts';

/** Why a crew goes to a fault: codes, so that a page can say it and a test can ask. */
export type Reason =
  | { readonly why: 'own-grid' }
  | { readonly why: 'only-able' }
  | { readonly why: 'first-there' }
  | { readonly why: 'nearer-is-needed-elsewhere'; readonly crew: string }
  | { readonly why: 'hazard' }
  | { readonly why: 'important' }
  | { readonly why: 'medical'; readonly households: number }
  | { readonly why: 'many-customers'; readonly customers: number }
  | { readonly why: 'within-limit'; readonly minutesLeft: number }
  | { readonly why: 'late-already' | 'will-be-late'; readonly minutes: number };

/** Another crew, and what the whole plan would cost more (in minutes of one late arrival) if it went. */
type Alternative = {
  readonly crew: string;
  readonly arrivesAt: Instant;
  readonly moreCost: number;
};

export type Explanation = {
  readonly reasons: readonly Reason[];
  readonly alternatives: readonly Alternative[];
};

const ALTERNATIVES = 2;

/** Takes the fault out of the plan in `book`, asks what each other crew would cost, and puts it back. */
export function explain(
  facts: DispatchFacts,
  policy: DispatchPolicy,
  costs: DelayCosts,
  book: RouteBook,
  job: number,
): Explanation {
  const route = book.routeOf[job] as number;
  const before = book.prev[job] as number;
  const arrives = costs.arrival[job] as number;
  const withIt = costs.refresh(route);
  takeOut(book, job);
  const gain = withIt - costs.refresh(route);
  const others = facts.crews
    .flatMap((crew, other) =>
      other === route ? [] : alternative(facts, costs, book, { job, crew, other, gain }),
    )
    .toSorted((a, b) => a.moreCost - b.moreCost);
  putAfter(book, job, before, route);
  costs.refresh(route);
  const best = others.slice(0, ALTERNATIVES);
  return { alternatives: best, reasons: reasonsOf(facts, policy, { job, route, arrives, others }) };
}

function alternative(
  { now }: DispatchFacts,
  costs: DelayCosts,
  book: RouteBook,
  {
    job,
    crew,
    other,
    gain,
  }: { readonly job: number; readonly crew: Crew; readonly other: number; readonly gain: number },
): readonly Alternative[] {
  const more = costs.place(job, other, Infinity);
  if (more === Infinity) return [];
  putAfter(book, job, costs.spot.after, other);
  costs.refresh(other);
  const arrivesAt = now + Math.round((costs.arrival[job] as number) * MINUTE);
  takeOut(book, job);
  costs.refresh(other);
  return [{ crew: crew.id, arrivesAt, moreCost: more - gain }];
}

function reasonsOf(
  { now, crews, faults }: DispatchFacts,
  policy: DispatchPolicy,
  {
    job,
    route,
    arrives,
    others,
  }: {
    readonly job: number;
    readonly route: number;
    readonly arrives: number;
    readonly others: readonly Alternative[];
  },
): readonly Reason[] {
  const [crew, fault] = [crews[route] as Crew, faults[job] as Fault];
  const limit = (fault.reportedAt - now) / MINUTE + policy.arrivalLimit[fault.at.zone];
  const earliest = others.reduce<Alternative | undefined>(
    (a, b) => (a !== undefined && a.arrivesAt <= b.arrivesAt ? a : b),
    undefined,
  );
  return [
    ...(fault.hazard === true ? [{ why: 'hazard' } as const] : []),
    ...timeReason(arrives, limit),
    ...(fault.important && fault.hazard !== true ? [{ why: 'important' } as const] : []),
    ...(fault.medical > 0 ? [{ why: 'medical', households: fault.medical } as const] : []),
    ...(weightOf({ ...fault, important: false, medical: 0 }, policy) > 1
      ? [{ why: 'many-customers', customers: fault.customers } as const]
      : []),
    ...(crew.grid === fault.grid ? [{ why: 'own-grid' } as const] : []),
    ...whyThisCrew(earliest, now + arrives * MINUTE),
  ];
}

function timeReason(arrives: number, limit: number): readonly Reason[] {
  if (limit < 0) return [{ why: 'late-already', minutes: Math.round(-limit) }];
  const left = Math.round(limit - arrives);
  return [left < 0 ? { why: 'will-be-late', minutes: -left } : { why: 'within-limit', minutesLeft: left }];
}

function whyThisCrew(earliest: Alternative | undefined, arrivesAt: Instant): readonly Reason[] {
  if (earliest === undefined) return [{ why: 'only-able' }];
  if (arrivesAt <= earliest.arrivesAt) return [{ why: 'first-there' }];
  return [{ why: 'nearer-is-needed-elsewhere', crew: earliest.crew }];
}
