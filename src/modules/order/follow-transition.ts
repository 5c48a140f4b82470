import { isRefusal, type Refusal } from '#kernel/result.ts';
import type { HandbookVersion } from '#modules/process/index.ts';
import type { ProcessDefinition, StepRef, Transition } from '#modules/process/domain/index.ts';
import type { Tx } from '#platform/db/db.ts';
import { untilText } from '#modules/clock/domain/index.ts';
import type { ClockBasis } from '#modules/clock/index.ts';
import { newId } from '#platform/ids.ts';
import { carryClocks } from './carry-clocks.ts';
import { clockStore, type NewClock } from './clock-store.ts';
import { type ClockChanges, clockChanges } from './domain/clock-changes.ts';
import type { OrderActor, OrderDeps } from './order-types.ts';
import { grantAccess } from './grant-access.ts';
import { type OrderRow, orderStore, type TaskRow } from './order-store.ts';
import { pauseStore } from './pause-store.ts';
import { fieldPostsOf, placedStep, placesOf, tasksFor } from './place-steps.ts';
import { planFor } from './plan-for.ts';
import { replanClocks } from './replan-clocks.ts';

/** What a transition brings with it: tasks, clocks, access. */
export async function followTransition(
  tx: Tx,
  deps: OrderDeps,
  actor: OrderActor,
  step: {
    readonly order: OrderRow;
    readonly version: HandbookVersion;
    readonly definition: ProcessDefinition;
    readonly moved: Transition;
    readonly done: readonly TaskRow[] | undefined;
  },
): Promise<Refusal | undefined> {
  const { order, definition, moved, version } = step;
  const store = orderStore(tx, actor.companyId);
  const cases = await store.listCases(order.id);
  const units = await store.listUnits();
  const fieldPosts = fieldPostsOf(version);
  const wanted = moved.ready.map((ref) => placedStep(definition, ref, { order, cases, units, fieldPosts }));
  const staffed = await store.listStaffed(placesOf(wanted));
  const opened = tasksFor(wanted, units, staffed);
  if (isRefusal(opened)) return opened;

  const withdrawn = (step.done ?? []).filter((task) => moved.withdrawn.some((ref) => isTaskOf(task, ref)));
  await store.endTasks(
    withdrawn.map((task) => task.id),
    'withdrawn',
    actor.personId,
  );
  await store.insertTasks(opened.map((task) => ({ ...task, orderId: order.id })));
  if (opened.length > 0)
    await grantAccess(
      tx,
      actor.companyId,
      cases.map((one) => one.id),
      opened.map((task) => task.unitId),
    );
  await moveClocks(tx, deps, actor, step);
  return undefined;
}

async function moveClocks(
  tx: Tx,
  deps: OrderDeps,
  actor: OrderActor,
  step: {
    readonly order: OrderRow;
    readonly version: HandbookVersion;
    readonly definition: ProcessDefinition;
    readonly moved: Transition;
  },
): Promise<void> {
  const store = clockStore(tx, actor.companyId);
  const open = await store.listOpen(step.order.id);
  const changes = clockChanges(step.definition, step.moved.state, step.moved.moments, open);
  await store.cancel(changes.cancel);
  await endPauses(tx, deps, actor.companyId, step.version, changes.stop);
  for (const { at, ...data } of await store.stop(changes.stop))
    await orderStore(tx, actor.companyId).append(
      step.order.id,
      {
        type: 'clock.corrected',
        occurredAt: at,
        data,
      },
      null,
    );
  if (changes.start.length === 0) return;
  const basis = await deps.clockBasis(tx, actor.companyId);
  const started = startClocks(basis, step.order.id, step.version, changes.start);
  await store.insert(started);
  await carryClocks(tx, deps, actor.companyId, { orderId: step.order.id, version: step.version, started });
}

/** Clocks that begin, counted with what the company knows now. */
export function startClocks(
  basis: ClockBasis,
  orderId: string,
  version: HandbookVersion,
  start: ClockChanges['start'],
): readonly NewClock[] {
  return start.map(({ clock, caseId, at, until }) => ({
    id: newId(),
    orderId,
    caseId,
    clock: clock.id,
    limitId: clock.limit,
    role: clock.role,
    startedAt: at,
    basisSeq: basis.seq,
    ...planFor(basis, version, {
      limitId: clock.limit,
      ...(until === null ? {} : { limitText: untilText(until) }),
      role: clock.role,
      start: at,
      pauses: [],
    }),
  }));
}

/** A clock that stops while it is paused: its pause ends there, and so its deadline is known again. */
async function endPauses(
  tx: Tx,
  deps: OrderDeps,
  companyId: string,
  version: HandbookVersion,
  stopped: ClockChanges['stop'],
): Promise<void> {
  if (stopped.length === 0) return;
  const ends = new Map(stopped.map(({ id, at }) => [id, at]));
  const paused = await pauseStore(tx, companyId).listPausedAmong([...ends.keys()]);
  await replanClocks(tx, deps, companyId, version, paused, ends);
}

export function refOf(task: TaskRow): StepRef {
  return { step: task.step, caseId: task.caseId, round: task.round };
}

export function isTaskOf(task: TaskRow, ref: StepRef): boolean {
  return sameRef(refOf(task), ref);
}

export function sameRef(a: StepRef, b: StepRef): boolean {
  return a.step === b.step && a.caseId === b.caseId && a.round === b.round;
}
