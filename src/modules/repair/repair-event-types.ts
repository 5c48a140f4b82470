import { firstVersions } from '#kernel/event-types.ts';

/** What sending crews leaves on the stream of an order; the five ones count the changes. */
export const repairEventTypes = firstVersions('order', ['crew.sent', 'crew.changed']);
