export { type PrintedPlan, printRoutePlan, readRouteProblem, solveRoute } from './domain/index.ts';
