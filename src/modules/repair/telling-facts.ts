import type { Instant } from '#kernel/instant.ts';
import type { Reader } from '#modules/case/index.ts';
import type { Db } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { type Books, commandRows, type RepairRow } from './command-reads.ts';
import { type News, truthfulNews } from './domain/index.ts';
import type { TellingView } from './telling-api.ts';
import { type Estimate, type Group, listEstimates, listGroups } from './telling-store.ts';

/** An open repair with all that is known about telling its customers. */
export type TellingFacts = {
  readonly order: RepairRow;
  readonly groups: readonly Group[];
  /** The one that holds first. */
  readonly estimates: readonly Estimate[];
  readonly supply: TellingView['supplyGroups'];
};

/** Undefined: no such open repair for this reader. */
export async function tellingFacts(
  db: Db,
  reader: Reader,
  books: Books,
  of: { readonly orderId: string; readonly now: Instant },
): Promise<TellingFacts | undefined> {
  const [order] = await commandRows(db, reader, books, of);
  if (order === undefined) return undefined;
  const { companyId } = reader;
  return {
    order,
    groups: await listGroups(db, companyId, of.orderId),
    estimates: await listEstimates(db, companyId, of.orderId),
    supply: await db.rows<TellingView['supplyGroups'][number]>(sql`
      select g.id, g.label, g.households, g.energised_at as "energisedAt", g.resupplied_at as "resuppliedAt"
      from supply_groups g where g.company_id = ${companyId} and g.order_id = ${of.orderId} order by g.added_at, g.id`),
  };
}

/** What may truthfully be said now to a group that was told this time. */
export function newsOf(facts: TellingFacts, toldEstimate: Instant | null, now: Instant): readonly News[] {
  return truthfulNews({
    stage: facts.order.stage,
    estimate: facts.estimates[0]?.at ?? null,
    toldEstimate,
    partlyBack: facts.supply.some((group) => group.resuppliedAt !== null),
    now,
  });
}
