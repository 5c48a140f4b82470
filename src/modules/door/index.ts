export { doorEventTypes } from './door-event-types.ts';
export { doorLoops } from './door-jobs.ts';
export { doorDoors, doorRoutes } from './door-routes.ts';
