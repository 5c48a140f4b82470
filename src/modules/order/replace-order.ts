import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import type { Facts, ProcessDefinition } from '#modules/process/domain/index.ts';
import type { HandbookVersion } from '#modules/process/index.ts';
import type { Tx } from '#platform/db/db.ts';
import { moveOrder } from './move-order.ts';
import { insertOrders, planOrders } from './open-orders.ts';
import type { OrderActor, OrderDeps } from './order-types.ts';
import { grantAccess } from './grant-access.ts';
import { orderStore } from './order-store.ts';

/**
 * A case leaves its order for good, and another process answers it from now on: the old order goes on for its other cases or
 * stops, the new one begins, its promises count from when the demand was accepted. Refusals: `order.unknown`, those of
 * `moveOrder` and of `planOrders`.
 */
export async function replaceOrder(
  tx: Tx,
  deps: OrderDeps,
  actor: OrderActor,
  request: {
    readonly caseId: string;
    readonly orderId: string;
    readonly version: HandbookVersion;
    readonly definition: ProcessDefinition;
    readonly facts: Facts;
  },
): Promise<string | Refusal> {
  const { caseId, orderId, ...begin } = request;
  const store = orderStore(tx, actor.companyId);
  const order = await store.find(orderId);
  const cases = await store.listCases(orderId);
  const of = cases.find((one) => one.id === caseId);
  if (order === undefined || of === undefined) return refuse('order.unknown');
  const { stationId, leadUnitId } = order;
  const wanted = { ...begin, of, stationId, leadUnitId, actorId: actor.personId };
  const [planned] = await planOrders(tx, deps, actor.companyId, [wanted], await store.listUnits());
  if (planned === undefined || isRefusal(planned)) return planned ?? refuse('order.unknown');

  const alone = cases.length === 1;
  const event = alone ? ({ type: 'stopped' } as const) : ({ type: 'caseUnlinked', caseId } as const);
  const left = await moveOrder(tx, deps, actor, orderId, { ...event, at: tx.now });
  if (isRefusal(left)) return left;
  if (alone) await store.unlinkCase(orderId, caseId);
  await insertOrders(tx, actor.companyId, [planned]);
  await grantAccess(
    tx,
    actor.companyId,
    [caseId],
    planned.tasks.map((task) => task.unitId),
  );
  return planned.order.id;
}
