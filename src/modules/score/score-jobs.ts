import { HOUR } from '#kernel/instant.ts';
import type { CaseDeps } from '#modules/case/index.ts';
import type { Database } from '#platform/db/db.ts';
import type { Loop } from '#platform/loop.ts';
import { drawReviews } from './support-reviews.ts';

/** The monthly sample: looked for every hour, drawn once, whichever process looks first. */
export function scoreLoops(database: Database, deps: CaseDeps): readonly Loop[] {
  return [
    {
      name: 'support-sample',
      everyMs: HOUR,
      async turn() {
        await drawReviews(database, deps);
      },
    },
  ];
}
