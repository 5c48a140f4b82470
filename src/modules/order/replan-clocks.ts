import type { Instant } from '#kernel/instant.ts';
import type { HandbookVersion } from '#modules/process/index.ts';
import type { Tx } from '#platform/db/db.ts';
import type { OrderDeps } from './order-types.ts';
import { listPauses, type PausedClock, pauseStore } from './pause-store.ts';
import { planFor } from './plan-for.ts';

/**
 * Counts these clocks of one order again with the pauses that stand now, each with the calendars and limits that it was
 * counted with before. `endedAt`: when a clock stops at that instant, a pause that is open ends with it.
 * Answers the clocks whose recorded breach is none any more.
 */
export async function replanClocks(
  tx: Tx,
  deps: Pick<OrderDeps, 'clockBasis'>,
  companyId: string,
  version: HandbookVersion,
  clocks: readonly PausedClock[],
  endedAt: ReadonlyMap<string, Instant> = new Map(),
): Promise<readonly PausedClock[]> {
  if (clocks.length === 0) return [];
  const ids = clocks.map((clock) => clock.id);
  const pauses = await listPauses(tx, companyId, ids);
  const store = pauseStore(tx, companyId);
  const undone: PausedClock[] = [];
  for (const clock of clocks) {
    const basis = await deps.clockBasis(tx, companyId, clock.basisSeq);
    const end = endedAt.get(clock.id) ?? clock.stoppedAt;
    const own = (pauses.get(clock.id) ?? []).map(({ from, to }) => ({ from, to: to ?? laterOf(end, from) }));
    const { limitId, limitText, role, startedAt: start } = clock;
    const { plan } = planFor(basis, version, { limitId, limitText, role, start, pauses: own });
    if ((await store.replan(clock, plan)).undone) undone.push(clock);
  }
  return undone;
}

function laterOf(end: Instant | null, from: Instant): Instant | null {
  return end === null ? null : Math.max(end, from);
}
