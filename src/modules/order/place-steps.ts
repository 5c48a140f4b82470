import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import type { HandbookVersion } from '#modules/process/index.ts';
import { type ProcessDefinition, type StepRef, stepOf, unitOfStep } from '#modules/process/domain/index.ts';
import { type Place, placesFor, placeTask } from './domain/place-task.ts';
import type { CaseOfOrder, NewTask, OrderRow } from './order-store.ts';

/** A round that opened, with the places that may do it, the right one first. */
export type PlacedStep = {
  readonly ref: StepRef;
  readonly places: readonly Place[];
  /** Whose it is by name: who was asked first tells the customer (design §2), the lead of the crew that was sent works. */
  readonly holderId: string | null;
};

export type UnitCode = { readonly id: string; readonly code: string; readonly parentId: string | null };

/** Every place that one of these steps might go to, to be asked whether somebody is there. */
export function placesOf(steps: readonly (PlacedStep | Refusal)[]): readonly Place[] {
  const places = steps.flatMap((step) => (isRefusal(step) ? [] : step.places));
  return [...new Map(places.map((place) => [`${place.unit} ${place.post}`, place])).values()];
}

/** The tasks of these steps, each at the first of its places where somebody is; or why there can be none. */
export function tasksFor(
  steps: readonly (PlacedStep | Refusal)[],
  units: readonly UnitCode[],
  staffed: readonly Place[],
): readonly NewTask[] | Refusal {
  const tasks = steps.map((step) => (isRefusal(step) ? step : taskFor(step, units, staffed)));
  return tasks.find(isRefusal) ?? tasks.filter((task): task is NewTask => !isRefusal(task));
}

function taskFor(step: PlacedStep, units: readonly UnitCode[], staffed: readonly Place[]): NewTask | Refusal {
  const first = step.holderId === null ? undefined : step.places[0];
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
    holderId: step.holderId,
    rework: ref.round > 1,
  };
}

/** Posts that work where the fault is. */
export function fieldPostsOf({ handbook }: HandbookVersion): readonly string[] {
  return handbook.posts.filter((post) => post.field === true).map((post) => post.id);
}

export function placedStep(
  definition: ProcessDefinition,
  ref: StepRef,
  facts: {
    readonly order: Pick<OrderRow, 'leadUnitId' | 'stationId' | 'crew'>;
    readonly cases: readonly CaseOfOrder[];
    readonly units: readonly UnitCode[];
    readonly fieldPosts: readonly string[];
  },
): PlacedStep | Refusal {
  const step = stepOf(definition, ref.step);
  const subject = facts.cases.find((one) => one.id === ref.caseId) ?? facts.cases[0];
  if (step === undefined || subject === undefined)
    throw new Error(`no step ${ref.step} or no case in its order`);
  const codeOf = (id: string | null) => facts.units.find((unit) => unit.id === id)?.code ?? null;
  // With a unit, those below it: who answers to the head of an accused unit does not work on it either.
  const away = new Set(facts.cases.flatMap((one) => one.keptAwayUnitIds));
  const accused = facts.units
    .filter((unit) => away.has(unit.id) || (unit.parentId !== null && away.has(unit.parentId)))
    .map((unit) => unit.code);
  const leadUnit = codeOf(facts.order.leadUnitId);
  const { crew } = facts.order;
  const crewUnit = codeOf(crew?.unitId ?? null);
  const closedTo = definition.closedTo === undefined ? {} : { closedTo: definition.closedTo };
  // One crew goes: what is done in the field is its lead's, wherever the fault lies and whatever his post is called.
  if (
    crew !== null &&
    crewUnit !== null &&
    facts.fieldPosts.includes(step.post) &&
    !accused.includes(crewUnit)
  ) {
    const wanted = { unit: crewUnit, post: step.post };
    const places = placesFor(wanted, { standIns: [step.unit.otherwise, leadUnit], accused, ...closedTo });
    return { ref, places, holderId: crew.leadId };
  }
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
      {
        standIns: [step.unit.otherwise, leadUnit],
        accused,
        ...closedTo,
      },
    ),
    holderId: isFirstAsked ? subject.firstAskedId : null,
  };
}
