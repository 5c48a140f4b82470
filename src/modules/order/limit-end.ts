import type { Instant } from '#kernel/instant.ts';
import { dueAt } from '#modules/clock/index.ts';
import type { HandbookVersion } from '#modules/process/index.ts';
import type { Tx } from '#platform/db/db.ts';
import { limitText } from './domain/limit-text.ts';
import type { OrderDeps } from './order-types.ts';

/** When a limit of the handbook that begins now is over, by the company's calendars and corrected numbers. */
export async function limitEnd(
  tx: Tx,
  deps: OrderDeps,
  of: { readonly companyId: string; readonly version: HandbookVersion; readonly limitId: string },
): Promise<Instant> {
  const limit = of.version.handbook.limits.find((one) => one.id === of.limitId);
  if (limit === undefined) throw new Error(`handbook ${of.version.hash} has no limit ${of.limitId}`);
  const basis = await deps.clockBasis(tx, of.companyId);
  return dueAt(limitText(basis.limit(limit, of.version.versionId), 'company'), tx.now, basis.book);
}
