import type { Break, Depot, Job, RouteProblem, Vehicle } from './route-problem.ts';
import { scheduleOf, type Step } from './schedule.ts';

/** What VROOM says of a route, and of all of them. */
type Sums = {
  readonly cost: number;
  readonly delivery?: readonly number[];
  readonly pickup?: readonly number[];
  readonly setup: number;
  readonly service: number;
  readonly duration: number;
  readonly waiting_time: number;
  readonly priority: number;
};

type PrintedStep = {
  readonly type: 'start' | 'job' | 'break' | 'end';
  readonly id?: number;
  readonly job?: number;
  readonly description?: string;
  readonly location?: readonly [number, number];
  readonly location_index?: number;
  readonly setup: number;
  readonly service: number;
  readonly waiting_time: number;
  readonly load?: readonly number[];
  readonly arrival: number;
  readonly duration: number;
  readonly violations: readonly never[];
};

export type PrintedRoute = Sums & {
  readonly vehicle: number;
  readonly description?: string;
  readonly steps: readonly PrintedStep[];
  readonly violations: readonly never[];
};

/** A plan in VROOM's form (its API of 1.14), without the times that computing took: the same plan is the same text. */
export type PrintedPlan = {
  readonly code: 0;
  readonly summary: Sums & {
    readonly routes: number;
    readonly unassigned: number;
    readonly violations: readonly never[];
  };
  readonly unassigned: readonly Record<string, unknown>[];
  readonly routes: readonly PrintedRoute[];
};

export function printRoutePlan(problem: RouteProblem, plan: readonly (readonly number[])[]): PrintedPlan {
  const routes = plan.flatMap((jobs, route) => {
    const vehicle = problem.vehicles[route] as Vehicle;
    return jobs.length === 0
      ? []
      : [
          printRoute(
            problem,
            vehicle,
            jobs.map((job) => problem.jobs[job] as Job),
          ),
        ];
  });
  const done = new Set(plan.flat());
  const unassigned = problem.jobs
    .filter((_, job) => !done.has(job))
    .map(({ id, description, ...job }) => ({
      id,
      type: 'job',
      ...placeOf(job),
      ...(description !== undefined && { description }),
    }));
  const violations: readonly never[] = [];
  const summary = {
    ...sumsOf(problem, routes),
    routes: routes.length,
    unassigned: unassigned.length,
    violations,
  };
  return { code: 0, summary, unassigned, routes };
}

function printRoute(problem: RouteProblem, vehicle: Vehicle, jobs: readonly Job[]): PrintedRoute {
  const steps = scheduleOf(problem, vehicle, jobs);
  const total = (amounts: readonly (readonly number[])[]) => addUp(problem.dimensions, amounts);
  const delivery = total(jobs.map((job) => job.delivery));
  const pickup = total(jobs.map((job) => job.pickup));
  let load = delivery;
  const shown = steps.filter(({ what }) => isShown(vehicle, what));
  const printed = shown.map((step) => {
    if ('job' in step.what) {
      const { delivery: brought, pickup: taken } = step.what.job;
      load = load.map((amount, i) => amount - (brought[i] ?? 0) + (taken[i] ?? 0));
    }
    return printStep(vehicle, step, problem.dimensions === 0 ? undefined : load);
  });
  const sum = (of: (step: Step) => number) => steps.reduce((all, step) => all + of(step), 0);
  return {
    vehicle: vehicle.id,
    cost: costOf(problem, vehicle, jobs),
    ...(vehicle.description !== undefined && { description: vehicle.description }),
    ...(problem.dimensions > 0 && { delivery, pickup }),
    setup: sum((step) => step.setup),
    service: sum((step) => step.service),
    duration: steps.at(-1)?.driven ?? 0,
    waiting_time: sum((step) => step.waiting),
    priority: jobs.reduce((all, { priority }) => all + priority, 0),
    steps: printed,
    violations: [],
  };
}

/** As VROOM does: a route without a start or an end has no step of it. */
function isShown({ start, end }: Vehicle, what: Step['what']): boolean {
  if ('start' in what) return start !== undefined;
  return 'end' in what ? end !== undefined : true;
}

function printStep(vehicle: Vehicle, step: Step, load: readonly number[] | undefined): PrintedStep {
  const { what, arrival, waiting, setup, service, driven } = step;
  return {
    ...headOf(vehicle, what),
    setup,
    service,
    waiting_time: waiting,
    ...(load && { load }),
    arrival,
    duration: driven,
    violations: [],
  };
}

function headOf(
  vehicle: Vehicle,
  what: Step['what'],
): Pick<PrintedStep, 'type' | 'id' | 'job' | 'description'> {
  if ('start' in what) return { type: 'start', ...placeOf(vehicle.start) };
  if ('end' in what) return { type: 'end', ...placeOf(vehicle.end) };
  if ('rest' in what) return { type: 'break', id: what.rest.id, ...described(what.rest) };
  return { type: 'job', id: what.job.id, job: what.job.id, ...described(what.job), ...placeOf(what.job) };
}

function described({ description }: Job | Break): { readonly description?: string } {
  return description === undefined ? {} : { description };
}

function placeOf(place: Partial<Depot> | undefined) {
  const { coordinates, locationIndex } = place ?? {};
  return {
    ...(coordinates && { location: coordinates }),
    ...(locationIndex !== undefined && { location_index: locationIndex }),
  };
}

function costOf(
  { nowhere }: RouteProblem,
  { start, end, matrix, fixedCost }: Vehicle,
  jobs: readonly Job[],
): number {
  let [sum, from] = [fixedCost, start?.place ?? nowhere];
  for (const to of [...jobs.map(({ place }) => place), end?.place ?? nowhere]) {
    sum += matrix.cost[from * matrix.size + to] as number;
    from = to;
  }
  return sum;
}

function sumsOf({ dimensions }: RouteProblem, routes: readonly PrintedRoute[]): Sums {
  const sum = (of: (route: PrintedRoute) => number) => routes.reduce((all, route) => all + of(route), 0);
  return {
    cost: sum((route) => route.cost),
    ...(dimensions > 0 && {
      delivery: addUp(
        dimensions,
        routes.map(({ delivery }) => delivery ?? []),
      ),
      pickup: addUp(
        dimensions,
        routes.map(({ pickup }) => pickup ?? []),
      ),
    }),
    setup: sum((route) => route.setup),
    service: sum((route) => route.service),
    duration: sum((route) => route.duration),
    waiting_time: sum((route) => route.waiting_time),
    priority: sum((route) => route.priority),
  };
}

function addUp(dimensions: number, amounts: readonly (readonly number[])[]): readonly number[] {
  return Array.from({ length: dimensions }, (_, i) =>
    amounts.reduce((all, amount) => all + (amount[i] ?? 0), 0),
  );
}
