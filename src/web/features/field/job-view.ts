import type { Instant } from '#kernel/instant.ts';
import { isRefusal } from '#kernel/result.ts';
import {
  type ProcessDefinition,
  type ProcessState,
  readySteps,
  type StepDefinition,
  type StepRef,
  stepKey,
  stepOf,
  transition,
} from '#modules/process/domain/index.ts';
import type { FieldJob } from '#modules/repair/field-api.ts';
import { type Did, lineOf } from './did.ts';

/** A job as it stands with everything that this phone did of it, sent or not. */
export type JobView = {
  readonly job: FieldJob;
  readonly definition: ProcessDefinition;
  readonly state: ProcessState;
  /** The step of the order at hand; undefined: others are at it, or nothing is left. */
  readonly step: Ready | undefined;
  /** Customers who are to be rung. */
  readonly calls: readonly Ready[];
  /** What others must do before this crew goes on. */
  readonly waitsFor: readonly Ready[];
  /** This crew's steps that are done, in the order of the handbook. */
  readonly done: readonly { readonly step: StepDefinition; readonly at: Instant }[];
  readonly groups: FieldJob['groups'];
  /** Only customers are left to be rung: it stands behind what is to be repaired. */
  readonly callsOnly: boolean;
  /** Nothing is left for this crew, or it gave the order back. */
  readonly over: boolean;
};

export type Ready = { readonly ref: StepRef; readonly step: StepDefinition };

/**
 * The state of the server with what it does not know yet, by the very engine that the server runs. What the server knows
 * already is refused by the engine and so counts once.
 */
export function viewJob(job: FieldJob, definition: ProcessDefinition, did: readonly Did[]): JobView {
  const mine = did.filter((one) => lineOf(one.request) === job.orderId);
  const state = foldSteps(definition, job.state, mine);
  const ready = readySteps(definition, state).flatMap((ref) => {
    const step = stepOf(definition, ref.step);
    return step === undefined ? [] : [{ ref, step }];
  });
  const own = ready.filter(({ ref }) => job.steps.includes(ref.step));
  const left = instances(definition, state).filter(
    ({ step, key }) => job.steps.includes(step.id) && isOpen(state, key),
  );
  const givenBack = mine.some(({ request }) => request.kind === 'back');
  const step = own.find((one) => one.step.on === 'order');
  const callsOnly = left.every((one) => one.step.on === 'case');
  return {
    job,
    definition,
    state,
    step,
    calls: own.filter((one) => one.step.on === 'case'),
    waitsFor: step !== undefined || callsOnly ? [] : ready.filter(({ ref }) => !job.steps.includes(ref.step)),
    done: instances(definition, state).flatMap(({ step: one, key }) => {
      const at = state.steps[key]?.at;
      const isDone = state.steps[key]?.status === 'done' && at !== undefined;
      return isDone && one.on === 'order' && job.steps.includes(one.id) ? [{ step: one, at }] : [];
    }),
    groups: groupsOf(job, mine),
    callsOnly,
    over: givenBack || left.length === 0,
  };
}

/** What a round of a step is called by in a draft. */
export function refKey(ref: StepRef): string {
  return `${stepKey(ref.step, ref.caseId)}#${ref.round}`;
}

function foldSteps(definition: ProcessDefinition, state: ProcessState, did: readonly Did[]): ProcessState {
  return did.reduce((before, { request, at }) => {
    if (request.kind !== 'step') return before;
    const { ref, values, checked } = request;
    const next = transition(definition, before, {
      type: 'stepDone',
      ref,
      at,
      ...(values === undefined ? {} : { values }),
      ...(checked === undefined ? {} : { checked }),
    });
    return isRefusal(next) ? before : next.state;
  }, state);
}

function instances(definition: ProcessDefinition, state: ProcessState) {
  return definition.steps.flatMap((step) =>
    step.on === 'order'
      ? [{ step, key: step.id }]
      : state.cases.map((caseId) => ({ step, key: stepKey(step.id, caseId) })),
  );
}

function isOpen(state: ProcessState, key: string): boolean {
  const status = state.steps[key]?.status ?? 'waiting';
  return status === 'ready' || status === 'waiting';
}

function groupsOf(job: FieldJob, did: readonly Did[]): FieldJob['groups'] {
  const added = did.flatMap(({ request }) =>
    request.kind === 'group' && !job.groups.some((one) => one.id === request.groupId)
      ? [
          {
            id: request.groupId,
            label: request.label,
            households: request.households,
            energisedAt: null,
            resuppliedAt: null,
          },
        ]
      : [],
  );
  return [...job.groups, ...added].map((group) => ({
    ...group,
    energisedAt: group.energisedAt ?? supplyAt(did, group.id, 'energised'),
    resuppliedAt: group.resuppliedAt ?? supplyAt(did, group.id, 'resupplied'),
  }));
}

function supplyAt(did: readonly Did[], groupId: string, what: 'energised' | 'resupplied'): Instant | null {
  const found = did.find(
    ({ request }) => request.kind === 'supply' && request.groupId === groupId && request.what === what,
  );
  return found?.at ?? null;
}
