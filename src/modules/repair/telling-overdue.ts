import type { Instant } from '#kernel/instant.ts';
import { enqueue } from '#modules/notice/index.ts';
import type { HandbookVersion } from '#modules/process/index.ts';
import { timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { type Audience, bringsAbout } from './domain/index.ts';
import { repairProcesses } from './five-ones-reads.ts';

/** As many at a time; the rest follows two seconds later. */
const AT_ONCE = 300;

/** Whoever sends crews is told once for each moment that passed, as far as he may see the case. */
export async function ringOverdue(tx: Tx, companyId: string, version: HandbookVersion): Promise<void> {
  const posts = repairProcesses(version).flatMap((one) =>
    one.steps.filter((step) => bringsAbout(step, 'dispatched')).map((step) => step.post),
  );
  const rung = await tx.rows<{ orderId: string; audience: Audience; dueAt: Instant }>(sql`
    update outage_groups set warned_at = ${timestamp(tx.now)}
    from (select g.order_id, g.audience from outage_groups g
      where g.company_id = ${companyId} and g.due_at <= ${timestamp(tx.now)} and g.warned_at is null
      order by g.due_at limit ${AT_ONCE} for update skip locked) late
    where outage_groups.company_id = ${companyId} and outage_groups.order_id = late.order_id
      and outage_groups.audience = late.audience
    returning outage_groups.order_id as "orderId", outage_groups.audience, outage_groups.due_at as "dueAt"`);
  const receivers = await listDispatchers(tx, companyId, { orderIds: rung.map((one) => one.orderId), posts });
  await enqueue(
    tx,
    companyId,
    rung.flatMap(({ orderId, audience, dueAt }) =>
      receivers
        .filter((one) => one.orderId === orderId)
        .map(({ personId, caseId }) => ({
          key: `telling-due:${orderId}:${audience}:${dueAt}:${personId}`,
          channel: 'desk' as const,
          template: 'telling-due',
          to: { personId },
          data: { caseId, dueAt },
        })),
    ),
  );
}

async function listDispatchers(
  tx: Tx,
  companyId: string,
  { orderIds, posts }: { readonly orderIds: readonly string[]; readonly posts: readonly string[] },
) {
  if (orderIds.length === 0) return [];
  return await tx.rows<{ orderId: string; personId: string; caseId: string }>(sql`
    select distinct on (l.order_id, a.person_id) l.order_id as "orderId", a.person_id as "personId", c.id as "caseId"
    from case_orders l
    join cases c on c.company_id = l.company_id and c.id = l.case_id
    join case_access x on x.company_id = c.company_id and x.case_id = c.id and x.until is null
      and (c.closed_to is null or x.unit_id = any(c.closed_to))
    join units u on u.company_id = x.company_id and x.unit_id in (u.id, u.parent_id)
    join assignments a on a.company_id = u.company_id and a.unit_id = u.id and a.until is null
      and a.post = any(${posts}::text[])
    where l.company_id = ${companyId} and l.order_id = any(${orderIds}::uuid[]) and l.unlinked_at is null
      and c.accused_unit_id is distinct from u.id
    order by l.order_id, a.person_id, c.accepted_at`);
}
