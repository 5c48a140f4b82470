import type { PrintedPlan, PrintedRoute } from '../domain/print-route-plan.ts';
import type { DrawnJob, DrawnProblem, DrawnVehicle } from './random-problem.ts';

type PrintedStep = PrintedRoute['steps'][number];

/** Everything that is wrong with a printed plan, read from the plan and the problem alone; nothing of the search is used. */
export function faultsOf(problem: DrawnProblem, plan: PrintedPlan): readonly string[] {
  const jobs = new Map(problem.jobs.map((job) => [job.id, job]));
  const vehicles = new Map(problem.vehicles.map((one) => [one.id, one]));
  const done = plan.routes.flatMap(({ steps }) =>
    steps.flatMap(({ type, id }) => (type === 'job' ? [id] : [])),
  );
  const left = plan.unassigned.map((job) => job['id']);
  const all = [...done, ...left].toSorted((a, b) => Number(a) - Number(b));
  const faults: string[] = [];
  if (JSON.stringify(all) !== JSON.stringify([...jobs.keys()].toSorted((a, b) => a - b)))
    faults.push(`jobs done and left: ${all.join()}`);
  if (new Set(plan.routes.map((route) => route.vehicle)).size !== plan.routes.length)
    faults.push('a vehicle twice');
  for (const route of plan.routes) {
    const vehicle = vehicles.get(route.vehicle);
    if (vehicle === undefined) faults.push(`no vehicle ${route.vehicle}`);
    else
      faults.push(
        ...routeFaults(problem, vehicle, route, jobs).map((fault) => `vehicle ${vehicle.id}: ${fault}`),
      );
  }
  const { summary } = plan;
  if (summary.cost !== plan.routes.reduce((sum, { cost }) => sum + cost, 0)) faults.push('sum of costs');
  if (summary.unassigned !== left.length || summary.routes !== plan.routes.length) faults.push('counts');
  return faults;
}

function routeFaults(
  problem: DrawnProblem,
  vehicle: DrawnVehicle,
  route: PrintedRoute,
  jobs: ReadonlyMap<number, DrawnJob>,
): readonly string[] {
  const done = route.steps.flatMap(({ type, id }) => (type === 'job' ? [jobs.get(id ?? -1)] : []));
  const faults: string[] = [];
  if (done.includes(undefined)) return ['an unknown job'];
  const served = done as readonly DrawnJob[];
  if (served.length === 0) faults.push('empty');
  if (served.length > vehicle.max_tasks) faults.push('max_tasks');
  for (const { id, skills } of served)
    if (!skills.every((skill) => vehicle.skills.includes(skill))) faults.push(`skills of ${id}`);
  const rests = route.steps.filter(({ type }) => type === 'break').map(({ id }) => id ?? -1);
  if (
    rests.toSorted().join() !==
    vehicle.breaks
      .map(({ id }) => id)
      .toSorted()
      .join()
  )
    faults.push('breaks');
  return [
    ...faults,
    ...timeFaults(problem, vehicle, route, jobs),
    ...loadFaults(vehicle, route, served),
    ...costFaults(problem, vehicle, route, served),
  ];
}

function timeFaults(
  { matrices }: DrawnProblem,
  vehicle: DrawnVehicle,
  { steps, duration, waiting_time: waited, setup, service }: PrintedRoute,
  jobs: ReadonlyMap<number, DrawnJob>,
): readonly string[] {
  const faults: string[] = [];
  const { durations } = matrices[vehicle.profile] as { durations: number[][] };
  const first = steps[0] as PrintedStep;
  const last = steps.at(-1) as PrintedStep;
  if (first.arrival < vehicle.time_window[0]) faults.push('begins before the shift');
  if (leaves(last) > vehicle.time_window[1]) faults.push('ends after the shift');
  let [place, onWay] = [vehicle.start_index, 0];
  for (const [i, step] of steps.entries()) {
    const before = steps[i - 1];
    const drove = step.duration - (before?.duration ?? 0);
    onWay += drove;
    if (drove < 0 || step.waiting_time < 0) faults.push(`step ${i}: negative`);
    if (before !== undefined && step.arrival !== leaves(before) + drove) faults.push(`step ${i}: arrival`);
    const begins = step.arrival + step.waiting_time;
    if (step.type === 'break') {
      const rest = vehicle.breaks.find(({ id }) => id === step.id);
      if (rest === undefined || !within(rest.time_windows, begins)) faults.push(`step ${i}: break window`);
      if (step.service !== rest?.service) faults.push(`step ${i}: length of the break`);
      continue;
    }
    const job = step.type === 'job' ? jobs.get(step.id ?? -1) : undefined;
    const here = job?.location_index ?? (step.type === 'end' ? vehicle.end_index : vehicle.start_index);
    const way = place === undefined || here === undefined ? 0 : (durations[place]?.[here] ?? Number.NaN);
    if (onWay !== Math.ceil(way / vehicle.speed_factor)) faults.push(`step ${i}: drove ${onWay} of ${way}`);
    if (job !== undefined) {
      if (!within(job.time_windows, begins)) faults.push(`step ${i}: window`);
      if (step.service !== job.service || step.setup !== (place === here ? 0 : job.setup))
        faults.push(`step ${i}: lasts`);
    }
    [place, onWay] = [here, 0];
  }
  const total = (of: (step: PrintedStep) => number) => steps.reduce((sum, step) => sum + of(step), 0);
  if (last.duration !== duration || duration > (vehicle.max_travel_time ?? Infinity)) faults.push('travel');
  if (waited !== total((step) => step.waiting_time)) faults.push('sum of waiting');
  if (setup !== total((step) => step.setup) || service !== total((step) => step.service))
    faults.push('sum of service');
  return faults;
}

function loadFaults(
  { capacity }: DrawnVehicle,
  { steps }: PrintedRoute,
  served: readonly DrawnJob[],
): readonly string[] {
  const jobs = new Map(served.map((job) => [job.id, job]));
  let load = capacity.map((_, d) => served.reduce((sum, { delivery }) => sum + (delivery[d] ?? 0), 0));
  const tooMuch = () => load.some((amount, d) => amount > (capacity[d] ?? 0));
  // A route without a start has no step that shows what it begins with.
  const faults = tooMuch() ? ['begins with too much'] : [];
  for (const [i, step] of steps.entries()) {
    const job = step.type === 'job' ? jobs.get(step.id ?? -1) : undefined;
    load = load.map((amount, d) => amount - (job?.delivery[d] ?? 0) + (job?.pickup[d] ?? 0));
    if (tooMuch() || step.load?.join() !== load.join()) faults.push(`step ${i}: load`);
  }
  return faults;
}

function costFaults(
  { matrices }: DrawnProblem,
  vehicle: DrawnVehicle,
  route: PrintedRoute,
  served: readonly DrawnJob[],
): readonly string[] {
  const { durations, costs } = matrices[vehicle.profile] as { durations: number[][]; costs?: number[][] };
  const stops = [vehicle.start_index, ...served.map((job) => job.location_index), vehicle.end_index];
  let cost = vehicle.costs.fixed;
  for (let i = 1; i < stops.length; i += 1) {
    const [from, to] = [stops[i - 1], stops[i]];
    if (from === undefined || to === undefined) continue;
    cost += costs?.[from]?.[to] ?? Math.ceil((durations[from]?.[to] ?? Number.NaN) / vehicle.speed_factor);
  }
  return cost === route.cost ? [] : [`cost ${route.cost}, should be ${cost}`];
}

function leaves({ arrival, waiting_time: waited, setup, service }: PrintedStep): number {
  return arrival + waited + setup + service;
}

function within(windows: readonly (readonly [number, number])[] | undefined, at: number): boolean {
  return windows === undefined || windows.some(([from, to]) => from <= at && at <= to);
}
