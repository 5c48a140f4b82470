import type { Instant } from '#kernel/instant.ts';
import { type Refusal, refuse } from '#kernel/result.ts';
import { type Reader, visibleCase } from '#modules/case/index.ts';
import type { Db } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { type Books, commandRows, type RepairRow } from './command-reads.ts';
import { type News, truthfulNews } from './domain/index.ts';
import type { TellingView } from './telling-api.ts';
import { tellingPolicy, type TellingRules } from './telling-policy.ts';
import { tellingPace } from './telling-settings.ts';
import { type Estimate, type Group, listEstimates, listGroups } from './telling-store.ts';

/** An open repair with all that is known about telling its customers. */
export type TellingFacts = {
  readonly order: RepairRow;
  readonly groups: readonly Group[];
  /** The one that holds first. */
  readonly estimates: readonly Estimate[];
  readonly supply: TellingView['supplyGroups'];
  /** Messages to those who did not report, of all orders, that wait for their turn. */
  readonly queued: number;
  readonly policy: TellingRules;
};

/** Refuses with `http.not-found`, and with `telling.no-repair` what is seen and is no open repair. */
export async function tellingFacts(
  db: Db,
  reader: Reader,
  books: Books,
  of: { readonly orderId: string; readonly now: Instant },
): Promise<TellingFacts | Refusal> {
  const [order] = await commandRows(db, reader, books, of);
  if (order === undefined) return await whyNot(db, reader, of);
  const { companyId } = reader;
  const rules = tellingPolicy(books.active);
  const { pace, queued } = await tellingPace(db, companyId, rules, of.now);
  return {
    order,
    groups: await listGroups(db, companyId, of.orderId),
    estimates: await listEstimates(db, companyId, of.orderId),
    supply: await db.rows<TellingView['supplyGroups'][number]>(sql`
      select g.id, g.label, g.households, g.energised_at as "energisedAt", g.resupplied_at as "resuppliedAt"
      from supply_groups g where g.company_id = ${companyId} and g.order_id = ${of.orderId} order by g.added_at, g.id`),
    policy: { ...rules, pace },
    queued,
  };
}

async function whyNot(
  db: Db,
  reader: Reader,
  { orderId, now }: { readonly orderId: string; readonly now: Instant },
): Promise<Refusal> {
  const seen = await db.maybe(sql`
    select 1 from case_orders l join cases c on c.company_id = l.company_id and c.id = l.case_id
    where l.company_id = ${reader.companyId} and l.order_id = ${orderId} and l.unlinked_at is null
      and ${visibleCase(reader, now)} limit 1`);
  return refuse(seen === undefined ? 'http.not-found' : 'telling.no-repair');
}

/** What may truthfully be said now to a group that was told this time. */
export function newsOf(facts: TellingFacts, toldEstimate: Instant | null, now: Instant): readonly News[] {
  return truthfulNews({
    stage: facts.order.stage,
    estimate: facts.estimates[0]?.at ?? null,
    toldEstimate,
    partlyBack: facts.supply.some((group) => group.resuppliedAt !== null),
    now,
    beforeEstimate: facts.policy.beforeEstimate,
  });
}
