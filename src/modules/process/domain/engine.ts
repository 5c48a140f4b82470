import { assertNever } from '#kernel/assert-never.ts';
import type { Instant } from '#kernel/instant.ts';
import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { holds } from './condition.ts';
import {
  type FactValue,
  type Facts,
  type ProcessDefinition,
  type StepDefinition,
  type StepRef,
  stepOf,
} from './definition.ts';
import { checkStepInput, type StepInput } from './step-input.ts';
import { descendantsOf, orderSteps } from './step-graph.ts';

// One algorithm in one file, hence its length: the state of an order's process and its only way to change.

type StepStatus = 'waiting' | 'ready' | 'done' | 'skipped';

export type StepState = {
  readonly round: number;
  readonly status: StepStatus;
  readonly at?: Instant;
  readonly outcome?: 'pass' | 'fail';
};

/** Plain JSON. `steps` is keyed by `stepKey`; `left` keeps the rounds of unlinked cases, so that none is used twice. */
export type ProcessState = {
  readonly process: string;
  readonly cases: readonly string[];
  readonly facts: Facts;
  readonly caseFacts: Readonly<Record<string, Facts>>;
  readonly steps: Readonly<Record<string, StepState>>;
  readonly left: Readonly<Record<string, number>>;
  readonly stopped: boolean;
};

export type ProcessEvent =
  | { readonly type: 'caseLinked'; readonly caseId: string; readonly facts?: Facts; readonly at: Instant }
  | { readonly type: 'caseUnlinked'; readonly caseId: string; readonly at: Instant }
  | ({
      readonly type: 'stepDone';
      readonly ref: StepRef;
      readonly at: Instant;
      /** Instants among the values that are not believed; their milestones happened when the step was done. */
      readonly doubtful?: readonly string[];
    } & StepInput)
  | {
      readonly type: 'stepReturned';
      readonly from: StepRef;
      readonly to: string;
      readonly reason: string;
      readonly at: Instant;
    }
  | { readonly type: 'reopened'; readonly caseId: string; readonly at: Instant }
  | {
      readonly type: 'factsChanged';
      readonly caseId: string | null;
      readonly facts: Facts;
      readonly at: Instant;
    }
  /** A step that is done is wanted once more, with all that follows it. */
  | {
      readonly type: 'stepAgain';
      readonly step: string;
      readonly caseId: string | null;
      readonly at: Instant;
    }
  | { readonly type: 'stopped'; readonly at: Instant };

/** Something that clocks listen to. `caseId` null: it happened to the order and holds for every linked case. */
export type Moment = { readonly name: string; readonly caseId: string | null; readonly at: Instant };

export type Transition = {
  readonly state: ProcessState;
  /** Rounds that opened: each becomes a task. */
  readonly ready: readonly StepRef[];
  /** Rounds that were open and are not any more without having been done (the one that sent back among them). */
  readonly withdrawn: readonly StepRef[];
  /** Automatic steps that completed themselves in this transition. */
  readonly automatic: readonly StepRef[];
  readonly moments: readonly Moment[];
  readonly finished: boolean;
};

export function startProcess(
  definition: ProcessDefinition,
  begin: {
    readonly caseIds: readonly string[];
    readonly facts: Facts;
    readonly caseFacts?: Readonly<Record<string, Facts>>;
    readonly at: Instant;
  },
): Transition {
  const empty: ProcessState = {
    process: definition.id,
    cases: [],
    facts: begin.facts,
    caseFacts: {},
    steps: {},
    left: {},
    stopped: false,
  };
  const cases = [...new Set(begin.caseIds)];
  const caseFacts = Object.fromEntries(cases.map((id) => [id, begin.caseFacts?.[id] ?? {}]));
  return settle(definition, empty, { ...empty, cases, caseFacts }, begin.at, [
    { name: 'order.started', caseId: null, at: begin.at },
  ]);
}

/**
 * The only way a process moves. Refusals: `process.stopped`, `process.case-linked-already`,
 * `process.case-not-linked`, `process.unknown-step`, `process.step-not-ready`, `process.stale-round`,
 * `process.return-not-allowed`, `process.not-done-yet`, and those of `checkStepInput`.
 */
export function transition(
  definition: ProcessDefinition,
  state: ProcessState,
  event: ProcessEvent,
): Transition | Refusal {
  if (state.stopped) return refuse('process.stopped');

  switch (event.type) {
    case 'caseLinked':
      return linkCases(definition, state, [event]);
    case 'caseUnlinked':
      return unlinkCase(definition, state, event);
    case 'stepDone':
      return finishStep(definition, state, event);
    case 'stepReturned':
      return returnStep(definition, state, event);
    case 'reopened':
      return reopen(definition, state, event);
    case 'factsChanged':
      return changeFacts(definition, state, event);
    case 'stepAgain':
      return doAgain(definition, state, event);
    case 'stopped':
      return stop(definition, state);
    default:
      return assertNever(event);
  }
}

/** Folds events; a recorded event that is refused is a surprise and throws. */
export function replayProcess(
  definition: ProcessDefinition,
  begin: Parameters<typeof startProcess>[1],
  events: readonly ProcessEvent[],
): ProcessState {
  let state = startProcess(definition, begin).state;
  for (const event of events) {
    const next = transition(definition, state, event);
    if (isRefusal(next)) throw new Error(`recorded event ${event.type} is refused: ${next.refused}`);
    state = next.state;
  }
  return state;
}

export function stepKey(step: string, caseId: string | null): string {
  return caseId === null ? step : `${step}@${caseId}`;
}

/** The open rounds, in the order of the handbook. */
export function readySteps(definition: ProcessDefinition, state: ProcessState): readonly StepRef[] {
  return instancesOf(definition, state)
    .filter(({ key }) => state.steps[key]?.status === 'ready')
    .map(({ step, caseId, key }) => ({ step: step.id, caseId, round: state.steps[key]?.round ?? 1 }));
}

export function isFinished(definition: ProcessDefinition, state: ProcessState): boolean {
  return (
    state.stopped || instancesOf(definition, state).every(({ key }) => isSettled(state.steps[key]?.status))
  );
}

/** The facts a step's `when` sees: those of the order, and for a case step those of the case over them. */
export function factsFor(state: ProcessState, caseId: string | null): Facts {
  return caseId === null ? state.facts : { ...state.facts, ...state.caseFacts[caseId] };
}

type EventOf<T extends ProcessEvent['type']> = Extract<ProcessEvent, { type: T }>;

/**
 * Several demands that are linked at one moment: as one `caseLinked` after the other, of which each would walk all cases that the
 * order has. Refusals: those of `transition`.
 */
export function linkCases(
  definition: ProcessDefinition,
  state: ProcessState,
  events: readonly EventOf<'caseLinked'>[],
): Transition | Refusal {
  const [first] = events;
  const joining = events.map(({ caseId }) => caseId);
  const members = new Set([...state.cases, ...joining]);
  if (state.stopped) return refuse('process.stopped');
  if (first === undefined || members.size < state.cases.length + joining.length)
    return refuse('process.case-linked-already');

  const facts = Object.fromEntries(events.map((event) => [event.caseId, event.facts ?? {}]));
  const next = {
    ...state,
    cases: [...state.cases, ...joining],
    caseFacts: { ...state.caseFacts, ...facts },
  };
  return settle(definition, state, next, first.at);
}

function unlinkCase(definition: ProcessDefinition, state: ProcessState, event: EventOf<'caseUnlinked'>) {
  if (!state.cases.includes(event.caseId)) return refuse('process.case-not-linked');

  const { [event.caseId]: _gone, ...caseFacts } = state.caseFacts;
  const steps: Record<string, StepState> = {};
  const left: Record<string, number> = { ...state.left };
  for (const [key, value] of Object.entries(state.steps)) {
    if (key.endsWith(`@${event.caseId}`)) left[key] = value.round;
    else steps[key] = value;
  }
  const next = { ...state, cases: state.cases.filter((id) => id !== event.caseId), caseFacts, steps, left };
  return settle(definition, state, next, event.at);
}

function finishStep(definition: ProcessDefinition, state: ProcessState, event: EventOf<'stepDone'>) {
  const step = openStep(definition, state, event.ref);
  if (isRefusal(step)) return step;
  const fault = checkStepInput(definition, step, factsFor(state, event.ref.caseId), event);
  if (fault !== undefined) return fault;

  const { caseId } = event.ref;
  const learnt = factsFrom(step, event.values ?? {});
  const withFacts = mergeFacts(state, caseId, learnt);
  if (event.outcome === 'fail') {
    return sendBack(definition, state, withFacts, event.ref, step.returnsTo?.[0] ?? step.id, event.at);
  }
  const done: StepState = {
    round: event.ref.round,
    status: 'done',
    at: event.at,
    ...(event.outcome === undefined ? {} : { outcome: event.outcome }),
  };
  const steps = { ...withFacts.steps, [stepKey(step.id, caseId)]: done };
  const moments = momentsOfDone(step, caseId, event.at, believed(event));
  return settle(definition, state, { ...withFacts, steps }, event.at, moments);
}

function returnStep(definition: ProcessDefinition, state: ProcessState, event: EventOf<'stepReturned'>) {
  const step = openStep(definition, state, event.from);
  if (isRefusal(step)) return step;
  if (!(step.returnsTo ?? []).includes(event.to)) {
    return refuse('process.return-not-allowed', { from: step.id, to: event.to });
  }
  return sendBack(definition, state, state, event.from, event.to, event.at);
}

function reopen(definition: ProcessDefinition, state: ProcessState, event: EventOf<'reopened'>) {
  if (!state.cases.includes(event.caseId)) return refuse('process.case-not-linked');
  const target = stepOf(definition, definition.reopensTo);
  if (target === undefined) return refuse('process.unknown-step', { step: definition.reopensTo });
  const key = stepKey(target.id, target.on === 'case' ? event.caseId : null);
  if (!isSettled(state.steps[key]?.status)) return refuse('process.not-done-yet', { step: target.id });

  return settle(definition, state, reset(definition, state, target, event.caseId), event.at);
}

function doAgain(definition: ProcessDefinition, state: ProcessState, event: EventOf<'stepAgain'>) {
  const { step, caseId, at } = event;
  const target = stepOf(definition, step);
  if (target === undefined || (target.on === 'case') !== (caseId !== null))
    return refuse('process.unknown-step', { step });
  if (!isSettled(state.steps[stepKey(step, caseId)]?.status)) return refuse('process.not-done-yet', { step });
  return settle(definition, state, reset(definition, state, target, caseId), at);
}

function changeFacts(definition: ProcessDefinition, state: ProcessState, event: EventOf<'factsChanged'>) {
  if (event.caseId !== null && !state.cases.includes(event.caseId)) return refuse('process.case-not-linked');
  return settle(definition, state, mergeFacts(state, event.caseId, event.facts), event.at);
}

function stop(definition: ProcessDefinition, state: ProcessState): Transition {
  const steps = Object.fromEntries(
    Object.entries(state.steps).map(([key, value]) => [
      key,
      value.status === 'ready' ? { ...value, status: 'waiting' as const } : value,
    ]),
  );
  return {
    state: { ...state, steps, stopped: true },
    ready: [],
    withdrawn: readySteps(definition, state),
    automatic: [],
    moments: [],
    finished: true,
  };
}

function openStep(
  definition: ProcessDefinition,
  state: ProcessState,
  ref: StepRef,
): StepDefinition | Refusal {
  const step = stepOf(definition, ref.step);
  if (step === undefined || (step.on === 'order') !== (ref.caseId === null)) {
    return refuse('process.unknown-step', { step: ref.step });
  }
  const current = state.steps[stepKey(ref.step, ref.caseId)];
  if (current?.status !== 'ready') return refuse('process.step-not-ready', { step: ref.step });
  if (current.round !== ref.round) return refuse('process.stale-round', { step: ref.step, round: ref.round });
  return step;
}

function believed({ values = {}, doubtful = [] }: EventOf<'stepDone'>): Facts {
  return Object.fromEntries(Object.entries(values).filter(([id]) => !doubtful.includes(id)));
}

/** Text is personal until proven otherwise: the state keeps only that it was given (design rule 8). */
function factsFrom(step: StepDefinition, values: Facts): Facts {
  const learnt: Record<string, FactValue> = {};
  for (const field of step.fields ?? []) {
    const value = values[field.id];
    if (value !== undefined) learnt[field.id] = field.type === 'text' ? true : value;
  }
  return learnt;
}

function mergeFacts(state: ProcessState, caseId: string | null, facts: Facts): ProcessState {
  if (caseId === null) return { ...state, facts: { ...state.facts, ...facts } };
  return {
    ...state,
    caseFacts: { ...state.caseFacts, [caseId]: { ...state.caseFacts[caseId], ...facts } },
  };
}

function sendBack(
  definition: ProcessDefinition,
  before: ProcessState,
  state: ProcessState,
  from: StepRef,
  to: string,
  at: Instant,
): Transition | Refusal {
  const target = stepOf(definition, to);
  if (target === undefined || (target.on === 'case' && from.caseId === null)) {
    return refuse('process.return-not-allowed', { from: from.step, to });
  }
  const again = reset(definition, state, target, from.caseId);
  const key = stepKey(from.step, from.caseId);
  // The round that sent the work back is over, also where the target is not among its predecessors.
  const over: StepState = { round: from.round + 1, status: 'waiting' };
  return settle(definition, before, { ...again, steps: { ...again.steps, [key]: over } }, at);
}

/**
 * Opens `target` and everything after it again. A case that has had all its steps stays as it is: its
 * customer is content, and another customer's "no" is no reason to ring him again.
 */
function reset(
  definition: ProcessDefinition,
  state: ProcessState,
  target: StepDefinition,
  forCase: string | null,
): ProcessState {
  const below = descendantsOf(definition).get(target.id) ?? new Set<string>();
  const content = new Set(state.cases.filter((id) => id !== forCase && isContent(definition, state, id)));
  const steps: Record<string, StepState> = { ...state.steps };

  for (const { step, caseId, key } of instancesOf(definition, state)) {
    const affected = step.id === target.id || below.has(step.id);
    const current = steps[key];
    if (!affected || current === undefined) continue;
    if (caseId !== null && (content.has(caseId) || (target.on === 'case' && caseId !== forCase))) continue;
    const used = current.status === 'done' || current.status === 'ready';
    steps[key] = { round: used ? current.round + 1 : current.round, status: 'waiting' };
  }
  return { ...state, steps };
}

function isContent(definition: ProcessDefinition, state: ProcessState, caseId: string): boolean {
  return definition.steps
    .filter((step) => step.on === 'case')
    .every((step) => isSettled(state.steps[stepKey(step.id, caseId)]?.status));
}

type Instance = { readonly step: StepDefinition; readonly caseId: string | null; readonly key: string };

/** Every step of the order and every case step for each linked case, predecessors first. */
function instancesOf(definition: ProcessDefinition, state: ProcessState): readonly Instance[] {
  return orderSteps(definition.steps).ordered.flatMap((step): readonly Instance[] =>
    step.on === 'order'
      ? [{ step, caseId: null, key: step.id }]
      : state.cases.map((caseId) => ({ step, caseId, key: stepKey(step.id, caseId) })),
  );
}

/** Works out what is ready, waiting or skipped now, and says what changed against `before`. */
function settle(
  definition: ProcessDefinition,
  before: ProcessState,
  state: ProcessState,
  at: Instant,
  already: readonly Moment[] = [],
): Transition {
  const steps: Record<string, StepState> = { ...state.steps };
  const moments: Moment[] = [...already];
  const automatic: StepRef[] = [];

  for (const instance of instancesOf(definition, state)) {
    const { step, caseId, key } = instance;
    const current = steps[key] ?? { round: (state.left[key] ?? 0) + 1, status: 'waiting' as const };
    if (current.status === 'done' || isFrozen(definition, steps, state, instance, current)) continue;

    const status = statusOf(step, caseId, steps, factsFor(state, caseId));
    if (status !== current.status) moments.push(...momentOfStatus(step, caseId, status, at));
    // A round that had opened and is skipped now is used up; if it opens again it is the next one.
    const usedUp = current.status === 'ready' && status !== 'ready';
    steps[key] = { round: usedUp ? current.round + 1 : current.round, status };
    if (status === 'ready' && step.kind === 'automatic') {
      steps[key] = { round: current.round, status: 'done', at };
      automatic.push({ step: step.id, caseId, round: current.round });
      moments.push(...momentsOfDone(step, caseId, at, {}));
    }
  }

  const next = { ...state, steps };
  const finished = isFinished(definition, next);
  if (finished && !(isStarted(before) && isFinished(definition, before))) {
    moments.push({ name: 'process.finished', caseId: null, at });
  }
  return { state: next, ...compare(definition, before, next), automatic, moments, finished };
}

function statusOf(
  step: StepDefinition,
  caseId: string | null,
  steps: Readonly<Record<string, StepState>>,
  facts: Facts,
): StepStatus {
  const open = step.after.some((id) => {
    const own = caseId === null ? undefined : steps[stepKey(id, caseId)];
    return !isSettled((own ?? steps[id])?.status);
  });
  if (open) return 'waiting';
  return holds(step.when, facts) ? 'ready' : 'skipped';
}

/** A skipped step stays skipped once work that follows it is done: nothing may be ready behind finished work. */
function isFrozen(
  definition: ProcessDefinition,
  steps: Readonly<Record<string, StepState>>,
  state: ProcessState,
  { step, caseId }: Instance,
  current: StepState,
): boolean {
  if (current.status !== 'skipped') return false;
  const below = descendantsOf(definition).get(step.id) ?? new Set<string>();
  return definition.steps.some((other) => {
    if (!below.has(other.id)) return false;
    const owners = other.on === 'order' ? [null] : caseId === null ? state.cases : [caseId];
    return owners.some((owner) => steps[stepKey(other.id, owner)]?.status === 'done');
  });
}

function momentOfStatus(
  step: StepDefinition,
  caseId: string | null,
  status: StepStatus,
  at: Instant,
): readonly Moment[] {
  return status === 'ready' || status === 'skipped'
    ? [{ name: `step.${step.id}.${status}`, caseId, at }]
    : [];
}

function momentsOfDone(
  step: StepDefinition,
  caseId: string | null,
  at: Instant,
  values: Facts,
): readonly Moment[] {
  const named = (step.milestones ?? []).map((milestone) => {
    const stated = milestone.at === undefined ? undefined : values[milestone.at];
    return { name: milestone.name, caseId, at: typeof stated === 'number' ? stated : at };
  });
  return [{ name: `step.${step.id}.done`, caseId, at }, ...named];
}

function compare(definition: ProcessDefinition, before: ProcessState, after: ProcessState) {
  const was = readySteps(definition, before);
  const is = readySteps(definition, after);
  const wasKeys = new Set(was.map(refKey));
  const isKeys = new Set(is.map(refKey));
  const isDone = (ref: StepRef) => {
    const now = after.steps[stepKey(ref.step, ref.caseId)];
    return now?.status === 'done' && now.round === ref.round;
  };
  return {
    ready: is.filter((ref) => !wasKeys.has(refKey(ref))),
    withdrawn: was.filter((ref) => !isKeys.has(refKey(ref)) && !isDone(ref)),
  };
}

function refKey(ref: StepRef): string {
  return `${stepKey(ref.step, ref.caseId)}#${ref.round}`;
}

function isStarted(state: ProcessState): boolean {
  return Object.keys(state.steps).length > 0;
}

function isSettled(status: StepStatus | undefined): boolean {
  return status === 'done' || status === 'skipped';
}
