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
export { outageRoutes } from './outage-routes.ts';
