export { readCalendarYears, readWorkingDays } from './chinese-calendar.ts';
export { type CalendarBook, type CalendarBook as WorkingDays, dueAt } from './domain/index.ts';
