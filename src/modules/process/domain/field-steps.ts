import type { ProcessDefinition } from './definition.ts';

/** The steps by which a process sends a crew, has it arrive, and gives customers their supply back. */
export type FieldSteps = { readonly dispatch: string; readonly arrive: string; readonly done: string };

/** Undefined: this process sends no crew. */
export function fieldStepsOf(definition: ProcessDefinition): FieldSteps | undefined {
  const step = (name: string) =>
    // The last one: of two steps that give supply back the first leaves the lasting repair to be done.
    definition.steps.findLast(
      (one) => one.on === 'order' && one.milestones?.some((mark) => mark.name === name),
    )?.id;
  const [dispatch, arrive, done] = [step('dispatched'), step('arrived'), step('resupplied')];
  return dispatch === undefined || arrive === undefined || done === undefined
    ? undefined
    : { dispatch, arrive, done };
}
