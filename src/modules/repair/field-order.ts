import type { Instant } from '#kernel/instant.ts';
import type { CaseActor, CaseDeps } from '#modules/case/index.ts';
import { timestamp, type Tx } from '#platform/db/db.ts';
import { type Sql, sql } from '#platform/db/sql.ts';
import { crewPosts } from './field-crew.ts';

/** The crew of the assignment `w` is this person's: he led it when it was sent, or stood on a shift of it since. */
export function isOfSentCrew({ companyId, personId }: CaseActor, now: Instant): Sql {
  return sql`(w.lead_id = ${personId} or exists (select 1 from crew_shifts s
    where s.company_id = ${companyId} and s.crew_id = w.crew_id and s.withdrawn_at is null
      and s.from_at <= ${timestamp(now)} and s.until_at > w.sent_at
      and ${personId}::uuid = any(array[s.lead_id, s.watcher_id] || s.others)))`;
}

/**
 * In charge of the order: a step of it is his, or his crew was sent to it. Where an order names no crew it is whose post it waits
 * for in his unit, or who worked on it.
 */
export async function isOnOrder(tx: Tx, deps: CaseDeps, actor: CaseActor, orderId: string): Promise<boolean> {
  const { companyId, personId, unitIds } = actor;
  const version = await deps.activeHandbook(tx, companyId);
  const posts = version === undefined ? [] : crewPosts(version, actor);
  const found = await tx.maybe(sql`
    select 1 from orders o where o.company_id = ${companyId} and o.id = ${orderId} and (
      exists (select 1 from tasks t where t.company_id = o.company_id and t.order_id = o.id and t.state = 'open'
        and t.holder_id = ${personId})
      or exists (select 1 from crew_assignments w where w.company_id = o.company_id and w.order_id = o.id
        and w.ended_at is null and ${isOfSentCrew(actor, tx.now)})
      or (not exists (select 1 from crew_assignments w where w.company_id = o.company_id and w.order_id = o.id)
        and exists (select 1 from tasks t where t.company_id = o.company_id and t.order_id = o.id
          and (t.ended_by = ${personId} or (t.state = 'open' and t.unit_id = any(${unitIds}::uuid[])
            and t.post = any(${posts}::text[]))))))`);
  return found !== undefined;
}

/** The case by whose number the order goes. */
export async function firstCaseOf(tx: Tx, companyId: string, orderId: string): Promise<string | undefined> {
  const row = await tx.maybe<{ id: string }>(sql`
    select l.case_id as id from case_orders l
    where l.company_id = ${companyId} and l.order_id = ${orderId} and l.unlinked_at is null
    order by l.linked_at, l.case_id limit 1`);
  return row?.id;
}
