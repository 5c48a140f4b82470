import type { Instant } from '#kernel/instant.ts';
import type { CaseDeps } from '#modules/case/index.ts';
import type { Tx } from '#platform/db/db.ts';
import { timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';

/** The milestone of a repair at which its customers have supply again. */
const RESUPPLIED = 'resupplied';

export type OrderNews = {
  readonly orderId: string;
  /** Nobody works on it any more. */
  readonly over: boolean;
  /** When its customers had supply again; null: not yet, or sent back since. */
  readonly resuppliedAt: Instant | null;
};

/**
 * How the orders of open incidents stand, of those that moved after `since`; null: of all. Supply is back when the step that says so is
 * done and was not sent back.
 */
export async function orderNews(
  tx: Tx,
  deps: Pick<CaseDeps, 'version'>,
  companyId: string,
  orderIds: readonly string[],
  since: Instant | null,
): Promise<readonly OrderNews[]> {
  if (orderIds.length === 0) return [];
  const moved =
    since === null
      ? sql`true`
      : sql`exists (select 1 from order_events e where e.company_id = o.company_id and e.stream_id = o.id
          and e.recorded_at > ${timestamp(since)})`;
  const orders = await tx.rows<{ id: string; state: string; process: string; versionId: string }>(sql`
    select o.id, o.state, o.process, o.handbook_version_id as "versionId" from orders o
    where o.company_id = ${companyId} and o.id = any(${orderIds}::uuid[]) and ${moved}`);
  const news: OrderNews[] = [];
  for (const { id, state, process, versionId } of orders) {
    const definition = (await deps.version(tx, companyId, versionId)).process(process);
    const given: Instant[] = [];
    for (const { id: step, milestones = [] } of definition?.steps ?? []) {
      const milestone = milestones.find(({ name }) => name === RESUPPLIED);
      if (milestone === undefined) continue;
      const done = await lastDone(tx, companyId, { orderId: id, step, field: milestone.at ?? null });
      if (done !== undefined) given.push(done.at);
    }
    // Supply first, repair later: two steps give it back, and the first did.
    const resuppliedAt = given.length === 0 ? null : Math.min(...given);
    news.push({ orderId: id, over: state !== 'open', resuppliedAt });
  }
  return news;
}

/** The last time that the step was done, unless it was sent back since. */
async function lastDone(
  tx: Tx,
  companyId: string,
  of: { readonly orderId: string; readonly step: string; readonly field: string | null },
): Promise<{ readonly at: Instant } | undefined> {
  return await tx.maybe<{ at: Instant }>(sql`
    select case when jsonb_typeof(e.data -> 'values' -> ${of.field ?? ''}::text) = 'number'
        then to_timestamp((e.data -> 'values' ->> ${of.field ?? ''}::text)::double precision / 1000)
        else e.occurred_at end as at
    from order_events e
    where e.company_id = ${companyId} and e.stream_id = ${of.orderId} and e.type = 'step.done'
      and e.data #>> '{ref,step}' = ${of.step}
      and exists (select 1 from orders o where o.company_id = e.company_id and o.id = e.stream_id
        and o.process_state #>> array['steps', ${of.step}::text, 'status'] = 'done')
    order by e.seq desc limit 1`);
}
