export { voiceEventTypes } from './voice-event-types.ts';
export { appealVerdict, decideAppealOf } from './appeal.ts';
export { giveVerdict } from './give-verdict.ts';
export { giveGrade } from './grade-complaint.ts';
export { voiceRoutes } from './voice-routes.ts';
