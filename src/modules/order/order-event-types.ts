import { firstVersions } from '#kernel/event-types.ts';

/** What is written on the stream of an order. The first group moves its process; a fold of it is the kept state. */
export const orderEventTypes = firstVersions('order', [
  'order.opened',
  'step.done',
  'step.returned',
  'case.linked',
  'case.unlinked',
  'order.reopened',
  'facts.changed',
  'step.again',
  'order.stopped',
  // Who does the work.
  'task.taken',
  'task.handed-over',
  'task.bounced',
  'task.rejected',
  'task.released',
  'task.passed',
  // Staged restoration; written by the module `case`.
  'supply.group-added',
  'supply.energised',
  'supply.resupplied',
  // 五个一: why one of the five was not kept, and that the customers were told; written by the module `case`.
  'ones.exception',
  'ones.excuse-told',
  // From a phone in the field; written by the modules `repair` and `case`.
  'field.seconded',
  'reply.drafted',
  // What time does to it.
  'clock.fired',
  'clock.moved',
  'clock.corrected',
  'clock.paused',
  'clock.pause-asked',
  'clock.pause-withdrawn',
  'clock.pause-approved',
  'clock.pause-rejected',
  'clock.resumed',
]);
