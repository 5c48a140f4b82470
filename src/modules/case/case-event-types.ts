import { firstVersions } from '#kernel/event-types.ts';

/** What this module writes on the stream of a case. */
export const caseEventTypes = firstVersions('case', [
  'case.accepted',
  'case.closed',
  'case.reopened',
  'case.escalated',
  'case.evaluated',
  'case.urged',
  'case.noted',
  'case.linked',
  'case.unlinked',
  'joint.asked',
  'joint.answered',
  'supervision.asked',
  'commitment.made',
  'commitment.moved',
  'commitment.ended',
  'end.asked',
  'end.decided',
  'customer.called',
  'demand.repeated',
]);
