import { ABSENT, clearRoute, jobsOf, putAfter, type RouteBook, startOf, takeOut } from './route-book.ts';
import type { Random } from './random.ts';

// One algorithm in one file, hence its length: its inner loops share typed arrays that nothing else may touch.

/**
 * What a kind of planning knows about its routes. The search asks nothing else, so that rounds of visits and the dispatch of crews
 * share it.
 */
export type Evaluator = {
  /**
   * By how much the plan's cost grows when `job` goes to its cheapest place on `route`; `Infinity` when no place is allowed or none
   * costs less than `below`. The place is left in `spot.after`.
   */
  readonly place: (job: number, route: number, below: number) => number;
  readonly spot: { after: number };
  /** Whether the route could do this job and no other. */
  readonly fitsAlone: (job: number, route: number) => boolean;
  /** Takes in that a route was changed: its cost, or `Infinity` when it cannot be driven as it stands. */
  readonly refresh: (route: number) => number;
};

export type SearchTask = {
  readonly book: RouteBook;
  readonly evaluator: Evaluator;
  readonly random: Random;
  /** What leaving a job undone weighs: no cost makes up for it. 1 is the least. */
  readonly penalty: Float64Array;
  /** The `reach` nearest other jobs of each job, nearest first. */
  readonly near: Int32Array;
  readonly reach: number;
  /** Orders in which jobs may be put back: smaller rank first. */
  readonly orders: readonly { readonly weight: number; readonly rank: Float64Array }[];
  /** Routes with the same number are alike: one empty one of them is tried. */
  readonly kindOf: Int32Array;
};

export type Budget = {
  readonly rounds: number;
  /** How much of the time is used, 0 to 1; left out, rounds alone decide and the answer repeats. */
  readonly used?: () => number;
};

/** Figures found by measurement (bench/route.ts); the method is Christiaens and Vanden Berghe 2020 (SISR). */
const TUNED = {
  /** Jobs taken out in a round, on average, and the longest string of one route. */
  removed: 10,
  longestString: 10,
  /** A route of more jobs, on average, may lose several strings in a round: of 14 long rounds 13 are solved in 2 s, 9 without. */
  long: 20,
  /** How often a string is cut around jobs that stay, and how likely one more stays. */
  split: 0.5,
  keepOneMore: 0.01,
  /** The weight of putting back in no order at all. */
  anyOrder: 4,
  /** Temperatures at the beginning and at the end, as shares of the cost of one job. */
  hot: 0.5,
  cold: 0.005,
  /** How often a whole route is given up for a round, unless it is longer than this: greedy places alone never empty one. */
  dissolve: 0.02,
  longestDissolved: 30,
  /** The part of the search in which a job may be given up for others, and how rarely (a power of e). */
  loose: 0.5,
  dropping: 3,
  /** Jobs that nobody could do so far and that are tried again in a round. */
  retried: 20,
};

export type SearchResult = {
  readonly routes: readonly (readonly number[])[];
  readonly cost: number;
  readonly rounds: number;
};

/**
 * Takes out strings of neighbouring jobs and puts them back where they cost least, over and over, accepting worse plans less and less
 * (simulated annealing). Begins from the plan in `book`; answers the best plan met.
 */
export function ruinAndRecreate(task: SearchTask, budget: Budget): SearchResult {
  const { book, evaluator, random, penalty, near, reach, orders, kindOf } = task;
  const { next, prev, routeOf, size, jobs, routes } = book;
  const costOf = new Float64Array(routes);

  const absent = new Int32Array(jobs);
  let absentCount = 0;
  const keptAbsent = new Int32Array(jobs);
  let keptAbsentCount = 0;
  const pending = new Int32Array(jobs);
  let pendingCount = 0;
  const randomRank = new Float64Array(jobs);

  // What the touched routes were before this round.
  const savedRoute = new Int32Array(routes);
  const savedSize = new Int32Array(routes);
  const savedCost = new Float64Array(routes);
  const savedJobs = new Int32Array(jobs);
  let savedCount = 0;
  let savedJobCount = 0;
  const touchedIn = new Int32Array(routes).fill(-1);
  const ruinedIn = new Int32Array(routes).fill(-1);
  const stringsOf = new Int32Array(routes);
  const kindTried = new Int32Array(routes);
  let tries = 0;
  let round = 0;
  // The route that takes nothing back this round.
  let closed = -1;

  const totalWeight = orders.reduce((sum, { weight }) => sum + weight, 0);
  takeStock();
  recreateAll();
  let cost = routeCosts();
  let undone = undonePenalty();
  let best = cost;
  let bestUndone = undone;
  let bestRoutes = snapshot();
  const hopeless = hopelessPenalty();

  const perJob = Math.max(1e-9, cost / Math.max(1, jobs));
  const cooling = Math.log(TUNED.cold / TUNED.hot);
  let temperature = TUNED.hot * perJob;
  // While jobs are left, the first part of the search may leave one more for a while to find room for others.
  let loose = bestUndone > hopeless;
  for (round = 1; round <= budget.rounds; round += 1) {
    if ((round & 31) === 1) {
      const share = Math.max(round / budget.rounds, budget.used?.() ?? 0);
      if (share >= 1) break;
      temperature = TUNED.hot * perJob * Math.exp(cooling * share);
      if (loose && (share > TUNED.loose || bestUndone <= hopeless)) tighten();
    }
    playRound();
  }
  return { routes: bestRoutes, cost: best, rounds: round - 1 };

  function playRound(): void {
    savedCount = 0;
    savedJobCount = 0;
    keptAbsentCount = absentCount;
    for (let i = 0; i < absentCount; i += 1) keptAbsent[i] = absent[i] as number;
    ruin();
    recreate();
    const newCost = routeCosts();
    const newUndone = undonePenalty();
    if (!isAccepted(newCost, newUndone)) {
      goBack();
      return;
    }
    cost = newCost;
    undone = newUndone;
    if (undone < bestUndone || (undone === bestUndone && cost < best - 1e-9)) {
      best = cost;
      bestUndone = undone;
      bestRoutes = snapshot();
    }
  }

  function isAccepted(newCost: number, newUndone: number): boolean {
    if (newUndone < undone) return true;
    if (newUndone > undone && (!loose || random() > Math.exp(-TUNED.dropping * (newUndone - undone))))
      return false;
    return newCost < cost - temperature * Math.log(random());
  }

  /** From the best plan on, no job is given up any more. */
  function tighten(): void {
    loose = false;
    for (let route = 0; route < routes; route += 1) clearRoute(book, route);
    routeOf.fill(ABSENT);
    for (const [route, own] of bestRoutes.entries()) {
      let node = startOf(book, route);
      for (const job of own) {
        putAfter(book, job, node, route);
        node = job;
      }
    }
    absentCount = 0;
    takeStock();
    cost = best;
    undone = bestUndone;
  }

  /** Twice: routes may share what they carry, and what is first asked of the one still counts what the others had before. */
  function takeStock(): void {
    for (let route = 0; route < routes; route += 1) evaluator.refresh(route);
    for (let route = 0; route < routes; route += 1) costOf[route] = evaluator.refresh(route);
    for (let job = 0; job < jobs; job += 1) if (routeOf[job] === ABSENT) absent[absentCount++] = job;
  }

  function recreateAll(): void {
    round = 0;
    pendingCount = absentCount;
    pending.set(absent.subarray(0, absentCount));
    absentCount = 0;
    putBack();
  }

  function routeCosts(): number {
    let sum = 0;
    for (let route = 0; route < routes; route += 1) if (size[route] !== 0) sum += costOf[route] as number;
    return sum;
  }

  function undonePenalty(): number {
    let sum = 0;
    for (let i = 0; i < absentCount; i += 1) sum += penalty[absent[i] as number] as number;
    return sum;
  }

  /** What must be left as it seems: jobs that do not even fit on an empty route. */
  function hopelessPenalty(): number {
    let sum = 0;
    for (let i = 0; i < absentCount; i += 1) {
      const job = absent[i] as number;
      let fits = false;
      for (let route = 0; route < routes && !fits; route += 1) fits = evaluator.fitsAlone(job, route);
      if (!fits) sum += penalty[job] as number;
    }
    return sum;
  }

  function snapshot(): number[][] {
    return Array.from({ length: routes }, (_, route) => jobsOf(book, route));
  }

  function touch(route: number): void {
    if (touchedIn[route] === round) return;
    touchedIn[route] = round;
    savedRoute[savedCount] = route;
    savedSize[savedCount] = size[route] as number;
    savedCost[savedCount] = costOf[route] as number;
    savedCount += 1;
    let node = next[startOf(book, route)] as number;
    while (node < jobs) {
      savedJobs[savedJobCount++] = node;
      node = next[node] as number;
    }
  }

  function goBack(): void {
    for (let i = 0; i < savedCount; i += 1) clearRoute(book, savedRoute[i] as number);
    absentCount = keptAbsentCount;
    absent.set(keptAbsent.subarray(0, keptAbsentCount));
    for (let i = 0; i < absentCount; i += 1) routeOf[absent[i] as number] = ABSENT;
    let at = 0;
    for (let i = 0; i < savedCount; i += 1) {
      const route = savedRoute[i] as number;
      let node = startOf(book, route);
      for (let left = savedSize[i] as number; left > 0; left -= 1) {
        const job = savedJobs[at++] as number;
        putAfter(book, job, node, route);
        node = job;
      }
      evaluator.refresh(route);
      costOf[route] = savedCost[i] as number;
    }
  }

  function ruin(): void {
    pendingCount = 0;
    closed = -1;
    const placed = jobs - absentCount;
    if (placed === 0) return;
    if (random() < TUNED.dissolve) dissolve(routeOf[Math.floor(random() * jobs)] as number);
    else ruinStrings(placed);
    for (let i = 0; i < savedCount; i += 1) settle(savedRoute[i] as number);
  }

  function dissolve(route: number): void {
    if (route === ABSENT || (size[route] as number) > TUNED.longestDissolved) return;
    touch(route);
    takeAll(route);
    closed = route;
  }

  function takeAll(route: number): void {
    for (const job of jobsOf(book, route)) {
      takeOut(book, job);
      pending[pendingCount++] = job;
    }
  }

  function ruinStrings(placed: number): void {
    let used = 0;
    for (let route = 0; route < routes; route += 1) if (size[route] !== 0) used += 1;
    const longest = Math.min(TUNED.longestString, placed / used);
    const mostStrings = (4 * TUNED.removed) / (1 + longest) - 1;
    const strings = Math.floor(1 + random() * mostStrings);
    // Of few long routes each loses several strings, or the parts of one that pass by each other would never be joined anew.
    const each = placed / used > TUNED.long ? Math.ceil(strings / used) : 1;
    const seed = Math.floor(random() * jobs);
    let ruined = ruinAround(seed, longest, each) ? 1 : 0;
    for (let i = 0; i < reach && ruined < strings; i += 1)
      if (ruinAround(near[seed * reach + i] as number, longest, each)) ruined += 1;
  }

  function ruinAround(job: number, longest: number, each: number): boolean {
    const route = routeOf[job] as number;
    if (route === ABSENT) return false;
    if (ruinedIn[route] !== round) stringsOf[route] = 0;
    ruinedIn[route] = round;
    if ((stringsOf[route] as number) >= each) return false;
    stringsOf[route] = (stringsOf[route] as number) + 1;
    touch(route);
    const count = size[route] as number;
    const length = Math.floor(1 + random() * Math.min(count, longest));
    let stay = 0;
    if (length > 1 && length < count && random() < TUNED.split) {
      stay = 1;
      while (length + stay < count && random() < TUNED.keepOneMore) stay += 1;
    }
    removeString(job, route, length, stay);
    return true;
  }

  /** Takes out `length` jobs around `job`, leaving `stay` in their middle. */
  function removeString(job: number, route: number, length: number, stay: number): void {
    const span = length + stay;
    const rank = rankOf(job);
    const lowest = Math.max(0, rank - span + 1);
    const highest = Math.min(rank, (size[route] as number) - span);
    const from = lowest + Math.floor(random() * (highest - lowest + 1));
    const keepFrom = stay === 0 ? span : 1 + Math.floor(random() * (length - 1));
    let node = job;
    for (let back = rank - from; back > 0; back -= 1) node = prev[node] as number;
    for (let i = 0; i < span; i += 1) {
      const following = next[node] as number;
      if (i < keepFrom || i >= keepFrom + stay) {
        takeOut(book, node);
        pending[pendingCount++] = node;
      }
      node = following;
    }
  }

  function rankOf(job: number): number {
    let rank = 0;
    let node = prev[job] as number;
    while (node < jobs) {
      rank += 1;
      node = prev[node] as number;
    }
    return rank;
  }

  /** Without the triangle inequality a shorter route may be too slow: then all its jobs are planned anew. */
  function settle(route: number): void {
    let driven = evaluator.refresh(route);
    if (driven === Infinity) {
      takeAll(route);
      driven = evaluator.refresh(route);
    }
    costOf[route] = driven;
  }

  function recreate(): void {
    if (absentCount <= TUNED.retried) {
      for (let i = 0; i < absentCount; i += 1) pending[pendingCount++] = absent[i] as number;
      absentCount = 0;
    } else
      for (let i = 0; i < TUNED.retried; i += 1) {
        const drawn = Math.floor(random() * absentCount);
        pending[pendingCount++] = absent[drawn] as number;
        absent[drawn] = absent[--absentCount] as number;
      }
    putBack();
  }

  function putBack(): void {
    sortPending(pickOrder());
    for (let i = 0; i < pendingCount; i += 1) putCheapest(pending[i] as number);
  }

  function putCheapest(job: number): void {
    let cheapest = Infinity;
    let onRoute = -1;
    let after = -1;
    tries += 1;
    for (let route = 0; route < routes; route += 1) {
      if (route === closed) continue;
      if (size[route] === 0) {
        const kind = kindOf[route] as number;
        if (kindTried[kind] === tries) continue;
        kindTried[kind] = tries;
      }
      const delta = evaluator.place(job, route, cheapest);
      if (delta < cheapest) {
        cheapest = delta;
        onRoute = route;
        after = evaluator.spot.after;
      }
    }
    if (onRoute < 0) {
      absent[absentCount++] = job;
      return;
    }
    touch(onRoute);
    putAfter(book, job, after, onRoute);
    costOf[onRoute] = evaluator.refresh(onRoute);
  }

  function pickOrder(): Float64Array {
    let drawn = random() * (totalWeight + TUNED.anyOrder);
    for (const { weight, rank } of orders) {
      drawn -= weight;
      if (drawn < 0) return rank;
    }
    for (let i = 0; i < pendingCount; i += 1) randomRank[pending[i] as number] = random();
    return randomRank;
  }

  function sortPending(rank: Float64Array): void {
    for (let i = 1; i < pendingCount; i += 1) {
      const job = pending[i] as number;
      const own = rank[job] as number;
      let at = i - 1;
      while (at >= 0 && (rank[pending[at] as number] as number) > own) {
        pending[at + 1] = pending[at] as number;
        at -= 1;
      }
      pending[at + 1] = job;
    }
  }
}
