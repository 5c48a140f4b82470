export { fiveOnesRoutes } from './five-ones-routes.ts';
export { faultCardRoutes } from './fault-card-routes.ts';
export { type PrintedPlan, printRoutePlan, readRouteProblem, solveRoute } from './domain/index.ts';
