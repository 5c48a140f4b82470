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
import { clockChanges } from './domain/clock-changes.ts';
import { limitText } from './domain/limit-text.ts';
import type { OrderActor, OrderDeps } from './order-commands.ts';
import { type CaseOfOrder, type NewTask, type OrderRow, orderStore, type TaskRow } from './order-store.ts';

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
  const tasks = moved.ready.map((ref) => taskFor(definition, ref, { order, cases, codes }));
  const refused = tasks.find(isRefusal);
  if (refused !== undefined) return refused;
  const opened = tasks.filter((task): task is NewTask => !isRefusal(task));

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
  const store = orderStore(tx, actor.companyId);
  const running = await store.listRunningClocks(step.order.id);
  const changes = clockChanges(step.definition, step.moved.state, step.moved.moments, running);
  await store.cancelClocks(changes.cancel);
  await store.stopClocks(changes.stop);
  const started = changes.start.map(({ clock, caseId, at }) => {
    const limit = step.version.handbook.limits.find((one) => one.id === clock.limit);
    if (limit === undefined) throw new Error(`handbook ${step.version.hash} has no limit ${clock.limit}`);
    const text = limitText(limit, clock.role);
    return {
      caseId,
      clock: clock.id,
      limitId: clock.limit,
      limitText: text,
      role: clock.role,
      startedAt: at,
      dueAt: deps.dueAt(text, at),
    };
  });
  await store.insertClocks(step.order.id, started);
}

function taskFor(
  definition: ProcessDefinition,
  ref: StepRef,
  facts: {
    readonly order: OrderRow;
    readonly cases: readonly CaseOfOrder[];
    readonly codes: readonly { readonly id: string; readonly code: string }[];
  },
): NewTask | Refusal {
  const step = stepOf(definition, ref.step);
  const subject = facts.cases.find((one) => one.id === ref.caseId) ?? facts.cases[0];
  if (step === undefined || subject === undefined)
    throw new Error(`no step ${ref.step} or no case in its order`);
  const codeOf = (id: string | null) => facts.codes.find((unit) => unit.id === id)?.code ?? null;
  const code = unitOfStep(step, {
    intakeUnit: codeOf(subject.intakeUnitId) ?? '',
    stationUnit: codeOf(facts.order.stationId),
    leadUnit: codeOf(facts.order.leadUnitId),
    accusedUnits: facts.cases.flatMap((one) => codeOf(one.accusedUnitId) ?? []),
  });
  if (isRefusal(code)) return code;
  const unit = facts.codes.find((one) => one.code === code);
  if (unit === undefined) return refuse('order.no-such-unit', { unit: code, step: step.id });
  // Who was asked first tells the customer: he stays bound until the customer is satisfied (design §2).
  const firstAsked =
    step.unit.rule === 'intake' && ref.caseId !== null && code === codeOf(subject.intakeUnitId);
  return {
    caseId: ref.caseId,
    step: step.id,
    round: ref.round,
    unitId: unit.id,
    post: step.post,
    holderId: firstAsked ? subject.firstAskedId : null,
    rework: ref.round > 1,
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
