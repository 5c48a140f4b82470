import type { LocalText, ProcessDefinition, StepDefinition } from './definition.ts';
import { type ProcessState, stepKey } from './engine.ts';
import { descendantsOf } from './step-graph.ts';

/** What a reason can be about: a second report, order, crew, arrival or fix (五个一). */
export type OneOfFive = 'report' | 'order' | 'crew' | 'arrival' | 'fix';

/** Why one of the five was not kept, chosen by whoever causes it. */
export type OnesReason = {
  readonly id: string;
  readonly name: LocalText;
  readonly ones: readonly OneOfFive[];
  /** Nobody's fault; it counts only when the customer was told. */
  readonly excuse?: boolean;
  /** A crew may give the order back for it (退单). */
  readonly back?: boolean;
  readonly source: string;
  readonly confidence: 'A' | 'B' | 'C' | 'D';
};

export type FiveOnesTable = { readonly reasons: readonly OnesReason[] };

/** A crew that accepts, arrives and works: done a second time it is a second crew, arrival or fix. */
const MOMENTS = { accepted: 'crew', arrived: 'arrival', worked: 'fix' } as const;

/** A process in which a crew arrives and gives customers their supply back is judged by the five ones. */
export function isJudgedByOnes(definition: ProcessDefinition): boolean {
  const brings = (moment: string) =>
    definition.steps.some((step) => step.milestones?.some((one) => one.name === moment));
  return brings('arrived') && brings('resupplied');
}

/** Where a step sends the work by what is reported of it: failed acceptance, or a customer who is rung and says "not solved". */
export function wayBack(step: StepDefinition): string | undefined {
  if (step.kind === 'acceptance') return step.returnsTo?.[0] ?? step.id;
  return step.callsCustomer === true ? step.returnsTo?.[0] : undefined;
}

/** Which of the five are broken when the work goes back to a step: what was done already and must be done again. */
export function onesBrokenBy(
  definition: ProcessDefinition,
  state: ProcessState,
  to: string,
): readonly OneOfFive[] {
  if (!isJudgedByOnes(definition)) return [];
  const below = descendantsOf(definition).get(to);
  return Object.entries(MOMENTS).flatMap(([moment, one]) =>
    definition.steps.some(
      (step) =>
        step.milestones?.some(({ name }) => name === moment) === true &&
        (step.id === to || below?.has(step.id) === true) &&
        state.steps[stepKey(step.id, null)]?.status === 'done',
    )
      ? [one]
      : [],
  );
}
