import type { Instant } from '#kernel/instant.ts';
import { tellReporters } from '#modules/case/index.ts';
import { tellHouseholds } from '#modules/notice/index.ts';
import { type Tx, timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { BY_PEOPLE } from './program.ts';

/** Outages of one turn: a wide one has thousands of reporters. */
const MOST = 50;

/**
 * Supply is back by what the crew says; whoever had reported is asked, once, those who rang and made no demand among them. It is the last
 * word to him: repair counts it as told.
 */
export async function askReporters(tx: Tx, companyId: string): Promise<object> {
  const back = await tx.rows<{ id: string; orderId: string; restoredAt: Instant }>(sql`
    update outage_incidents i set asked_at = ${timestamp(tx.now)}
    where i.company_id = ${companyId} and i.id in (select x.id from outage_incidents x
      where x.company_id = ${companyId} and x.state = 'restored' and x.asked_at is null and x.order_id is not null
      order by x.restored_at limit ${MOST})
    returning i.id, i.order_id as "orderId", i.restored_at as "restoredAt"`);
  for (const { id, orderId, restoredAt } of back) {
    const key = `supply-back:${id}`;
    await tellReporters(tx, companyId, orderId, { key, template: 'supply-back' });
    const without = await tx.rows<{ householdId: string; customerId: string }>(sql`
      select distinct on (h.customer_id) h.id as "householdId", h.customer_id as "customerId" from outage_reports r
      join households h on h.company_id = r.company_id and h.id = r.household_id
      where r.company_id = ${companyId} and r.incident_id = ${id} and r.case_id is null and r.says = 'off' and r.source in ${BY_PEOPLE}
        and not exists (select 1 from case_orders l join cases c on c.company_id = l.company_id and c.id = l.case_id
          where l.company_id = r.company_id and l.order_id = ${orderId} and l.unlinked_at is null and c.household_id = h.id)
      order by h.customer_id, r.at desc`);
    await tellHouseholds(
      tx,
      companyId,
      without.map(({ householdId, customerId }) => ({
        key: `${key}:${customerId}`,
        template: 'neighbour-back',
        householdId,
        data: { litAt: restoredAt, asked: true, orderId },
      })),
    );
  }
  return {};
}
