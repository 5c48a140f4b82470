import { type Instant, MINUTE } from '#kernel/instant.ts';
import { listSuppliedGroups, type SuppliedGroup } from '#modules/network/index.ts';
import type { Database } from '#platform/db/db.ts';
import { companyReliability } from './company-reliability.ts';
import type { ReliabilityView } from './outage-api.ts';

/** The figures of a year say up to when they count; whoever asks within a minute gets the same. */
const KEPT_FOR = MINUTE;
/** Who hangs where takes seconds to read (3 s at 300,000 households), and moves no figure of a year within so long. */
const HANGING_FOR = 10 * MINUTE;
/** Years of companies, as many as somebody leafs through. */
const MOST_KEPT = 50;

type Kept<T> = { readonly at: Instant; readonly found: Promise<T> };

/** The figures of a year as they were at most a minute ago, counted once for all who ask. */
export function keptReliability(
  database: Database,
): (companyId: string, year: number) => Promise<ReliabilityView> {
  const views = new Map<string, Kept<ReliabilityView>>();
  const hanging = new Map<string, Kept<readonly SuppliedGroup[]>>();
  return async (companyId, year) => {
    const now = await database.now();
    return await kept(views, `${companyId} ${year}`, { now, lasts: KEPT_FOR }, async () => {
      const of = { now, lasts: HANGING_FOR };
      const groups = await kept(hanging, companyId, of, () => listSuppliedGroups(database, companyId));
      return await companyReliability(database, companyId, year, now, groups);
    });
  };
}

async function kept<T>(
  all: Map<string, Kept<T>>,
  key: string,
  { now, lasts }: { readonly now: Instant; readonly lasts: number },
  find: () => Promise<T>,
): Promise<T> {
  const known = all.get(key);
  if (known !== undefined && Math.abs(now - known.at) < lasts) return await known.found;
  const one = { at: now, found: find() };
  all.delete(key);
  all.set(key, one);
  const [oldest] = all.keys();
  if (all.size > MOST_KEPT && oldest !== undefined) all.delete(oldest);
  try {
    return await one.found;
  } catch (error) {
    // A failure is not kept.
    if (all.get(key) === one) all.delete(key);
    throw error;
  }
}
