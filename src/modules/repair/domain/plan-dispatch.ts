import { type Instant, MINUTE } from '#kernel/instant.ts';
import { type DelayCosts, delayCosts, hasSkills } from './delay-costs.ts';
import type { Crew, DispatchFacts, DispatchPolicy, Fault } from './dispatch-facts.ts';
import { type Explanation, explain } from './explain-dispatch.ts';
import { seededRandom } from './random.ts';
import { ABSENT, clearRoute, emptyBook, putAfter, type RouteBook, startOf } from './route-book.ts';
import { ruinAndRecreate } from './ruin-and-recreate.ts';

/** A crew that stands free and should go now. */
type Sending = Explanation & {
  readonly crew: string;
  readonly fault: string;
  readonly arrivesAt: Instant;
  /** It leaves its own grid in peace: a dispatcher says yes. */
  readonly needsClick: boolean;
};

/** What a crew would do after that (预排); it may change until it is sent. */
type Arranged = {
  readonly crew: string;
  readonly fault: string;
  readonly arrivesAt: Instant;
};

type WhyNot = 'skills' | 'training' | 'materials-or-duty';

export type DispatchProposal = {
  readonly send: readonly Sending[];
  readonly arranged: readonly Arranged[];
  /** Whom nobody can reach as things stand, and why. */
  readonly unplanned: readonly { readonly fault: string; readonly why: WhyNot }[];
  /** The whole plan, for the next time. */
  readonly plan: ReadonlyMap<string, readonly string[]>;
  readonly cost: number;
};

/** So many jobs after the first are shown to a crew. */
const SHOWN_AHEAD = 2;

/**
 * Who goes where, seen from now: free and soon-free crews, faults nobody was sent to. Starts from the last plan, puts new faults at
 * their cheapest place, and improves. Only the first job of crews that stand free is to be sent; the rest stays open.
 */
export function planDispatch(facts: DispatchFacts, policy: DispatchPolicy, seed: number): DispatchProposal {
  const book = emptyBook(facts.faults.length, facts.crews.length);
  const costs = delayCosts(facts, policy, book);
  keepLastPlan(facts, book, costs);
  const found = ruinAndRecreate(taskOf(facts, book, costs, seed), { rounds: policy.rounds });
  take(book, found.routes);
  for (let crew = 0; crew < facts.crews.length; crew += 1) costs.refresh(crew);
  return { ...proposalOf(facts, policy, costs, book, found.routes), cost: found.cost };
}

function taskOf(facts: DispatchFacts, book: RouteBook, costs: DelayCosts, seed: number) {
  const { faults, crews, travel } = facts;
  const count = faults.length;
  const points = crews.length + count;
  const reach = Math.max(0, count - 1);
  const near = new Int32Array(count * reach);
  for (let fault = 0; fault < count; fault += 1) {
    const row = (crews.length + fault) * points + crews.length;
    const others = Int32Array.from({ length: count }, (_, i) => i).filter((i) => i !== fault);
    near.set(
      others.toSorted((a, b) => (travel[row + a] as number) - (travel[row + b] as number) || a - b),
      fault * reach,
    );
  }
  return {
    book,
    evaluator: costs,
    random: seededRandom(seed),
    penalty: costs.weight,
    near,
    reach,
    orders: [
      { weight: 4, rank: costs.weight.map((weight) => -weight) },
      { weight: 4, rank: Float64Array.from(faults, ({ reportedAt }) => reportedAt) },
      { weight: 4, rank: Float64Array.from(faults, ({ customers }) => -customers) },
      { weight: 1, rank: Float64Array.from(faults, ({ repairMinutes }) => repairMinutes) },
    ],
    kindOf: Int32Array.from(crews, (_, crew) => crew),
  };
}

/** Puts the last plan into the book, as far as its crews and faults are still there and it can still be done. */
function keepLastPlan({ crews, faults, lastPlan }: DispatchFacts, book: RouteBook, costs: DelayCosts): void {
  if (lastPlan === undefined) return;
  const numbers = new Map(faults.map(({ id }, fault) => [id, fault]));
  for (const [route, { id }] of crews.entries()) {
    const known = (lastPlan.get(id) ?? []).flatMap((fault) => numbers.get(fault) ?? []);
    const jobs = known.filter((job) => book.routeOf[job] === ABSENT && costs.isAble(job, route));
    putAll(book, route, jobs);
    if (costs.refresh(route) !== Infinity) continue;
    for (const job of jobs) book.routeOf[job] = ABSENT;
    clearRoute(book, route);
    costs.refresh(route);
  }
}

function take(book: RouteBook, routes: readonly (readonly number[])[]): void {
  book.routeOf.fill(ABSENT);
  for (const [route, jobs] of routes.entries()) {
    clearRoute(book, route);
    putAll(book, route, jobs);
  }
}

function putAll(book: RouteBook, route: number, jobs: readonly number[]): void {
  let node = startOf(book, route);
  for (const job of jobs) {
    putAfter(book, job, node, route);
    node = job;
  }
}

function proposalOf(
  facts: DispatchFacts,
  policy: DispatchPolicy,
  costs: DelayCosts,
  book: RouteBook,
  routes: readonly (readonly number[])[],
): Omit<DispatchProposal, 'cost'> {
  const { now, crews, faults } = facts;
  const send: Sending[] = [];
  const arranged: Arranged[] = [];
  const arrivals = Float64Array.from(costs.arrival);
  for (const [route, jobs] of routes.entries()) {
    const crew = crews[route] as Crew;
    const shown = jobs.map((job) => {
      const fault = faults[job] as Fault;
      return {
        crew: crew.id,
        fault: fault.id,
        arrivesAt: now + Math.round((arrivals[job] as number) * MINUTE),
      };
    });
    const [first, ...later] = shown;
    const job = jobs[0];
    if (first === undefined || job === undefined) continue;
    const goes = crew.freeAt <= now;
    if (goes)
      send.push({
        ...first,
        ...crossingOf(policy, crew, faults[job] as Fault),
        ...explain(facts, policy, costs, book, job),
      });
    arranged.push(...(goes ? later : shown).slice(0, SHOWN_AHEAD));
  }
  const planned = new Set(routes.flat());
  const unplanned = faults.flatMap((fault, job) =>
    planned.has(job) ? [] : [{ fault: fault.id, why: whyNot(facts, costs, job) }],
  );
  const plan = new Map(
    routes.map((jobs, route) => [(crews[route] as Crew).id, jobs.map((job) => (faults[job] as Fault).id)]),
  );
  return { send, arranged, unplanned, plan };
}

function crossingOf({ storm }: DispatchPolicy, crew: Crew, fault: Fault): { readonly needsClick: boolean } {
  return { needsClick: !storm && crew.grid !== fault.grid };
}

function whyNot({ crews, faults }: DispatchFacts, costs: DelayCosts, job: number): WhyNot {
  if (crews.some((_, crew) => costs.isAble(job, crew))) return 'materials-or-duty';
  return crews.some((crew) => hasSkills(crew, faults[job] as Fault)) ? 'training' : 'skills';
}
