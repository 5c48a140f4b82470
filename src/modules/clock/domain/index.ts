export { dueAt } from './due-at.ts';
export { type CalendarDay, dayNumber, type WorkingDays, workingDays } from './working-days.ts';
