export { type Books, commandRows, type RepairRow } from './command-reads.ts';
export { deskNow } from './desk-now.ts';
export { commandRoutes } from './command-routes.ts';
export { fiveOnesRoutes } from './five-ones-routes.ts';
export {
  addFinding,
  answerInject,
  beginDrill,
  checkFinding,
  closeFinding,
  endDrill,
  giveInject,
  planDrill,
} from './drill-commands.ts';
export { drillInjects } from './drill-reads.ts';
export { drillLoops } from './drill-jobs.ts';
export { drillRoutes } from './drill-routes.ts';
export { permissionRoutes } from './permission-routes.ts';
export { faultCardRoutes } from './fault-card-routes.ts';
export { fieldRoutes } from './field-routes.ts';
export { type PrintedPlan, printRoutePlan, readRouteProblem, solveRoute } from './domain/index.ts';
export type { CrewOnDuty } from './crew-api.ts';
export { crewsOnDuty } from './crews-on-duty.ts';
export { crewRoutes } from './crew-routes.ts';
export { repairPersonal } from './repair-personal.ts';
export { travelLoops } from './travel-fit.ts';
export { type Roads, roadsBy } from './roads.ts';
export type { DispatchDeps } from './dispatch-board.ts';
export { dispatchLoops } from './dispatch-jobs.ts';
export { dispatchRoutes } from './dispatch-routes.ts';
export { planOpen, viewOf } from './dispatch-view.ts';
export { repairEventTypes } from './repair-event-types.ts';
export { setShift } from './crew-commands.ts';
export { shiftPolicy } from './dispatch-policy.ts';
export { askStandBy } from './stand-by-commands.ts';
export { candidatesOf } from './dispatch-candidates.ts';
export { sendCrew } from './dispatch-commands.ts';
export { dispatchSettings } from './dispatch-reads.ts';
export { newsToTell, setEstimate, tellGroup } from './telling-commands.ts';
export { followTellings, tellingLoop } from './telling-jobs.ts';
export { tellAutomatically } from './telling-automatic.ts';
export { setTelling } from './telling-settings.ts';
