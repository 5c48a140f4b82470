import { HOUR, MINUTE } from '#kernel/instant.ts';
import {
  type DispatchFacts,
  type DispatchPolicy,
  planDispatch,
  type Position,
  type TravelPoint,
  travelMinutes,
  usualTravel,
} from '#modules/repair/domain/index.ts';
import type { Policy, SimCrew } from './simulate.ts';
import { ARRIVAL_LIMIT, type TrueFault } from './world.ts';

/** By hand, the usual way: the crew of the grid point, or the nearest base that can; in the order of the reports. */
export const ownGrid: Policy = ({ crews, waiting }) => {
  const sent: { crew: SimCrew; fault: TrueFault }[] = [];
  for (const fault of waiting) {
    const able = crews.filter((crew) => isAble(crew, fault));
    const home = able.reduce((a, b) =>
      wayFrom(a.base.at.position, fault) <= wayFrom(b.base.at.position, fault) ? a : b,
    );
    if (home.job === undefined && !sent.some(({ crew }) => crew === home)) sent.push({ crew: home, fault });
  }
  return sent;
};

/** In the order of the reports, each to the nearest crew that stands free. */
export const nearestIdle: Policy = ({ crews, waiting }) => {
  const sent: { crew: SimCrew; fault: TrueFault }[] = [];
  const free = crews.filter(({ job }) => job === undefined);
  for (const fault of waiting) {
    const able = free.filter((crew) => isAble(crew, fault) && !sent.some((one) => one.crew === crew));
    if (able.length === 0) continue;
    const crew = able.reduce((a, b) =>
      wayFrom(a.at.position, fault) <= wayFrom(b.at.position, fault) ? a : b,
    );
    sent.push({ crew, fault });
  }
  return sent;
};

export const stormPolicy: DispatchPolicy = {
  arrivalLimit: ARRIVAL_LIMIT,
  storm: true,
  longestDutyHours: 48,
  overtimeMinutes: 0,
  rounds: 200,
  weights: {
    breach: 600,
    lateMinute: 0,
    customerMinute: 0.03,
    travelMinute: 2,
    crossing: 40,
    spareSkill: 50,
    scarceMinute: 4,
    importantTimes: 8,
    manyTimes: 2,
    manyCustomers: 200,
    blurMinutes: 8,
  },
};

/** What the program does. A new memory for each day. */
export function rolling(policy: DispatchPolicy): Policy {
  let lastPlan: DispatchFacts['lastPlan'];
  let seed = 1;
  return ({ now, crews, waiting }) => {
    const facts = factsOf({ now, crews, faults: waiting, minutes: expectedMinutes, lastPlan });
    const proposal = planDispatch(facts, policy, (seed += 1));
    lastPlan = proposal.plan;
    return proposal.send.map(({ crew, fault }) => ({
      crew: crews.find(({ base }) => base.id === crew) as SimCrew,
      fault: waiting.find(({ id }) => id === fault) as TrueFault,
    }));
  };
}

type Known = {
  readonly now: number;
  readonly crews: readonly SimCrew[];
  readonly faults: readonly TrueFault[];
  readonly minutes: (from: TravelPoint, to: TrueFault) => number;
  readonly lastPlan: DispatchFacts['lastPlan'];
};

export function factsOf({ now, crews, faults, minutes, lastPlan }: Known): DispatchFacts {
  return {
    now: Math.round(now * MINUTE),
    crews: crews.map((crew) => ({
      id: crew.base.id,
      grid: crew.base.id,
      at: crew.at,
      freeAt: crew.job === undefined ? Math.round(now * MINUTE) : crew.expectedFreeAt * MINUTE,
      shiftEnd: 48 * HOUR,
      onDutySince: 0,
      skills: crew.base.skills,
      materials: {},
    })),
    faults,
    travel: waysTo([...crews, ...faults], faults, minutes),
    ...(lastPlan && { lastPlan }),
  };
}

/** Only columns of faults are read. */
function waysTo(
  points: readonly { readonly at: TravelPoint }[],
  faults: readonly TrueFault[],
  minutes: Known['minutes'],
): Float64Array {
  const crews = points.length - faults.length;
  const ways = new Float64Array(points.length ** 2);
  for (const [i, from] of points.entries())
    for (const [j, to] of faults.entries()) ways[i * points.length + crews + j] = minutes(from.at, to);
  return ways;
}

function expectedMinutes(from: TravelPoint, to: TrueFault): number {
  return travelMinutes(usualTravel, from.position, to.at);
}

function isAble({ base }: SimCrew, { skills }: TrueFault): boolean {
  return skills.every((skill) => base.skills.includes(skill));
}

function wayFrom(position: Position, fault: TrueFault): number {
  return travelMinutes(usualTravel, position, fault.at);
}
