import { DAY } from '#kernel/instant.ts';
import type { Loop } from '#platform/loop.ts';
import { type BlankDeps, blankOld } from './blank-rows.ts';

/** Once a day is often enough for what is kept for years; the first turn when the program starts. */
export function privacyLoops(deps: BlankDeps): readonly Loop[] {
  return [{ name: 'privacy-blank', everyMs: DAY, turn: async () => void (await blankOld(deps)) }];
}
