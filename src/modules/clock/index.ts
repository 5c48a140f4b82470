export { readWorkingDays } from './chinese-calendar.ts';
