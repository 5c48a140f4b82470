export { readWorkingDays } from './chinese-calendar.ts';
export { type CalendarBook as WorkingDays, dueAt } from './domain/index.ts';
export { type ClockBasis, type ClockBasisOf, companyClocks } from './company-clocks.ts';
export {
  askCorrection,
  type ChangeActor,
  decideCorrection,
  importNotice,
} from './clock-change-commands.ts';
export { clockChangeRoutes } from './clock-change-routes.ts';
