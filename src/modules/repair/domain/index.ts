export { type PrintedPlan, printRoutePlan } from './print-route-plan.ts';
export { readRouteProblem } from './read-route-problem.ts';
export { solveRoute } from './solve-route.ts';
