export { doorLoops } from './door-jobs.ts';
export { doorDoors, doorRoutes } from './door-routes.ts';
