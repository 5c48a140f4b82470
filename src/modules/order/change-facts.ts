import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { type Facts, transition } from '#modules/process/domain/index.ts';
import type { Tx } from '#platform/db/db.ts';
import { followTransition } from './follow-transition.ts';
import type { OrderActor, OrderDeps } from './order-commands.ts';
import { orderStore } from './order-store.ts';

/**
 * Something about the order became known beside its steps: a paper came in. Whoever says it need hold no task, and need
 * not have seen the latest state, because a fact does not depend on it. Values are codes, numbers and yes or no.
 * Refusals: `order.unknown`, `order.finished`.
 */
export async function changeFacts(
  tx: Tx,
  deps: OrderDeps,
  actor: OrderActor,
  request: { readonly orderId: string; readonly caseId: string | null; readonly facts: Facts },
): Promise<{ readonly seq: number } | Refusal> {
  const store = orderStore(tx, actor.companyId);
  const order = await store.find(request.orderId);
  if (order === undefined) return refuse('order.unknown');
  if (order.state !== 'open') return refuse('order.finished');
  const version = await deps.version(tx, actor.companyId, order.handbookVersionId);
  const definition = version.process(order.process);
  if (definition === undefined) throw new Error(`handbook ${version.hash} has no process ${order.process}`);
  const { caseId, facts } = request;
  const moved = transition(definition, order.processState, {
    type: 'factsChanged',
    caseId,
    facts,
    at: tx.now,
  });
  if (isRefusal(moved)) return moved;

  const seq = order.seq + 1;
  const next = { ...order, state: moved.finished ? ('finished' as const) : ('open' as const), seq };
  const done = await store.listOpenTasks(order.id);
  await store.update({ ...next, processState: moved.state });
  const event = { type: 'facts.changed', occurredAt: tx.now, data: { caseId, facts } };
  await store.insertEvent(order.id, seq, event, actor.personId);
  const refusal = await followTransition(tx, deps, actor, { order: next, version, definition, moved, done });
  return refusal ?? { seq };
}
