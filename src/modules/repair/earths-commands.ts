import { type Refusal, refuse } from '#kernel/result.ts';
import type { Instant } from '#kernel/instant.ts';
import { type CaseActor, liftEarthsByWord, realCase } from '#modules/case/index.ts';
import { enqueue } from '#modules/notice/index.ts';
import { recordOnOrder } from '#modules/order/index.ts';
import type { Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { LiftEarthsBody } from './permission-api.ts';

/**
 * Who laid the earths is off duty or has no phone: the dispatch centre enters their removal by somebody's word, and it is marked so
 * (代录). Who laid them, who told it and who has the work at hand hear of it. Refusals: `earths.none`, `earths.count`, `earths.time`,
 * `earths.not-repeated`, `earths.stranger`, `field.yourself`.
 */
export async function liftEarthsForCrew(
  tx: Tx,
  actor: CaseActor,
  request: LiftEarthsBody,
): Promise<{ readonly lifted: number } | Refusal> {
  const { orderId, toldBy, at, why } = request;
  const laid = await findLaid(tx, actor, request);
  if (laid === undefined) return refuse('earths.none');
  if (request.earths !== laid.earths) return refuse('earths.count', { earths: laid.earths });
  if (!request.repeated) return refuse('earths.not-repeated');
  if (at < laid.laidAt || at > tx.now) return refuse('earths.time');
  if (toldBy === actor.personId) return refuse('field.yourself');
  if (!laid.inService) return refuse('earths.stranger');
  await liftEarthsByWord(tx, actor, request);
  await recordOnOrder(tx, actor, orderId, {
    type: 'earths.lifted-for',
    occurredAt: at,
    data: { earths: laid.earths, field: { claimed: at, doubt: null, enteredFor: { personId: toldBy, why } } },
  });
  const told = new Set([laid.laidBy, toldBy, ...laid.holders].filter((id) => id !== actor.personId));
  await enqueue(
    tx,
    actor.companyId,
    [...told].map((personId) => ({
      key: `earths-lifted-for:${laid.id}:${personId}`,
      channel: 'desk',
      template: 'earths-lifted-for',
      to: { personId },
      data: { caseId: laid.caseId, toldBy, earths: laid.earths, at },
    })),
  );
  return { lifted: laid.earths };
}

type Laid = {
  readonly id: string;
  readonly caseId: string;
  readonly earths: number;
  readonly laidAt: Instant;
  readonly laidBy: string;
  /** Who told it works for the company today. */
  readonly inService: boolean;
  readonly holders: readonly string[];
};

async function findLaid(
  tx: Tx,
  { companyId }: CaseActor,
  { orderId, toldBy }: LiftEarthsBody,
): Promise<Laid | undefined> {
  return await tx.maybe<Laid>(sql`
    select e.id, e.earths, e.laid_at as "laidAt", e.laid_by as "laidBy",
      v.id as "caseId",
      exists (select 1 from assignments a where a.company_id = e.company_id and a.person_id = ${toldBy}
        and a.until is null) as "inService",
      array(select distinct t.holder_id from tasks t where t.company_id = e.company_id and t.order_id = e.order_id
        and t.state = 'open' and t.case_id is null and t.holder_id is not null) as holders
    from laid_earths e
    cross join lateral (select c.id from case_orders l join cases c on c.company_id = l.company_id and c.id = l.case_id
      where l.company_id = e.company_id and l.order_id = e.order_id and l.unlinked_at is null and ${realCase()}
      order by l.linked_at limit 1) v
    where e.company_id = ${companyId} and e.order_id = ${orderId} and e.lifted_at is null
    for update of e`);
}
