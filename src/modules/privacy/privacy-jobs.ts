import { DAY } from '#kernel/instant.ts';
import type { Loop } from '#platform/loop.ts';
import { type BlankDeps, blankInParts } from './blank-rows.ts';

/** A part of some 20 ms as often as this: nobody notices, and a county of a million cases is through in ten minutes. */
const PART_EVERY_MS = 250;

/** Once a day is often enough for what is kept for years; the first time when the program starts. */
export function privacyLoops(deps: BlankDeps): readonly Loop[] {
  let round: ReturnType<typeof blankInParts> | undefined;
  let nextRound = 0;
  return [
    {
      name: 'privacy-blank',
      everyMs: PART_EVERY_MS,
      async turn() {
        if (round === undefined) {
          if (performance.now() < nextRound) return;
          nextRound = performance.now() + DAY;
          round = blankInParts(deps);
        }
        // One that failed is over for today: its generator has ended.
        if ((await round.next()).done === true) round = undefined;
      },
    },
  ];
}
