import type { ProcessDefinition, StepDefinition } from '../domain/definition.ts';

/** A valid step in which only what matters needs naming. */
export function aStep(given: Partial<StepDefinition> & { id: string }): StepDefinition {
  return {
    on: 'order',
    name: { zh: given.id, en: given.id },
    what: '做什么',
    how: '怎么做',
    byWhen: '当日',
    post: 'clerk',
    unit: { rule: 'intake' },
    ownerOfTime: 'company',
    kind: 'work',
    after: [],
    ...given,
  };
}

export function aProcess(
  steps: readonly StepDefinition[],
  given: Partial<ProcessDefinition> = {},
): ProcessDefinition {
  return {
    id: 'test',
    business: 'repair',
    caseTypes: ['GZBX'],
    name: { zh: '试验', en: 'Test' },
    summary: '试验用流程',
    steps,
    clocks: [],
    reopensTo: steps[0]?.id ?? 'none',
    ...given,
  };
}
