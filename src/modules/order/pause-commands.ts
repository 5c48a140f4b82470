import type { Instant } from '#kernel/instant.ts';
import { DAY } from '#kernel/instant.ts';
import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { enqueue } from '#modules/notice/index.ts';
import {
  type PausableClock,
  type PauseEvidence,
  type PauseReason,
  refusesPause,
} from '#modules/process/domain/index.ts';
import type { HandbookVersion } from '#modules/process/index.ts';
import type { Tx } from '#platform/db/db.ts';
import { newId } from '#platform/ids.ts';
import { listReceivers } from './clock-receivers.ts';
import type { FieldNote, OrderActor, OrderDeps } from './order-types.ts';
import { type OrderRow, orderStore, type TaskRow } from './order-store.ts';
import { type PausedClock, type PauseRow, pauseStore } from './pause-store.ts';
import { replanClocks } from './replan-clocks.ts';

export type PauseRequest = {
  readonly orderId: string;
  readonly seq: number;
  /** A reason of the handbook. */
  readonly reason: string;
  readonly evidence: PauseEvidence;
  readonly until: Instant | null;
  /** The row that holds the words. */
  readonly noteTextId: string | null;
  /** Entered late: since when the clocks stood still, as it is believed; default now. */
  readonly since?: { readonly at: Instant; readonly note: FieldNote | null };
};

export type PauseDone = { readonly pauseId: string; readonly seq: number };

/** Nobody waits longer for a customer without asking again. */
const LONGEST = 366 * DAY;

/**
 * Stops every running clock of an order that the table lets this reason stop: at once, since an earlier moment that is
 * believed, or when somebody else approves. A breach that the earlier moment undoes stays on record and out of the figures.
 * Refusals: `order.unknown|stale|finished`, `pause.not-yours`, those of `refusesPause` when not one clock may stop,
 * `pause.wrong-evidence`, `pause.until-missing`, `pause.until-past`, `pause.until-far`, `pause.only-ahead`.
 */
export async function pauseOrder(
  tx: Tx,
  deps: OrderDeps,
  actor: OrderActor,
  request: PauseRequest,
): Promise<PauseDone | Refusal> {
  const found = await findWorkable(tx, deps, actor, request);
  if (isRefusal(found)) return found;
  const { order, version } = found;
  const reason = version.handbook.pauses.reasons.find((one) => one.id === request.reason);
  if (reason === undefined) return refuse('pause.unknown-reason');
  const from = request.since?.at ?? tx.now;
  const fault = faultOf(reason, request, from);
  if (fault !== undefined) return refuse(fault);

  const store = pauseStore(tx, actor.companyId);
  const clocks = await store.listClocks(order.id);
  const stopped = pausableBy(version, order, clocks, reason.id, from);
  if (isRefusal(stopped)) return stopped;
  const waits = reason.approval === 'before';
  const pause: PauseRow = {
    id: newId(),
    orderId: order.id,
    reason: reason.id,
    approval: reason.approval,
    evidence: request.evidence,
    state: waits ? 'asked' : reason.approval === 'none' ? 'standing' : 'provisional',
    from: waits ? null : from,
    to: request.until,
    askedBy: actor.personId,
  };
  await store.insert(
    { ...pause, noteTextId: request.noteTextId },
    stopped.map((clock) => clock.id),
  );
  const corrected = waits ? [] : await replanClocks(tx, deps, actor.companyId, version, stopped);
  if (reason.approval !== 'none') await askForApproval(tx, actor, order, pause, stopped);
  const type = waits ? 'clock.pause-asked' : 'clock.paused';
  const seq = await record(tx, actor, order, type, pause, { at: from, note: request.since?.note ?? null });
  await recordCorrected(tx, actor.companyId, order.id, corrected);
  return { pauseId: pause.id, seq };
}

/** Lets the clocks of a pause run again, or takes back a request. Refusals as `pauseOrder`, and `pause.not-open`. */
export async function resumeOrder(
  tx: Tx,
  deps: OrderDeps,
  actor: OrderActor,
  request: { readonly orderId: string; readonly seq: number; readonly pauseId: string },
): Promise<PauseDone | Refusal> {
  const found = await findWorkable(tx, deps, actor, request);
  if (isRefusal(found)) return found;
  const store = pauseStore(tx, actor.companyId);
  const pause = await store.find(request.pauseId);
  if (pause === undefined || pause.orderId !== request.orderId) return refuse('pause.unknown');
  if (pause.state === 'asked') {
    await store.end(pause.id, { state: 'withdrawn', to: pause.to }, actor.personId);
  } else {
    const stands = pause.state === 'provisional' || pause.state === 'standing';
    if (!stands || (pause.to !== null && pause.to <= tx.now)) return refuse('pause.not-open');
    await store.end(pause.id, { state: pause.state, to: tx.now }, actor.personId);
    const clocks = await store.listClocksOf(pause.id);
    await replanClocks(tx, deps, actor.companyId, found.version, clocks);
  }
  const type = pause.state === 'asked' ? 'clock.pause-withdrawn' : 'clock.resumed';
  return { pauseId: pause.id, seq: await record(tx, actor, found.order, type, pause) };
}

/**
 * A second person says yes or no. What was asked before counts from the yes on; what stopped already and is rejected is
 * taken out again, as if it had never been. Refusals: `order.unknown|stale`, `pause.unknown`, `pause.decided`,
 * `pause.own-request`, `pause.until-past` (the wished end came before the approval).
 */
export async function decidePause(
  tx: Tx,
  deps: OrderDeps,
  actor: OrderActor,
  request: {
    readonly orderId: string;
    readonly seq: number;
    readonly pauseId: string;
    readonly approve: boolean;
  },
): Promise<PauseDone | Refusal> {
  const order = await findOrder(tx, actor, request);
  if (isRefusal(order)) return order;
  const store = pauseStore(tx, actor.companyId);
  const pause = await store.find(request.pauseId);
  if (pause === undefined || pause.orderId !== order.id) return refuse('pause.unknown');
  const refused = undecidable(pause, actor, request.approve, tx.now);
  if (refused !== undefined) return refuse(refused);
  const state = request.approve ? ('standing' as const) : ('rejected' as const);
  await store.decide(
    pause.id,
    { state, from: pause.from ?? (request.approve ? tx.now : null) },
    actor.personId,
  );
  const version = await deps.version(tx, actor.companyId, order.handbookVersionId);
  await replanClocks(tx, deps, actor.companyId, version, await store.listClocksOf(pause.id));
  await enqueue(tx, actor.companyId, [
    {
      key: `pause:${pause.id}:decided`,
      channel: 'desk',
      template: request.approve ? 'pause-approved' : 'pause-rejected',
      to: { personId: pause.askedBy },
      data: { orderId: order.id, pauseId: pause.id, reason: pause.reason },
    },
  ]);
  const type = request.approve ? 'clock.pause-approved' : 'clock.pause-rejected';
  return { pauseId: pause.id, seq: await record(tx, actor, order, type, pause) };
}

function undecidable(pause: PauseRow, actor: OrderActor, approve: boolean, now: Instant): string | undefined {
  if (pause.state !== 'asked' && pause.state !== 'provisional') return 'pause.decided';
  if (pause.askedBy === actor.personId) return 'pause.own-request';
  return approve && pause.state === 'asked' && pause.to !== null && pause.to <= now
    ? 'pause.until-past'
    : undefined;
}

function faultOf(reason: PauseReason, request: PauseRequest, from: Instant): string | undefined {
  const { until } = request;
  if (reason.approval === 'before' && request.since !== undefined) return 'pause.only-ahead';
  if (!reason.evidence.includes(request.evidence)) return 'pause.wrong-evidence';
  if (until === null) return reason.until === 'required' ? 'pause.until-missing' : undefined;
  if (until <= from) return 'pause.until-past';
  return until > from + LONGEST ? 'pause.until-far' : undefined;
}

/** The clocks that the reason stops; a refusal when there is none. */
function pausableBy(
  version: HandbookVersion,
  order: OrderRow,
  clocks: readonly PausedClock[],
  reasonId: string,
  at: Instant,
): readonly PausedClock[] | Refusal {
  const business = version.process(order.process)?.business ?? '';
  const refusals = clocks.map((clock) =>
    refusesPause(
      version.handbook.pauses,
      { process: order.process, business },
      pausable(clock, at),
      reasonId,
    ),
  );
  const stopped = clocks.filter((_clock, i) => refusals[i] === undefined);
  if (stopped.length > 0) return stopped;
  return refuse(refusals.find((one) => one !== undefined) ?? 'pause.clock-not-running');
}

export function pausable(
  clock: Pick<PausedClock, 'role' | 'state' | 'dueAt' | 'brokenAt'>,
  at: Instant,
): PausableClock {
  const over = clock.dueAt <= at || (clock.brokenAt !== null && clock.brokenAt <= at);
  return { role: clock.role, state: clock.state, over };
}

async function findOrder(
  tx: Tx,
  actor: OrderActor,
  request: { readonly orderId: string; readonly seq: number },
): Promise<OrderRow | Refusal> {
  const store = orderStore(tx, actor.companyId);
  const order = await store.find(request.orderId);
  if (order === undefined) return refuse('order.unknown');
  const stale = order.seq !== request.seq && (await store.movedSince(order.id, request.seq));
  return stale ? refuse('order.stale', { seq: order.seq }) : order;
}

/** The order, when it is open and this person has work in it: who works knows why it has to wait. */
async function findWorkable(
  tx: Tx,
  deps: OrderDeps,
  actor: OrderActor,
  request: { readonly orderId: string; readonly seq: number },
): Promise<{ readonly order: OrderRow; readonly version: HandbookVersion } | Refusal> {
  const order = await findOrder(tx, actor, request);
  if (isRefusal(order)) return order;
  if (order.state !== 'open') return refuse('order.finished');
  const tasks = await orderStore(tx, actor.companyId).listOpenTasks(order.id);
  if (!tasks.some((task) => worksOn(task, actor))) return refuse('pause.not-yours');
  return { order, version: await deps.version(tx, actor.companyId, order.handbookVersionId) };
}

/** Holds the task, could take it, or leads the unit that has it. */
export function worksOn(task: Pick<TaskRow, 'holderId' | 'unitId' | 'post'>, actor: OrderActor): boolean {
  if (task.holderId === actor.personId) return true;
  if (!actor.unitIds.includes(task.unitId)) return false;
  return actor.mayReassign || (task.holderId === null && actor.posts.includes(task.post));
}

/** The leads and the department head see that somebody waits for their word. */
async function askForApproval(
  tx: Tx,
  actor: OrderActor,
  order: OrderRow,
  pause: PauseRow,
  clocks: readonly PausedClock[],
): Promise<void> {
  const [first] = clocks;
  if (first === undefined) return;
  const speaking = { id: first.id, orderId: order.id, caseId: first.caseId, role: 'company', level: 4 };
  const receivers = await listReceivers(tx, actor.companyId, [speaking]);
  await enqueue(
    tx,
    actor.companyId,
    receivers
      .filter(({ personId }) => personId !== actor.personId)
      .map(({ personId, caseId, no }) => ({
        key: `pause:${pause.id}:asked:${personId}`,
        channel: 'desk' as const,
        template: 'pause-asked',
        to: { personId },
        data: { orderId: order.id, pauseId: pause.id, reason: pause.reason, caseId, no },
      })),
  );
}

async function record(
  tx: Tx,
  actor: OrderActor,
  order: OrderRow,
  type: string,
  pause: PauseRow,
  when: { readonly at: Instant; readonly note: FieldNote | null } = { at: tx.now, note: null },
): Promise<number> {
  const store = orderStore(tx, actor.companyId);
  const seq = order.seq + 1;
  await store.update({ ...order, seq });
  const { id: pauseId, reason, approval, evidence, to: until } = pause;
  const field = when.note === null ? {} : { field: when.note };
  const data = { pauseId, reason, approval, evidence, until, ...field };
  await store.insertEvent(order.id, seq, { type, occurredAt: when.at, data }, actor.personId);
  return seq;
}

/** Broken on record, and undone by a pause that was entered late. */
async function recordCorrected(
  tx: Tx,
  companyId: string,
  orderId: string,
  corrected: readonly PausedClock[],
): Promise<void> {
  for (const { id: clockId, limitId, caseId } of corrected) {
    const event = { type: 'clock.corrected', occurredAt: tx.now, data: { clockId, limitId, caseId } };
    await orderStore(tx, companyId).append(orderId, event, null);
  }
}
