import type { Instant } from '#kernel/instant.ts';
import { isRefusal, type Refusal } from '#kernel/result.ts';
import { type Facts, type ProcessDefinition, startProcess } from '#modules/process/domain/index.ts';
import type { HandbookVersion } from '#modules/process/index.ts';
import type { Tx } from '#platform/db/db.ts';
import { newId } from '#platform/ids.ts';
import { clockStore, type NewClock } from './clock-store.ts';
import { clockChanges } from './domain/clock-changes.ts';
import { startClocks } from './follow-transition.ts';
import type { OrderDeps } from './order-types.ts';
import { type CaseOfOrder, type NewTask, type OrderRow, orderStore } from './order-store.ts';
import { placedStep, placesOf, tasksFor, type UnitCode } from './place-steps.ts';

/** An order that shall answer this case. */
export type OrderWanted = {
  readonly version: HandbookVersion;
  readonly definition: ProcessDefinition;
  readonly of: CaseOfOrder;
  readonly facts: Facts;
  readonly stationId: string | null;
  readonly leadUnitId: string;
  readonly actorId: string;
};

/** Everything that an order begins with, decided before anything is written. */
export type PlannedOrder = {
  readonly order: OrderRow & { readonly business: string; readonly startedAt: Instant };
  readonly caseId: string;
  readonly actorId: string;
  readonly tasks: readonly NewTask[];
  readonly clocks: readonly NewClock[];
};

/**
 * Decides how these orders begin: process state, tasks with their places, clocks. It reads once for all of them and writes
 * nothing. Refusals, each for its order: `process.no-unit`, `order.nobody-for-step`.
 */
export async function planOrders(
  tx: Tx,
  deps: OrderDeps,
  companyId: string,
  wanted: readonly OrderWanted[],
  units: readonly UnitCode[],
): Promise<readonly (PlannedOrder | Refusal)[]> {
  if (wanted.length === 0) return [];
  const begun = wanted.map((one) => ({ ...one, ...begin(one, tx.now) }));
  const placed = begun.map(({ definition, started, of, leadUnitId, stationId }) =>
    started.ready.map((ref) =>
      placedStep(definition, ref, {
        order: { leadUnitId, stationId, crew: null },
        cases: [of],
        units,
        fieldPosts: [],
      }),
    ),
  );
  const staffed = await orderStore(tx, companyId).listStaffed(placesOf(placed.flat()));
  const basis = await deps.clockBasis(tx, companyId);
  return begun.map(({ order, definition, version, started, of, actorId }, i) => {
    const tasks = tasksFor(placed[i] ?? [], units, staffed);
    if (isRefusal(tasks)) return tasks;
    const changes = clockChanges(definition, started.state, started.moments, []);
    const clocks = startClocks(basis, order.id, version, changes.start);
    return { order, caseId: of.id, actorId, tasks, clocks };
  });
}

/** Writes orders that were decided, with their tasks and clocks; the rows of their cases exist. */
export async function insertOrders(
  tx: Tx,
  companyId: string,
  planned: readonly PlannedOrder[],
): Promise<void> {
  if (planned.length === 0) return;
  const store = orderStore(tx, companyId);
  await store.insertMany(planned);
  await store.insertTasks(
    planned.flatMap(({ order, tasks }) => tasks.map((task) => ({ ...task, orderId: order.id }))),
  );
  await clockStore(tx, companyId).insert(planned.flatMap((one) => one.clocks));
}

function begin({ version, definition, of, facts, stationId, leadUnitId }: OrderWanted, now: number) {
  const process = startProcess(definition, {
    caseIds: [of.id],
    facts,
    caseFacts: { [of.id]: facts },
    at: of.acceptedAt,
  });
  // The engine knows the order only; that a demand was accepted is the case's own moment, from which its promises count.
  // The house's own first steps count from when the order reached it, which for another system's order is later.
  const accepted = { name: 'case.accepted', caseId: of.id, at: of.acceptedAt };
  const received = { name: 'order.received', caseId: null, at: now };
  const started = { ...process, moments: [accepted, received, ...process.moments] };
  const order = {
    id: newId(),
    process: definition.id,
    business: definition.business,
    handbookVersionId: version.versionId,
    stationId,
    leadUnitId,
    state: started.finished ? ('finished' as const) : ('open' as const),
    processState: started.state,
    seq: 1,
    startedAt: of.acceptedAt,
    crew: null,
  };
  return { started, order };
}
