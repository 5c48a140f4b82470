import { firstVersions } from '#kernel/event-types.ts';

/** What this module writes on the stream of a case. */
export const meetingEventTypes = firstVersions('case', [
  'meeting.called',
  'meeting.decided',
  'meeting.held',
  'meeting.cancelled',
]);
