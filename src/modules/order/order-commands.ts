import type { Instant } from '#kernel/instant.ts';
import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import type { HandbookVersion } from '#modules/process/index.ts';
import {
  type ActionName,
  decideActions,
  type Moment,
  type ProcessDefinition,
  type ProcessEvent,
  type ProcessState,
  type StepRef,
  stepOf,
  transition,
  type Who,
  WORDS_KEPT,
} from '#modules/process/domain/index.ts';
import type { Tx } from '#platform/db/db.ts';
import { followTransition, isTaskOf, refOf, sameRef } from './follow-transition.ts';
import { acceptHandover, isOffered } from './accept-handover.ts';
import { type OrderRow, orderStore, type TaskRow } from './order-store.ts';
import { faultOfSecondPerson } from './second-person.ts';
import type { Advance, FieldNote, OrderActor, OrderDeps } from './order-types.ts';

export type WorkEvent = Extract<ProcessEvent, { type: 'stepDone' | 'stepReturned' }>;

/**
 * Moves an order by one event that a task holder brings about. Refusals: `order.unknown`, `order.stale` (somebody
 * else acted since the page was loaded; `seq` says where it stands), the reasons of `decideActions`, `order.same-person`, and
 * those of the process engine.
 */
export async function advanceOrder(
  tx: Tx,
  deps: OrderDeps,
  actor: OrderActor,
  request: {
    readonly orderId: string;
    readonly seq: number;
    readonly event: WorkEvent;
    /** Ids of the rows that hold typed words; the event carries nothing else of them. */
    readonly textIds: readonly string[];
    readonly field?: FieldNote;
  },
): Promise<Advance | Refusal> {
  const store = orderStore(tx, actor.companyId);
  const loaded = await load(tx, deps, actor, request);
  if (isRefusal(loaded)) return loaded;
  const { order, version, definition, tasks } = loaded;
  const ref = request.event.type === 'stepDone' ? request.event.ref : request.event.from;
  const task = tasks.find((one) => isTaskOf(one, ref));
  const action = actionOf(request, actor, task);
  const denied = refusalOf(definition, order.processState, tasks, actor, { action, ref });
  if (denied !== undefined) return denied;

  const own = await faultOfSecondPerson(tx, actor, definition, request);
  if (own !== undefined) return own;
  const stepped = transition(definition, order.processState, request.event);
  if (isRefusal(stepped)) return stepped;
  const moved = { ...stepped, moments: [...momentsBeside(request.event), ...stepped.moments] };
  const seq = order.seq + 1;
  const next = { ...order, state: moved.finished ? ('finished' as const) : ('open' as const), seq };
  await store.update({ ...next, processState: moved.state });
  await store.insertEvent(order.id, seq, eventOf(definition, request), actor.personId);
  if (task !== undefined) {
    await store.endTasks([task.id], 'done', actor.personId);
    await acceptHandover(tx, actor.companyId, task.id);
  }
  const rest = tasks.filter((one) => one !== task);
  const refusal = await followTransition(tx, deps, actor, {
    order: next,
    version,
    definition,
    moved,
    done: rest,
  });
  if (isRefusal(refusal)) return refusal;
  return {
    orderId: order.id,
    seq: await store.seqOf(order.id),
    moments: moved.moments,
    finished: moved.finished,
  };
}

/** The customer said "not solved" at the call: the work begins again, with its own limit (R113). */
function momentsBeside(event: WorkEvent): readonly Moment[] {
  return event.type === 'stepReturned' && event.reason === 'not-solved'
    ? [{ name: 'case.reopened', caseId: event.from.caseId, at: event.at }]
    : [];
}

/** Who enters a step for somebody else need not hold it, unless he does. */
function actionOf(
  request: { readonly event: WorkEvent; readonly field?: FieldNote },
  actor: OrderActor,
  task: TaskRow | undefined,
): 'do' | 'return' | 'enterFor' {
  if (request.event.type === 'stepReturned') return 'return';
  const forOther = request.field !== undefined && request.field.enteredFor !== null;
  return forOther && task?.holderId !== actor.personId ? 'enterFor' : 'do';
}

/** Takes an open task: from now on it is this person's. What was handed over to him by name he accepts by taking it. */
export async function takeTask(
  tx: Tx,
  deps: OrderDeps,
  actor: OrderActor,
  request: { readonly orderId: string; readonly seq: number; readonly ref: StepRef },
): Promise<Advance | Refusal> {
  const free = await allowedTask(tx, deps, actor, { ...request, action: 'take' });
  const loaded = isRefusal(free) ? ((await offeredToMe(tx, deps, actor, request)) ?? free) : free;
  if (isRefusal(loaded)) return loaded;
  const { order, task } = loaded;
  const store = orderStore(tx, actor.companyId);
  const seq = order.seq + 1;
  await store.assignTask(task.id, actor.personId);
  await acceptHandover(tx, actor.companyId, task.id);
  await store.update({ ...order, seq });
  const data = { ...request.ref, taskId: task.id, from: task.holderId };
  await store.insertEvent(order.id, seq, { type: 'task.taken', occurredAt: tx.now, data }, actor.personId);
  return { orderId: order.id, seq, moments: [], finished: false };
}

/** A task that he holds because it was handed over to him, and that he has not accepted yet. */
export async function offeredToMe(
  tx: Tx,
  deps: OrderDeps,
  actor: OrderActor,
  request: { readonly orderId: string; readonly seq: number; readonly ref: StepRef },
): Promise<(Loaded & { readonly task: TaskRow }) | undefined> {
  const held = await allowedTask(tx, deps, actor, { ...request, action: 'do' });
  if (isRefusal(held)) return undefined;
  return (await isOffered(tx, actor.companyId, held.task.id)) ? held : undefined;
}

/** An open task of an order, when this person may do that with it. Refusals: those of `load` and of `decideActions`. */
export async function allowedTask(
  tx: Tx,
  deps: OrderDeps,
  actor: OrderActor,
  request: {
    readonly orderId: string;
    readonly seq: number;
    readonly ref: StepRef;
    readonly action: ActionName;
  },
): Promise<(Loaded & { readonly task: TaskRow }) | Refusal> {
  const loaded = await load(tx, deps, actor, request);
  if (isRefusal(loaded)) return loaded;
  const { order, definition, tasks } = loaded;
  const denied = refusalOf(definition, order.processState, tasks, actor, request);
  const task = tasks.find((one) => isTaskOf(one, request.ref));
  if (denied !== undefined || task === undefined) return denied ?? refuse('process.step-not-ready');
  return { ...loaded, task };
}

type Loaded = {
  readonly order: OrderRow;
  readonly version: HandbookVersion;
  readonly definition: ProcessDefinition;
  readonly tasks: readonly TaskRow[];
};

async function load(
  tx: Tx,
  deps: OrderDeps,
  actor: OrderActor,
  request: { readonly orderId: string; readonly seq: number },
): Promise<Loaded | Refusal> {
  const store = orderStore(tx, actor.companyId);
  const order = await store.find(request.orderId);
  if (order === undefined) return refuse('order.unknown');
  // A clock that fired moved nothing that a page shows for acting on.
  if (order.seq !== request.seq && (await store.movedSince(order.id, request.seq)))
    return refuse('order.stale', { seq: order.seq });
  if (order.state !== 'open') return refuse('order.finished');
  const version = await deps.version(tx, actor.companyId, order.handbookVersionId);
  const definition = version.process(order.process);
  if (definition === undefined) throw new Error(`handbook ${version.hash} has no process ${order.process}`);
  return { order, version, definition, tasks: await store.listOpenTasks(order.id) };
}

function refusalOf(
  definition: ProcessDefinition,
  state: ProcessState,
  tasks: readonly TaskRow[],
  who: Who,
  wanted: { readonly action: ActionName; readonly ref: StepRef },
): Refusal | undefined {
  const open = tasks.map((task) => ({ ...task, ref: refOf(task) }));
  const decision = decideActions(definition, state, open, who).find(
    (one) => one.action === wanted.action && sameRef(one.ref, wanted.ref),
  );
  if (decision === undefined) return refuse('process.step-not-ready', { step: wanted.ref.step });
  return decision.allowed
    ? undefined
    : refuse(decision.reason ?? 'action.other-post', { step: wanted.ref.step });
}

function eventOf(
  definition: ProcessDefinition,
  {
    event,
    textIds,
    field,
  }: { readonly event: WorkEvent; readonly textIds: readonly string[]; readonly field?: FieldNote },
): { readonly type: string; readonly occurredAt: Instant; readonly data: object } {
  if (event.type === 'stepReturned') {
    const { from, to, reason, at } = event;
    return { type: 'step.returned', occurredAt: at, data: { from, to, reason, textIds } };
  }
  const { ref, outcome, values, checked, doubtful, at } = event;
  const texts = new Set(
    (stepOf(definition, event.ref.step)?.fields ?? [])
      .filter((one) => one.type === 'text')
      .map((one) => one.id),
  );
  const kept = Object.entries(values ?? {}).map(([id, value]) => [id, texts.has(id) ? WORDS_KEPT : value]);
  const data = { ref, outcome, checked, doubtful, values: Object.fromEntries(kept), textIds, field };
  return { type: 'step.done', occurredAt: at, data };
}
