import type { ProcessDefinition, StepDefinition } from '#modules/process/domain/index.ts';

/** The safety chain of a process: who asks with which paper, who permits, and the step that hands the permission back. */
export type PermissionSteps = {
  readonly process: string;
  readonly permission: StepDefinition;
  readonly sheets: readonly string[];
  readonly handBack: string | null;
  /** The step of the work itself: when it is done there is nothing to take back. */
  readonly work: string | null;
};

/** Null: nothing in this process waits for a permission. */
export function permissionSteps(definition: ProcessDefinition): PermissionSteps | null {
  const bringing = (moment: string) =>
    definition.steps.find((step) => step.milestones?.some((one) => one.name === moment));
  const permission = bringing('permitted');
  if (permission === undefined) return null;
  const handBack = bringing('handedBack');
  return {
    process: definition.id,
    permission,
    sheets: permission.notBy ?? [],
    handBack: handBack?.id ?? null,
    work: bringing('worked')?.id ?? null,
  };
}
