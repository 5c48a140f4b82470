import { firstVersions } from '#kernel/event-types.ts';

/** What this module writes on the stream of a case. */
export const doorEventTypes = firstVersions('case', [
  'outside.updated',
  'outside.replied',
  'outside.handed-back',
  'outside.returned',
  'outside.objected',
  'outside.objection-answered',
]);
