import type { ProcessDefinition, StepDefinition } from './definition.ts';

/**
 * Steps so that each comes after its predecessors, in file order where free; `cycle` names the steps that
 * wait for each other (then `ordered` holds only the others).
 */
export function orderSteps(steps: readonly StepDefinition[]): {
  readonly ordered: readonly StepDefinition[];
  readonly cycle: readonly string[];
} {
  const ordered: StepDefinition[] = [];
  const placed = new Set<string>();
  let waiting = [...steps];

  for (;;) {
    const next = waiting.find((step) => step.after.every((id) => placed.has(id)));
    if (next === undefined) break;
    ordered.push(next);
    placed.add(next.id);
    waiting = waiting.filter((step) => step !== next);
  }
  return { ordered, cycle: waiting.map((step) => step.id) };
}

/** For each step all steps that come after it, directly or not. */
export function descendantsOf(definition: ProcessDefinition): ReadonlyMap<string, ReadonlySet<string>> {
  const known = descendants.get(definition);
  if (known !== undefined) return known;

  const result = new Map<string, Set<string>>();
  for (const step of orderSteps(definition.steps).ordered.toReversed()) {
    const below = new Set<string>();
    for (const other of definition.steps) {
      if (!other.after.includes(step.id)) continue;
      below.add(other.id);
      for (const id of result.get(other.id) ?? []) below.add(id);
    }
    result.set(step.id, below);
  }
  descendants.set(definition, result);
  return result;
}

// A definition is immutable and shared by thousands of orders; its closure is worked out once.
const descendants = new WeakMap<ProcessDefinition, ReadonlyMap<string, ReadonlySet<string>>>();
