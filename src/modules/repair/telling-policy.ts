import type { HandbookVersion } from '#modules/process/index.ts';
import type { TellingPolicy } from './domain/index.ts';

/** R013, R142 and their like as this handbook has them. A limit that it lacks is R013's, which every handbook has; one of other companies (R014) counts only where it was taken over. */
export function tellingPolicy({ handbook }: HandbookVersion): TellingPolicy {
  const own = handbook.limits.filter((limit) => limit.profile !== 'REFERENCE');
  const valueOf = (id: string) => own.find((limit) => limit.id === id)?.value;
  const first = valueOf('R013') ?? NO_LIMIT;
  return {
    first,
    firstImportant: valueOf('R014') ?? first,
    next: valueOf('R142-news') ?? first,
    beforeEstimate: valueOf('R013-before') ?? 0,
    restored: valueOf('R013-restored') ?? first,
    silence: valueOf('R013-silence') ?? first,
    night: { from: valueOf('R013-night-from') ?? 0, to: valueOf('R013-night-to') ?? 0 },
  };
}

/** Minutes of a week: a handbook without R013 promises no news, and rings nobody. */
const NO_LIMIT = 7 * 24 * 60;
