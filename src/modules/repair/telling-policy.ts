import type { HandbookVersion } from '#modules/process/index.ts';
import type { MassPolicy, TellingPolicy } from './domain/index.ts';

export type TellingRules = TellingPolicy &
  MassPolicy & {
    /** From which probability a household below a device is told that it is dark. */
    readonly sure: number;
    /** Messages a minute that somebody may raise the pace to. */
    readonly paceMost: number;
    /** Minutes before it is due that the program tells by itself. */
    readonly lead: number;
    /** In a storm whoever did not report is told in digests of so many minutes. */
    readonly digest: number;
  };

/** R013, R142, R145 and their like as this handbook has them. A limit that it lacks is R013's, which every handbook has; one of other companies (R014) counts only where it was taken over. */
export function tellingPolicy({ handbook }: HandbookVersion): TellingRules {
  const own = handbook.limits.filter((limit) => limit.profile !== 'REFERENCE');
  const valueOf = (id: string) => own.find((limit) => limit.id === id)?.value;
  const first = valueOf('R013') ?? NO_LIMIT;
  const next = valueOf('R142-news') ?? first;
  return {
    first,
    firstImportant: valueOf('R014') ?? first,
    next,
    nextHouseholds: valueOf('R145-next') ?? next,
    beforeEstimate: valueOf('R013-before') ?? 0,
    restored: valueOf('R013-restored') ?? first,
    silence: valueOf('R013-silence') ?? first,
    night: { from: valueOf('R013-night-from') ?? 0, to: valueOf('R013-night-to') ?? 0 },
    // A handbook that says nothing of it lets the program disturb nobody who did not ask.
    sure: (valueOf('R145-sure') ?? 100) / 100,
    mass: valueOf('R145-mass') ?? 0,
    hour: valueOf('R145-hour') ?? 0,
    pace: valueOf('R145-pace') ?? 1,
    paceMost: valueOf('R145-pace-most') ?? valueOf('R145-pace') ?? 1,
    lead: valueOf('R145-lead') ?? 0,
    digest: valueOf('R108-digest') ?? 0,
  };
}

/** Minutes of a week: a handbook without R013 promises no news, and rings nobody. */
const NO_LIMIT = 7 * 24 * 60;
