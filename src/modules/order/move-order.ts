import type { Instant } from '#kernel/instant.ts';
import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import {
  type Facts,
  linkCases,
  type Moment,
  type ProcessDefinition,
  type ProcessEvent,
  type ProcessState,
  type Transition,
  transition,
} from '#modules/process/domain/index.ts';
import type { Tx } from '#platform/db/db.ts';
import { followTransition } from './follow-transition.ts';
import type { Advance, OrderActor, OrderDeps } from './order-types.ts';
import { grantAccess } from './grant-access.ts';
import { type NewEvent, type OrderRow, orderStore } from './order-store.ts';
import { parking } from './parking.ts';
import { pauseStore } from './pause-store.ts';
import { replanClocks } from './replan-clocks.ts';

type EventOf<T extends ProcessEvent['type']> = Extract<ProcessEvent, { type: T }>;

/** What happens to an order beside the steps of its task holders. */
export type SideEvent =
  | EventOf<'caseUnlinked' | 'reopened' | 'factsChanged' | 'stepAgain' | 'stopped'>
  /** A promise to a customer counts from when his demand was accepted, whatever order answers it. */
  | (EventOf<'caseLinked'> & { readonly acceptedAt: Instant });

/**
 * Moves an order by something beside its steps. Whoever does it need hold no task and need not have seen the latest state:
 * a fact, a further customer or the end of service does not depend on it. An order that its last case leaves is parked and
 * goes on when one comes back. Refusals: `order.unknown`, `order.finished`, and those of the process engine.
 */
export async function moveOrder(
  tx: Tx,
  deps: OrderDeps,
  actor: OrderActor,
  orderId: string,
  event: SideEvent,
): Promise<Advance | Refusal> {
  return await moveThrough(tx, deps, actor, orderId, [event]);
}

/**
 * Several demands join an order at once. The state of an order grows with its cases, and writing it is most of what a join costs:
 * thousands that each wrote it had taken the square of their number. Refusals: those of `moveOrder`.
 */
export async function joinOrder(
  tx: Tx,
  deps: OrderDeps,
  actor: OrderActor,
  orderId: string,
  members: readonly { readonly caseId: string; readonly facts: Facts; readonly acceptedAt: Instant }[],
): Promise<Advance | Refusal> {
  const events = members.map((one) => ({ type: 'caseLinked' as const, ...one, at: tx.now }));
  return await moveThrough(tx, deps, actor, orderId, events);
}

async function moveThrough(
  tx: Tx,
  deps: OrderDeps,
  actor: OrderActor,
  orderId: string,
  events: readonly SideEvent[],
): Promise<Advance | Refusal> {
  const store = orderStore(tx, actor.companyId);
  const order = await store.find(orderId);
  if (order === undefined) return refuse('order.unknown');
  if (!events.every((event) => mayMove(order, event))) return refuse('order.finished');
  const version = await deps.version(tx, actor.companyId, order.handbookVersionId);
  const definition = version.process(order.process);
  if (definition === undefined) throw new Error(`handbook ${version.hash} has no process ${order.process}`);
  const moved = transitionOf(definition, order.processState, events);
  if (isRefusal(moved)) return moved;

  const seq = order.seq + events.length;
  const next = { ...order, processState: moved.state, state: stateAfter(moved, events), seq };
  if (order.state === 'parked') {
    await parking(tx, actor.companyId).resume(orderId);
    // Those that were paused stand still again.
    const clocks = await pauseStore(tx, actor.companyId).listClocks(orderId);
    await replanClocks(tx, deps, actor.companyId, version, clocks);
  }
  const open = await store.listOpenTasks(order.id);
  await store.update(next);
  await store.insertEvents(order.id, order.seq + 1, events.map(recorded), actor.personId);
  const joining = events.flatMap((event) => (event.type === 'caseLinked' ? [event.caseId] : []));
  if (joining.length > 0) {
    await store.linkCases(order.id, joining);
    const units = open.map((task) => task.unitId);
    await grantAccess(tx, actor.companyId, joining, units);
  }
  const followed = { order: next, version, definition, moved, done: open };
  const refusal = await followTransition(tx, deps, actor, followed);
  for (const event of events)
    if (event.type === 'caseUnlinked') await store.unlinkCase(order.id, event.caseId);
  if (next.state === 'parked') await parking(tx, actor.companyId).park(orderId);
  return refusal ?? { orderId, seq, moments: moved.moments, finished: moved.finished };
}

/** What the one event does, or the demands that are linked at once; the fold links them one after the other. */
function transitionOf(
  definition: ProcessDefinition,
  before: ProcessState,
  events: readonly SideEvent[],
): Transition | Refusal {
  const [event] = events;
  const links = events.flatMap((one) => (one.type === 'caseLinked' ? [one] : []));
  if (event === undefined || (links.length > 0 && links.length < events.length))
    throw new Error('an order moves by one event, or by demands that are linked at once');
  const stepped =
    links.length > 0 ? linkCases(definition, before, links) : transition(definition, before, event);
  if (isRefusal(stepped)) return stepped;
  return { ...stepped, moments: [...events.flatMap(momentsBeside), ...stepped.moments] };
}

/** Something about the order became known beside its steps: a paper came in. Values are codes, numbers and yes or no. */
export async function changeFacts(
  tx: Tx,
  deps: OrderDeps,
  actor: OrderActor,
  request: { readonly orderId: string; readonly caseId: string | null; readonly facts: Facts },
): Promise<Advance | Refusal> {
  const { orderId, caseId, facts } = request;
  return await moveOrder(tx, deps, actor, orderId, { type: 'factsChanged', caseId, facts, at: tx.now });
}

/** A step that is done is wanted once more, with all that follows it. */
export async function doAgain(
  tx: Tx,
  deps: OrderDeps,
  actor: OrderActor,
  request: { readonly orderId: string; readonly step: string; readonly caseId: string | null },
): Promise<Advance | Refusal> {
  const { orderId, step, caseId } = request;
  return await moveOrder(tx, deps, actor, orderId, { type: 'stepAgain', step, caseId, at: tx.now });
}

function mayMove(order: OrderRow, event: SideEvent): boolean {
  if (order.state === 'open') return true;
  if (order.state === 'finished') return event.type === 'reopened';
  return order.state === 'parked' && event.type === 'caseLinked';
}

function stateAfter(
  moved: { readonly finished: boolean; readonly state: OrderRow['processState'] },
  events: readonly SideEvent[],
): OrderRow['state'] {
  const last = events.at(-1)?.type;
  if (last === 'caseUnlinked' && moved.state.cases.length === 0) return 'parked';
  if (!moved.finished) return 'open';
  return last === 'stopped' ? 'stopped' : 'finished';
}

/** Moments that the engine does not know, because they are the case's own. */
function momentsBeside(event: SideEvent): readonly Moment[] {
  if (event.type === 'caseLinked')
    return [{ name: 'case.accepted', caseId: event.caseId, at: event.acceptedAt }];
  if (event.type === 'reopened') return [{ name: 'case.reopened', caseId: event.caseId, at: event.at }];
  return [];
}

const TYPES = {
  caseLinked: 'case.linked',
  caseUnlinked: 'case.unlinked',
  reopened: 'order.reopened',
  factsChanged: 'facts.changed',
  stepAgain: 'step.again',
  stopped: 'order.stopped',
} as const;

function recorded(event: SideEvent): NewEvent {
  const { type, at, ...data } = event;
  return { type: TYPES[type], occurredAt: at, data };
}
