import { HOUR } from '#kernel/instant.ts';
import { type Refusal, refuse } from '#kernel/result.ts';
import type { Tx } from '#platform/db/db.ts';
import { linkStore } from './link-store.ts';

/** Wrong tries before a pause, and before the page gives up for good: 20 of 10,000 guesses. */
const PAUSE_AFTER = 5;
const END_AFTER = 20;

/**
 * Whoever adds something must know the last four digits of the phone. Tries are counted in the database, whatever link
 * or program they come by, and committed by the caller although this refuses. Undefined: right. Refusals:
 * `link.no-phone`, `link.digits-wrong`, `link.digits-locked`.
 */
export async function checkDigits(
  tx: Tx,
  link: { readonly companyId: string; readonly caseId: string },
  digits: string,
): Promise<Refusal | undefined> {
  const store = linkStore(tx, link.companyId);
  const { failures, lockedUntil } = await store.findTries(link.caseId);
  if (failures >= END_AFTER || (lockedUntil !== null && lockedUntil > tx.now))
    return refuse('link.digits-locked');
  const wanted = await store.findDigits(link.caseId);
  if (wanted === undefined) return refuse('link.no-phone');
  if (wanted === digits) return undefined;
  const pause = (failures + 1) % PAUSE_AFTER === 0;
  await store.saveTries(link.caseId, failures + 1, pause ? tx.now + HOUR : null);
  return refuse('link.digits-wrong', { left: PAUSE_AFTER - ((failures + 1) % PAUSE_AFTER) });
}
