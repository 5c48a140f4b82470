import { type BreakTimes, breakTimes } from './break-times.ts';
import { flatLoads, type Loads, peakLoads } from './loads.ts';
import type { Random } from './random.ts';
import { type RouteBook, startOf } from './route-book.ts';
import type { Job, RouteProblem, Vehicle, Windows } from './route-problem.ts';
import { scheduleOf } from './schedule.ts';
import type { Evaluator } from './ruin-and-recreate.ts';
import { firstWithin, lastWithin } from './windows.ts';

/** One in a hundred good places is overlooked on purpose: the search does not walk the same way twice (SISR's blinks). */
const BLINK = 0.01;

/**
 * Rounds of visits: cost of the ways, hard windows. For each node of a route it keeps the earliest departure and the latest arrival
 * that keeps the rest on time, so that a place is judged in constant time.
 */
export function hardWindows(problem: RouteProblem, book: RouteBook, random: Random): Evaluator {
  const jobs = problem.jobs.length;
  const { next, size } = book;
  const nodes = next.length;
  const spot = { after: -1 };

  const placeOf = placesOf(problem, nodes);
  const windows = problem.jobs.map((job) => job.windows);
  const opens = Float64Array.from(windows, (own) => own[0]?.[0] ?? 0);
  const closes = Float64Array.from(windows, (own) => own.at(-1)?.[1] ?? 0);
  const several = Uint8Array.from(windows, (own) => (own.length > 1 ? 1 : 0));
  const service = Float64Array.from(problem.jobs, (job) => job.service);
  const setup = Float64Array.from(problem.jobs, (job) => job.setup);
  const able = abilities(problem);
  const loads: Loads = loadsAreFlat(problem) ? flatLoads(problem, book) : peakLoads(problem, book);
  const withBreaks: BreakTimes = breakTimes(problem, book, placeOf);

  const leaves = new Float64Array(nodes);
  // The latest arrival when the place before is another one, and when it is the same (then nothing is set up again).
  const latest = new Float64Array(nodes);
  const latestSame = new Float64Array(nodes);
  const edge = new Float64Array(nodes);
  const driven = new Float64Array(problem.vehicles.length);

  return { place, spot, fitsAlone, refresh };

  function place(job: number, route: number, below: number): number {
    const vehicle = problem.vehicles[route] as Vehicle;
    if (able[route * jobs + job] === 0 || (size[route] as number) >= vehicle.maxTasks) return Infinity;
    if (!loads.fits(job, route)) return Infinity;
    const opening = size[route] === 0 ? vehicle.fixedCost : 0;
    if (opening >= below) return Infinity;
    const found =
      vehicle.breaks.length === 0
        ? placePlain(job, route, vehicle, below - opening)
        : placeAround(job, route, vehicle, below - opening);
    return found + opening;
  }

  function fitsAlone(job: number, route: number): boolean {
    const vehicle = problem.vehicles[route] as Vehicle;
    if (able[route * jobs + job] === 0 || vehicle.maxTasks === 0) return false;
    return isFeasibleAlone(problem, vehicle, job);
  }

  function placePlain(job: number, route: number, vehicle: Vehicle, below: number): number {
    const { time, timeTo, cost, costTo, size: width } = vehicle.matrix;
    const own = placeOf[job] as number;
    const row = own * width;
    const opensAt = opens[job] as number;
    const closesAt = closes[job] as number;
    const manyWindows = several[job] === 1;
    const lasts = service[job] as number;
    const prepares = setup[job] as number;
    const end = startOf(book, route) + 1;
    let cheapest = below;
    let found = Infinity;
    let node = end - 1;
    while (node !== end) {
      const following = next[node] as number;
      const left = leaves[node] as number;
      if (left > closesAt) break;
      const from = placeOf[node] as number;
      const to = placeOf[following] as number;
      const delta = (costTo[row + from] as number) + (cost[row + to] as number) - (edge[node] as number);
      if (delta < cheapest) {
        let begins = left + (timeTo[row + from] as number);
        if (begins < opensAt) begins = opensAt;
        if (manyWindows) begins = firstWithin(windows[job] as Windows, begins);
        if (begins <= closesAt) {
          const ends = begins + lasts + (from === own ? 0 : prepares);
          const limit = (to === own ? latestSame[following] : latest[following]) as number;
          if (ends + (time[row + to] as number) <= limit && loads.fitsAfter(job, route, node)) {
            if (withinTravel(route, vehicle, node, following, row) && random() >= BLINK) {
              cheapest = delta;
              found = delta;
              spot.after = node;
            }
          }
        }
      }
      node = following;
    }
    return found;
  }

  function placeAround(job: number, route: number, vehicle: Vehicle, below: number): number {
    const { cost, costTo, size: width } = vehicle.matrix;
    const row = (placeOf[job] as number) * width;
    const end = startOf(book, route) + 1;
    let found = Infinity;
    let cheapest = below;
    for (let node = end - 1; node !== end; node = next[node] as number) {
      const following = next[node] as number;
      const delta =
        (costTo[row + (placeOf[node] as number)] as number) +
        (cost[row + (placeOf[following] as number)] as number) -
        (edge[node] as number);
      if (delta >= cheapest || !loads.fitsAfter(job, route, node)) continue;
      if (!withinTravel(route, vehicle, node, following, row) || !withBreaks.fits(job, route, node)) continue;
      if (random() < BLINK) continue;
      cheapest = delta;
      found = delta;
      spot.after = node;
    }
    return found;
  }

  function withinTravel(
    route: number,
    vehicle: Vehicle,
    node: number,
    following: number,
    row: number,
  ): boolean {
    if (vehicle.maxTravel === Infinity) return true;
    const { time, timeTo, size: width } = vehicle.matrix;
    const from = placeOf[node] as number;
    const to = placeOf[following] as number;
    const more =
      (timeTo[row + from] as number) + (time[row + to] as number) - (time[from * width + to] as number);
    return (driven[route] as number) + more <= vehicle.maxTravel;
  }

  function refresh(route: number): number {
    const vehicle = problem.vehicles[route] as Vehicle;
    const { cost, time, size: width } = vehicle.matrix;
    const start = startOf(book, route);
    let sum = size[route] === 0 ? 0 : vehicle.fixedCost;
    let travel = 0;
    for (let node = start; node !== start + 1; ) {
      const following = next[node] as number;
      const way = (placeOf[node] as number) * width + (placeOf[following] as number);
      const price = cost[way] as number;
      edge[node] = price;
      sum += price;
      travel += time[way] as number;
      node = following;
    }
    driven[route] = travel;
    if (size[route] !== 0 && (travel > vehicle.maxTravel || (size[route] as number) > vehicle.maxTasks))
      return Infinity;
    if (!loads.refresh(route)) return Infinity;
    const onTime = vehicle.breaks.length === 0 ? refreshPlain(route, vehicle) : withBreaks.refresh(route);
    if (!onTime && size[route] !== 0) return Infinity;
    return size[route] === 0 ? 0 : sum;
  }

  function refreshPlain(route: number, vehicle: Vehicle): boolean {
    const { time, size: width } = vehicle.matrix;
    const start = startOf(book, route);
    let left = vehicle.from;
    leaves[start] = left;
    let node = start;
    while (true) {
      const following = next[node] as number;
      const from = placeOf[node] as number;
      const to = placeOf[following] as number;
      const arrives = left + (time[from * width + to] as number);
      if (following === start + 1) {
        if (arrives > vehicle.to) return false;
        break;
      }
      const begins = earliest(following, arrives);
      if (begins > (closes[following] as number)) return false;
      left = begins + (service[following] as number) + (from === to ? 0 : (setup[following] as number));
      leaves[following] = left;
      node = following;
    }
    return walkBack(start, vehicle);
  }

  function walkBack(start: number, vehicle: Vehicle): boolean {
    const { time, size: width } = vehicle.matrix;
    const { prev } = book;
    let following = start + 1;
    latest[following] = vehicle.to;
    latestSame[following] = vehicle.to;
    let node = prev[following] as number;
    while (node !== start) {
      const from = placeOf[node] as number;
      const to = placeOf[following] as number;
      const limit = (from === to ? latestSame[following] : latest[following]) as number;
      const last = limit - (time[from * width + to] as number) - (service[node] as number);
      const prepares = setup[node] as number;
      latestSame[node] = latestStart(node, last);
      latest[node] = prepares === 0 ? (latestSame[node] as number) : latestStart(node, last - prepares);
      following = node;
      node = prev[node] as number;
    }
    return true;
  }

  function earliest(job: number, at: number): number {
    if (several[job] === 1) return firstWithin(windows[job] as Windows, at);
    const opensAt = opens[job] as number;
    return at < opensAt ? opensAt : at;
  }

  function latestStart(job: number, at: number): number {
    if (several[job] === 1) return lastWithin(windows[job] as Windows, at);
    const closesAt = closes[job] as number;
    return at > closesAt ? closesAt : at < (opens[job] as number) ? -Infinity : at;
  }
}

function isFeasibleAlone(problem: RouteProblem, vehicle: Vehicle, job: number): boolean {
  const only = problem.jobs[job] as Job;
  const carries = (amounts: readonly number[]) =>
    amounts.every((amount, i) => amount <= (vehicle.capacity[i] ?? 0));
  if (!carries(only.delivery) || !carries(only.pickup)) return false;
  const steps = scheduleOf(problem, vehicle, [only]);
  const last = steps.at(-1);
  return last !== undefined && last.arrival <= vehicle.to && last.driven <= vehicle.maxTravel;
}

export function placesOf(problem: RouteProblem, nodes: number): Int32Array {
  const places = new Int32Array(nodes).fill(problem.nowhere);
  for (const [job, { place }] of problem.jobs.entries()) places[job] = place;
  for (const [route, { start, end }] of problem.vehicles.entries()) {
    if (start !== undefined) places[problem.jobs.length + 2 * route] = start.place;
    if (end !== undefined) places[problem.jobs.length + 2 * route + 1] = end.place;
  }
  return places;
}

/** Whether a vehicle has the skills for a job; row by row of vehicles. */
function abilities({ jobs, vehicles }: RouteProblem): Uint8Array {
  const able = new Uint8Array(jobs.length * vehicles.length);
  for (const [route, vehicle] of vehicles.entries()) {
    const skills = new Set(vehicle.skills);
    for (const [job, { skills: needed }] of jobs.entries())
      if (needed.every((skill) => skills.has(skill))) able[route * jobs.length + job] = 1;
  }
  return able;
}

/** When nothing is both brought and taken away, a load only adds up. */
function loadsAreFlat({ jobs }: RouteProblem): boolean {
  return jobs.every(({ delivery }) => isNothing(delivery)) || jobs.every(({ pickup }) => isNothing(pickup));
}

function isNothing(amounts: readonly number[]): boolean {
  return amounts.every((amount) => amount === 0);
}
