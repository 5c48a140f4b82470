import type { Database } from '#platform/db/db.ts';
import type { Loop } from '#platform/loop.ts';
import { sweepClocks } from './clock-sweep.ts';

/** A breach is noticed within two seconds (design rule 3): twice a second leaves room for a busy machine. */
const SWEEP_EVERY = 500;

export function clockLoops(deps: { readonly database: Database }): readonly Loop[] {
  return [
    {
      name: 'clock-sweep',
      everyMs: SWEEP_EVERY,
      async turn() {
        await sweepClocks(deps.database);
      },
    },
  ];
}
