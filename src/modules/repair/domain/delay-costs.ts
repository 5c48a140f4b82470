import { HOUR, MINUTE } from '#kernel/instant.ts';
import type { Crew, DispatchFacts, DispatchPolicy, DispatchWeights, Fault } from './dispatch-facts.ts';
import { type RouteBook, startOf } from './route-book.ts';
import type { Evaluator } from './ruin-and-recreate.ts';
import { sharedStock } from './shared-stock.ts';

/** What the dispatch search asks, and what its explanation asks as well. */
export type DelayCosts = Evaluator & {
  /** When the crew of a route reaches a fault on it, in minutes from now. */
  readonly arrival: Float64Array;
  readonly isAble: (fault: number, crew: number) => boolean;
  /** The weight of a fault: 1, or more for important users, medical devices and many customers. */
  readonly weight: Float64Array;
};

/**
 * The dispatch of crews: arriving late costs, more with more customers and at important users; nobody is sent whom skills, materials,
 * shift or hours on duty forbid. A place on a route is judged by all arrivals after it.
 */
export function delayCosts(facts: DispatchFacts, policy: DispatchPolicy, book: RouteBook): DelayCosts {
  const { crews, faults, travel, now } = facts;
  const { next, size } = book;
  const { weights } = policy;
  const count = faults.length;
  const points = crews.length + count;
  const spot = { after: -1 };

  const weight = Float64Array.from(faults, (fault) => weightOf(fault, policy));
  const reported = Float64Array.from(faults, ({ reportedAt }) => (reportedAt - now) / MINUTE);
  const limit = Float64Array.from(
    faults,
    ({ at }, i) => (reported[i] as number) + policy.arrivalLimit[at.zone],
  );
  const rate = Float64Array.from(faults, ({ customers }) => customers * weights.customerMinute);
  const danger = Float64Array.from(faults, ({ hazard }) => (hazard === true ? weights.breach : 0));
  const repair = Float64Array.from(faults, ({ repairMinutes }) => repairMinutes);
  const free = Float64Array.from(crews, ({ freeAt }) => Math.max(0, (freeAt - now) / MINUTE));
  const until = Float64Array.from(crews, (crew) => {
    const shift = crew.shiftEnd - now + policy.overtimeMinutes * MINUTE;
    return Math.min(shift, crew.onDutySince + policy.longestDutyHours * HOUR - now) / MINUTE;
  });
  const able = abilities(facts);
  const scarce = scarceMinutes(facts, policy);
  const extra = assignmentCosts(facts, policy, scarce);
  const road = Float64Array.from(crews, ({ skills }) => weights.travelMinute + scarcest(skills, scarce));
  const stock = sharedStock(crews, faults);

  const arrival = new Float64Array(next.length);
  const leaves = new Float64Array(next.length);
  const priceOf = new Float64Array(next.length);

  return {
    place,
    spot,
    fitsAlone,
    refresh,
    arrival,
    weight,
    isAble: (fault, crew) => able[crew * count + fault] === 1,
  };

  function place(job: number, route: number, below: number): number {
    if (able[route * count + job] === 0 || !stock.has(job, route)) return Infinity;
    const end = startOf(book, route) + 1;
    const own = extra[route * count + job] as number;
    let cheapest = below;
    let found = Infinity;
    for (let node = end - 1; node !== end; node = next[node] as number) {
      const delta = own + deltaAfter(job, route, node, end, cheapest - own);
      if (delta >= cheapest) continue;
      cheapest = delta;
      found = delta;
      spot.after = node;
    }
    return found;
  }

  function deltaAfter(job: number, route: number, node: number, end: number, below: number): number {
    const there = wayOf(node, job, route);
    let at = (leaves[node] as number) + there;
    if (at < (reported[job] as number)) at = reported[job] as number;
    let delta = priceAt(job, at, leaves[node] as number) + (road[route] as number) * there;
    let before = job;
    let done = at + (repair[job] as number);
    const first = next[node] as number;
    for (let follower = first; follower !== end; follower = next[follower] as number) {
      if (delta >= below) return Infinity;
      const way = wayOf(before, follower, route);
      if (follower === first) delta += (road[route] as number) * (way - wayOf(node, follower, route));
      let then = done + way;
      if (then < (reported[follower] as number)) then = reported[follower] as number;
      delta += priceAt(follower, then, done) - (priceOf[follower] as number);
      done = then + (repair[follower] as number);
      before = follower;
    }
    return done <= (until[route] as number) ? delta : Infinity;
  }

  function wayOf(from: number, to: number, route: number): number {
    const row = from < count ? crews.length + from : route;
    return travel[row * points + crews.length + to] as number;
  }

  /** What it costs that a fault is reached at `at` minutes from now by a crew that sets out to it in `leaving` minutes. */
  function priceAt(job: number, at: number, leaving: number): number {
    const late = latePrice(at - (limit[job] as number), leaving, weights);
    const waiting = (rate[job] as number) * (at - (reported[job] as number)) + (danger[job] as number) * at;
    return waiting + (weight[job] as number) * late;
  }

  function refresh(route: number): number {
    const start = startOf(book, route);
    let at = free[route] as number;
    leaves[start] = at;
    let sum = 0;
    let node = start;
    let follower = next[node] as number;
    while (follower !== start + 1) {
      const way = wayOf(node, follower, route);
      const leaving = at;
      at += way;
      if (at < (reported[follower] as number)) at = reported[follower] as number;
      const price = priceAt(follower, at, leaving);
      arrival[follower] = at;
      priceOf[follower] = price;
      sum += price + (road[route] as number) * way + (extra[route * count + follower] as number);
      at += repair[follower] as number;
      leaves[follower] = at;
      node = follower;
      follower = next[node] as number;
    }
    const carries = stock.take(route, book);
    return size[route] === 0 || (carries && at <= (until[route] as number)) ? sum : Infinity;
  }

  function fitsAlone(job: number, route: number): boolean {
    if (able[route * count + job] === 0 || !stock.held(job, route)) return false;
    const way = travel[route * points + crews.length + job] as number;
    return (free[route] as number) + way + (repair[job] as number) <= (until[route] as number);
  }
}

/**
 * What an arrival so many minutes over its limit costs a fault of weight 1, by a crew that sets out in `leaving` minutes; ways and the
 * repairs before are not known exactly (`blurMinutes`, `blurShare`).
 */
export function latePrice(
  over: number,
  leaving: number,
  { breach, lateMinute, blurMinutes, blurShare }: DispatchWeights,
): number {
  const blur = blurMinutes + blurShare * leaving;
  const likely = blur === 0 ? (over > 0 ? 1 : 0) : 0.5 + over / (2 * blur);
  const clamped = likely < 0 ? 0 : likely > 1 ? 1 : likely;
  return clamped * breach + (over > 0 ? over * lateMinute : 0);
}

export function weightOf(
  fault: Pick<Fault, 'important' | 'medical' | 'customers'>,
  { weights }: DispatchPolicy,
): number {
  const urgent = fault.important || fault.medical > 0 ? weights.importantTimes : 1;
  return urgent * (fault.customers > weights.manyCustomers ? weights.manyTimes : 1);
}

export function hasSkills(
  { skills }: Pick<Crew, 'skills'>,
  { skills: needed }: Pick<Fault, 'skills'>,
): boolean {
  return needed.every((skill) => skills.includes(skill));
}

function isTrained({ cards }: Crew, { card }: Fault): boolean {
  return card === undefined || cards === undefined || cards.includes(card);
}

function abilities({ crews, faults }: DispatchFacts): Uint8Array {
  const able = new Uint8Array(crews.length * faults.length);
  for (const [c, crew] of crews.entries())
    for (const [f, fault] of faults.entries())
      if (hasSkills(crew, fault) && isTrained(crew, fault)) able[c * faults.length + f] = 1;
  return able;
}

/** A skill begins to be scarce when those who have it are at work for half of the next hour, and is so when for all of it. */
const AHEAD = 60;
const SCARCE_FROM = 0.5;
/** More than this is not asked for a minute, however many faults wait. */
const DEAREST = 1.5;
/** The way to a fault, as far as one can say without knowing who goes: what the days of bench/dispatch need. */
const USUAL_WAY = 20;

/** By skill: what a minute of a crew that has it is worth, as others who need it wait so much longer. */
function scarceMinutes(
  { now, crews, faults }: DispatchFacts,
  { weights }: DispatchPolicy,
): ReadonlyMap<string, number> {
  const skills = new Set(crews.flatMap((crew) => crew.skills));
  return new Map(
    [...skills].map((skill) => {
      const able = crews.filter((crew) => crew.skills.includes(skill));
      const busy = able.map(({ freeAt }) => Math.min(AHEAD, Math.max(0, (freeAt - now) / MINUTE)));
      const asked = faults.flatMap((fault) =>
        fault.skills.includes(skill) ? [fault.repairMinutes + USUAL_WAY] : [],
      );
      const load = sumOf([...busy, ...asked]) / (AHEAD * able.length);
      const scarcity = Math.max(0, (load - SCARCE_FROM) / (1 - SCARCE_FROM));
      return [skill, weights.scarceMinute * Math.min(DEAREST, scarcity)] as const;
    }),
  );
}

function scarcest(skills: readonly string[], scarce: ReadonlyMap<string, number>): number {
  return skills.reduce((most, skill) => Math.max(most, scarce.get(skill) ?? 0), 0);
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** What it costs that this crew does it, whenever: a grid left in peace, and skills kept from those who need them. */
function assignmentCosts(
  { crews, faults }: DispatchFacts,
  { storm, weights }: DispatchPolicy,
  scarce: ReadonlyMap<string, number>,
): Float64Array {
  const price = new Float64Array(crews.length * faults.length);
  for (const [c, { grid, skills }] of crews.entries())
    for (const [f, fault] of faults.entries()) {
      const spare = skills.filter((skill) => !fault.skills.includes(skill));
      const away = storm || fault.grid === grid ? 0 : weights.crossing;
      const kept = scarcest(spare, scarce) * fault.repairMinutes;
      price[c * faults.length + f] = away + spare.length * weights.spareSkill + kept;
    }
  return price;
}
