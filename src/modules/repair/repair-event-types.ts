import { firstVersions } from '#kernel/event-types.ts';

/** What this module writes on the stream of an order; the five ones count the changes of crews. */
export const repairEventTypes = firstVersions('order', [
  'crew.sent',
  'crew.changed',
  'crew.order-sent',
  'crew.asked-help',
  'crew.gave-back',
  'material.used',
  'field.far',
  'permission.withdrawn',
  'earths.lifted-for',
  'outage.told',
  'outage.estimated',
]);
