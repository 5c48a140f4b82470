export { countOfPhone, doorActor } from './door-actor.ts';
export { findPlace } from './find-household.ts';
export { doorPersonal } from './door-personal.ts';
export { doorEventTypes } from './door-event-types.ts';
export { keyOf } from './key-routes.ts';
export { doorLoops } from './door-jobs.ts';
export { doorDoors, doorRoutes } from './door-routes.ts';
export { type OutsideOrder, writeTime } from './domain/index.ts';
export { receiveOrder } from './receive-order.ts';
