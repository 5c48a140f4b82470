export { runReliabilityCli } from './cli-reliability.ts';
export {
  type Network,
  readNetwork,
} from './domain/index.ts';
export { darkAlarmLoop, darkAlarmRoutes } from './dark-alarm.ts';
export { beforeOrder } from './before-order.ts';
export type { OpenIncident } from './incident-api.ts';
export { incidentHints } from './incident-hints.ts';
export { openIncidents } from './incident-reads.ts';
export { reportHazard } from './hazard-commands.ts';
export { meterDoor } from './meter-door.ts';
export { outageEventTypes } from './outage-event-types.ts';
export { outageLoops } from './outage-jobs.ts';
export { outageRoutes } from './outage-routes.ts';
export {
  approvePlan,
  askCustomers,
  type PlanActor,
  recordAnswer,
  recordAuthority,
  submitPlan,
} from './planned-commands.ts';
export { secondSupplyLoop } from './second-supply.ts';
export { plannedHints } from './planned-hints.ts';
export { plannedPersonal } from './planned-personal.ts';
export { plannedLoops } from './planned-jobs.ts';
export { draftPlan } from './planned-draft.ts';
export { announcePlan } from './planned-notices.ts';
export { recordTelling } from './planned-tellings.ts';
export { plannedRoutes } from './planned-routes.ts';
export { supplyNoticeLoops } from './supply-notice-jobs.ts';
export { supplyNoticeDoor, supplyNoticeRoutes } from './supply-notice-routes.ts';
export { closePlan, extendPlan, restorePlan, startPlan } from './planned-run.ts';
export { absorbMeterEvents, hearReply, hearWithoutCase } from './report-commands.ts';
export { findRestored, sayStillDark } from './still-dark.ts';
