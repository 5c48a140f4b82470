import type { Facts, ProcessDefinition, StepDefinition, StepField } from './definition.ts';

/**
 * How many earths lie there after a step, where it lays or removes any: a step that writes down a number which a later one must take
 * back (`equals`) lays them, and that later one lifts them all. Undefined: it has nothing to do with earths.
 */
export function earthsAfter(
  definition: ProcessDefinition,
  step: StepDefinition,
  values: Facts,
): { readonly laid: number } | 'lifted' | undefined {
  if (step.fields?.some((field) => field.equals !== undefined) === true) return 'lifted';
  const field = countOf(definition, step);
  if (field === undefined) return undefined;
  const laid = values[field.id];
  return { laid: typeof laid === 'number' ? laid : 0 };
}

/** The steps of a process that lay earths; what they write down beside the number says where. */
export function stepsLayingEarths(definition: ProcessDefinition): readonly StepDefinition[] {
  return definition.steps.filter((step) => countOf(definition, step) !== undefined);
}

function countOf(definition: ProcessDefinition, step: StepDefinition): StepField | undefined {
  const counted = definition.steps.flatMap((one) => one.fields ?? []).flatMap((field) => field.equals ?? []);
  return step.fields?.find((one) => counted.includes(one.id));
}
