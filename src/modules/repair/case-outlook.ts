import type { Instant } from '#kernel/instant.ts';
import { type Refusal, refuse } from '#kernel/result.ts';
import { type Reader, visibleCase } from '#modules/case/index.ts';
import type { Db } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { RepairOutlook } from './command-api.ts';
import { type Books, commandRows } from './command-reads.ts';
import { listGroups } from './telling-store.ts';

/**
 * What whoever has the customer on the phone says of a repair: which crew, when, when there is news next, when supply is expected. Null: the
 * case hangs on no open repair. Refusal: `http.not-found`.
 */
export async function caseOutlook(
  db: Db,
  reader: Reader,
  books: Books,
  of: { readonly caseId: string; readonly now: Instant },
): Promise<{ readonly outlook: RepairOutlook | null } | Refusal> {
  const { companyId } = reader;
  const found = await db.maybe<{ orderId: string | null }>(sql`
    select l.order_id as "orderId" from cases c
    left join case_orders l on l.company_id = c.company_id and l.case_id = c.id and l.unlinked_at is null
    where c.company_id = ${companyId} and c.id = ${of.caseId} and ${visibleCase(reader, of.now)}
    order by l.linked_at desc limit 1`);
  if (found === undefined) return refuse('http.not-found');
  const { orderId } = found;
  if (orderId === null) return { outlook: null };
  const [row] = await commandRows(db, reader, books, { now: of.now, orderId });
  if (row === undefined) return { outlook: null };
  const reporters = (await listGroups(db, companyId, orderId)).find(
    ({ audience }) => audience === 'reporters',
  );
  const { lastToldAt = null, lastNews = null, dueAt = null } = reporters ?? {};
  const { crew, arrival, estimate, stage } = row;
  return {
    outlook: {
      stage,
      crew,
      promisedAt: arrival?.dueAt ?? null,
      arrivedAt: arrival?.metAt ?? null,
      estimate,
      told: lastToldAt === null || lastNews === null ? null : { at: lastToldAt, news: lastNews },
      nextNewsAt: dueAt,
    },
  };
}
