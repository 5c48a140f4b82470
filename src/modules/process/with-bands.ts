import type { ProcessDefinition, StepField } from './domain/definition.ts';
import type { Limit } from './handbook-schema.ts';

/** A measured number carries what its limits say: whoever enters it may have neither handbook nor network. */
export function withBands(
  definition: ProcessDefinition,
  limits: ReadonlyMap<string, Limit>,
): ProcessDefinition {
  const bounded = (field: StepField): StepField => {
    const least = limits.get(field.range?.least ?? '');
    const most = limits.get(field.range?.most ?? '');
    if (least === undefined || most === undefined) return field;
    return { ...field, band: { least: least.value, most: most.value, source: least.source } };
  };
  return {
    ...definition,
    steps: definition.steps.map((step) =>
      step.fields === undefined ? step : { ...step, fields: step.fields.map(bounded) },
    ),
  };
}
