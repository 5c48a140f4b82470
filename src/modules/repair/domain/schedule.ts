import { cross } from './break-times.ts';
import type { Break, Job, RouteProblem, Vehicle } from './route-problem.ts';
import { firstWithin, lastWithin } from './windows.ts';

/** What a vehicle does, in order, with the second of each. `driven` is the time on the road so far. */
export type Step = {
  readonly what:
    | { readonly start: true }
    | { readonly end: true }
    | { readonly job: Job }
    | { readonly rest: Break };
  readonly arrival: number;
  readonly waiting: number;
  readonly setup: number;
  readonly service: number;
  readonly driven: number;
};

/** A stop and the breaks taken on the way to it. */
type Leg = {
  readonly job: Job | undefined;
  readonly way: number;
  readonly same: boolean;
  readonly rests: readonly Break[];
};

/** The times of a route: as early at its end as it can be, and begun as late as that allows, so that nobody waits without need. */
export function scheduleOf(problem: RouteProblem, vehicle: Vehicle, jobs: readonly Job[]): readonly Step[] {
  const legs = legsOf(problem, vehicle, jobs);
  const begin = latestBegin(legs, endOf(legs, vehicle.from), vehicle);
  return drive(legs, begin);
}

/** Where each break is taken so that the route ends first; the breaks of a route are taken in their order. */
function legsOf(problem: RouteProblem, vehicle: Vehicle, jobs: readonly Job[]): readonly Leg[] {
  const { breaks } = vehicle;
  const bare = bareLegs(problem, vehicle, jobs);
  let leaves = breaks.reduce<number[]>((all) => [...all, Infinity], [vehicle.from]);
  const cameFrom: number[][] = [];
  for (const leg of bare) {
    const origins: number[] = [];
    leaves = leaves.map((_, taken) => {
      let [best, origin] = [Infinity, 0];
      for (let before = 0; before <= taken; before += 1) {
        const arrives = cross(breaks, before, taken, leaves[before] as number, leg.way);
        if (arrives < best) [best, origin] = [arrives, before];
      }
      origins.push(origin);
      return leavesAfter(leg, best);
    });
    cameFrom.push(origins);
  }
  let taken = breaks.length;
  return bare
    .map((leg, i) => [leg, cameFrom[i] as number[]] as const)
    .toReversed()
    .map(([leg, origins]) => {
      const before = origins[taken] as number;
      const rests = breaks.slice(before, taken);
      taken = before;
      return { ...leg, rests };
    })
    .toReversed();
}

function bareLegs(
  { nowhere }: RouteProblem,
  { start, end, matrix }: Vehicle,
  jobs: readonly Job[],
): readonly Leg[] {
  let from = start?.place ?? nowhere;
  return [...jobs, undefined].map((job) => {
    const to = job === undefined ? (end?.place ?? nowhere) : job.place;
    const leg = { job, way: matrix.time[from * matrix.size + to] as number, same: from === to, rests: [] };
    from = to;
    return leg;
  });
}

function leavesAfter({ job, same }: Leg, arrives: number): number {
  return job === undefined
    ? arrives
    : firstWithin(job.windows, arrives) + job.service + (same ? 0 : job.setup);
}

function endOf(legs: readonly Leg[], begin: number): number {
  return legs.reduce(
    (left, leg) => leavesAfter(leg, cross(leg.rests, 0, leg.rests.length, left, leg.way)),
    begin,
  );
}

function latestBegin(legs: readonly Leg[], end: number, { from }: Vehicle): number {
  let limit = end;
  for (const { job, way, same, rests } of legs.toReversed()) {
    const arrives =
      job === undefined ? limit : lastWithin(job.windows, limit - job.service - (same ? 0 : job.setup));
    let free = arrives;
    let rested = 0;
    for (const { windows, service } of rests.toReversed()) {
      free = lastWithin(windows, free - service);
      rested += service;
    }
    limit = Math.min(free, arrives - rested - way);
  }
  return Math.max(from, limit);
}

function drive(legs: readonly Leg[], begin: number): readonly Step[] {
  const still = { waiting: 0, setup: 0, service: 0 };
  const steps: Step[] = [{ what: { start: true }, arrival: begin, driven: 0, ...still }];
  let [now, driven] = [begin, 0];
  for (const { job, way, same, rests } of legs) {
    let left = way;
    for (const rest of rests) {
      const begins = firstWithin(rest.windows, now);
      const before = Math.min(left, begins - now);
      [left, driven] = [left - before, driven + before];
      const arrival = now + before;
      steps.push({
        what: { rest },
        arrival,
        waiting: begins - arrival,
        setup: 0,
        service: rest.service,
        driven,
      });
      now = begins + rest.service;
    }
    [now, driven] = [now + left, driven + left];
    if (job === undefined) steps.push({ what: { end: true }, arrival: now, driven, ...still });
    else {
      const begins = firstWithin(job.windows, now);
      const setup = same ? 0 : job.setup;
      steps.push({ what: { job }, arrival: now, waiting: begins - now, setup, service: job.service, driven });
      now = begins + setup + job.service;
    }
  }
  return steps;
}
