import type { HandbookVersion } from '#modules/process/index.ts';
import type { DispatchPolicy, DispatchWeights } from './domain/dispatch-facts.ts';
import type { Zone } from './domain/travel-time.ts';
import type { ShiftPolicy } from './domain/shift-rules.ts';

/** What is asked when no handbook is in force or an old one has no such limit: the program's own (handbook/limits.yaml). */
const OURS = {
  R004: 45,
  R005: 90,
  R006: 120,
  'R130-duty': 12,
  'R130-rest': 11,
  'R130-on-call': 15,
  'R130-training': 12,
} as const;

/**
 * How much counts what, found on days of a made county (bench/dispatch.ts): there it breaks the fewest limits for the fewest
 * customer-minutes. Numbers of the search, no rule of the trade.
 */
const WEIGHTS: DispatchWeights = {
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
  blurShare: 0.2,
};
const ROUNDS = 200;

export function arrivalLimits(version: HandbookVersion | undefined): Readonly<Record<Zone, number>> {
  return {
    city: valueOf(version, 'R004'),
    rural: valueOf(version, 'R005'),
    remote: valueOf(version, 'R006'),
  };
}

export function shiftPolicy(version: HandbookVersion | undefined): ShiftPolicy {
  return { longestDutyHours: valueOf(version, 'R130-duty'), restHours: valueOf(version, 'R130-rest') };
}

export function dispatchPolicy(version: HandbookVersion | undefined, storm: boolean): DispatchPolicy {
  return {
    arrivalLimit: arrivalLimits(version),
    storm,
    longestDutyHours: valueOf(version, 'R130-duty'),
    overtimeMinutes: 0,
    rounds: ROUNDS,
    weights: WEIGHTS,
  };
}

/** Minutes until a crew on call has come from home. */
export function onCallMinutes(version: HandbookVersion | undefined): number {
  return valueOf(version, 'R130-on-call');
}

/** Months for which a training holds. */
export function trainingMonths(version: HandbookVersion | undefined): number {
  return valueOf(version, 'R130-training');
}

function valueOf(version: HandbookVersion | undefined, id: keyof typeof OURS): number {
  return version?.handbook.limits.find((limit) => limit.id === id)?.value ?? OURS[id];
}
