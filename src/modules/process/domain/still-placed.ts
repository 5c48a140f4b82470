import type { ProcessDefinition } from './definition.ts';
import type { ProcessState } from './engine.ts';

/**
 * What was put in place by one step and not taken back by the step that must take back as much (`equals`): earths that are
 * still recorded as placed. Zero of something is nothing.
 */
export function stillPlaced(definition: ProcessDefinition, state: ProcessState): readonly string[] {
  const isDone = (step: string) => state.steps[step]?.status === 'done';
  return definition.steps.flatMap((back) =>
    (back.fields ?? []).flatMap(({ equals }) => {
      const placing = definition.steps.find((step) => step.fields?.some((field) => field.id === equals));
      if (equals === undefined || placing === undefined) return [];
      const count = state.facts[equals];
      return typeof count === 'number' && count > 0 && isDone(placing.id) && !isDone(back.id) ? [equals] : [];
    }),
  );
}
