import type { Instant } from '#kernel/instant.ts';
import { isRefusal } from '#kernel/result.ts';
import {
  type Facts,
  type ProcessDefinition,
  type ProcessEvent,
  type ProcessState,
  startProcess,
  transition,
} from '#modules/process/domain/index.ts';

export type RecordedEvent = {
  readonly type: string;
  readonly occurredAt: Instant;
  readonly data: Record<string, unknown>;
};

export type RebuiltOrder = {
  readonly state: 'open' | 'finished' | 'stopped' | 'parked';
  readonly processState: ProcessState;
};

/**
 * An order as its events tell it, from the first to the last: what the kept row must say too (design §2). Events that move
 * no process (who took a task, what a clock did) are passed over; one that does not fit is a surprise and throws.
 */
export function rebuildOrder(
  definition: ProcessDefinition,
  events: readonly RecordedEvent[],
): RebuiltOrder | undefined {
  let order: RebuiltOrder | undefined;
  for (const event of events) order = after(definition, order, event);
  return order;
}

function after(
  definition: ProcessDefinition,
  before: RebuiltOrder | undefined,
  event: RecordedEvent,
): RebuiltOrder | undefined {
  if (event.type === 'order.opened') return opened(definition, event);
  const moves = processEvent(event);
  if (before === undefined || moves === undefined) return before;
  const next = transition(definition, before.processState, moves);
  if (isRefusal(next)) throw new Error(`recorded event ${event.type} is refused: ${next.refused}`);
  return { processState: next.state, state: stateAfter(next.finished, next.state, moves) };
}

function opened(definition: ProcessDefinition, event: RecordedEvent): RebuiltOrder {
  const { cases, facts, caseFacts } = event.data as {
    readonly cases: readonly string[];
    readonly facts: Facts;
    readonly caseFacts: Readonly<Record<string, Facts>>;
  };
  const begun = startProcess(definition, { caseIds: cases, facts, caseFacts, at: event.occurredAt });
  return { processState: begun.state, state: begun.finished ? 'finished' : 'open' };
}

const ENGINE_TYPES: Readonly<Record<string, ProcessEvent['type']>> = {
  'step.done': 'stepDone',
  'step.returned': 'stepReturned',
  'case.linked': 'caseLinked',
  'case.unlinked': 'caseUnlinked',
  'order.reopened': 'reopened',
  'facts.changed': 'factsChanged',
  'step.again': 'stepAgain',
  'order.stopped': 'stopped',
};

function processEvent({ type, occurredAt: at, data }: RecordedEvent): ProcessEvent | undefined {
  const known = ENGINE_TYPES[type];
  // The store wrote the event from one of exactly this shape.
  return known === undefined ? undefined : ({ ...data, type: known, at } as unknown as ProcessEvent);
}

function stateAfter(finished: boolean, state: ProcessState, event: ProcessEvent): RebuiltOrder['state'] {
  if (event.type === 'caseUnlinked' && state.cases.length === 0) return 'parked';
  if (!finished) return 'open';
  return event.type === 'stopped' ? 'stopped' : 'finished';
}
