export { runReliabilityCli } from './cli-reliability.ts';
export {
  createInference,
  type Explanation,
  type Incident,
  type Inference,
  type InferenceSettings,
  type Network,
  type OutageEvent,
  readNetwork,
} from './domain/index.ts';
export { beforeOrder } from './before-order.ts';
export type { BeforeOrder, OpenIncident } from './incident-api.ts';
export { incidentHints } from './incident-hints.ts';
export { openIncidents } from './incident-reads.ts';
export { type EventKeyOf, meterDoor } from './meter-door.ts';
export { outageEventTypes } from './outage-event-types.ts';
export { outageLoops } from './outage-jobs.ts';
export { outageRoutes } from './outage-routes.ts';
export { sayStillDark } from './still-dark.ts';
