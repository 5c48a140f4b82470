import { MINUTE } from '#kernel/instant.ts';
import {
  expectedEnd,
  type Position,
  travelMinutes,
  type TravelPoint,
  usualTravel,
} from '#modules/repair/domain/index.ts';
import { ARRIVAL_LIMIT, type Base, type TrueFault, type World } from './world.ts';

/** A crew as the simulation keeps it; minutes since the beginning. */
export type SimCrew = {
  readonly base: Base;
  /** Where it is free, or will be. */
  at: TravelPoint;
  freeAt: number;
  /** When it is expected to be free: what the dispatcher knows. */
  expectedFreeAt: number;
  arrivesAt: number;
  job: TrueFault | undefined;
};

export type Moment = {
  readonly now: number;
  readonly crews: readonly SimCrew[];
  readonly waiting: readonly TrueFault[];
};

/** Who goes where now: only crews that stand free, each fault once. */
export type Policy = (moment: Moment) => readonly { readonly crew: SimCrew; readonly fault: TrueFault }[];

export type Outcome = {
  readonly breaches: number;
  readonly breachesOfWeight: number;
  readonly meanArrival: number;
  readonly customerMinutes: number;
  readonly travelPerFault: number;
  readonly decisions: readonly number[];
};

/** Plays a day: at each report and each crew that becomes free the policy is asked. Free crews drive back to their base. */
export function simulate({ bases, faults }: World, policy: Policy): Outcome {
  const crews = bases.map(
    (base): SimCrew => ({ base, at: base.at, freeAt: 0, expectedFreeAt: 0, arrivesAt: 0, job: undefined }),
  );
  const waiting: TrueFault[] = [];
  const arrivals = new Map<TrueFault, number>();
  const decisions: number[] = [];
  let [next, travel] = [0, 0];
  for (;;) {
    const report = faults[next] === undefined ? Infinity : (faults[next] as TrueFault).reportedAt / MINUTE;
    const free = crews.reduce(
      (min, { job, freeAt }) => (job === undefined ? min : Math.min(min, freeAt)),
      Infinity,
    );
    const now = Math.min(report, free);
    if (now === Infinity) break;
    if (report <= free) waiting.push(faults[next++] as TrueFault);
    for (const crew of crews) if (crew.job !== undefined && crew.freeAt <= now) crew.job = undefined;
    if (waiting.length === 0) continue;
    const begun = performance.now();
    const sent = policy({ now, crews: crews.map((crew) => seenAt(crew, now)), waiting });
    decisions.push(performance.now() - begun);
    for (const { crew: seen, fault } of sent) {
      const crew = crews.find(({ base }) => base === seen.base) as SimCrew;
      travel += send(crew, seen.at.position, fault, now);
      arrivals.set(fault, crew.arrivesAt);
      waiting.splice(waiting.indexOf(fault), 1);
    }
  }
  if (arrivals.size !== faults.length)
    throw new Error(`${faults.length - arrivals.size} faults were never reached`);
  return outcomeOf(faults, arrivals, { travel, decisions });
}

/** A free crew as it is met on its way home; a busy one as its dispatcher believes it to be. */
function seenAt(crew: SimCrew, now: number): SimCrew {
  if (crew.job !== undefined) {
    const end = expectedEnd(crew.arrivesAt * MINUTE, crew.job.repairMinutes, now * MINUTE);
    return { ...crew, expectedFreeAt: end / MINUTE };
  }
  const home = crew.base.at;
  const way = travelMinutes(usualTravel, crew.at.position, home) - usualTravel.accessMinutes[home.zone];
  const share = way <= 0 ? 1 : Math.min(1, (now - crew.freeAt) / way);
  const position = between(crew.at.position, home.position, share);
  return { ...crew, at: { position, zone: home.zone }, expectedFreeAt: now };
}

function between(a: Position, b: Position, share: number): Position {
  return {
    latitude: a.latitude + (b.latitude - a.latitude) * share,
    longitude: a.longitude + (b.longitude - a.longitude) * share,
  };
}

/** Minutes on the road. */
function send(crew: SimCrew, from: Position, fault: TrueFault, now: number): number {
  if (crew.job !== undefined) throw new Error(`${crew.base.id} was recalled`);
  const way = travelMinutes(usualTravel, from, fault.at) * fault.noise;
  crew.job = fault;
  crew.at = fault.at;
  crew.arrivesAt = now + way;
  crew.freeAt = crew.arrivesAt + fault.trueRepairMinutes;
  return way;
}

export function outcomeOf(
  faults: readonly TrueFault[],
  arrivals: ReadonlyMap<TrueFault, number>,
  { travel, decisions }: { readonly travel: number; readonly decisions: readonly number[] },
): Outcome {
  const waits = faults.map((fault) => ({
    fault,
    wait: (arrivals.get(fault) as number) - fault.reportedAt / MINUTE,
  }));
  const late = ({ fault, wait }: (typeof waits)[number]) => wait > ARRIVAL_LIMIT[fault.at.zone];
  const weighty = waits.filter(({ fault }) => fault.important || fault.medical > 0 || fault.customers > 200);
  const customers = faults.reduce((sum, fault) => sum + fault.customers, 0);
  const minutes = waits.reduce(
    (sum, { fault, wait }) => sum + (wait + fault.trueRepairMinutes) * fault.customers,
    0,
  );
  return {
    breaches: waits.filter(late).length / faults.length,
    breachesOfWeight: weighty.filter(late).length / weighty.length,
    meanArrival: waits.reduce((sum, { wait }) => sum + wait, 0) / faults.length,
    customerMinutes: minutes / customers,
    travelPerFault: travel / faults.length,
    decisions,
  };
}
