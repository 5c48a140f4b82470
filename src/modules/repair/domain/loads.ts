import { type RouteBook, startOf } from './route-book.ts';
import type { RouteProblem } from './route-problem.ts';

/** What a route carries. Deliveries are on board from the start, pickups to the end. */
export type Loads = {
  readonly fits: (job: number, route: number) => boolean;
  readonly fitsAfter: (job: number, route: number, node: number) => boolean;
  readonly refresh: (route: number) => boolean;
};

/** All is brought, or all is taken away: the sum decides. */
export function flatLoads(problem: RouteProblem, book: RouteBook): Loads {
  const { dimensions } = problem;
  const amount = new Float64Array(problem.jobs.length * dimensions);
  for (const [job, { delivery, pickup }] of problem.jobs.entries())
    for (let d = 0; d < dimensions; d += 1)
      amount[job * dimensions + d] = (delivery[d] ?? 0) + (pickup[d] ?? 0);
  const room = roomOf(problem);
  const load = new Float64Array(problem.vehicles.length * dimensions);

  return { fits, fitsAfter: () => true, refresh };

  function fits(job: number, route: number): boolean {
    for (let d = 0; d < dimensions; d += 1) {
      const at = route * dimensions + d;
      if ((load[at] as number) + (amount[job * dimensions + d] as number) > (room[at] as number))
        return false;
    }
    return true;
  }

  function refresh(route: number): boolean {
    let allowed = true;
    for (let d = 0; d < dimensions; d += 1) {
      let sum = 0;
      let node = book.next[startOf(book, route)] as number;
      while (node < book.jobs) {
        sum += amount[node * dimensions + d] as number;
        node = book.next[node] as number;
      }
      load[route * dimensions + d] = sum;
      if (sum > (room[route * dimensions + d] as number)) allowed = false;
    }
    return allowed;
  }
}

/** Some is brought and some taken away: the highest load before and after each node decides. */
export function peakLoads(problem: RouteProblem, book: RouteBook): Loads {
  const { dimensions } = problem;
  const jobs = problem.jobs.length;
  const brought = new Float64Array(jobs * dimensions);
  const taken = new Float64Array(jobs * dimensions);
  for (const [job, { delivery, pickup }] of problem.jobs.entries())
    for (let d = 0; d < dimensions; d += 1) {
      brought[job * dimensions + d] = delivery[d] ?? 0;
      taken[job * dimensions + d] = pickup[d] ?? 0;
    }
  const room = roomOf(problem);
  // The highest load from the start until a node is left, and from there to the end.
  const until = new Float64Array(book.next.length * dimensions);
  const from = new Float64Array(book.next.length * dimensions);

  return { fits: () => true, fitsAfter, refresh };

  function fitsAfter(job: number, route: number, node: number): boolean {
    for (let d = 0; d < dimensions; d += 1) {
      const most = room[route * dimensions + d] as number;
      const at = node * dimensions + d;
      if ((until[at] as number) + (brought[job * dimensions + d] as number) > most) return false;
      if ((from[at] as number) + (taken[job * dimensions + d] as number) > most) return false;
    }
    return true;
  }

  function refresh(route: number): boolean {
    let allowed = true;
    for (let d = 0; d < dimensions; d += 1) if (!refreshOne(route, d)) allowed = false;
    return allowed;
  }

  function refreshOne(route: number, d: number): boolean {
    const { next, prev } = book;
    const start = startOf(book, route);
    let load = 0;
    for (let node = next[start] as number; node < jobs; node = next[node] as number)
      load += brought[node * dimensions + d] as number;
    let peak = load;
    until[start * dimensions + d] = load;
    // For now `from` holds the load itself.
    from[start * dimensions + d] = load;
    for (let node = next[start] as number; node < jobs; node = next[node] as number) {
      const at = node * dimensions + d;
      load += (taken[at] as number) - (brought[at] as number);
      if (load > peak) peak = load;
      until[at] = peak;
      from[at] = load;
    }
    let highest = 0;
    for (let node = prev[start + 1] as number; ; node = prev[node] as number) {
      const at = node * dimensions + d;
      if ((from[at] as number) > highest) highest = from[at] as number;
      from[at] = highest;
      if (node === start) break;
    }
    return peak <= (room[route * dimensions + d] as number);
  }
}

function roomOf({ vehicles, dimensions }: RouteProblem): Float64Array {
  const room = new Float64Array(vehicles.length * dimensions);
  for (const [route, { capacity }] of vehicles.entries())
    for (let d = 0; d < dimensions; d += 1) room[route * dimensions + d] = capacity[d] ?? 0;
  return room;
}
