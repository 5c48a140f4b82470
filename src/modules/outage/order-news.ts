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

type Found = {
  readonly id: string;
  readonly state: string;
  readonly process: string;
  readonly versionId: string;
};

/** A step that says that supply is back, and the field that says when; null: the moment at which it was done. */
type Resupplies = { readonly step: string; readonly field: string | null };

/**
 * How the orders of open incidents stand, of those that moved since then; null: of all. Supply is back when the step that says so is
 * done and was not sent back. The number of statements is that of the processes, not of the orders.
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
      : sql`o.id in (select e.stream_id from order_events e where e.company_id = ${companyId}
          and e.recorded_at >= ${timestamp(since)})`;
  const orders = await tx.rows<Found>(sql`
    select o.id, o.state, o.process, o.handbook_version_id as "versionId" from orders o
    where o.company_id = ${companyId} and o.id = any(${orderIds}::uuid[]) and ${moved}`);
  const backAt = new Map<string, Instant>();
  for (const alike of Map.groupBy(orders, (one) => `${one.versionId} ${one.process}`).values()) {
    const ids = alike.map(({ id }) => id);
    // Supply first, repair later: two steps give it back, and the first did.
    for (const step of await resupplies(tx, deps, companyId, alike[0] as Found))
      for (const { orderId, at } of await lastDone(tx, companyId, ids, step))
        backAt.set(orderId, Math.min(at, backAt.get(orderId) ?? at));
  }
  return orders.map(({ id, state }) => ({
    orderId: id,
    over: state !== 'open',
    resuppliedAt: backAt.get(id) ?? null,
  }));
}

async function resupplies(
  tx: Tx,
  deps: Pick<CaseDeps, 'version'>,
  companyId: string,
  { versionId, process }: Found,
): Promise<readonly Resupplies[]> {
  const definition = (await deps.version(tx, companyId, versionId)).process(process);
  return (definition?.steps ?? []).flatMap(({ id, milestones = [] }) => {
    const milestone = milestones.find(({ name }) => name === RESUPPLIED);
    return milestone === undefined ? [] : [{ step: id, field: milestone.at ?? null }];
  });
}

/** The last time that the step was done, of those orders where it was not sent back since. */
async function lastDone(
  tx: Tx,
  companyId: string,
  orderIds: readonly string[],
  { step, field }: Resupplies,
): Promise<readonly { readonly orderId: string; readonly at: Instant }[]> {
  return await tx.rows(sql`
    select o.id as "orderId", d.at from orders o
    cross join lateral (
      select case when jsonb_typeof(e.data -> 'values' -> ${field ?? ''}::text) = 'number'
          then to_timestamp((e.data -> 'values' ->> ${field ?? ''}::text)::double precision / 1000)
          else e.occurred_at end as at
      from order_events e
      where e.company_id = o.company_id and e.stream_id = o.id and e.type = 'step.done'
        and e.data #>> '{ref,step}' = ${step}
      order by e.seq desc limit 1) d
    where o.company_id = ${companyId} and o.id = any(${orderIds}::uuid[])
      and o.process_state #>> array['steps', ${step}::text, 'status'] = 'done'`);
}
