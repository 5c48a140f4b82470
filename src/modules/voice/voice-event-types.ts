import { firstVersions } from '#kernel/event-types.ts';

/** What this module writes on the stream of a case. */
export const voiceEventTypes = firstVersions('case', [
  'complaint.graded',
  'complaint.judged',
  'complaint.appealed',
  'appeal.decided',
  'person.kept-away',
  'person.let-back',
  'duty.done',
  'reclassification.asked',
  'reclassification.decided',
]);
