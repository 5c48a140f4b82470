import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import type { HandbookVersion } from '#modules/process/index.ts';
import {
  type ProcessDefinition,
  type StepRef,
  stepOf,
  type Transition,
  unitOfStep,
} from '#modules/process/domain/index.ts';
import type { Tx } from '#platform/db/db.ts';
import { newId } from '#platform/ids.ts';
import { carryClocks } from './carry-clocks.ts';
import { clockStore } from './clock-store.ts';
import { type ClockChanges, clockChanges } from './domain/clock-changes.ts';
import { type Place, placesFor, placeTask } from './domain/place-task.ts';
import type { OrderActor, OrderDeps } from './order-commands.ts';
import { type CaseOfOrder, type NewTask, type OrderRow, orderStore, type TaskRow } from './order-store.ts';
import { pauseStore } from './pause-store.ts';
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
  const { order, definition, moved } = step;
  const store = orderStore(tx, actor.companyId);
  const cases = await store.listCases(order.id);
  const codes = await store.listUnits();
  const wanted = moved.ready.map((ref) => placedStep(definition, ref, { order, cases, codes }));
  const opened = await assignTasks(store, wanted, codes);
  if (isRefusal(opened)) return opened;

  const withdrawn = (step.done ?? []).filter((task) => moved.withdrawn.some((ref) => isTaskOf(task, ref)));
  await store.endTasks(
    withdrawn.map((task) => task.id),
    'withdrawn',
    actor.personId,
  );
  await store.insertTasks(order.id, opened);
  if (opened.length > 0)
    await store.grantAccess(
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
    await orderStore(tx, actor.companyId).append(step.order.id, {
      type: 'clock.corrected',
      occurredAt: at,
      data,
    });
  if (changes.start.length === 0) return;
  const basis = await deps.clockBasis(tx, actor.companyId);
  const started = changes.start.map(({ clock, caseId, at }) => ({
    id: newId(),
    caseId,
    clock: clock.id,
    limitId: clock.limit,
    role: clock.role,
    startedAt: at,
    basisSeq: basis.seq,
    ...planFor(basis, step.version, { limitId: clock.limit, role: clock.role, start: at, pauses: [] }),
  }));
  await store.insert(step.order.id, started);
  await carryClocks(tx, deps, actor.companyId, {
    orderId: step.order.id,
    version: step.version,
    started,
  });
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

/** A round that opened, with the places that may do it, the right one first. */
type PlacedStep = {
  readonly ref: StepRef;
  readonly places: readonly Place[];
  /** Who was asked first, where this step is his: he tells the customer (design §2). */
  readonly firstAskedId: string | null;
};

type UnitCode = { readonly id: string; readonly code: string };

async function assignTasks(
  store: ReturnType<typeof orderStore>,
  steps: readonly (PlacedStep | Refusal)[],
  units: readonly UnitCode[],
): Promise<readonly NewTask[] | Refusal> {
  const refused = steps.find(isRefusal);
  if (refused !== undefined) return refused;
  const placed = steps.filter((step): step is PlacedStep => !isRefusal(step));
  const staffed = await store.listStaffed(placed.flatMap((step) => step.places));
  const tasks = placed.map((step) => taskFor(step, units, staffed));
  return tasks.find(isRefusal) ?? tasks.filter((task): task is NewTask => !isRefusal(task));
}

function taskFor(step: PlacedStep, units: readonly UnitCode[], staffed: readonly Place[]): NewTask | Refusal {
  const first = step.firstAskedId === null ? undefined : step.places[0];
  const place =
    first ??
    placeTask(step.places, ({ unit, post }) => staffed.some((one) => one.unit === unit && one.post === post));
  const unit = units.find((one) => one.code === place?.unit);
  if (place === undefined || unit === undefined)
    return refuse('order.nobody-for-step', { step: step.ref.step });
  const { ref } = step;
  return {
    caseId: ref.caseId,
    step: ref.step,
    round: ref.round,
    unitId: unit.id,
    post: place.post,
    holderId: step.firstAskedId,
    rework: ref.round > 1,
  };
}

function placedStep(
  definition: ProcessDefinition,
  ref: StepRef,
  facts: {
    readonly order: OrderRow;
    readonly cases: readonly CaseOfOrder[];
    readonly codes: readonly UnitCode[];
  },
): PlacedStep | Refusal {
  const step = stepOf(definition, ref.step);
  const subject = facts.cases.find((one) => one.id === ref.caseId) ?? facts.cases[0];
  if (step === undefined || subject === undefined)
    throw new Error(`no step ${ref.step} or no case in its order`);
  const codeOf = (id: string | null) => facts.codes.find((unit) => unit.id === id)?.code ?? null;
  const accused = facts.cases.flatMap((one) => codeOf(one.accusedUnitId) ?? []);
  const leadUnit = codeOf(facts.order.leadUnitId);
  const code = unitOfStep(step, {
    intakeUnit: codeOf(subject.intakeUnitId) ?? '',
    stationUnit: codeOf(facts.order.stationId),
    leadUnit,
    accusedUnits: accused,
  });
  if (isRefusal(code)) return code;
  const isFirstAsked =
    step.unit.rule === 'intake' &&
    ref.caseId !== null &&
    code === codeOf(subject.intakeUnitId) &&
    !accused.includes(code);
  return {
    ref,
    places: placesFor(
      { unit: code, post: step.post },
      { standIns: [step.unit.otherwise, leadUnit], accused },
    ),
    firstAskedId: isFirstAsked ? subject.firstAskedId : null,
  };
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
