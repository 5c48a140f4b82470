export { scoreRoutes } from './score-routes.ts';
export { scoreEventTypes } from './score-event-types.ts';
export { scoreLoops } from './score-jobs.ts';
