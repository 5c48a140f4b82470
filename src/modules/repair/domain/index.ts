export { type PrintedPlan, printRoutePlan } from './print-route-plan.ts';
export { readRouteProblem } from './read-route-problem.ts';
export { solveRoute } from './solve-route.ts';
export type { DispatchFacts, DispatchPolicy, Fault } from './dispatch-facts.ts';
export { expectedEnd } from './expected-end.ts';
export { planDispatch } from './plan-dispatch.ts';
export { proposeStandBys } from './stand-by.ts';
export { type Random, seededRandom } from './random.ts';
export {
  kilometres,
  type Position,
  type TravelPoint,
  travelMinutes,
  usualTravel,
  type Zone,
} from './travel-time.ts';
export type { Reason } from './explain-dispatch.ts';
export { decideMass, LATELY, type MassPolicy, planSending, type Sending, spread } from './mass-telling.ts';
export { SKILLS } from './qualified.ts';
export { decideEstimate, ESTIMATE_SOURCES, type EstimateSource } from './estimate.ts';
export {
  AUDIENCES,
  type Audience,
  endOfNight,
  isNight,
  NEWS,
  type News,
  nextTelling,
  tellsItself,
  type TellingPolicy,
  type ToldSoFar,
  truthfulNews,
  type Why,
} from './next-telling.ts';
export {
  awaitsArrival,
  bringsAbout,
  isDark,
  isMadeSafe,
  keyOfOrderStep,
  type Stage,
  stageOf,
  type StepNow,
} from './order-stage.ts';
export { litBy, simulateRestoration } from './simulate-restoration.ts';
export { worstFirst } from './worst-first.ts';
