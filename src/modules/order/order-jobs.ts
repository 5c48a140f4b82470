import type { Loop } from '#platform/loop.ts';
import { jumpWatch } from './clock-jump.ts';
import { sweepClocks } from './clock-sweep.ts';
import { type RecalculateDeps, recalculateClocks } from './recalculate-clocks.ts';

/** A breach is noticed within two seconds (design rule 3): twice a second leaves room for a busy machine. */
const SWEEP_EVERY = 500;

/** New calendars and corrections reach the open clocks; a second between looks is soon enough. */
const RECALCULATE_EVERY = 1000;

export function clockLoops(
  deps: RecalculateDeps & { /** Business seconds a real second. */ readonly clockScale: number },
): readonly Loop[] {
  const watch = jumpWatch(deps.database, deps.clockScale);
  return [
    {
      name: 'clock-sweep',
      everyMs: SWEEP_EVERY,
      async turn() {
        await sweepClocks(deps.database, await watch.look());
      },
    },
    {
      name: 'clock-recalculate',
      everyMs: RECALCULATE_EVERY,
      async turn() {
        await recalculateClocks(deps);
      },
    },
  ];
}
