import type { CaseActor } from '#modules/case/index.ts';
import type { StepDefinition } from '#modules/process/domain/index.ts';
import type { HandbookVersion } from '#modules/process/index.ts';

/** Works in the field, and reports beside his own steps those of whom he leads: one crew, one phone. */
export function crewPosts({ handbook }: HandbookVersion, actor: CaseActor): readonly string[] {
  const field = handbook.posts.filter((post) => post.field === true && actor.posts.includes(post.id));
  return [...new Set(field.flatMap((post) => [post.id, ...(post.leads ?? [])]))];
}

/** Whose work a step of an order is: of this crew, by its post and its unit. */
export function isOfCrew(
  step: StepDefinition,
  of: {
    readonly posts: readonly string[];
    readonly unitIds: readonly string[];
    readonly unitCodes: readonly string[];
    readonly stationId: string | null;
    /** The crew was sent to the order by name: then all field work of it is its own (`giveToCrew`). */
    readonly sent: boolean;
  },
): boolean {
  if (!of.posts.includes(step.post) || step.kind === 'automatic') return false;
  if (of.sent) return true;
  const { rule, unit, otherwise } = step.unit;
  if (rule === 'fixed') return unit !== undefined && of.unitCodes.includes(unit);
  if (rule !== 'station') return false;
  if (of.stationId !== null) return of.unitIds.includes(of.stationId);
  return otherwise !== undefined && of.unitCodes.includes(otherwise);
}
