export { type PrintedPlan, printRoutePlan } from './print-route-plan.ts';
export { readRouteProblem } from './read-route-problem.ts';
export { solveRoute } from './solve-route.ts';
export type { Crew, DispatchFacts, DispatchPolicy, DispatchWeights, Fault } from './dispatch-facts.ts';
export { expectedEnd } from './expected-end.ts';
export { planDispatch, type DispatchProposal } from './plan-dispatch.ts';
export { type Random, seededRandom } from './random.ts';
export { type Position, type TravelPoint, travelMinutes, usualTravel, type Zone } from './travel-time.ts';
export type { Reason } from './explain-dispatch.ts';
