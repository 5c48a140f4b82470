import { firstVersions } from '#kernel/event-types.ts';

/** What this module writes on the stream of a case. */
export const hallEventTypes = firstVersions('case', ['papers.told', 'papers.asked-again', 'paper.received']);
