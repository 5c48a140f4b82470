import { HOUR, MINUTE } from '#kernel/instant.ts';
import type { Crew, DispatchFacts, DispatchPolicy, Fault } from '../domain/dispatch-facts.ts';
import type { Random } from '../domain/random.ts';
import { byGreatCircle, type TravelPoint, usualTravel, type Zone } from '../domain/travel-time.ts';

export const NOW = 1_790_000_000_000;

export const policy: DispatchPolicy = {
  arrivalLimit: { city: 45, rural: 90, remote: 120 },
  storm: false,
  longestDutyHours: 12,
  overtimeMinutes: 0,
  rounds: 300,
  weights: {
    breach: 240,
    lateMinute: 0.1,
    customerMinute: 0.04,
    travelMinute: 1,
    crossing: 60,
    spareSkill: 20,
    scarceMinute: 2,
    importantTimes: 8,
    manyTimes: 2,
    manyCustomers: 200,
    blurMinutes: 8,
    blurShare: 0.2,
  },
};

/** A place so many kilometres east and north of the town. */
export function place(east: number, north: number, zone: Zone = 'rural'): TravelPoint {
  const latitude = 37.2 + north / 111.19;
  return {
    zone,
    position: { latitude, longitude: 122.05 + east / (111.19 * Math.cos((37.2 * Math.PI) / 180)) },
  };
}

export function crew(id: string, own: Partial<Crew> = {}): Crew {
  return {
    id,
    grid: id,
    at: place(0, 0),
    freeAt: NOW,
    shiftEnd: NOW + 8 * HOUR,
    onDutySince: NOW - HOUR,
    skills: [],
    materials: {},
    ...own,
  };
}

export function fault(id: string, own: Partial<Fault> = {}): Fault {
  return {
    id,
    grid: 'elsewhere',
    at: place(5, 5),
    reportedAt: NOW - 5 * MINUTE,
    customers: 20,
    important: false,
    medical: 0,
    skills: [],
    materials: {},
    repairMinutes: 40,
    ...own,
  };
}

export function facts(crews: readonly Crew[], faults: readonly Fault[]): DispatchFacts {
  const travel = byGreatCircle(usualTravel).matrix([...crews, ...faults].map(({ at }) => at));
  return { now: NOW, crews, faults, travel };
}

export function randomFacts(
  random: Random,
  { crews, faults }: { readonly crews: number; readonly faults: number },
): DispatchFacts {
  const below = (most: number) => Math.floor(random() * most);
  const somewhere = () =>
    place(random() * 60 - 30, random() * 60 - 30, (['city', 'rural', 'remote'] as const)[below(3)] ?? 'city');
  return facts(
    Array.from({ length: crews }, (_, i) =>
      crew(`c${i}`, {
        at: somewhere(),
        freeAt: NOW + (random() < 0.5 ? 0 : below(90) * MINUTE),
        shiftEnd: NOW + (2 + below(8)) * HOUR,
        skills: ['mv', 'cable'].filter(() => random() < 0.5),
        materials: { fuse: below(3), joint: below(2) },
      }),
    ),
    Array.from({ length: faults }, (_, i) =>
      fault(`f${i}`, {
        grid: `c${below(crews)}`,
        at: somewhere(),
        reportedAt: NOW - below(100) * MINUTE,
        customers: 1 + below(500),
        important: random() < 0.1,
        medical: random() < 0.1 ? 1 : 0,
        skills: random() < 0.3 ? ['mv'] : [],
        materials: random() < 0.3 ? { fuse: 1 } : {},
        repairMinutes: 20 + below(100),
      }),
    ),
  );
}
