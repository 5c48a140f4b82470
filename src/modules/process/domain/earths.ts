import type { Facts, ProcessDefinition, StepDefinition } from './definition.ts';

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
  const counted = definition.steps.flatMap((one) => one.fields ?? []).flatMap((field) => field.equals ?? []);
  const field = step.fields?.find((one) => counted.includes(one.id));
  if (field === undefined) return undefined;
  const laid = values[field.id];
  return { laid: typeof laid === 'number' ? laid : 0 };
}
