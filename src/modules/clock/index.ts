export { readWorkingDays } from './chinese-calendar.ts';
export type { WorkingDays } from './domain/chinese-days.ts';
export { dueAt } from './domain/due-at.ts';
