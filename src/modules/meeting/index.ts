export { callMeeting } from './meeting-commands.ts';
export { meetingEventTypes } from './meeting-event-types.ts';
export { meetingRoutes } from './meeting-routes.ts';
