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
  /** Where it waits for work, or drives to wait: a base, its own unless it was asked elsewhere. */
  waitsAt: Base;
};

export type Moment = {
  readonly now: number;
  readonly crews: readonly SimCrew[];
  readonly waiting: readonly TrueFault[];
};

/** Who goes where now: only crews that stand free, each fault once; and who waits elsewhere from now on. */
export type Policy = {
  readonly send: (moment: Moment) => readonly { readonly crew: SimCrew; readonly fault: TrueFault }[];
  readonly standBy?: (moment: Moment) => readonly { readonly crew: SimCrew; readonly at: Base }[];
};

export type Outcome = {
  readonly breaches: number;
  readonly breachesOfWeight: number;
  readonly meanArrival: number;
  readonly customerMinutes: number;
  readonly travelPerFault: number;
  /** How often a crew was asked to wait elsewhere. */
  readonly asked: number;
  readonly decisions: readonly number[];
};

/**
 * Plays a day: at each report and each crew that becomes free the policy is asked. Free crews drive back to their base, or to where they
 * were asked to wait; whoever is asked sets out as long after as for a fault (somebody clicks, people get into the car).
 */
export function simulate({ bases, faults }: World, policy: Policy): Outcome {
  const crews = bases.map(crewAtBase);
  const waiting: TrueFault[] = [];
  const arrivals = new Map<TrueFault, number>();
  const decisions: number[] = [];
  let [next, travel, asked] = [0, 0, 0];
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
    const begun = performance.now();
    const seen = () => crews.map((crew) => seenAt(crew, now));
    if (waiting.length > 0)
      for (const { crew: sent, fault } of policy.send({ now, crews: seen(), waiting })) {
        const crew = crews.find(({ base }) => base === sent.base) as SimCrew;
        travel += send(crew, sent.at.position, fault, now);
        arrivals.set(fault, crew.arrivesAt);
        waiting.splice(waiting.indexOf(fault), 1);
      }
    for (const { crew: idle, at } of policy.standBy?.({ now, crews: seen(), waiting }) ?? []) {
      const crew = crews.find(({ base }) => base === idle.base) as SimCrew;
      crew.at = idle.at;
      crew.freeAt = now + usualTravel.accessMinutes[at.at.zone];
      crew.waitsAt = at;
      asked += 1;
    }
    decisions.push(performance.now() - begun);
  }
  if (arrivals.size !== faults.length)
    throw new Error(`${faults.length - arrivals.size} faults were never reached`);
  return outcomeOf(faults, arrivals, { travel, asked, decisions });
}

export function crewAtBase(base: Base): SimCrew {
  return {
    base,
    at: base.at,
    freeAt: 0,
    expectedFreeAt: 0,
    arrivesAt: 0,
    job: undefined,
    waitsAt: base,
  };
}

/** A free crew as it is met on its way; a busy one as its dispatcher believes it to be. */
function seenAt(crew: SimCrew, now: number): SimCrew {
  if (crew.job !== undefined) {
    const end = expectedEnd(crew.arrivesAt * MINUTE, crew.job.repairMinutes, now * MINUTE);
    return { ...crew, expectedFreeAt: end / MINUTE };
  }
  const to = crew.waitsAt.at;
  const way = travelMinutes(usualTravel, crew.at.position, to) - usualTravel.accessMinutes[to.zone];
  const share = way <= 0 ? 1 : Math.min(1, Math.max(0, (now - crew.freeAt) / way));
  const position = between(crew.at.position, to.position, share);
  return { ...crew, at: { position, zone: to.zone }, expectedFreeAt: now };
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
  crew.waitsAt = crew.base;
  crew.at = fault.at;
  crew.arrivesAt = now + way;
  crew.freeAt = crew.arrivesAt + fault.trueRepairMinutes;
  return way;
}

export function outcomeOf(
  faults: readonly TrueFault[],
  arrivals: ReadonlyMap<TrueFault, number>,
  played: { readonly travel: number; readonly asked: number; readonly decisions: readonly number[] },
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
    travelPerFault: played.travel / faults.length,
    asked: played.asked,
    decisions: played.decisions,
  };
}
