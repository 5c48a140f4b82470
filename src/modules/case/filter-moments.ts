import { weekEnd } from '#modules/clock/domain/index.ts';
import type { Database } from '#platform/db/db.ts';
import type { CaseDeps } from './case-commands.ts';
import type { FilterMoments } from './case-filter.ts';

/** Now, and the end of the working week by the company's calendar. */
export async function filterMoments(
  database: Database,
  deps: Pick<CaseDeps, 'clockBasis'>,
  companyId: string,
): Promise<FilterMoments> {
  const now = await database.now();
  const { book } = await deps.clockBasis(database, companyId);
  return { now, weekEnd: weekEnd(now, book.days) };
}
