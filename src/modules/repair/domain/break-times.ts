import { type RouteBook, startOf } from './route-book.ts';
import type { Break, RouteProblem, Vehicle } from './route-problem.ts';
import { firstWithin, lastWithin } from './windows.ts';

/** Times of routes whose vehicle has breaks: they are taken in the order of their windows, anywhere on the way. */
export type BreakTimes = {
  readonly fits: (job: number, route: number, node: number) => boolean;
  readonly refresh: (route: number) => boolean;
};

/**
 * For each node and each number of breaks already taken: the earliest departure, and the latest arrival. A break has no place: it may
 * interrupt a way, and time spent waiting for it is driven first.
 */
export function breakTimes(problem: RouteProblem, book: RouteBook, placeOf: Int32Array): BreakTimes {
  const { next, prev } = book;
  const jobs = problem.jobs.length;
  const width = 1 + problem.vehicles.reduce((most, { breaks }) => Math.max(most, breaks.length), 0);
  const leaves = new Float64Array(width === 1 ? 0 : next.length * width);
  const latest = new Float64Array(leaves.length);
  const latestSame = new Float64Array(leaves.length);

  return { fits, refresh };

  function fits(job: number, route: number, node: number): boolean {
    const vehicle = problem.vehicles[route] as Vehicle;
    const { breaks } = vehicle;
    const following = next[node] as number;
    const [before, own, after] = [
      placeOf[node] as number,
      placeOf[job] as number,
      placeOf[following] as number,
    ];
    const { time, size } = vehicle.matrix;
    const there = time[before * size + own] as number;
    const on = time[own * size + after] as number;
    const { service, setup, windows } = problem.jobs[job] as RouteProblem['jobs'][number];
    const lasts = service + (before === own ? 0 : setup);
    const limits = after === own ? latestSame : latest;
    for (let taken = 0; taken <= breaks.length; taken += 1) {
      const left = leaves[node * width + taken] as number;
      if (left === Infinity) continue;
      for (let mid = taken; mid <= breaks.length; mid += 1) {
        const begins = firstWithin(windows, cross(breaks, taken, mid, left, there));
        if (begins === Infinity) continue;
        for (let later = mid; later <= breaks.length; later += 1)
          if (cross(breaks, mid, later, begins + lasts, on) <= (limits[following * width + later] as number))
            return true;
      }
    }
    return false;
  }

  function refresh(route: number): boolean {
    const vehicle = problem.vehicles[route] as Vehicle;
    const start = startOf(book, route);
    leaves.fill(Infinity, start * width, (start + 1) * width);
    leaves[start * width] = vehicle.from;
    let node = start;
    while (node !== start + 1) {
      const following = next[node] as number;
      walkOn(vehicle, node, following);
      node = following;
    }
    walkBack(vehicle, start);
    return (leaves[(start + 1) * width + vehicle.breaks.length] as number) <= vehicle.to;
  }

  function walkOn(vehicle: Vehicle, node: number, following: number): void {
    const { breaks } = vehicle;
    const [from, to] = [placeOf[node] as number, placeOf[following] as number];
    const way = vehicle.matrix.time[from * vehicle.matrix.size + to] as number;
    for (let taken = 0; taken <= breaks.length; taken += 1) {
      let arrives = Infinity;
      for (let before = 0; before <= taken; before += 1)
        arrives = Math.min(
          arrives,
          cross(breaks, before, taken, leaves[node * width + before] as number, way),
        );
      leaves[following * width + taken] =
        following < jobs ? leaveAfter(following, arrives, from === to) : arrives;
    }
  }

  function leaveAfter(job: number, arrives: number, same: boolean): number {
    const { service, setup, windows } = problem.jobs[job] as RouteProblem['jobs'][number];
    return firstWithin(windows, arrives) + service + (same ? 0 : setup);
  }

  function walkBack(vehicle: Vehicle, start: number): void {
    const { breaks, matrix } = vehicle;
    const end = (start + 1) * width;
    latest.fill(-Infinity, end, end + width);
    latest[end + breaks.length] = vehicle.to;
    latestSame.set(latest.subarray(end, end + width), end);
    for (let node = prev[start + 1] as number; node !== start; node = prev[node] as number) {
      const following = next[node] as number;
      const [from, to] = [placeOf[node] as number, placeOf[following] as number];
      const limits = from === to ? latestSame : latest;
      const way = matrix.time[from * matrix.size + to] as number;
      const { service, setup, windows } = problem.jobs[node] as RouteProblem['jobs'][number];
      for (let taken = 0; taken <= breaks.length; taken += 1) {
        let last = -Infinity;
        for (let later = taken; later <= breaks.length; later += 1)
          last = Math.max(
            last,
            crossBack(breaks, taken, later, limits[following * width + later] as number, way),
          );
        latestSame[node * width + taken] = lastWithin(windows, last - service);
        latest[node * width + taken] = lastWithin(windows, last - service - setup);
      }
    }
  }
}

/** When one arrives who leaves at `left`, takes the breaks `from` to `to` on the way, and drives for `way` in all. */
export function cross(breaks: readonly Break[], from: number, to: number, left: number, way: number): number {
  let free = left;
  let rested = 0;
  for (let i = from; i < to; i += 1) {
    const { windows, service } = breaks[i] as Break;
    free = firstWithin(windows, free) + service;
    rested += service;
  }
  return Math.max(free, left + rested + way);
}

/** When one must leave to arrive at `limit`; the other way round of `cross`. */
function crossBack(breaks: readonly Break[], from: number, to: number, limit: number, way: number): number {
  let free = limit;
  let rested = 0;
  for (let i = to - 1; i >= from; i -= 1) {
    const { windows, service } = breaks[i] as Break;
    free = lastWithin(windows, free - service);
    rested += service;
  }
  return Math.min(free, limit - rested - way);
}
