import type { Instant } from '#kernel/instant.ts';
import type { TravelPoint, Zone } from './travel-time.ts';

/** A crew on duty. While it drives or works, `freeAt` and `at` say when and where it will be free; it is never recalled. */
export type Crew = {
  readonly id: string;
  readonly grid: string;
  readonly at: TravelPoint;
  readonly freeAt: Instant;
  readonly shiftEnd: Instant;
  readonly onDutySince: Instant;
  readonly skills: readonly string[];
  /** Cards of typical faults on which the crew is trained. */
  readonly cards?: readonly string[];
  /** What lies at the point of its grid: the crews of one grid share it, and each job takes from what the others left. */
  readonly materials: Readonly<Record<string, number>>;
};

/** An open fault that no crew was sent to yet. */
export type Fault = {
  readonly id: string;
  readonly grid: string;
  readonly at: TravelPoint;
  readonly reportedAt: Instant;
  readonly customers: number;
  readonly important: boolean;
  /** A danger to people: each minute until somebody is there costs as much as a late arrival, so that it goes before everything. */
  readonly hazard?: boolean;
  /** Households that depend on a medical device. */
  readonly medical: number;
  readonly skills: readonly string[];
  /** The card that it is taken for; only who was trained on it goes. */
  readonly card?: string;
  readonly materials: Readonly<Record<string, number>>;
  readonly repairMinutes: number;
};

export type DispatchFacts = {
  readonly now: Instant;
  readonly crews: readonly Crew[];
  readonly faults: readonly Fault[];
  /** Minutes between crews and faults: crews first, then faults, in their order (`TravelTimeProvider`). */
  readonly travel: Float64Array;
  /** What each crew was to do by the last plan: faults in order. */
  readonly lastPlan?: ReadonlyMap<string, readonly string[]>;
};

export type DispatchPolicy = {
  /** Minutes from report to arrival (R004 to R006). */
  readonly arrivalLimit: Readonly<Record<Zone, number>>;
  /** In a storm every crew goes anywhere; in peace its own grid comes first and crossing it takes a click. */
  readonly storm: boolean;
  /** A crew is not planned beyond so many hours on duty, nor so many minutes beyond its shift. */
  readonly longestDutyHours: number;
  readonly overtimeMinutes: number;
  readonly weights: DispatchWeights;
  /** Rounds of search; the plan repeats, because the clock does not stop it. */
  readonly rounds: number;
};

/** What counts how much, in minutes of one late arrival. */
export type DispatchWeights = {
  readonly breach: number;
  readonly lateMinute: number;
  readonly customerMinute: number;
  readonly travelMinute: number;
  /** A crew that leaves its own grid in peace. */
  readonly crossing: number;
  /** Each skill of a crew that a fault does not ask for: somebody else may soon need it. */
  readonly spareSkill: number;
  /** A minute on the road of a crew with a skill that is scarce now, and a minute of work that does not ask for that skill. */
  readonly scarceMinute: number;
  /** A breach at an important user or a household with a medical device, and above so many customers, counts so many times. */
  readonly importantTimes: number;
  readonly manyTimes: number;
  readonly manyCustomers: number;
  /** Ways are not known exactly: a breach counts by its likelihood from so many minutes before the limit to as many after. */
  readonly blurMinutes: number;
  /** And so many minutes more for each minute until the crew sets out: nobody knows how long the repair before takes. */
  readonly blurShare: number;
};
