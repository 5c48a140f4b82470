import type { Instant } from '#kernel/instant.ts';
import type { Reader } from '#modules/case/index.ts';
import type { ProcessDefinition } from '#modules/process/domain/index.ts';
import type { HandbookVersion } from '#modules/process/index.ts';
import type { Db } from '#platform/db/db.ts';
import type { FaultRecord, OnesException } from './domain/five-ones.ts';
import {
  type CaseRow,
  casesOf,
  type ClockOfFault,
  clocksOf,
  type CrewOfOrder,
  crewsOf,
  type EventRow,
  eventsOf,
  type ExceptionRow,
  exceptionsOf,
  type OrderRow,
  ordersOf,
  stepsOf,
  toldOf,
  waitsOf,
} from './five-ones-rows.ts';

/** A fault as its rows tell it, with what the report shows beside the verdict. */
export type FaultFound = FaultRecord & {
  readonly orderId: string;
  readonly caseId: string;
  readonly no: string;
  readonly area: 'city' | 'rural' | 'remote' | null;
  readonly unit: string | null;
  readonly excuse: { readonly reason: string; readonly told: boolean } | null;
  readonly exceptions: readonly OnesException[];
  readonly fieldReports: number;
  readonly enteredFor: number;
  /** Minutes between arrival and supply that the permission of the dispatch centre took. */
  readonly permission: number;
  readonly clocks: readonly ClockOfFault[];
};

function fieldSteps({ handbook }: HandbookVersion, { steps }: ProcessDefinition): ReadonlySet<string> {
  const posts = new Set(handbook.posts.filter((post) => post.field === true).map((post) => post.id));
  return new Set(steps.filter((step) => posts.has(step.post)).map((step) => step.id));
}

/** A repair has a crew that arrives and gives customers their supply back. */
export function repairProcesses({ handbook }: HandbookVersion): readonly ProcessDefinition[] {
  return handbook.processes.filter(
    (one) => stepsOf(one, 'arrived').size > 0 && stepsOf(one, 'resupplied').size > 0,
  );
}

/** The faults reported in `[from, to)` of which the reader may see a case, in the order of their reports. */
export async function findFaults(
  db: Db,
  reader: Reader,
  version: HandbookVersion,
  period: { readonly from: Instant; readonly to: Instant; readonly now: Instant },
): Promise<readonly FaultFound[]> {
  const processes = repairProcesses(version);
  const { companyId } = reader;
  const orders = await ordersOf(db, companyId, processes, period);
  const ids = orders.map((order) => order.id);
  const cases = grouped(await casesOf(db, reader, ids, processes, period.now));
  const events = grouped(await eventsOf(db, companyId, ids));
  const crews = grouped(await crewsOf(db, companyId, ids, processes));
  const clocks = grouped(await clocksOf(db, companyId, ids, period.now));
  const exceptions = grouped(await exceptionsOf(db, companyId, ids));
  const told = new Set(await toldOf(db, companyId, ids));
  const waits = grouped(await waitsOf(db, companyId, ids, processes));
  return orders.flatMap((order): FaultFound | [] => {
    const definition = processes.find((one) => one.id === order.process);
    const own = cases.get(order.id) ?? [];
    const [first] = own;
    if (definition === undefined || first === undefined) return [];
    return foundOf(order, definition, {
      first,
      cases: own,
      events: events.get(order.id) ?? [],
      inField: fieldSteps(version, definition),
      crews: crews.get(order.id) ?? [],
      exceptions: exceptions.get(order.id) ?? [],
      excuseTold: told.has(order.id),
      permission: waits.get(order.id)?.[0]?.minutes ?? 0,
      clocks: clocks.get(order.id) ?? [],
    });
  });
}

function foundOf(
  order: OrderRow,
  definition: ProcessDefinition,
  of: {
    readonly first: CaseRow;
    readonly cases: readonly CaseRow[];
    readonly events: readonly EventRow[];
    /** Steps of posts that work in the field. */
    readonly inField: ReadonlySet<string>;
    readonly crews: readonly CrewOfOrder[];
    readonly exceptions: readonly ExceptionRow[];
    /** The program told the customers why the crew was late. */
    readonly excuseTold: boolean;
    readonly permission: number;
    readonly clocks: FaultFound['clocks'];
  },
): FaultFound {
  const done = (moment: string) => {
    const steps = stepsOf(definition, moment);
    return of.events.filter((event) => steps.has(event.step));
  };
  const { resuppliedAt, arrangedAt } = supplyBack(definition, of.events);
  /** By arrangement, after customers had their supply by a temporary means. */
  const arranged = (at: Instant) => arrangedAt !== null && at >= arrangedAt;
  const exceptions = of.exceptions.filter((one) => one.one !== 'crew' || !arranged(one.at));
  const field = of.events.filter((event) => of.inField.has(event.step));
  const { facts } = order;
  return {
    orderId: order.id,
    caseId: of.first.case_id,
    no: of.first.no,
    area: of.first.area,
    unit: order.unit,
    reportedAt: order.started_at,
    arrivedAt: done('arrived')[0]?.at ?? null,
    resuppliedAt,
    ended: order.state === 'finished',
    visited: facts['dispatchNeeded'] !== false,
    crews: of.crews.filter((one) => !arranged(one.at)).map((one) => one.unit_id),
    arrivals: done('arrived').length + Math.max(0, done('cameAgain').length - 1),
    fixes: done('worked').length,
    reopened: Math.max(...of.cases.map((one) => one.reopened)),
    secondOrders: of.cases.filter((one) => one.other_orders > 0).length,
    staged: order.grouped || arrangedAt !== null,
    arrangementMissed: of.clocks.some((one) => arrangedLimits(definition).has(one.limitId) && !one.kept),
    sentBack: exceptions.filter((one) => one.sent_back).map((one) => one.one),
    reports: of.cases.map(({ household_id: householdId, repeats, repeated }) => ({
      householdId,
      repeats,
      repeated,
    })),
    excuse:
      typeof facts['arrivalExcuse'] === 'string'
        ? { reason: facts['arrivalExcuse'], told: of.excuseTold || facts['excuseTold'] === true }
        : null,
    exceptions: exceptions.map(({ one, reason, excuse, told }) => ({ one, reason, excuse, told })),
    permission: of.permission,
    fieldReports: field.length,
    enteredFor: field.filter((event) => event.entered_for).length,
    clocks: of.clocks,
  };
}

/** Limits whose deadline is what was arranged with the customer. */
function arrangedLimits({ clocks }: ProcessDefinition): ReadonlySet<string> {
  return new Set(clocks.filter((clock) => clock.until !== undefined).map((clock) => clock.limit));
}

/**
 * When customers had their supply, by whichever step of the process gave it to them first; `arrangedAt`: the first of two steps did, by
 * a temporary means, and the lasting repair is arranged for later.
 */
function supplyBack(
  definition: ProcessDefinition,
  events: readonly EventRow[],
): { readonly resuppliedAt: Instant | null; readonly arrangedAt: Instant | null } {
  const last = [...stepsOf(definition, 'resupplied')].map((step) => ({
    step,
    event: events.findLast((one) => one.step === step),
  }));
  const given = last.flatMap(({ event }) => (event === undefined ? [] : [momentOf(definition, event)]));
  const arranged = last.slice(0, -1).find(({ event }) => event !== undefined)?.event;
  return {
    resuppliedAt: given.length === 0 ? null : Math.min(...given),
    arrangedAt: arranged?.at ?? null,
  };
}

/** When it was, by what the step writes down; otherwise when it was done. */
function momentOf(definition: ProcessDefinition, event: EventRow): Instant {
  const step = definition.steps.find((one) => one.id === event.step);
  const field = step?.milestones?.find((one) => one.name === 'resupplied')?.at;
  const said = field === undefined ? undefined : event.values?.[field];
  return typeof said === 'number' ? said : event.at;
}

function grouped<T extends { readonly order_id: string }>(
  rows: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  return Map.groupBy(rows, (row) => row.order_id);
}
