import { HOUR, MINUTE } from '#kernel/instant.ts';
import { dispatchPolicy } from '#modules/repair/dispatch-policy.ts';
import {
  type DispatchFacts,
  type DispatchPolicy,
  planDispatch,
  proposeStandBys,
  type Position,
  type TravelPoint,
  travelMinutes,
  usualTravel,
} from '#modules/repair/domain/index.ts';
import type { Moment, Policy, SimCrew } from './simulate.ts';
import type { Base, TrueFault, World } from './world.ts';

type Sent = ReturnType<Policy['send']>;

/** By hand, the usual way: the crew of the grid point, or the nearest base that can; in the order of the reports. */
export const ownGrid: Policy = { send: toOwnGrid };

function toOwnGrid({ crews, waiting }: Moment): Sent {
  const sent: { crew: SimCrew; fault: TrueFault }[] = [];
  for (const fault of waiting) {
    const able = crews.filter((crew) => isAble(crew, fault));
    const home = able.reduce((a, b) =>
      wayFrom(a.base.at.position, fault) <= wayFrom(b.base.at.position, fault) ? a : b,
    );
    if (home.job === undefined && !sent.some(({ crew }) => crew === home)) sent.push({ crew: home, fault });
  }
  return sent;
}

/** In the order of the reports, each to the nearest crew that stands free. */
export const nearestIdle: Policy = { send: toNearestIdle };

function toNearestIdle({ crews, waiting }: Moment): Sent {
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
}

/** The company's own: its limits, its weights, its rounds. Shifts are not played: everybody stays the day. */
export const stormPolicy: DispatchPolicy = { ...dispatchPolicy(undefined, true), longestDutyHours: 48 };

/** What the program does. A new memory for each day; `past` are the faults from which it knows where others will come. */
export function rolling(policy: DispatchPolicy, { bases, past }: Pick<World, 'bases' | 'past'>): Policy {
  let lastPlan: DispatchFacts['lastPlan'];
  let seed = 1;
  const reports = new Map<string, number>();
  return {
    send({ now, crews, waiting }) {
      for (const { id } of waiting) if (!reports.has(id)) reports.set(id, now);
      const facts = factsOf({ now, crews, faults: waiting, minutes: expectedMinutes, lastPlan });
      const proposal = planDispatch(facts, policy, (seed += 1));
      lastPlan = proposal.plan;
      return proposal.send.map(({ crew, fault }) => ({
        crew: crews.find(({ base }) => base.id === crew) as SimCrew,
        fault: waiting.find(({ id }) => id === fault) as TrueFault,
      }));
    },
    standBy({ now, crews, waiting }) {
      const { crews: seen } = factsOf({
        now,
        crews,
        faults: [],
        minutes: expectedMinutes,
        lastPlan: undefined,
      });
      const wanted = new Set(
        [...(lastPlan ?? [])].flatMap(([crew, jobs]) =>
          jobs.some((job) => waiting.some(({ id }) => id === job)) ? [crew] : [],
        ),
      );
      const asks = proposeStandBys(
        {
          now: Math.round(now * MINUTE),
          crews: seen.map((crew, i) => {
            const { job, waitsAt } = crews[i] as SimCrew;
            return { ...crew, waitsAt: job === undefined && !wanted.has(crew.id) ? waitsAt.id : null };
          }),
          places: bases,
          past,
          faultsPerHour: [...reports.values()].filter((at) => at > now - 60).length,
          minutes: (from, to) => travelMinutes(usualTravel, from.position, to),
        },
        policy,
      );
      return asks.map(({ crew, place }) => ({
        crew: crews.find(({ base }) => base.id === crew) as SimCrew,
        at: bases.find(({ id }) => id === place) as Base,
      }));
    },
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
