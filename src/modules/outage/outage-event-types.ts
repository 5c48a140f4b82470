import { firstVersions } from '#kernel/event-types.ts';

/** What this module writes on the stream of a case. */
export const outageEventTypes = firstVersions('case', ['supply.denied']);
