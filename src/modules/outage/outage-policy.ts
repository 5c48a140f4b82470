import { HOUR, MINUTE } from '#kernel/instant.ts';
import type { CaseDeps } from '#modules/case/index.ts';
import type { Db } from '#platform/db/db.ts';
import type { MeterPolicy } from './domain/index.ts';

/** The numbers of the handbook that this module goes by, in milliseconds and shares. */
export type OutagePolicy = MeterPolicy & {
  /** Share of the households that may be held dark without a human's word. */
  readonly mass: number;
  /** From which probability a house below a device is told of, share. */
  readonly sure: number;
  readonly newsEvery: number;
  readonly insideFor: number;
  /** A head-end without contact for so long is cut off. */
  readonly silence: number;
};

/** Without a published handbook nothing may be late and nothing is believed: the program says so elsewhere. */
export async function outagePolicy(
  db: Db,
  deps: Pick<CaseDeps, 'activeHandbook'>,
  companyId: string,
): Promise<OutagePolicy> {
  const limits = (await deps.activeHandbook(db, companyId))?.handbook.limits ?? [];
  const of = (id: string) => limits.find((limit) => limit.id === id)?.value ?? 0;
  return {
    fast: of('R140-fast') * MINUTE,
    oldest: of('R140-old') * HOUR,
    mass: of('R141-mass') / 100,
    // A handbook that says nothing of it tells nobody on a guess.
    sure: (limits.find(({ id }) => id === 'R145-sure')?.value ?? 100) / 100,
    newsEvery: of('R142-news') * MINUTE,
    insideFor: of('R143-inside') * MINUTE,
    silence: of('R146-silence') * MINUTE,
  };
}
