import type { StepDefinition } from '#modules/process/domain/index.ts';
import { kilometres } from '#modules/repair/domain/index.ts';
import type { FieldJob } from '#modules/repair/field-api.ts';
import type { Draft } from './device.ts';

/** How far from the place "arrived" would be said; null: near enough, another step, or nobody knows where one of the two is. */
export function metresAway(
  { at }: Pick<FieldJob, 'at'>,
  step: StepDefinition,
  position: Draft['position'],
  near: number | null,
): number | null {
  const arrives = step.milestones?.some(({ name }) => name === 'arrived') === true;
  if (!arrives || near === null || at === null || position === null) return null;
  const metres = kilometres(pointOf(at), pointOf(position)) * 1000;
  return metres > near + position.accuracy ? metres : null;
}

function pointOf({ lat, lon }: { readonly lat: number; readonly lon: number }) {
  return { latitude: lat, longitude: lon };
}
