import type { CustomerField, ProcessDefinition } from './definition.ts';
import { stepOf } from './definition.ts';

const ALL: ReadonlySet<CustomerField> = new Set([
  'name',
  'phone',
  'address',
  'account',
  'meter',
  'idNumber',
  'words',
  'files',
]);
const NONE: ReadonlySet<CustomerField> = new Set();

/**
 * What of a customer somebody sees on a case (design rule 2): what the steps that he has open declare, and everything for
 * whoever took the demand in, since he wrote it down. Anybody else sees nothing without a reason that is kept.
 */
export function fieldsSeen(
  definition: ProcessDefinition | undefined,
  openSteps: readonly string[],
  tookItIn: boolean,
): ReadonlySet<CustomerField> {
  if (tookItIn) return ALL;
  if (definition === undefined) return NONE;
  return new Set(openSteps.flatMap((id) => stepOf(definition, id)?.sees ?? []));
}
